"""Sentences 5.1–2 and 19.2 of the source bring single persons within reach: told once, in the entry's own text.

Nothing that is read, copied or found on its own has them: lessons, figures, cards, snippets, descriptions.
"""

import re
from itertools import chain

import pytest

from pilots.content_checks.privacy import tells_of_persons
from pilots.models import Pilot
from tests.factories import PublishedPilotFactory
from tests.pages.reading import read
from tests.test_fixture_facts import parts, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

WORDS = {
    "catalonia": ["two offenders", "both of them", "serving sentences", "their crimes", "Terrassa", "Hospitalet"],
    "vilvoorde": ["returnee", "by then a former", "head of service", "police officer", "Stockholm"],
}
EVERY_WORD = [*chain.from_iterable(WORDS.values())]
SENTENCES = {(5, 1), (5, 2), (19, 2)}
PAGES = ["/", "/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/authorities/", "/shortlist/?keep=vilvoorde"]
PAGES += ["/partners/fryshuset-exit-sweden/", "/authorities/catalonia/", "/authorities/vilvoorde/"]


def said(words: str) -> list[str]:
    return [word for word in EVERY_WORD if word.casefold() in words.casefold()]


@pytest.mark.parametrize(("slug", "word"), [(slug, word) for slug, words in WORDS.items() for word in words])
def test_entry_tells_it_once_and_in_its_text(slug, word):
    texts = texts_of(Pilot.objects.get(slug=slug))
    assert texts.pop("what_was_done").casefold().count(word.casefold()) == 1
    elsewhere = {name for name, text in texts.items() if word.casefold() in text.casefold()}
    assert elsewhere <= {"results"}, "the two officials of 19.3 are told of in the results, and nowhere else"


def test_no_summary_lesson_figure_or_organisation_has_it():
    for pilot in Pilot.objects.all():
        texts = texts_of(pilot)
        apart = ("title", "summary", "lessons", "figures", "organisations")
        assert said("\n".join(texts[name] for name in apart)) == []
        assert not tells_of_persons(texts["summary"], "en")
        assert not tells_of_persons(texts["lessons"], "en")


def test_no_summary_lesson_or_figure_points_at_these_sentences():
    for pilot in Pilot.objects.all():
        rows = [*pilot.lessons.all(), *pilot.key_figures.all(), pilot.passages.get(about="summary")]
        for paragraph, first, last in chain.from_iterable(parts(row.passage) for row in rows):
            assert not SENTENCES & {(paragraph, sentence) for sentence in range(first or 0, (last or 0) + 1)}


@pytest.mark.parametrize("address", PAGES)
def test_no_page_but_the_entry_has_it(client, address):
    page = read(client.get(address))
    assert said(page.one("main").text) == []
    assert [meta["content"] for meta in page.all("meta", name="description") if said(meta["content"])] == []


@pytest.mark.parametrize("slug", WORDS)
def test_description_of_the_page_has_it_not(client, slug):
    assert said(read(client.get(f"/pilots/{slug}/")).one("meta", name="description")["content"]) == []


@pytest.mark.parametrize("word", EVERY_WORD)
def test_search_finds_it_and_quotes_nothing(client, word):
    page = read(client.get("/pilots/", {"q": word}))
    assert page.all("article", class_="card")
    assert not re.search("|".join(EVERY_WORD), " ".join(card.text for card in page.all("article")), re.IGNORECASE)


def test_search_says_where_it_found_what_it_does_not_quote(client):
    card = read(client.get("/pilots/", {"q": "Terrassa"})).one("article", class_="card")
    assert "This is not quoted here. Read it in the entry." in card.text


def test_text_of_any_other_entry_is_quoted_unless_it_tells_of_persons(client):
    PublishedPilotFactory(
        results="The zebra crossing was painted.", objectives="A mentor met the two ocelot offenders."
    )
    found = [read(client.get("/pilots/", {"q": word})).one("article") for word in ("zebra", "ocelot")]
    assert "zebra crossing was painted" in found[0].text
    assert "ocelot" not in found[1].text
