"""The table of terms is what catalogues and entries use: where one says a term and nothing else, it says ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import catalogues

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "es", "nl", "sv")  # in the order of the table
IN_BRACKETS = re.compile(r"\([^()]*\)")


def table() -> dict[str, list[str]]:
    """The cells of each row by the English term."""
    rows = [
        line.strip("|").split("|") for line in (ROOT / "docs" / "terms.md").read_text().splitlines() if line[:2] == "| "
    ]
    return {
        english.strip(): [cell.strip() for cell in cells] for english, *cells in rows if english.strip() != "English"
    }


def forms(cell: str) -> set[str]:
    """The words that a cell allows: several are parted by a semicolon, what explains them is in brackets."""
    return {form.strip().casefold() for form in IN_BRACKETS.sub("", cell).split(";")}


def texts(file: str) -> dict[tuple, str]:
    """The texts of a fixture file by model, row and field."""
    records = json.loads((ROOT / "fixtures" / file).read_text())
    return {
        (record["model"], *record["fields"]["master"], name): text
        for record in records
        if "language_code" in record["fields"]
        for name, text in record["fields"].items()
        if isinstance(text, str) and name != "language_code"
    }


def said(language: str) -> Iterator[tuple[str, str]]:
    """Yield what catalogue and entries say in English, and in the language."""
    yield from (
        (one.id, one.string)
        for one in catalogues.read(language)
        if isinstance(one.id, str) and one.id and not one.context
    )
    translated = texts(f"translations_{language}.json")
    for file in ("vocabularies.json", "organisations.json", "source_and_glossary.json", "pilots.json"):
        yield from ((text, translated[key]) for key, text in texts(file).items() if key in translated)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_and_entries_use_the_terms(language):
    ours = {term.casefold(): cells[LANGUAGES.index(language)] for term, cells in table().items()}
    pairs = [(english.casefold(), text) for english, text in said(language) if english.casefold() in ours]
    assert len(pairs) > 40
    assert [pair for pair in pairs if pair[1].casefold() not in forms(ours[pair[0]])] == []


def test_every_term_is_in_all_five_languages():
    assert [term for term, cells in table().items() if len(cells) != len(LANGUAGES) or not all(cells)] == []
