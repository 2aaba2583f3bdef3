"""`restore` refuses what is no whole backup, made by accident or on purpose, and leaves the place empty."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pilots.management.backups import archive, restoring, tables, uploads
from pilots.management.backups.archive import is_safe
from pilots.management.backups.manifest import BrokenBackup, Manifest
from pilots.models import Lesson, Pilot, SynonymSet
from pilots.models.triggers import triggers
from tests.commands.backups import Parts, parts_of, rewrite, rewrite_rows, sealed, stored_rows, zipped
from tests.factories import LessonFactory, PublishedPilotFactory, SynonymSetFactory
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

Change = Callable[[Parts, dict[str, Any]], None]


@pytest.fixture
def file(tmp_path: Path, media: Path) -> Path:
    """A backup of an entry, an account and a file; the place is empty again."""
    person(username="rita")
    LessonFactory(pilot=PublishedPilotFactory(slug="avignon"))
    SynonymSetFactory(slug="words")
    default_storage.save("upload.txt", ContentFile(b"uploaded"))
    call_command("backup", tmp_path / "portal.zip", verbosity=0)
    default_storage.delete("upload.txt")
    media.rmdir()
    call_command("flush", interactive=False, verbosity=0)
    return tmp_path / "portal.zip"


def refused(file: Path, match: str) -> None:
    """Assert that a restore says so, and that nothing is there afterwards that was not before."""
    with pytest.raises(CommandError, match=match):
        call_command("restore", file)
    assert not User.objects.exists()
    assert not Pilot.objects.exists()
    assert list(uploads.folder().parent.iterdir()) == []
    assert not connection.in_atomic_block
    with connection.cursor() as cursor:
        assert triggers(cursor, connection.vendor)


def test_file_that_was_cut_off_or_altered_is_refused_wherever_that_was(file: Path) -> None:
    whole = file.read_bytes()
    draw = random.Random(16)
    for size in (0, 1, 64, len(whole) // 2, len(whole) - 64, len(whole) - 1):
        file.write_bytes(whole[:size])
        refused(file, "no whole backup")
    file.write_bytes(whole + b"\n")
    refused(file, "its checksum does not fit")
    for place in (0, 1, len(whole) - 1, len(whole) - 70, *draw.sample(range(len(whole)), 40)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << draw.randrange(8)]) + whole[place + 1 :])
        refused(file, "no whole backup")
    file.write_bytes(whole)
    call_command("restore", file, verbosity=0)
    assert Pilot.objects.get().slug == "avignon"


def test_what_is_another_file_is_refused(file: Path) -> None:
    for other in (b"SQLite format 3\0" * 100, b"PK\3\4" + b"\0" * 500, sealed(b"PK\3\4" + b"\0" * 500), zipped({})):
        file.write_bytes(other)
        refused(file, "no whole backup")


# Altered by somebody who knows the format: the checksum of the whole fits -----------------


def drop_row(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/pilots.lesson.jsonl"] = b""


def say_more_rows(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["tables"]["pilots.lesson"]["rows"] += 1


def alter_file(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["media/upload.txt"] = b"Uploaded"


def drop_table(parts: Parts, manifest: dict[str, Any]) -> None:
    del parts["tables/pilots.lesson.jsonl"], manifest["tables"]["pilots.lesson"]


def drop_field(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["tables"]["pilots.lesson"]["fields"].pop()


def add_table(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["tables/sessions.session.jsonl"] = b""
    manifest["tables"]["sessions.session"] = manifest["tables"]["admin.logentry"] | {"fields": ["session_key"]}


def add_part(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["secret_key"] = b"x" * 60


def drop_part(parts: Parts, manifest: dict[str, Any]) -> None:
    del parts["media/upload.txt"]


def drop_manifest(parts: Parts, manifest: dict[str, Any]) -> None:
    del parts["manifest.json"]


def lead_elsewhere(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["media/../../evil.txt"] = parts["media/upload.txt"]
    manifest["files"]["../../evil.txt"] = manifest["files"]["upload.txt"]


def file_and_folder(parts: Parts, manifest: dict[str, Any]) -> None:
    parts["media/upload.txt/x"] = parts["media/upload.txt"]
    manifest["files"]["upload.txt/x"] = manifest["files"]["upload.txt"]


def newer_format(parts: Parts, manifest: dict[str, Any]) -> None:
    """What such a format needs beside cannot be known."""
    fields = [name for name in manifest if name not in {"format", "release"}]
    manifest |= {"format": 2, "release": "9.9"}
    for name in fields:
        del manifest[name]


def newer_release(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["migrations"].append(["pilots", "9999_of_tomorrow"])
    manifest["release"] = "9.9"


def no_migrations(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["migrations"] = []


def dangling(rows: list[Any]) -> None:
    rows[0][2] = 12345


def longer_row(rows: list[Any]) -> None:
    rows[0].append(1)


def nested(rows: list[Any]) -> None:
    rows[0] = {"pk": 1}


def no_number(rows: list[Any]) -> None:
    rows[0][0] = "one"


def huge_number(rows: list[Any]) -> None:
    rows[0][0] = 10**30


def twice(rows: list[Any]) -> None:
    rows.append(rows[0])


def unordered(rows: list[Any]) -> None:
    """Read again from the database, the rows come in another order."""
    number, _slug, *rest = rows[0]
    rows.insert(0, [number + 1, "other", *rest])


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (drop_row, r"rows of pilots\.lesson are not those that were saved"),
        (say_more_rows, r"rows of pilots\.lesson are not those that were saved"),
        (alter_file, r"upload\.txt is not the one that was saved"),
        (drop_table, "its tables are not those of the migrations"),
        (drop_field, "its tables are not those of the migrations"),
        (add_table, "its tables are not those of the migrations"),
        (add_part, "does not hold what its manifest names"),
        (drop_part, "does not hold what its manifest names"),
        (drop_manifest, "its manifest cannot be read"),
        (lead_elsewhere, "whose name leads elsewhere"),
        (file_and_folder, r"exists|directory"),
        (newer_format, r"format 2, made by release 9\.9.*formats up to 1"),
        (newer_release, r"9999_of_tomorrow.*release 9\.9"),
        (no_migrations, "its tables are not those of the migrations"),
        (rewrite_rows("pilots.pilot_partners", dangling), "point at others that are not there"),
        (rewrite_rows("pilots.lesson", longer_row), r"rows of pilots\.lesson that cannot be stored"),
        (rewrite_rows("pilots.lesson", nested), r"rows of pilots\.lesson that cannot be stored"),
        (rewrite_rows("pilots.lesson", no_number), r"rows of pilots\.lesson that cannot be stored"),
        (rewrite_rows("pilots.lesson", huge_number), r"rows of pilots\.lesson that cannot be stored"),
        (rewrite_rows("pilots.lesson", twice), r"rows of pilots\.lesson that cannot be stored"),
        (rewrite_rows("pilots.synonymset", unordered), r"pilots\.synonymset are not what was saved"),
    ],
)
def test_altered_backup_is_refused_as_a_whole(change: Change, match: str, file: Path) -> None:
    rewrite(file, change)
    refused(file, match)


@pytest.mark.parametrize("field", ["format", "release", "made_at", "migrations", "tables", "files"])
@pytest.mark.parametrize("value", [None, 1.5, [1], {"a": 1}, [["pilots"]], {"x": {"rows": 1}}], ids=str)
def test_manifest_that_says_something_else_is_refused(field: str, value: Any) -> None:
    whole: dict[str, Any] = json.loads(Manifest("1.0", "2026-12-01", [("pilots", "0001_initial")], {}, {}).as_json())
    assert Manifest.parse(json.dumps(whole).encode()).release == "1.0"
    with pytest.raises(BrokenBackup, match="its manifest cannot be read"):
        Manifest.parse(json.dumps(whole | {field: value}).encode())
    del whole[field]
    with pytest.raises(BrokenBackup, match="its manifest cannot be read"):
        Manifest.parse(json.dumps(whole).encode())


def test_manifest_that_is_deep_or_no_object_is_refused(file: Path) -> None:
    kept = parts_of(file)
    for said in (
        b"[" * 100_000,
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"{}",
        b'{"format": "1"}',
        b'{"format": 1e999}',
    ):
        file.write_bytes(zipped(kept | {"manifest.json": said}))
        refused(file, "its manifest cannot be read")


# What a zip can do to whoever unpacks it ---------------------------------------------------


def test_bomb_is_refused_before_it_is_unpacked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1 << 20)

    def grow(parts: Parts, manifest: dict[str, Any]) -> None:
        parts["media/upload.txt"] = b"\0" * (30 << 20)

    rewrite(file, grow)
    refused(file, "many times larger than any real one")


def test_portal_that_says_the_same_thousands_of_times_is_no_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1 << 20)
    text = "".join(random.Random(16).choices("abcdefghijklmnopqrstuvwxyz ", k=3000))
    rita = person(username="rita")
    LogEntry.objects.bulk_create(LogEntry(user=rita, action_flag=CHANGE, change_message=text) for _time in range(4000))
    file = tmp_path / "portal.zip"
    call_command("backup", file, verbosity=0)
    assert sum(map(len, parts_of(file).values())) > 100 * file.stat().st_size


def test_parts_of_one_name_or_over_one_another_are_refused(file: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as new:
        new.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            new.writestr("manifest.json", b"{}")
        new.comment = b"0" * archive.SEAL
    file.write_bytes(sealed(data.getvalue()))
    refused(file, "same name or lie over one another")


def test_other_ways_of_packing_are_refused(file: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_LZMA) as new:
        new.writestr("manifest.json", b"{}")
        new.comment = b"0" * archive.SEAL
    file.write_bytes(sealed(data.getvalue()))
    refused(file, "packed in a way that no backup is")


def test_more_files_than_the_disk_has_room_for_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 3}))
    refused(file, "need 8 bytes; .* has 3 free")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a/", "", ".", "..", "a\\b", "a\0b", "a\nb", "x" * 256],
)
def test_paths_that_lead_elsewhere_are_told(path: str) -> None:
    assert not is_safe(path)


@pytest.mark.parametrize("path", ["a", "a/b/c.txt", "Örn – ☃.pdf", "a b", "..a", "a..b", ".hidden", "é" * 127])
def test_paths_of_uploads_are_kept(path: str) -> None:
    assert is_safe(path)


# All or nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["load", "compare"])
def test_nothing_stays_when_a_step_fails(step: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take = getattr(restoring, step)

    def fail(*args: Any) -> None:
        take(*args)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restoring, step, fail)
        refused(file, "No space left on device")
    call_command("restore", file, verbosity=0)
    assert Pilot.objects.get().slug == "avignon"


def test_nothing_stays_when_the_files_are_in_place_and_the_commit_fails(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place = uploads.RestoredUploads.put_in_place

    def fail(self: uploads.RestoredUploads) -> None:
        put_in_place(self)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(uploads.RestoredUploads, "put_in_place", fail)
    refused(file, "Input/output error")


def test_what_an_interrupted_restore_left_is_written_over(file: Path, media: Path) -> None:
    left = media.with_name("media.unfinished")
    left.mkdir()
    (left / "half.txt").write_text("half")
    call_command("restore", file, verbosity=0)
    assert [path.name for path in media.iterdir()] == ["upload.txt"]
    assert not left.exists()


# Older releases ------------------------------------------------------------------------------


ADDED_LATER = ("authenticatorapp", "factorremovalrequest", "passkey", "recoverycode", "securityevent")


def as_of_an_older_release(parts: Parts, manifest: dict[str, Any]) -> None:
    """As if sets of synonyms had no language yet, before migration 0034, and tables of later ones were not there."""
    for name in ADDED_LATER:
        del manifest["tables"][f"pilots.{name}"], parts[f"tables/pilots.{name}.jsonl"]
    manifest["migrations"] = [[app, name] for app, name in manifest["migrations"] if app != "pilots" or name < "0034"]
    said = manifest["tables"]["pilots.synonymset"]
    place = said["fields"].index("language")
    said["fields"].pop(place)
    rewrite_rows("pilots.synonymset", lambda rows: [row.pop(place) for row in rows])(parts, manifest)


def test_backup_of_an_older_release_is_restored_and_upgraded(file: Path) -> None:
    rewrite(file, as_of_an_older_release)
    applied = set(MigrationRecorder(connection).applied_migrations())
    call_command("restore", file, verbosity=0)
    assert set(MigrationRecorder(connection).applied_migrations()) == applied
    assert Pilot.objects.get().slug == "avignon"
    assert SynonymSet.objects.get().slug == "words"
    assert Lesson.objects.exists()
    with connection.cursor() as cursor:
        assert triggers(cursor, connection.vendor)


def test_backup_of_an_older_release_that_fails_leaves_tables_that_migrate_brings_up_to_date(file: Path) -> None:
    rewrite(file, as_of_an_older_release)
    rewrite(file, rewrite_rows("pilots.lesson", twice))
    with pytest.raises(CommandError, match="cannot be stored"):
        call_command("restore", file, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    assert not any(rows for name, (rows, _last) in stored_rows().items() if name not in tables.FILLED_BY_COMMANDS)
