"""Tables: the rows that the page shows, in its order, all pages, in a form that others read."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots.exports import answers, tables
from pilots.exports.delimited import to_csv
from pilots.models import Pilot
from pilots.spreadsheets import reader
from pilots.spreadsheets.columns import EDIT, all_names
from pilots.spreadsheets.import_preview import preview_import
from tests import factories
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.exports.reading_files import body, csv_rows, workbook, xlsx_rows
from tests.people import person
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

TABLES = ("/pilots.csv", "/pilots.xlsx", "/lessons.csv", "/lessons.xlsx")
EVERY = [*TABLES, "/shortlist.csv?keep=avignon", "/shortlist.xlsx?keep=avignon", "/pilots/avignon.csv"]
EVERY += ["/pilots/avignon.xlsx"]


@pytest.mark.parametrize("rows", [csv_rows, xlsx_rows])
def test_table_has_every_pilot_in_the_order_of_the_list(rows):
    suffix = rows.__name__.removesuffix("_rows")
    slugs = [row["slug"] for row in rows(f"/pilots.{suffix}")]
    assert len(slugs) == 9
    assert [row["slug"] for row in rows(f"/pilots.{suffix}?sort=-place")] == slugs[::-1]
    assert [row["slug"] for row in rows(f"/pilots.{suffix}?country=NL")] == [
        "rotterdam",
        "the-hague",
    ]


@pytest.mark.parametrize("address", ["/pilots.csv", "/pilots.xlsx"])
def test_table_has_the_columns_of_an_import_without_the_one_that_allows_changes(address):
    rows = (csv_rows if address.endswith("csv") else xlsx_rows)(address)
    assert [*rows[0]] == [name for name in all_names() if "(" not in name and name != EDIT.name]
    assert {row["status"] for row in rows} == {"published"}


@pytest.mark.parametrize("address", ["/pilots.csv", "/pilots.xlsx"])
def test_import_of_a_table_touches_no_pilot_that_is_there(address):
    editor, file = person("administrator"), body(address)
    unchanged = preview_import(reader.read(file), editor)
    assert {verdict.what for verdict in unchanged.verdicts} == {"unchanged"}
    text = Pilot.objects.get(slug="avignon").translations.get(language_code="en")
    type(text).objects.filter(pk=text.pk).update(results="Something else.")
    preview = preview_import(reader.read(file), editor)
    assert [verdict.slug for verdict in preview.of("refused")] == ["avignon"]
    assert preview.steps == []


def test_cells_of_excel_have_types_and_its_headings_stay_in_sight():
    factories.PublishedPilotFactory(slug="aa", start="2019", end="2019-05-17", version=3, authority__place="Aa")
    book = workbook("/pilots.xlsx")
    sheet = book["pilots"]
    heads = [cell.value for cell in sheet[1]]
    cells = dict(zip(heads, sheet[2], strict=True))
    assert (cells["slug"].value, cells["start"].value, cells["version"].value) == ("aa", 2019, 3)
    assert cells["end"].value.date() == date(2019, 5, 17)
    assert sheet.freeze_panes == "B2"


def test_sheets_explain_the_columns_and_say_what_the_table_is():
    book = workbook("/pilots.xlsx?country=FR")
    assert book.sheetnames == ["pilots", "columns", "about"]
    explained = {row[0]: row[1] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert [*explained] == [cell.value for cell in book["pilots"][1]]
    assert all(explained.values())
    about = dict(book["about"].iter_rows(min_row=2, values_only=True))
    assert about["filter"] == "country France"
    assert about["rows"] == "3"
    assert about["address of this file"].endswith("/pilots.xlsx?country=FR")
    assert about["what may be reused"].endswith("/about/#reuse")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@sum", "＝1", "'=1"])
def test_no_cell_is_a_formula(words):
    factories.PublishedPilotFactory(slug="aa", authority__place="Aa", title=words)
    assert csv_rows("/pilots.csv")[0]["title"] == f"'{words}"
    assert xlsx_rows("/pilots.xlsx")[0]["title"] == f"'{words}"


def test_csv_is_rfc_4180_and_has_no_mark_at_its_beginning():
    factories.PublishedPilotFactory(slug="aa", authority__place="Aa", summary='One, "two"\n\nthree é')
    text = body("/pilots.csv")
    assert text.startswith(b"slug,")
    assert text.endswith(b"\r\n")
    assert b'One, ""two""' in text
    assert csv_rows("/pilots.csv")[0]["summary"] == 'One, "two"\n\nthree é'


def test_lessons_stand_one_a_row_and_methods_are_told_apart():
    rows = csv_rows("/lessons.csv?country=NL&kind=method&kind=helped")
    assert {row["pilot"] for row in rows} <= {"rotterdam", "the-hague"}
    groups = [row["group"] for row in rows]
    assert groups == sorted(groups, reverse=True)
    assert {row["group"] for row in rows if row["kind"] == "method"} == {"how they worked"}
    assert all(row["address"].endswith(f"/pilots/{row['pilot']}/#lesson-{row['number']}") for row in rows)
    assert len(csv_rows("/lessons.csv")) == len(xlsx_rows("/lessons.xlsx"))


def test_shortlist_keeps_the_order_in_which_pilots_were_chosen():
    assert [row["slug"] for row in csv_rows("/shortlist.csv?keep=vilvoorde&keep=avignon")] == ["vilvoorde", "avignon"]


@pytest.mark.parametrize("query", ["country=XX", "colour=red", "sort=evil", "country=", "q=a&q=b", "page=x"])
@pytest.mark.parametrize("address", TABLES)
def test_what_a_page_leaves_out_is_refused(address, query):
    assert visitor().get(f"{address}?{query}").status_code == 400


@pytest.mark.parametrize(
    "address", ["/shortlist.csv?keep=nobody", "/shortlist.xlsx?colour=red", "/pilots/avignon.csv?x=1"]
)
def test_what_other_pages_leave_out_is_refused(address):
    assert visitor().get(address).status_code == 400


def test_names_that_follow_people_about_are_dropped():
    assert body("/pilots.csv?country=FR&utm_source=letter") == body("/pilots.csv?country=FR")


@pytest.mark.parametrize("address", EVERY)
def test_file_is_not_indexed_has_a_name_and_may_be_read_by_other_sites(address):
    response = visitor().get(address)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "/about/#reuse" in response.headers["Link"]
    assert not response.cookies
    assert visitor().head(address).headers["Content-Disposition"] == response.headers["Content-Disposition"]


def test_name_of_a_file_tells_what_was_chosen_but_no_searched_words():
    said = visitor().get("/pilots.csv?country=FR&activity=training&q=somebody").headers["Content-Disposition"]
    assert said.startswith('attachment; filename="pilots-fr-training-search-2')


def test_file_that_a_visitor_has_is_not_sent_again():
    first = visitor().get("/pilots.csv?country=FR")
    again = visitor().get("/pilots.csv?country=FR", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for name in ("Cache-Control", "Vary", "ETag", "Link"):
        assert again.headers[name] == first.headers[name]
    factories.PublishedPilotFactory(authority__country="FR")
    changed = visitor().get("/pilots.csv?country=FR", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def leave(response):
    """Go away in the middle of a file, without the end of the request, which would close the test's connection."""
    for close in response._resource_closers:
        close()


