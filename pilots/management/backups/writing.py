"""Makes a backup of one moment, reads it again, and only then gives it its name."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from pyrage.x25519 import Identity, Recipient

from pilots.management.backups import encryption, tables, uploads
from pilots.management.backups.archive import BEGINNING, FILES, MANIFEST, TABLES, BackupFile, Writer, written_to
from pilots.management.backups.databases import last_id, snapshot
from pilots.management.backups.manifest import BrokenBackup, Manifest, Rows, Upload
from pilots.management.backups.state import applied_migrations
from prepare_portal.release import release


def write_backup(file: Path, unfinished: Path, made_at: datetime, for_whom: Sequence[Recipient] = ()) -> Manifest:
    """Write a backup to `unfinished`, compare what can be read from there with what was saved, and call it `file`.

    An encrypted one is written for a key of this moment too, which nobody keeps: so it can be read again here.
    """
    refuse_to_replace(file)
    once = Identity.generate()
    with private_file(unfinished) as target:
        if for_whom:
            with tempfile.TemporaryFile(dir=file.parent) as plain:  # without a name, and gone with this process
                manifest = write(plain, made_at)
                plain.seek(0)
                encryption.encrypt(plain, target, [*for_whom, once.to_public()])
        else:
            manifest = write(target, made_at)
        target.flush()
        os.fsync(target.fileno())
        forget_what_was_written(target)
        with opened(unfinished, [once]) as archive:
            archive.check()
            if archive.manifest != manifest:
                raise BrokenBackup(_("what was written is not what was saved."))
        unfinished.replace(file)
        sync_folder(file.parent)
    return manifest


def write(target: BinaryIO, made_at: datetime) -> Manifest:
    """Write what the portal holds, all of one moment; return what was written."""
    with snapshot(), written_to(target) as writer:
        migrations = applied_migrations()
        kept = {model._meta.label_lower: write_table(writer, model) for model in tables.kept_models(apps)}
        files = {path: write_file(writer, path) for path in uploads.paths()}
        moment = made_at.isoformat(timespec="seconds")
        manifest = Manifest(release(), moment, migrations, kept, files)
        writer.add(MANIFEST, [manifest.as_json()])
    return manifest


def write_table(writer: Writer, model: tables.Model) -> Rows:
    fields = tables.fields_of(model)
    written = writer.add(f"{TABLES}{model._meta.label_lower}.jsonl", tables.lines(model, fields))
    return Rows(fields, written.chunks, written.sha256, last_id(model))


def write_file(writer: Writer, path: str) -> Upload:
    written = writer.add(f"{FILES}{path}", uploads.chunks(path))
    return Upload(written.size, written.sha256)


@contextmanager
def opened(file: Path, keys: Sequence[Identity] = (), scratch: Path | None = None) -> Iterator[BackupFile]:
    """Open a backup. An encrypted one is decrypted into a file without a name, in `scratch` or beside it."""
    with ExitStack() as closed_at_end:
        source: BinaryIO = closed_at_end.enter_context(file.open("rb"))
        if encryption.is_encrypted(source):
            if not keys:
                raise CommandError(_("This backup is encrypted. Name the file with your private key: --identity"))
            plain = closed_at_end.enter_context(tempfile.TemporaryFile(dir=scratch or file.parent))
            encryption.decrypt(source, plain, keys)
            source = plain
        yield BackupFile(source)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """Have an empty file that only its owner may read, written by nobody else; it goes unless it got another name."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "r+b") as file:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.path.samestat(os.fstat(descriptor), path.stat())  # another may have been done meanwhile
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if not is_ours:
            raise CommandError(_("Another backup is being written to %(file)s.") % {"file": path})
        os.fchmod(descriptor, 0o600)
        file.truncate()
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def refuse_to_replace(file: Path) -> None:
    """Raise CommandError where a backup would take the place of something else, or become part of the next one."""
    if file.resolve().is_relative_to(uploads.folder().resolve()):
        raise CommandError(_("%(file)s is in the folder that is backed up. Choose another place.") % {"file": file})
    if not file.exists():
        return
    with file.open("rb") as there:
        if not encryption.is_encrypted(there) and there.read(len(BEGINNING)) not in {BEGINNING, b""}:
            raise CommandError(_("%(file)s is there and is no backup. Choose another name.") % {"file": file})


def forget_what_was_written(file: BinaryIO) -> None:
    """Have the system ask the disk when the file is read again, where it can."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the name of a file, not only what is in it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
