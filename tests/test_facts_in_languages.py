"""The nine pilots in five languages, held against what the source says (`tests/facts_in_languages.py`)."""

import re
from collections import defaultdict
from functools import cache

import pytest
from django.conf import settings

from pilots.management.delivery.records import Record, read_delivery
from pilots.models.provenance import fingerprint
from tests import facts
from tests import facts_in_languages as said

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
TRANSLATIONS = LANGUAGES[1:]
# The fields of a pilot that are lists of records, by their model.
PARTS = {
    "lessontranslation": "lessons",
    "keyfiguretranslation": "figures",
    "organisationinvolvedtranslation": "organisations",
}
OF_PILOTS = {("pilot", part) for part in PARTS}
Texts = dict[str, str]


@cache
def rows() -> list[Record]:
    """What is known of each text row, as it would be loaded: `model`, `fields`. Reads files, no database."""
    delivery = read_delivery(settings.BASE_DIR / "fixtures")
    return [
        record for records in delivery.entries.values() for record in records if "language_code" in record["fields"]
    ]


def rows_in(language: str) -> list[Record]:
    return [row for row in rows() if row["fields"]["language_code"] == language]


def name_of(row: Record) -> tuple[str, ...]:
    """The model and the key of what a row translates."""
    return row["model"].removeprefix("pilots.").removesuffix("translation"), *row["fields"]["master"]


def texts_of(row: Record) -> Texts:
    fields = row["fields"].items()
    return {name: text for name, text in fields if isinstance(text, str) and text and name != "language_code"}


@cache
def texts(model: str, language: str) -> dict[str, Texts]:
    """The texts by slug and field; for pilots with their parts, joined by lines."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows():
        name, slug = row["model"].removeprefix("pilots."), row["fields"]["master"][0]
        if row["fields"]["language_code"] == language and (name == f"{model}translation" or (model, name) in OF_PILOTS):
            for field, text in texts_of(row).items():
                found[slug][PARTS.get(name, field)].append(text)
    return {slug: {field: "\n".join(lines) for field, lines in fields.items()} for slug, fields in found.items()}


def says(text: str, wordings: str) -> bool:
    """Whether the text has one of the wordings: their pieces follow one another in it."""
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    return any(
        re.search(".*".join(map(re.escape, wording.strip().split(" … "))), text, re.DOTALL | re.IGNORECASE)
        for wording in wordings.split(" | ")
    )


def missing(expected: list[said.Fact], fields: Texts, language: str) -> list[tuple[str, str]]:
    """The field and the wordings of each fact that a text does not say."""
    claims = [(field, getattr(fact, language)) for fact in expected for field in fact.fields.split()]
    return [(field, wordings) for field, wordings in claims if not says(fields[field], wordings)]


def test_every_pilot_and_every_term_has_its_facts() -> None:
    assert said.PILOTS.keys() == facts.PILOTS.keys() == said.NEVER.keys() == said.AUTHORITIES.keys()
    assert said.GLOSSARY.keys() == texts("glossaryterm", "en").keys()
    filled = {slug: {"summary"} | pilot.filled for slug, pilot in facts.PILOTS.items()}
    told = {slug: {field for fact in found for field in fact.fields.split()} for slug, found in said.PILOTS.items()}
    assert {slug: fields - told[slug] for slug, fields in filled.items()} == {slug: set() for slug in filled}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", sorted(said.PILOTS))
def test_texts_say_what_the_source_says(slug: str, language: str) -> None:
    assert missing(said.PILOTS[slug], texts("pilot", language)[slug], language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", sorted(said.GLOSSARY))
def test_glossary_says_what_the_source_says(slug: str, language: str) -> None:
    assert missing(said.GLOSSARY[slug], texts("glossaryterm", language)[slug], language) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_numbers_are_those_of_the_english_text(language: str) -> None:
    numbers = {
        code: {
            (*name_of(row), field): re.findall(r"\d+", text)
            for row in rows_in(code)
            for field, text in texts_of(row).items()
        }
        for code in ("en", language)
    }
    assert {key: found for key, found in numbers[language].items() if sorted(found) != sorted(numbers["en"][key])} == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("slug", sorted(said.NEVER))
def test_texts_never_say_what_the_source_does_not(slug: str, language: str) -> None:
    written = "\n".join(text for field, text in texts("pilot", language)[slug].items() if field != "title").casefold()
    assert [word for word in said.NEVER[slug][language] if word in written] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_word_that_stigmatises_or_a_name_that_somebody_made_up(language: str) -> None:
    written = "\n".join(text for row in rows_in(language) for text in texts_of(row).values())
    assert [word for word in said.NEVER_ANYWHERE[language] if word in written.casefold()] == []
    assert [name for name in said.NAMES_NOT_IN_THE_SOURCE if name in written] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_names_stand_where_the_english_text_has_them(language: str) -> None:
    """Names that have a wording in French, or in Swedish, are facts of their own."""
    for slug, english in texts("pilot", "en").items():
        for field, text in english.items():
            for name in said.NAMES:
                assert (name in text) == (name in texts("pilot", language)[slug][field]), (slug, field, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_authorities_have_their_names(language: str) -> None:
    place = LANGUAGES.index(language)
    found = {slug: fields["name"] for slug, fields in texts("authority", language).items()}
    assert found == {slug: names[place] for slug, names in said.AUTHORITIES.items() if names[place]}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_same_fields_are_filled_as_in_english_but_for_names_left_as_they_are(language: str) -> None:
    filled = {code: {name_of(row): set(texts_of(row)) for row in rows_in(code)} for code in ("en", language)}
    left = {name for name in filled["en"] if name not in filled[language]}
    assert left == said.LEFT_IN_ENGLISH[language]
    assert filled[language] == {name: fields for name, fields in filled["en"].items() if name not in left}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_text_is_a_machine_s_and_unchecked_and_rests_on_the_english_delivered_with_it(language: str) -> None:
    english = {name_of(row): texts_of(row) for row in rows_in("en")}
    for row in rows_in(language):
        expected = {
            field: {"by": "machine", "of": fingerprint(english[name_of(row)][field])} for field in texts_of(row)
        }
        assert row["fields"]["provenance"] == expected, name_of(row)
