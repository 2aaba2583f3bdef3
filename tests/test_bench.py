"""What the bench makes of its measurements, and what it hands to the peers."""

import pytest

from bench import report
from bench.load import WrongAnswer, parsed
from bench.report import ARRAYS, BARE, COLUMNS, DATASETTE, Edits, Figure, Results, at_nine, cold, warm
from bench.rows import rows
from bench.subjects import API, CSV, FRENCH_LIST, LIST, PILOT, TWO, Questions, has_lines, heads
from tests.factories import PilotFactory, PublishedPilotFactory


def row(slug, *activities, country="FR"):
    facets = {"country": {country: country}, "activity": dict.fromkeys(activities, "")}
    return {"slug": slug, "title": slug, "length": len(slug), "facets": facets}


def results():
    """What a quick run may measure: our warm list is 0.95 times as fast as the bare view, in the median."""
    nine = {LIST: {warm("SQLite"): [19.0, 50.0, 190.0], BARE: [20.0, 100.0, 100.0], DATASETTE: [1.0, 5.0, 10.0]}}
    nine[PILOT] = {warm("SQLite"): [20.0, 50.0, 60.0]}
    nine[FRENCH_LIST] = {warm("SQLite"): [19.0, 45.0, 100.0]}
    nine[API] = {warm("SQLite"): [95.0], BARE: [100.0], cold("SQLite"): [9.0], DATASETTE: [10.0]}
    many = {TWO: {cold("SQLite"): [40.0], ARRAYS: [2.0], COLUMNS: [20.0]}, LIST: {cold("SQLite"): [30.0]}}
    many[LIST][at_nine("SQLite")] = [120.0]
    many[CSV] = {cold("SQLite"): [0.06], warm("SQLite"): [0.2], ARRAYS: [0.02]}
    edits = [Edits("SQLite", 9, 60.0, 9000, 0, 200, 1200, 1, 0.01, 1.2)]
    return Results(
        rates={9: nine, 100_000: many},
        memory={100_000: {warm("SQLite"): 251.0}},
        growth={100_000: {cold("SQLite"): 0.0}},
        packs={9: {cold("SQLite"): [1.0, 1.5, 4.0]}},
        edits=edits,
    )


def verdicts():
    return {each.goal.removeprefix("SQLite: "): (each.measured, each.verdict) for each in report.figures(results())}


def test_a_ratio_is_that_of_turns_in_the_same_round():
    assert report.ratio([10, 100, 1000], [10, 50, 250]) == 2


def test_each_figure_is_marked_as_reached_or_not():
    found = verdicts()
    assert found["warm list ÷ bare Django view"] == (0.95, "reached")
    assert found["warm list ÷ Datasette’s facet page"] == (19, "reached")
    assert found["warm pilot page ÷ Datasette’s facet page"] == (10, "**not reached**")
    assert found["warm list in French ÷ in English"] == (0.9, "reached")
    assert found["warm list ÷ Wagtail’s list"] == (None, "not measured")
    assert found["100,000: cold list takes × as long as with nine"] == (4, "reached")
    assert found["100,000: memory of a worker"] == (251, "**not reached**")
    assert found["warm API list ÷ bare Django view"] == (0.95, "reached")
    assert found["cold API list ÷ Datasette’s JSON with 3 facets"] == (0.9, "**not reached**")
    assert found["100,000: CSV ÷ Datasette’s streaming CSV"] == (3, "reached")
    assert found["100,000: CSV that is kept ÷ Datasette’s"] == (10, "reached")
    assert found["100,000: a worker grows by a CSV"] == (0, "reached")
    assert found["a briefing pack of nine in PDF is made in"] == (1.5, "reached")
    assert found["edits under load: errors"] == (0, "reached")
    assert found["edits under load: stale after 1 s"] == (1, "**not reached**")


def test_the_faster_of_two_peers_counts():
    assert verdicts()["100,000: cold list, filtered by two ÷ Datasette, same filter"] == (2, "**not reached**")


def test_what_has_a_limit_above_is_not_reached_beyond_it():
    assert [Figure("", value, 5, at_most=True).verdict for value in (5, 5.1)] == ["reached", "**not reached**"]


def test_the_report_holds_every_table():
    text = report.document(results())
    assert "| portal, SQLite, warm | 50 | 50 |" in text
    assert "| SQLite | 9 | 60 | 9,000 | 0 | 200 | 1,200 | 1 | 0.01 s (1.2 s) |" in text
    assert "PostgreSQL: warm list" not in text


def test_a_list_is_counted_as_it_is_filtered():
    rows = [
        row("a", "training"),
        row("b", "training", country="NL"),
        row("c", "advice", "training"),
        row("d", "advice"),
    ]
    questions = Questions(rows)
    assert questions.filters[TWO] == [("country", "FR"), ("activity", "training")]
    assert questions.count(TWO) == 2


def test_a_page_with_another_number_is_refused():
    heads("<h1>([0-9,]+)", [1200])("<h1>1,200 pilots")
    with pytest.raises(WrongAnswer, match="1,201"):
        heads("<h1>([0-9,]+)", [1200])("<h1>1,201 pilots")


def test_answers_that_were_wrong_are_counted():
    load = parsed("… Answers: 300 in 2000000 us, wrong: 7")
    assert (load.rate, load.wrong) == (150, 7)


def test_a_table_with_another_number_of_lines_is_refused():
    table = 'slug,summary\r\na,"one\n\ntwo"\r\n'
    has_lines(1)(table)
    with pytest.raises(WrongAnswer, match="2 lines, but 3"):
        has_lines(2)(table)


@pytest.mark.django_db
def test_peers_get_what_visitors_see():
    PublishedPilotFactory(slug="shown", title="Shown")
    PilotFactory(slug="draft")
    assert [(row["slug"], row["title"]) for row in rows()] == [("shown", "Shown")]
