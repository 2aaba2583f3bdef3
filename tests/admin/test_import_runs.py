"""An import is written some rows at a time: it can be left and goes on, and what does not fit stops no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pilots import retention, workflow
from pilots.history.record import Kind
from pilots.models import ImportRow, ImportRun, Pilot, Revision, SecurityEvent
from pilots.models.content import read_content
from pilots.models.import_run import KEPT_FOR, KEPT_UNCONFIRMED
from pilots.security_log import Event
from pilots.workflow import batches, import_runs
from tests.admin.sheets import carry_on, confirm, counts, export, file_of, look, rows_in, with_cells
from tests.admin.test_import_export import new_row
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_request(monkeypatch: Any) -> None:
    monkeypatch.setattr(import_runs, "AT_ONCE", 2)
    monkeypatch.setattr(import_runs, "SECOND", 0.0)


def begin(client: Client, *rows: Any) -> Any:
    """Confirm an import of these rows; nothing of it is written yet."""
    return confirm(client, look(client, file_of(*rows)))


def towns(count: int) -> list[dict[str, str]]:
    row = new_row()
    return [row | {"slug": f"town-{number}", "title": f"Town {number}"} for number in range(count)]


def added() -> int:
    return Pilot.objects.filter(slug__startswith="town-").count()


def test_import_is_left_and_goes_on_where_it_was(admin_client: Client) -> None:
    began = begin(admin_client, *towns(5))
    assert added() == 0
    admin_client.post(began["Location"])
    assert added() == 2
    assert "2 of 5" in admin_client.get(began["Location"]).content.decode()
    listed = admin_client.get(reverse("admin:pilots_pilot_imports")).content.decode()
    assert "3 pilots are still to be written" in listed
    assert began["Location"] in listed
    assert "5 pilots are imported" in carry_on(admin_client, began)
    assert Revision.objects.filter(kind=Kind.IMPORTED).values("batch").distinct().count() == 1
    assert not ImportRow.objects.exists()
    assert "still to be written" not in admin_client.get(reverse("admin:pilots_pilot_imports")).content.decode()


def test_page_asks_as_much_of_many_rows_as_of_one(admin_client: Client) -> None:
    queries = []
    for number in (1, 30):
        began = begin(admin_client, *towns(number + 2))
        run = ImportRun.objects.get(batch=began["Location"].split("/")[-3])
        for row in run.rows.all()[:number]:
            row.refuse("It does not fit.")
        with CaptureQueriesContext(connection) as captured:
            page = admin_client.get(began["Location"]).content.decode()
        assert page.count("It does not fit.") == number
        queries.append(len(captured))
    assert queries[0] == queries[1]


def test_script_of_the_page_is_told_how_far_it_is_and_keeps_no_session_alive(admin_client: Client) -> None:
    began = begin(admin_client, *towns(3))
    store = admin_client.session.get_model_class()
    store.objects.update(seen_at=timezone.now() - timedelta(minutes=20))
    seen = store.objects.values_list("seen_at", flat=True).first()
    answers = [admin_client.post(began["Location"], {"by_itself": "1"}).json() for _twice in range(2)]
    assert answers == [{"words": "2 of 3 …", "done": 2, "total": 3}, {"next": began["Location"]}]
    assert store.objects.values_list("seen_at", flat=True).first() == seen


def test_import_that_breaks_in_the_middle_writes_nothing_twice(admin_client: Client, monkeypatch: Any) -> None:
    began = begin(admin_client, *towns(5))
    admin_client.post(began["Location"])
    with monkeypatch.context() as broken:
        broken.setattr(import_runs, "_write", _fails_after(import_runs._write))
        page = admin_client.post(began["Location"], follow=True).content.decode()
        answer = admin_client.post(began["Location"], {"by_itself": "1"})
    assert "Go on in a minute" in page
    assert answer.status_code == 503
    assert added() == 2
    assert "5 pilots are imported" in carry_on(admin_client, began)
    assert added() == Revision.objects.filter(kind=Kind.IMPORTED).count() == 5


def _fails_after(write: Any) -> Any:
    def fail(*args: Any) -> None:
        write(*args)
        raise OperationalError("database is locked")

    return fail


def test_rows_that_do_not_fit_any_more_are_told_and_stop_no_other(admin_client: Client, admin_user: User) -> None:
    pilots = [PilotFactory(title=f"Old {number}") for number in range(4)]
    rows = [with_cells(row, summary="From the file.") for row in rows_in(export(admin_client))]
    began = begin(admin_client, *rows, *towns(1))
    workflow.rewrite(pilots[1], read_content(pilots[1]) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    pilots[2].delete()
    PilotFactory(slug="town-0")
    page = carry_on(admin_client, began)
    assert "2 pilots are imported" in page
    for words in ("Old 1", "Old 2", "was changed since you read it", "Town 0", "has the address “town-0” now"):
        assert words in page
    said = [read_content(pilots[number])["texts"]["en"].get("summary") for number in (0, 1, 3)]
    assert said[0] == said[2] == "From the file."
    assert said[1] != "From the file."
    assert [row.content for row in ImportRow.objects.all()] == [{}] * 3


def test_row_that_names_what_is_gone_is_told(admin_client: Client) -> None:
    began = begin(admin_client, *towns(2))
    row = ImportRow.objects.get(title="Town 1")
    row.content["stages"] = ["never-there"]
    row.save()
    page = carry_on(admin_client, began)
    assert "1 pilot is imported" in page
    assert "These are not there any more: never-there." in page


def test_entry_imported_by_two_at_once_is_written_by_the_first(admin_client: Client) -> None:
    pilot = PublishedPilotFactory()
    (row,) = rows_in(export(admin_client))
    first, second = (begin(admin_client, with_cells(row, summary=f"By {who}.")) for who in ("one", "the other"))
    assert "1 pilot is imported" in carry_on(admin_client, second)
    assert "0 pilots are imported" in carry_on(admin_client, first)
    assert read_content(Pilot.objects.get(revises=pilot))["texts"]["en"]["summary"] == "By the other."


def test_changed_rows_of_archived_entries_stop_no_other(admin_client: Client, admin_user: User) -> None:
    old, draft = PilotFactory(title="Old one"), PilotFactory()
    workflow.archive(old, by=admin_user)
    rows = [with_cells(row, summary="From the file.") for row in rows_in(export(admin_client))]
    page = look(admin_client, file_of(*rows))
    assert counts(page) == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}
    assert "In the archive, so these stay as they are" in page.content.decode()
    assert "1 pilot is imported" in carry_on(admin_client, confirm(admin_client, page))
    assert read_content(draft)["texts"]["en"]["summary"] == "From the file."
    assert Revision.objects.filter(row=old.pk, kind=Kind.IMPORTED).count() == 0


def test_import_that_is_half_written_is_undone(admin_client: Client, admin_user: User) -> None:
    began = begin(admin_client, *towns(5))
    admin_client.post(began["Location"])
    run = ImportRun.objects.get()
    admin_client.post(reverse("admin:pilots_pilot_batch", args=[run.batch]))
    assert added() == 0
    admin_client.post(began["Location"])
    assert added() == 0
    assert batches.undone_batches([run.batch]) == {run.batch}


def test_undoing_goes_on_where_it_was_and_leaves_what_was_changed_meanwhile(
    admin_client: Client, admin_user: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(batches, "UNDONE_AT_ONCE", 2)
    monkeypatch.setattr(batches, "SECOND", 0.0)
    began = begin(admin_client, *towns(5))
    carry_on(admin_client, began)
    address = reverse("admin:pilots_pilot_batch", args=[ImportRun.objects.get().batch])
    admin_client.post(address)
    assert added() == 3
    assert "2 pilots are as they were before already" in admin_client.get(address).content.decode()
    changed = Pilot.objects.filter(slug__startswith="town-").latest("pk")
    workflow.rewrite(changed, read_content(changed) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    assert admin_client.post(address, {"by_itself": "1"}).json() == {"next": reverse("admin:pilots_pilot_imports")}
    assert list(Pilot.objects.filter(slug__startswith="town-")) == [changed]
    assert SecurityEvent.objects.filter(event=Event.UNDONE).count() == 1


def test_undoing_that_is_refused_is_told_to_the_script(admin_client: Client, admin_user: User) -> None:
    carry_on(admin_client, begin(admin_client, *towns(1)))
    pilot = Pilot.objects.get(slug="town-0")
    workflow.rewrite(pilot, read_content(pilot) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    address = reverse("admin:pilots_pilot_batch", args=[ImportRun.objects.get().batch])
    assert admin_client.post(address, {"by_itself": "1"}).json() == {"next": address}
    assert "nothing was undone" in admin_client.get(address).content.decode()


def test_import_is_stopped_and_what_was_written_stays(admin_client: Client) -> None:
    began = begin(admin_client, *towns(5))
    admin_client.post(began["Location"])
    admin_client.post(began["Location"], {"stop": "1"})
    assert "2 pilots are imported" in carry_on(admin_client, began)
    assert added() == 2


def test_import_under_way_is_its_owners() -> None:
    began = begin(browser_of(person("contributor")), *towns(1))
    for role in ("contributor", "reviewer", "superuser"):
        other = browser_of(person(role))
        assert other.get(began["Location"]).status_code == other.post(began["Location"]).status_code == 404
        assert "still to be written" not in other.get(reverse("admin:pilots_pilot_imports")).content.decode()
    assert added() == 0


def test_rights_that_were_lost_meanwhile_stop_it(admin_client: Client) -> None:
    anna = person("contributor")
    client = browser_of(anna)
    began = begin(client, *towns(3))
    client.post(began["Location"])
    anna.groups.clear()
    assert client.post(began["Location"]).status_code in (302, 403)
    assert added() == 2


def test_import_is_told_once_and_what_is_left_goes_after_thirty_days(admin_client: Client) -> None:
    begin(admin_client, *towns(2))
    assert SecurityEvent.objects.get(event=Event.IMPORTED).details["entries"] == 2
    ImportRun.objects.update(moved_at=timezone.now() - KEPT_FOR)
    retention.apply_retention()
    assert not ImportRun.objects.exists()
    assert not ImportRow.objects.exists()


def test_import_that_is_only_looked_at_goes_after_an_hour(admin_client: Client) -> None:
    page = look(admin_client, file_of(*towns(1)))
    ImportRun.objects.update(moved_at=timezone.now() - KEPT_UNCONFIRMED)
    look(admin_client, file_of(new_row("another")))
    assert ImportRun.objects.count() == 1
    assert confirm(admin_client, page)["Location"] == reverse("admin:pilots_pilot_import")


def test_import_is_begun_once(admin_client: Client) -> None:
    page = look(admin_client, file_of(*towns(1)))
    assert confirm(admin_client, page)["Location"] == confirm(admin_client, page)["Location"]
    assert SecurityEvent.objects.filter(event=Event.IMPORTED).count() == 1
    assert admin_client.get(reverse("admin:pilots_pilot_process_import")).status_code == 302
