"""Which archive is kept, and what is answered while there is none."""

import contextlib
import os
import subprocess
import threading
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from pilots import workflow
from pilots.exports import answers
from pilots.exports.dataset import background, kept, views
from pilots.exports.dataset.snapshot import Snapshot, snapshot
from pilots.index import pilots
from pilots.index.content_version import current
from pilots.models import ContentVersion, Pilot
from pilots.workflow import entries
from tests.exports.reading_files import body
from tests.factories import PublishedPilotFactory, UserFactory
from tests.visitors import visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.ARCHIVE_DIR = tmp_path / "archive"


@pytest.fixture
def niced(monkeypatch):
    """By how much the command made the process nicer, in place of this one."""
    steps: list[int] = []
    monkeypatch.setattr(os, "nice", steps.append)
    return steps


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The commands that were started, none of which runs."""
    commands: list[list[str]] = []
    run = SimpleNamespace(run=lambda command, **_options: commands.append(command), DEVNULL=None)
    monkeypatch.setattr(background, "subprocess", run)

    def so_far() -> list[list[str]]:
        for thread in threading.enumerate():
            if thread.name == "archive":
                thread.join()
        return commands

    return so_far


def archives() -> list[str]:
    return sorted(path.name for path in settings.ARCHIVE_DIR.glob("*.zip"))


def archived_pilots() -> bytes:
    return ZipFile(BytesIO(visitor().get("/data.zip").content)).read("tables/pilots.csv")


def test_archive_is_made_once_for_a_version_and_the_former_one_goes():
    pilot = PublishedPilotFactory()
    visitor().get("/data.zip")
    first = archives()
    visitor().get("/data/")
    assert len(first) == 1
    assert archives() == first
    Pilot.objects.filter(pk=pilot.pk).update(evaluation="planned")
    visitor().get("/data.zip")
    assert len(archives()) == 1
    assert archives() != first


def test_no_archive_is_given_away_that_was_made_while_unchecked_texts_were_shown(settings):
    pilot = PublishedPilotFactory()
    pilot.create_translation("fr", title="Titre non vérifié", provenance={"title": {"by": "machine"}})
    visitor().get("/data.zip")
    first = archives()
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    visitor().get("/data.zip")
    assert archives() != first


def test_archive_that_a_restored_backup_takes_back_is_never_given_away():
    Pilot.objects.filter(pk=PublishedPilotFactory().pk).update(start="2019")
    backup = current()
    mistake = PublishedPilotFactory(slug="published-by-mistake")
    assert b"published-by-mistake" in archived_pilots()
    mistake.delete()
    current()
    ContentVersion.objects.update(number=backup)
    PublishedPilotFactory(slug="after-the-backup")
    pilots = archived_pilots()
    assert (b"published-by-mistake" in pilots, b"after-the-backup" in pilots) == (False, True)


def test_many_pilots_are_written_beside_the_request_and_nothing_old_is_given(monkeypatch, niced, started):
    pilot = PublishedPilotFactory()
    assert visitor().get("/data.zip").status_code == 200
    monkeypatch.setattr(views, "MOST_WHOLE", 0)
    Pilot.objects.filter(pk=pilot.pk).update(evaluation="planned")
    response = visitor().get("/data.zip")
    assert (response.status_code, response["Retry-After"], started()) == (503, "60", [background.COMMAND])
    page = visitor().get("/data/")
    assert page["Cache-Control"] == "no-store"
    assert b"made anew" in page.content
    call_command("make_archive", "--background")
    assert visitor().get("/data.zip").status_code == 200


def test_process_for_the_archive_is_started_once_in_a_while_however_often_one_asks(started):
    background.make_soon()
    background.make_soon()
    assert started() == [background.COMMAND]
    os.utime(settings.ARCHIVE_DIR / "started", (0, 0))
    background.make_soon()
    assert len(started()) == 2


def test_command_that_the_server_starts_is_one_of_ours():
    done = subprocess.run([*background.COMMAND, "--help"], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_command_in_the_background_lets_others_go_first_and_leaves_it_to_who_is_making_one(niced):
    PublishedPilotFactory()
    with kept._turn(0):
        call_command("make_archive", "--background")
    assert (niced, archives()) == ([10], [])


def test_archive_is_the_same_to_the_byte_whenever_it_is_made():
    pilot = PublishedPilotFactory()
    first = body("/data.zip")
    (settings.ARCHIVE_DIR / archives()[0]).unlink()
    assert body("/data.zip") == first
    Pilot.objects.filter(pk=pilot.pk).update(edit_count=7)  # nothing that visitors see
    assert body("/data.zip") == first
    Pilot.objects.filter(pk=pilot.pk).update(evaluation="planned")
    assert body("/data.zip") != first


def test_withdrawn_pilot_is_out_of_the_archive_at_once():
    PublishedPilotFactory(slug="staying")
    pilot = PublishedPilotFactory(slug="going")

    def slugs() -> set[str]:
        with ZipFile(BytesIO(body("/data.zip"))) as archive:
            said = b"".join(archive.read(name) for name in archive.namelist())
        return {slug for slug in ("staying", "going") if slug.encode() in said}

    assert slugs() == {"staying", "going"}
    Pilot.objects.filter(pk=pilot.pk).update(status="draft")
    assert slugs() == {"staying"}


def test_date_moves_on_when_a_pilot_leaves_and_stays_when_its_row_goes():
    editor, long_ago = UserFactory(is_superuser=True), datetime(2020, 1, 1, tzinfo=UTC)
    PublishedPilotFactory(public_change_at=long_ago)
    pilot = PublishedPilotFactory(published_at=long_ago, public_change_at=long_ago)
    assert snapshot().changed_at == long_ago
    workflow.withdraw(pilot, by=editor)
    left = Pilot.objects.get(pk=pilot.pk).public_change_at
    assert snapshot().changed_at == left > long_ago
    entries.delete(Pilot.objects.get(pk=pilot.pk), by=editor)
    assert long_ago < snapshot().changed_at <= timezone.now()


def test_whoever_asks_while_another_makes_it_is_told_to_come_again(monkeypatch, started):
    PublishedPilotFactory()
    monkeypatch.setattr(views, "PATIENCE", 0.1)
    with kept._turn(0):
        for address in ("/data/", "/data.ttl", "/data.jsonld"):
            assert visitor().get(address).status_code == 200
        response = visitor().get("/data.zip")
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert archives() == []
    assert started() == []
    assert body("/data.zip")


def test_archive_that_goes_while_it_is_looked_for_is_made_anew():
    PublishedPilotFactory()
    settings.ARCHIVE_DIR.mkdir()
    (settings.ARCHIVE_DIR / f"{kept._key(snapshot())}_1_1.zip").symlink_to("gone")
    assert body("/data.zip")


def test_whoever_waits_a_moment_for_another_is_given_the_archive(monkeypatch):
    PublishedPilotFactory()
    is_locked, others = kept._is_locked, [False, False]
    monkeypatch.setattr(kept, "_is_locked", lambda lock: others.pop() if others else is_locked(lock))
    assert body("/data.zip")
    assert others == []


def test_content_without_a_number_has_no_archive_and_the_present_one_stays(monkeypatch):
    PublishedPilotFactory()
    body("/data.zip")
    present = archives()
    monkeypatch.setattr(pilots, "current", lambda: None)
    assert visitor().get("/data.zip").status_code == 503
    assert visitor().get("/data/")["Cache-Control"] == "no-store"
    with pytest.raises(kept.StillChanging):
        kept.keep()
    assert archives() == present


def test_archive_of_content_that_changes_while_it_is_written_is_thrown_away(monkeypatch):
    pilot = PublishedPilotFactory(slug="going")
    write = kept.write_archive

    def withdraw_meanwhile(now, file):
        written = write(now, file)
        Pilot.objects.filter(pk=pilot.pk).update(status="draft")
        return written

    monkeypatch.setattr(kept, "write_archive", withdraw_meanwhile)
    found = kept.keep()
    assert b"going" not in found.path.read_bytes()
    assert len(archives()) == 1


def test_content_that_never_rests_is_answered_with_503(monkeypatch):
    PublishedPilotFactory()
    monkeypatch.setattr(Snapshot, "is_current", lambda _now: False)
    assert visitor().get("/data.zip").status_code == 503
    assert visitor().get("/data/").status_code == 200
    with pytest.raises(CommandError, match="changed all the time"):
        call_command("make_archive")
    left = [path for path in settings.ARCHIVE_DIR.iterdir() if path.stat().st_size]
    assert left == [], "what was thrown away lies on no disk"


def test_large_archive_is_sent_in_parts_with_its_length(monkeypatch):
    PublishedPilotFactory()
    whole = visitor().get("/data.zip")
    monkeypatch.setattr(views, "MOST_AT_ONCE", 0)
    response = visitor().get("/data.zip", headers={"Accept-Encoding": "gzip, br"})
    assert response.streaming
    assert b"".join(response) == whole.content
    assert "Content-Encoding" not in response.headers
    assert (response["Content-Length"], response["ETag"]) == (str(len(whole.content)), whole["ETag"])


def test_large_archive_takes_the_place_of_a_long_file(monkeypatch):
    PublishedPilotFactory()
    monkeypatch.setattr(views, "MOST_AT_ONCE", 0)
    with contextlib.ExitStack() as places:
        for _place in range(answers.MOST_SENT):
            assert answers._sending.acquire(blocking=False)
            places.callback(answers._sending.release)
        response = visitor().get("/data.zip")
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert visitor().get("/data/").status_code == 200
    for _visitor in range(answers.MOST_SENT + 1):
        length = visitor().head("/data.zip")["Content-Length"]
        assert length == str(len(body("/data.zip")))


def test_command_makes_the_archive_and_says_its_checksum(capsys):
    PublishedPilotFactory()
    call_command("make_archive")
    [name] = archives()
    assert name.removesuffix(".zip").rpartition("_")[2] in capsys.readouterr().out
    assert kept.kept(snapshot()).path.name == name


def test_portal_with_a_full_disk_says_so_and_its_catalogue_still_tells_the_rest(monkeypatch, caplog):
    PublishedPilotFactory()

    def full(_now, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "write_archive", full)
    statuses = {address: visitor().get(address).status_code for address in ("/data/", "/data.zip", "/data.ttl")}
    assert statuses == {"/data/": 200, "/data.zip": 503, "/data.ttl": 200}
    assert "No space left on device" in caplog.text
    assert not (settings.ARCHIVE_DIR / "unfinished").exists()
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("make_archive")


def test_folder_that_cannot_be_made_breaks_no_page():
    PublishedPilotFactory()
    settings.ARCHIVE_DIR.write_text("no folder")
    assert visitor().get("/data.zip").status_code == 503
    assert visitor().get("/data/").status_code == 200