def free_places():
    """For how many more long files there is room."""
    taken = [place for place in range(answers.MOST_SENT) if answers._sending.acquire(blocking=False)]
    for _place in taken:
        answers._sending.release()
    return len(taken)


class TestLongFile:
    """A file with more entries than are sent whole."""

    @pytest.fixture(autouse=True)
    def short(self, monkeypatch, settings, tmp_path):
        monkeypatch.setattr(answers, "MOST_WHOLE", 5)
        settings.DATA_DIR = tmp_path

    def test_it_is_sent_in_parts_with_every_row(self):
        make_thirty_pilots()
        response = visitor().get("/pilots.csv")
        assert response.streaming
        assert "Content-Length" not in response.headers
        assert b"".join(response).count(b"/pilots/pilot-") == 30

    @pytest.mark.parametrize(("is_kept", "made"), [(True, 1), (False, 2)])
    def test_it_is_made_once_for_each_address_and_content_where_pages_are_cached(
        self, monkeypatch, settings, is_kept, made
    ):
        times = []

        def counted(table):
            times.append(table)
            yield from to_csv(table)

        settings.PAGE_CACHE = is_kept
        monkeypatch.setitem(tables.WRITERS, answers.CSV, counted)
        assert body("/pilots.csv") == body("/pilots.csv")
        assert len(times) == made
        first, reversed_ = csv_rows("/pilots.csv"), csv_rows("/pilots.csv?sort=-place")
        assert [row["slug"] for row in reversed_] == [row["slug"] for row in first][::-1]
        factories.PublishedPilotFactory(slug="new")
        assert "new" in {row["slug"] for row in csv_rows("/pilots.csv")}

    def test_it_is_kept_once_whatever_the_order_of_the_query(self, monkeypatch, tmp_path):
        monkeypatch.setattr(answers, "MOST_WHOLE", 0)
        for query in ("country=FR&country=NL&sort=-place", "sort=-place&country=NL&country=FR"):
            assert body(f"/pilots.csv?{query}")
        assert len([*(tmp_path / "files").iterdir()]) == 1

    @pytest.mark.parametrize("suffix", ["/pilots.xlsx", "/lessons.xlsx", "/map.geojson", "/partners.graphml"])
    def test_searched_words_are_on_no_disk(self, monkeypatch, tmp_path, suffix):
        monkeypatch.setattr(answers, "MOST_WHOLE", 0)
        assert body(f"{suffix}?q=training")
        assert not (tmp_path / "files").exists()
        assert body(suffix)
        assert len([*(tmp_path / "files").iterdir()]) == 1

    def test_error_on_the_way_ends_it_without_an_end(self, monkeypatch):
        def broken(table):
            yield b"slug\r\n"
            raise RuntimeError

        monkeypatch.setitem(tables.WRITERS, answers.CSV, broken)
        response = visitor().get("/pilots.csv")
        with pytest.raises(RuntimeError):
            b"".join(response)
        assert free_places() == answers.MOST_SENT, "the next visitor is not kept out"

    def test_slow_reader_keeps_nobody_out_but_only_so_many_are_served_at_once(self):
        slow = visitor().get("/pilots.csv")
        assert body("/pilots.csv")
        others = [visitor().get("/pilots.csv") for _place in range(answers.MOST_SENT - 1)]
        busy = visitor().get("/pilots.csv")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "60")
        for response in others:
            leave(response)
        assert body("/pilots.csv")
        leave(slow)

    def test_visitor_who_goes_away_makes_room(self):
        leave(visitor().get("/pilots.csv"))
        assert free_places() == answers.MOST_SENT

    def test_version_of_http_that_cannot_tell_a_part_from_the_whole_is_refused(self):
        assert visitor().get("/pilots.csv", SERVER_PROTOCOL="HTTP/1.0").status_code == 505

    def test_head_sends_nothing(self):
        assert visitor().head("/pilots.csv").content == b""

    def test_pilot_that_is_withdrawn_on_the_way_is_left_out(self, monkeypatch):
        monkeypatch.setattr("pilots.exports.pilot_table.batches", lambda ids: ([pk] for pk in ids))
        response = visitor().get("/pilots.csv")
        Pilot.objects.filter(slug="vilvoorde").update(status="draft")
        assert b"/pilots/vilvoorde/" not in b"".join(response)


def test_rows_are_read_many_at_a_time():
    factories.PublishedPilotFactory()  # nothing is kept after a change that is not committed
    with CaptureQueriesContext(connection) as few:
        body("/pilots.csv")
    make_thirty_pilots()
    with CaptureQueriesContext(connection) as many:
        assert len(csv_rows("/pilots.csv")) == 40
    assert len(many) == len(few)
