"""The nine pilots on the shortlist and side by side."""

import pytest

from tests.pages.comparisons import rows
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python.
DATABASES = ("sqlite",)

ROTTERDAM_AND_VILVOORDE = "/compare/?pilot=rotterdam&pilot=vilvoorde"


def test_rotterdam_and_vilvoorde_in_short(client):
    page = read(client.get(ROTTERDAM_AND_VILVOORDE))
    assert page.one("h1").text == "Rotterdam and Vilvoorde compared"
    summary = page.one("section", class_="compare-summary")
    differ, partly, shared = summary.texts("p")
    assert shared.startswith("Rotterdam and Vilvoorde share: kind of authority (Municipality); partners (Fryshuset / ")
    assert differ == "They differ in: country; audiences; target groups; others involved."
    assert partly == "Stated for some of them only: stages."
    only = dict(zip(summary.texts("dt"), summary.texts("dd"), strict=True))
    assert only["Only Rotterdam"].startswith(
        "country (Netherlands); audiences (Municipal officers and staff); others involved ("
    )
    assert only["Only Vilvoorde"].startswith("country (Belgium); audiences (Institutions and networks); ")


def test_every_fact_and_text_has_its_row_and_silence_is_said(client):
    found = rows(read(client.get(ROTTERDAM_AND_VILVOORDE)))
    assert set(found) == {
        *("Authority", "Kind of authority", "Country", "Partners", "Activity types", "Audiences", "Target groups"),
        *("Stages", "Date", "Evaluation", "Others involved", "In figures"),
        *("Summary", "Background", "Objectives", "What was done", "Results", "Prospects"),
        *("Steps", "Where, and what it needs there", "How often and how long"),
        *("What was learnt", "How they worked"),
    }
    assert found["Date"] == ("Not stated for any", [["Not stated in the source"], ["Not stated in the source"]])
    assert found["In figures"] == (
        "Stated for 1 of 2",
        [["2 half-day training sessions"], ["Not stated in the source"]],
    )
    assert found["Activity types"][1][0] == ["Training", "Case management (from the heading)", "Practice exchange"]


def test_comparison_begins_with_what_differs(client):
    page = read(client.get(ROTTERDAM_AND_VILVOORDE))
    facts, texts = (list(rows(table).items()) for table in page.all("table", class_="compare-table"))
    assert [label for label, _cells in facts] == [
        *("Authority", "Country", "Audiences", "Target groups", "Others involved"),
        *("Stages", "In figures"),
        *("Kind of authority", "Partners", "Activity types"),
        *("Date", "Evaluation"),
    ]
    assert [words for _label, (words, _cells) in facts + texts].count("Differs") == 5


def test_item_of_the_profile_leads_to_what_says_it_and_has_no_row_where_none_states_it(client):
    page = read(client.get(ROTTERDAM_AND_VILVOORDE))
    found = rows(page)
    assert found["How often and how long"] == (
        "Stated for 1 of 2",
        [["See What was done"], ["Not stated in the source"]],
    )
    assert "/pilots/vilvoorde/#what_was_done" in page.hrefs("/pilots/vilvoorde/")
    assert "Cost" not in found


def test_page_shows_key_facts_and_what_is_not_stated(client):
    page = read(client.get("/shortlist/?keep=the-hague"))
    assert "audiences, evaluation" in page.text
    facts = page.one("dl", class_="facts")
    assert dict(zip(facts.texts("dt"), facts.texts("dd"), strict=True)) == {
        "Partners": "European Forum for Restorative Justice (from the heading)",
        "Activity types": "Restorative practice",
        "Target groups": "Returning foreign fighters",
        "Stages": "Probation (from the heading)",
        "Date": "May 2019",
    }
