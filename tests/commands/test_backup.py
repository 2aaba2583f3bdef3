"""`backup` saves everything that somebody made, `restore` puts it into an empty place, whole and compared."""

import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import JSONField, Value
from django.utils import timezone

from pilots import workflow
from pilots.management.backups import encryption, retention, tables, writing
from pilots.models import LastBackup, Pilot, Presence, PreviewLink, Revision, SecurityEvent, UnsavedForm
from pilots.models.triggers import triggers
from pilots.search.tables import KNOWN_WORDS, LESSONS, PILOTS
from tests.commands.backups import parts_of, stored_rows
from tests.factories import GlossaryTermFactory, PilotFactory, PublishedPilotFactory, SourceTextFactory
from tests.people import person
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

NOW = datetime(2026, 12, 1, 0, 30, 5, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "portal.zip"


def run(*command: Any, **options: Any) -> str:
    """Run a command and return what it said."""
    out = StringIO()
    call_command(*map(str, command), stdout=out, stderr=out, **options)
    return out.getvalue()


def empty_place() -> None:
    """Have nothing but what `migrate` makes."""
    call_command("flush", interactive=False, verbosity=0)
    for path in default_storage.listdir(".")[1] if Path(settings.MEDIA_ROOT).exists() else []:
        default_storage.delete(path)
    if Path(settings.MEDIA_ROOT).exists():
        Path(settings.MEDIA_ROOT).rmdir()


def something_of_everything() -> None:
    """Entries with a history, accounts with rights, links, files, and what no backup keeps."""
    reviewer = person("reviewer", username="rita", first_name="Rita", last_name="Örn")
    reviewer.user_permissions.add(Permission.objects.earliest("pk"))
    reviewer.set_password("a-long-password-of-rita")
    reviewer.save()
    avignon = PublishedPilotFactory(slug="avignon", summary="Said “oui”.\nAnd more.", start="2019-05")
    avignon.authority.latitude, avignon.authority.longitude = "43.94932", "4.80553"
    avignon.authority.save()
    avignon.create_translation("fr", title="Avignon", summary="Dit « oui » – ’t ☃ 😀.")
    draft = PilotFactory(slug="malaga", owner=reviewer)
    workflow.submit(draft, by=reviewer)
    workflow.publish(draft, by=reviewer)
    PilotFactory(slug="gone").delete()
    SourceTextFactory()
    GlossaryTermFactory()
    PreviewLink.objects.create(pilot=draft, made_by=reviewer, expires_at=NOW)
    LogEntry.objects.log_actions(reviewer.pk, [avignon], 2, "Changed.", single_object=True)
    default_storage.save("upload.bin", ContentFile(bytes(range(256)) * 5000))
    Presence.objects.create(pilot=draft, user=reviewer, seen_at=NOW)
    UnsavedForm.objects.store(reviewer, address="/admin/", title="Form", fields=[("a", "b")])
    Session.objects.create(session_key="k" * 32, session_data="-", expire_date=timezone.now() + timedelta(hours=1))


def test_restored_place_holds_every_row_and_file_and_nothing_that_was_not_to_be_kept(file: Path, media: Path) -> None:
    something_of_everything()
    before, upload = stored_rows(), (media / "upload.bin").read_bytes()
    said = run("backup", file)
    assert str(file) in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert stored_rows() == before  # taking one changes nothing

    empty_place()
    assert not Pilot.objects.exists()
    assert "Each is what was saved." in run("restore", file)
    assert stored_rows() == before
    assert (media / "upload.bin").read_bytes() == upload
    assert stat.S_IMODE((media / "upload.bin").stat().st_mode) == 0o600
    assert stat.S_IMODE(media.stat().st_mode) == 0o700
    assert [path.name for path in media.parent.iterdir()] == ["media"]
    for model in (Session, Presence, UnsavedForm, LastBackup):
        assert not model._default_manager.exists()


def test_restored_place_works_search_triggers_accounts_and_new_entries_included(file: Path) -> None:
    something_of_everything()
    revised = Revision.objects.latest("pk")
    gone = Pilot.objects.latest("pk").pk + 1
    run("backup", file)
    empty_place()
    run("restore", file)
    assert visitor().login(username="rita", password="a-long-password-of-rita")
    page = visitor().get("/pilots/", {"q": "oui"}).content.decode()
    assert "/pilots/avignon/" in page
    assert "/pilots/malaga/" not in page
    with connection.cursor() as cursor:
        assert triggers(cursor, connection.vendor)
    Pilot.objects.get(slug="avignon").translations.filter(language_code="en").update(summary="A snowplough.")
    assert "/pilots/avignon/" in visitor().get("/pilots/", {"q": "snowplough"}).content.decode()
    # The history names deleted entries by their ids, so none is given to another.
    assert PilotFactory().pk > gone
    assert workflow.withdraw(Pilot.objects.get(slug="malaga"), by=User.objects.get(username="rita"))
    assert Revision.objects.latest("pk").pk > revised.pk


def test_what_was_left_out_is_not_in_the_file(file: Path) -> None:
    something_of_everything()
    run("backup", file)
    names = parts_of(file).keys()
    assert "tables/pilots.pilot.jsonl" in names
    for table in tables.LEFT_OUT:
        assert f"tables/{table}.jsonl" not in names
    everything = b"".join(parts_of(file).values())
    assert settings.SECRET_KEY.encode() not in everything
    assert User.objects.get(username="rita").password.encode() in everything


def test_every_table_is_kept_or_said_to_be_left_out() -> None:
    kept = {model._meta.db_table for model in tables.kept_models(apps)}
    left_out = {apps.get_model(label)._meta.db_table for label in tables.LEFT_OUT}
    words = (PILOTS, LESSONS, KNOWN_WORDS)
    others = {
        name
        for name in connection.introspection.table_names()
        if not name.startswith(words) and name != "django_migrations"
    }
    assert others == kept | left_out
    assert not kept & left_out


def test_null_in_json_comes_back_where_the_column_may_not_be_empty(file: Path) -> None:
    event = SecurityEvent.objects.create(at=NOW, event="backed_up", details=Value(None, JSONField()))
    run("backup", file)
    empty_place()
    run("restore", file)
    assert SecurityEvent.objects.get(pk=event.pk).details is None


def test_rows_stand_in_an_order_that_both_databases_agree_on() -> None:
    """By numbers: text is sorted by PostgreSQL as its locale says."""
    numeric = {"AutoField", "BigAutoField", "BigIntegerField"}
    for model in tables.kept_models(apps):
        pk: Any = model._meta.pk
        assert getattr(pk, "target_field", pk).get_internal_type() in numeric, model


# What a place that is not empty says ---------------------------------------------------


def account(media: Path) -> None:
    person()


def term(media: Path) -> None:
    GlossaryTermFactory()


def upload(media: Path) -> None:
    default_storage.save("there.txt", ContentFile(b"there"))


@pytest.mark.parametrize("make", [account, term, upload])
def test_place_that_is_not_empty_is_left_as_it_is(make: Any, file: Path, media: Path) -> None:
    PublishedPilotFactory()
    run("backup", file)
    empty_place()
    make(media)
    before = stored_rows()
    with pytest.raises(CommandError, match="into an empty place only"):
        run("restore", file)
    assert stored_rows() == before
    assert media.exists() == (make is upload)


# What a backup does not take the place of ----------------------------------------------


def test_older_backup_stays_until_the_new_one_was_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("backup", file)
    before = file.read_bytes()
    forget = writing.forget_what_was_written

    def lose_a_bit(target: BinaryIO) -> None:
        target.seek(100)
        target.write(b"\0")
        target.flush()
        forget(target)

    monkeypatch.setattr(writing, "forget_what_was_written", lose_a_bit)
    with pytest.raises(CommandError, match="its checksum does not fit"):
        run("backup", file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_encrypted_file_that_cannot_be_decrypted_is_no_backup(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt = encryption.encrypt

    def cut_off(plain: Any, target: Any, for_whom: Any) -> None:
        encrypt(plain, target, for_whom)
        target.truncate(target.tell() - 10)

    monkeypatch.setattr(encryption, "encrypt", cut_off)
    with pytest.raises(CommandError, match="cannot be decrypted"):
        run("backup", file, "--recipient", encryption.Identity.generate().to_public())
    assert list(file.parent.iterdir()) == []
    assert not LastBackup.objects.exists()


def test_file_that_is_no_backup_is_not_replaced(file: Path) -> None:
    file.write_bytes(b"SQLite format 3")
    with pytest.raises(CommandError, match="is there and is no backup"):
        run("backup", file)
    assert file.read_bytes() == b"SQLite format 3"


def test_backup_is_not_put_among_the_files_that_it_saves(media: Path) -> None:
    media.mkdir()
    with pytest.raises(CommandError, match="in the folder that is backed up"):
        run("backup", media / "portal.zip")


def test_two_at_once_do_not_write_into_one_file(file: Path) -> None:
    with (
        writing.private_file(file.with_name("portal.zip.unfinished")),
        pytest.raises(CommandError, match="Another backup"),
    ):
        run("backup", file)
    run("backup", file)


def test_what_an_interrupted_backup_left_is_written_over(file: Path) -> None:
    file.with_name("portal.zip.unfinished").write_bytes(b"x" * 10_000_000)
    run("backup", file)
    assert list(file.parent.iterdir()) == [file]
    assert file.stat().st_size < 10_000_000


def test_folder_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(CommandError, match=r"missing.*No such file or directory"):
        run("backup", file.parent / "missing" / file.name)
    with pytest.raises(CommandError, match=r"portal.zip: No such file or directory"):
        run("restore", file)


def test_links_among_the_files_are_not_followed(file: Path, media: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    media.mkdir()
    (media / "link").symlink_to(tmp_path / "secret")
    (media / "folder").symlink_to(tmp_path, target_is_directory=True)
    run("backup", file)
    assert not [name for name in parts_of(file) if name.startswith("media/")]


def test_file_with_a_name_that_no_backup_can_hold_is_not_silently_left_out(file: Path, media: Path) -> None:
    media.mkdir()
    (media / "a\\b").write_text("x")
    with pytest.raises(CommandError, match="no backup can hold"):
        run("backup", file)


def test_database_that_is_not_migrated_is_not_taken_for_a_portal(file: Path) -> None:
    rows = MigrationRecorder.Migration.objects.filter(app="pilots")
    last = rows.latest("id")
    last.delete()
    try:
        with pytest.raises(CommandError, match="is not migrated"):
            run("backup", file)
    finally:
        last.save(force_insert=True)
    newer = MigrationRecorder.Migration.objects.create(app="pilots", name="9999_of_tomorrow")
    try:
        with pytest.raises(CommandError, match=r"newer release.*9999_of_tomorrow"):
            run("backup", file)
    finally:
        newer.delete()
    assert not file.exists()


# Encrypted backups -----------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """A private key in a file as age-keygen writes it, and its public one."""
    identity = encryption.Identity.generate()
    key_file = tmp_path / "key.txt"
    key_file.write_text(f"# created: 2026-12-01\n# public key: {identity.to_public()}\n{identity}\n")
    return key_file, str(identity.to_public())


def test_encrypted_backup_is_restored_with_its_key_and_with_no_other(file: Path, key: tuple[Path, str]) -> None:
    something_of_everything()
    before = stored_rows()
    key_file, public = key
    run("backup", file, "--recipient", public)
    assert b"avignon" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    empty_place()
    with pytest.raises(CommandError, match="--identity"):
        run("restore", file)
    other = key_file.with_name("other.txt")
    other.write_text(f"{encryption.Identity.generate()}\n")
    with pytest.raises(CommandError, match="No matching keys"):
        run("restore", file, "--identity", other)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    with pytest.raises(CommandError, match="cannot be decrypted"):
        run("restore", file, "--identity", key_file)
    assert not User.objects.exists()
    file.write_bytes(whole)
    run("restore", file, "--identity", key_file)
    assert stored_rows() == before


def test_backups_are_encrypted_for_those_whom_the_settings_name(
    file: Path, key: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file, public = key
    monkeypatch.setenv("BACKUP_RECIPIENTS", f"{encryption.Identity.generate().to_public()} {public}")
    run("backup", file)
    empty_place()
    run("restore", file, "--identity", key_file)
    monkeypatch.setenv("BACKUP_RECIPIENTS", "rita@example.org")
    with pytest.raises(CommandError, match="no public key of age"):
        run("backup", file)


@pytest.mark.parametrize("public", ["age1", "AGE-SECRET-KEY-1", "rita@example.org", ""])
def test_what_is_no_public_key_is_refused(public: str, file: Path) -> None:
    with pytest.raises(CommandError, match="no public key of age"):
        run("backup", file, "--recipient", public)
    assert not file.exists()


def test_file_without_a_private_key_is_refused_and_not_repeated(file: Path, tmp_path: Path) -> None:
    run("backup", file)
    text = tmp_path / "text"
    for said in (b"", b"# nothing\n", b"my secret diary", bytes(range(256))):
        text.write_bytes(said)
        with pytest.raises(CommandError, match="holds no private key") as refused:
            run("restore", file, "--identity", text)
        assert "diary" not in str(refused.value)
    with pytest.raises(CommandError, match="No such file"):
        run("restore", file, "--identity", tmp_path / "missing")


# In a folder, by a timer ----------------------------------------------------------------


def test_folder_keeps_the_last_backups_and_deletes_nothing_else(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = file.parent
    old = [retention.name_for(NOW - timedelta(days=days), is_encrypted=days == 3) for days in range(1, 40)]
    others = ("portal.sqlite3", "portal-20260101.zip", "notes.txt", "portal-20269901T000000Z.zip")
    for name in (*old, *others):
        (folder / name).write_bytes(b"PK")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    said = run("backup", folder, "--keep", 7, "--keep-weekly", 4)
    kept = {path.name for path in folder.iterdir()} - {*others}
    week_by_week = ["portal-20261129T003005Z.zip", "portal-20261122T003005Z.zip", "portal-20261115T003005Z.zip"]
    assert kept == {"portal-20261201T003005Z.zip", *old[:6], *week_by_week}
    assert others[0] in {path.name for path in folder.iterdir()}
    assert said.count("Deleted:") == len(old) - len(kept) + 1
    assert LastBackup.objects.moment() == NOW


def test_nothing_older_goes_when_the_new_one_failed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = file.parent / retention.name_for(NOW, is_encrypted=False)
    old.write_bytes(b"PK")
    monkeypatch.setattr(writing, "write", lambda *_args: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CommandError, match="No space left on device"):
        run("backup", file.parent, "--keep", 1)
    assert list(file.parent.iterdir()) == [old]


def test_the_new_one_stays_though_the_clock_went_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = file.parent / retention.name_for(NOW + timedelta(days=1), is_encrypted=False)
    later.write_bytes(b"PK")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    run("backup", file.parent, "--keep", 1)
    assert {path.name for path in file.parent.iterdir()} == {later.name, "portal-20261201T003005Z.zip"}


@pytest.mark.parametrize(
    ("keep", "weekly", "days"),
    [(1, 0, {0}), (3, 0, {0, 1, 2}), (1, 3, {0, 2, 9}), (4, 3, {0, 1, 2, 3, 9}), (99, 99, set(range(20)))],
)
def test_which_ones_a_timer_keeps(keep: int, weekly: int, days: set[int]) -> None:
    """The first of December 2026 is a Tuesday; weeks begin on Mondays."""
    names = [retention.name_for(NOW - timedelta(days=day), is_encrypted=False) for day in range(20)]
    gone = retention.superfluous(names, names[0], keep=keep, keep_weekly=weekly)
    assert {names.index(name) for name in names if name not in gone} == days


def test_backups_of_a_wrong_clock_take_the_place_of_no_other() -> None:
    names = [retention.name_for(NOW + timedelta(days=day), is_encrypted=False) for day in (500, 501, 502, 0, -1, -2)]
    assert retention.superfluous(names, names[3], keep=2, keep_weekly=1) == [names[5]]


def test_older_backups_are_deleted_in_folders_only_and_never_all(file: Path) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        run("backup", file, "--keep", 1)
    with pytest.raises(CommandError, match="whole number above 0"):
        run("backup", file.parent, "--keep", 0)
    assert not file.exists()


def test_good_backup_counts_though_it_cannot_be_noted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_options: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(LastBackup.objects, "update_or_create", refuse)
    assert "could not be noted: database is locked" in run("backup", file)
    assert file.exists()
