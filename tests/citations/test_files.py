"""Files for reference managers, read back line by line; what would break a format arrives as text."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pilots.citations.files import FILES, bibtex, csl_json, ris
from pilots.citations.record import CitedPilot
from pilots.citations.styles import STYLES, citation

ODD = "50 % of “A & B”: {x_1 #2 ~ \\ <b>"
RECORD = CitedPilot("town", ODD, "en", "PREPARE pilots", 3, date(2026, 11, 22), "https://example.org/pilots/town/")


def test_ris_is_a_report_with_an_organisation_as_author():
    (text,) = ris([RECORD], "Terms.")
    lines = text.split("\r\n")
    assert (lines[0], lines[-3]) == ("TY  - RPRT", "ER  - ")
    said = dict(line.split("  - ", 1) for line in lines if line)
    assert said | {"TI": ODD, "AU": "PREPARE pilots,", "PY": "2026", "DA": "2026/11/22", "ET": "Version 3"} == said
    assert (said["UR"], said["N1"]) == (RECORD.address, "Terms.")


def test_bibtex_escapes_what_has_a_meaning_there():
    (text,) = bibtex([RECORD], "Terms.")
    assert text.startswith("@techreport{town,\n")
    assert r"title = {{50 \% of “A \& B”: \textbraceleft{}x\_1 \#2 \textasciitilde{} \textbackslash{} <b>}}" in text
    assert "author = {{PREPARE pilots}}" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_csl_json_is_one_array(count):
    found = json.loads("".join(csl_json([RECORD] * count, "Terms.")))
    assert [one["title"] for one in found] == [ODD] * count
    assert all(one["author"] == [{"literal": "PREPARE pilots"}] and one["type"] == "report" for one in found)
    assert all(one["version"] == "3" and one["note"] == "Terms." for one in found)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_names_publisher_year_version_and_address(style):
    text = citation(style, RECORD, date(2026, 11, 30))
    for words in ("2026", "Version 3", RECORD.address, "A & B"):
        assert words in text
    assert "prepare pilots" in text.lower()


def test_styles_that_tell_the_day_of_reading_have_it_as_europeans_write_it():
    assert "30 November 2026" in citation("harvard", RECORD, date(2026, 11, 30))
    assert "30 November 2026" in citation("iso690", RECORD, date(2026, 11, 30))


SAID = {
    "ris": ["LA  - fr", "ET  - Version 3", "DA  - 2026/11/22"],
    "bib": ["language = {fr}", "number = {Version 3}", "year = {2026}", "month = {11}", "day = {22}"],
    "csl.json": ['"language": "fr"', '"version": "3"', '"issued": {"date-parts": [[2026, 11, 22]]}'],
}


@pytest.mark.parametrize("end", FILES)
def test_every_file_says_the_language_the_version_and_the_day_of_the_text(end):
    text = "".join(FILES[end].write([replace(RECORD, language="fr")], "Terms."))
    assert [words for words in SAID[end] if words not in text] == []
