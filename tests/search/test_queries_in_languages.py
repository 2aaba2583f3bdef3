"""The tables of queries on pages in four languages: what each finds in the nine pilots, tier by tier."""

from pathlib import Path

import pytest
from django.utils import translation

from pilots.browse.filters import PilotFilterSet
from pilots.browse.selection import RELEVANCE, Selection
from pilots.index.pilots import index
from pilots.search.did_you_mean import suggestion
from pilots.search.engine import search
from pilots.search.suggestions import suggest
from tests.browse.lists import listing, shown
from tests.nine_pilots import Chosen
from tests.search import test_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("translated_pilots")]

LANGUAGES = ("fr", "es", "nl", "sv")


def table(language: str) -> list[tuple[str, list[set[str]]]]:
    """What is searched, and the slugs of what it finds, by tier."""
    text = (Path(__file__).parent / f"queries_{language}.txt").read_text(encoding="utf-8")
    rows = [line.split(" → ") for line in text.splitlines() if line and not line.startswith("# ")]
    return [(words, [set(tier.split()) for tier in found.split(" / ") if found != "-"]) for words, found in rows]


ROWS = [(language, *row) for language in LANGUAGES for row in table(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_long_enough(language: str) -> None:
    assert len({words for words, _tiers in table(language)}) >= 40


@pytest.mark.parametrize(("language", "words", "tiers"), ROWS)
def test_search_finds_these_pilots_in_these_tiers(language: str, words: str, tiers: list[set[str]]) -> None:
    with translation.override(language):
        public = index()
        found = PilotFilterSet.matches(Selection(q=words, sort=RELEVANCE), public)
        assert [{public.facts[pk].slug for pk in tier} for tier in found.tiers if tier] == tiers


@pytest.mark.parametrize(
    ("language", "words", "meant"),
    [
        ("fr", "réinssertion", "réinsertion"),
        ("es", "libertad vijilada", "libertad vigilada"),
        ("es", "reinsercción", "reinserción"),
        ("nl", "reclasering", "reclassering"),
        ("nl", "gevangennis", "gevangenis"),
        ("sv", "utbilding", "utbildning"),
    ],
)
def test_word_that_was_meant_is_offered(language: str, words: str, meant: str) -> None:
    with translation.override(language):
        assert suggestion(search(words)).lower() == meant


@pytest.mark.parametrize(("words", "slugs"), test_queries.ROWS)
def test_english_pages_find_the_same_as_without_translations(words: str, slugs: str) -> None:
    public = index()
    found = PilotFilterSet.matches(Selection(q=words, sort=RELEVANCE), public)[0:9]
    assert [public.facts[pk].slug for pk in found] == ([] if slugs == "-" else slugs.split())


@pytest.mark.parametrize("chosen", [{}, {"country": ["FR"]}, {"activity": ["training"], "target": ["young-offenders"]}])
def test_counts_are_the_same_in_every_language(chosen: Chosen) -> None:
    counts = []
    for language in ("en", *LANGUAGES):
        with translation.override(language):
            counts.append(shown(listing(chosen)))
    assert counts == counts[:1] * 5


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("en", "formacion", ("Training", "en")),
        ("fr", "suec", ("Suède", "fr")),
        ("sv", "den haa", ("Haag", "sv")),
        ("nl", "la hay", ("Den Haag", "nl")),
        ("nl", "kriminalv", ("Sollentuna", "en")),
        ("es", "young off", ("Jóvenes infractores", "es")),
        ("sv", "frivård", ("Frivård", "sv")),
        ("fr", "réinser", ("Réinsertion de jeunes auteurs d’infractions", "fr")),
    ],
)
def test_names_of_any_language_are_suggested_as_the_page_calls_them(
    language: str, words: str, label: tuple[str, str]
) -> None:
    with translation.override(language):
        assert label in [name.label for name in suggest(words)]
