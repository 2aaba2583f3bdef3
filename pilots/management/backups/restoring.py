"""Puts a backup into an empty place: all of it or nothing, compared with what was saved before it counts."""

from contextlib import suppress

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from pilots.management.backups import databases, tables, uploads
from pilots.management.backups.archive import BackupFile
from pilots.management.backups.manifest import BrokenBackup, Manifest
from pilots.management.backups.state import migrate_to
from pilots.models.triggers import make_triggers
from pilots.search.reindex import follow_setting, index_words


def restore(archive: BackupFile) -> None:
    """Put what a backup holds where nothing is. Raises CommandError, and leaves the place empty, if that cannot be."""
    refuse_unless_empty()
    files = uploads.RestoredUploads(archive)
    try:
        kept = {model._meta.label_lower: model for model in tables.kept_models(migrate_to(archive.manifest))}
        refuse_other_tables(archive.manifest, kept)
        files.unpack()
        with transaction.atomic(durable=True):
            load(archive, kept)
            compare(archive.manifest, kept)
            files.put_in_place()
    except BaseException:
        files.take_back()
        with suppress(DatabaseError):
            make_triggers(None, plan=())
        raise
    make_what_follows()


def refuse_unless_empty() -> None:
    """Raise CommandError where an entry, an account, a file or anything else that somebody made is there."""
    there = set(connection.introspection.table_names())
    models = [model for model in tables.kept_models(apps) if model._meta.label_lower not in tables.FILLED_BY_COMMANDS]
    used = [model._meta.label_lower for model in models if model._meta.db_table in there and tables.has_rows(model)]
    used += [str(uploads.folder())] if uploads.has_any() else []
    if used:
        words = _("A backup is restored into an empty place only, and this one has: %(used)s. Nothing was changed.")
        raise CommandError(words % {"used": ", ".join(used)})


def refuse_other_tables(manifest: Manifest, kept: dict[str, tables.Model]) -> None:
    """Raise BrokenBackup unless the backup has every table of its time, whole, and no other."""
    if {name: sorted(tables.fields_of(model)) for name, model in kept.items()} != {
        name: sorted(rows.fields) for name, rows in manifest.tables.items()
    }:
        raise BrokenBackup(_("its tables are not those of the migrations it names."))


def load(archive: BackupFile, kept: dict[str, tables.Model]) -> None:
    """Write every row as it was, in place of what `migrate` wrote. Who points at whom is looked at in the end."""
    for model in kept.values():
        tables.delete_all(model)
    for name, model in kept.items():
        said = archive.manifest.tables[name]
        tables.insert(model, said.fields, archive.lines(name))
        databases.go_on_after(model, said.last_id)
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise BrokenBackup(
            _("rows of it point at others that are not there (%(reason)s)") % {"reason": error}
        ) from error


def compare(manifest: Manifest, kept: dict[str, tables.Model]) -> None:
    """Read every row again, and raise CommandError unless all are what was saved."""
    for name, model in kept.items():
        said = manifest.tables[name]
        if tables.digest(model, said.fields) != (said.rows, said.sha256) or databases.last_id(model) != said.last_id:
            words = _("The rows of %(table)s are not what was saved once they are stored. Nothing was restored.")
            raise CommandError(words % {"table": name})


def make_what_follows() -> None:
    """Bring the tables up to this release, and make anew what is made from the content."""
    ContentType.objects.clear_cache()
    call_command("migrate", interactive=False, verbosity=0)
    follow_setting()
    index_words()
