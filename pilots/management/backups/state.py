"""The state of the tables: which migrations made them, and how to get there."""

from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from pilots.management.backups.manifest import Manifest
from pilots.models.triggers import suspend_triggers
from prepare_portal.release import release

Migration = tuple[str, str]
NAMED = 5


def applied_migrations() -> list[Migration]:
    """Those the database has been through. Raises CommandError unless they are the ones of this release."""
    executor = MigrationExecutor(connection)
    applied = set(MigrationRecorder(connection).applied_migrations())
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            _("There is no portal in this database, or it is not migrated. Is DATA_DIR what the portal runs with?")
        )
    ours = {migration for migration in applied if migration[0] in executor.loader.migrated_apps}
    if unknown := ours - executor.loader.disk_migrations.keys():
        words = _("A newer release migrated this database (%(migrations)s). Make the backup with that one.")
        raise CommandError(words % {"migrations": named(unknown)})
    return sorted(ours)


def migrate_to(manifest: Manifest) -> Any:
    """Give the database the tables that the backup was made of, and return the models of that time.

    Raises CommandError for a state that this release does not know.
    """
    executor = MigrationExecutor(connection)
    wanted = set(manifest.migrations)
    if unknown := wanted - executor.loader.graph.nodes.keys():
        words = {"release": manifest.release, "migrations": named(unknown), "this": release()}
        raise CommandError(
            _(
                "This backup needs migrations that this release (%(this)s) does not have: %(migrations)s. It was made "
                "by release %(release)s: restore it with that one, then upgrade."
            )
            % words
        )
    last = sorted(key for key in wanted if not _goes_on(executor, key, wanted))
    suspend_triggers(None, plan=True)
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def _goes_on(executor: MigrationExecutor, key: Migration, wanted: set[Migration]) -> bool:
    """Whether a later migration of the same app is wanted too."""
    children = executor.loader.graph.node_map[key].children
    return any(child.key in wanted and child.key[0] == key[0] for child in children)


def named(migrations: set[Migration]) -> str:
    names = [".".join(migration) for migration in sorted(migrations)]
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
