"""Database triggers that queue the pilot of every row of public content that is written.

Only the database sees every way of writing: forms, bulk updates, imports, another program. The triggers
are made anew after every `migrate`, because SQLite drops those of a table whose form a migration changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from pilots.models.content_version import EVERYTHING, NAMES, ContentQueue

QUEUE = ContentQueue._meta.db_table


@dataclass(frozen=True)
class TouchedPilots:
    """The pilots that a row belongs to, in SQL: `{row}` is the row, `table` what it is joined with."""

    pilot: str
    table: str = ""
    where: str = ""


NO_PILOT = TouchedPilots(str(NAMES))
OWN = (TouchedPilots("{row}.id"),)
PART = (TouchedPilots("{row}.pilot_id"),)
TEXTS = (TouchedPilots("{row}.master_id"),)


def of_part(name: str) -> tuple[TouchedPilots]:
    return (TouchedPilots("part.pilot_id", f"pilots_{name} part", "part.id = {row}.master_id"),)


def of_authority(column: str) -> tuple[TouchedPilots, ...]:
    return NO_PILOT, TouchedPilots("pilot.id", "pilots_pilot pilot", f"pilot.authority_id = {{row}}.{column}")


def of_partner(column: str) -> tuple[TouchedPilots, ...]:
    """The pilots of the partner that `column` names, those it took part in included."""
    return (
        NO_PILOT,
        TouchedPilots("tie.pilot_id", "pilots_pilot_partners tie", f"tie.partner_id = {{row}}.{column}"),
        TouchedPilots("tie.pilot_id", "pilots_organisationinvolved tie", f"tie.partner_id = {{row}}.{column}"),
    )


FACETS = ("partners", "activity_types", "audiences", "target_groups", "stages")
VOCABULARIES = ("activitytype", "audience", "targetgroup", "stage")
TOUCHED: dict[str, tuple[TouchedPilots, ...]] = {
    "pilots_pilot": OWN,
    "pilots_pilottranslation": TEXTS,
    **{
        f"pilots_pilot_{field}": PART
        for field in ("partners", "activity_types", "audiences", "target_groups", "stages")
    },
    **{f"pilots_{part}": PART for part in ("lesson", "keyfigure", "organisationinvolved", "passage")},
    **{f"pilots_{part}translation": of_part(part) for part in ("lesson", "keyfigure", "organisationinvolved")},
    "pilots_revision": (TouchedPilots("{row}.entry"),),
    "pilots_authority": of_authority("id"),
    "pilots_authoritytranslation": of_authority("master_id"),
    "pilots_partner": of_partner("id"),
    "pilots_partnertranslation": of_partner("master_id"),
    **{f"pilots_{name}{texts}": (NO_PILOT,) for name in VOCABULARIES for texts in ("", "translation")},
    **{
        f"pilots_{name}{texts}": (NO_PILOT,)
        for name in ("source", "glossaryterm", "furtherreading", "statement")
        for texts in ("", "translation")
    },
    "pilots_sourcetext": (NO_PILOT,),
    "pilots_formerslug": (NO_PILOT,),
    "pilots_synonymset": (NO_PILOT,),
}


def make_triggers(
    sender: Any, *, apps: Any = installed, using: str = DEFAULT_DB_ALIAS, plan: Any = None, **signal: Any
) -> None:
    """Make the triggers of all tables that are there, unless they are as this module describes them.

    Called after every `migrate`. Nothing can be written between taking old ones away and making new ones.
    Called after `flush` too, which has no plan, and empties the queue as well: so it is told that all has changed.
    """
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if QUEUE not in there:
        return
    if plan is None:
        ContentQueue.objects.using(using).create(pilot=EVERYTHING)
    tables = sorted(TOUCHED.keys() & there)
    wanted = {trigger(event, table) for table in tables for event in EVENTS[connection.vendor]}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        present = triggers(cursor, connection.vendor)
        if present == wanted:
            return
        ContentQueue.objects.using(using).create(pilot=EVERYTHING)  # what was written without them is not known
        run(cursor, removals(cursor, connection.vendor))
        run(cursor, (sql for table in tables for sql in DIALECTS[connection.vendor](table)))


def suspend_triggers(sender: Any, *, using: str = DEFAULT_DB_ALIAS, plan: Any = None, **signal: Any) -> None:
    """Take the triggers away while migrations run; `make_triggers` makes them anew, and has everything queued.

    SQLite makes a changed table anew, and refuses as long as a trigger of another table names it.
    """
    connection = connections[using]
    if plan:
        with connection.cursor() as cursor:
            run(cursor, removals(cursor, connection.vendor))


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away, before the queue goes."""
    with schema_editor.connection.cursor() as cursor:
        run(cursor, removals(cursor, schema_editor.connection.vendor))


def run(cursor: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def triggers(cursor: Any, vendor: str) -> set[str]:
    """The names of the triggers that the database has. One query."""
    named = (
        "name FROM sqlite_master WHERE type = 'trigger' AND" if vendor == "sqlite" else "tgname FROM pg_trigger WHERE"
    )
    cursor.execute(f"SELECT {named} {'name' if vendor == 'sqlite' else 'tgname'} LIKE 'queue~_%' ESCAPE '~'")
    return {name for (name,) in cursor.fetchall()}


def removals(cursor: Any, vendor: str) -> list[str]:
    """The SQL that takes away every trigger of ours, of other versions of the portal too. One query."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in triggers(cursor, vendor)]
    cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'queue~_%' ESCAPE '~'")
    return [f"DROP FUNCTION {name}() CASCADE" for (name,) in cursor.fetchall()]


def on_sqlite(table: str) -> Iterator[str]:
    """Yield one trigger for each event; it runs for each row, and queues each pilot once."""
    for event, rows in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
        queue = "; ".join(
            f"INSERT INTO {QUEUE} (pilot) SELECT queued FROM ({select(touched, row)}) WHERE queued IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {QUEUE} WHERE pilot = queued)"
            for row in rows
            for touched in TOUCHED[table]
        )
        yield f"CREATE TRIGGER {trigger(event, table)} AFTER {event.upper()} ON {table} BEGIN {queue}; END"


def on_postgresql(table: str) -> Iterator[str]:
    """Yield a function and its triggers. They run once for each statement, and only add rows to the queue.

    So no transaction waits for another because of them, as it would if they raised a number.
    """
    new, old = (
        " UNION ".join(select(touched, "changed", f"{rows} changed") for touched in TOUCHED[table])
        for rows in ("new_rows", "old_rows")
    )
    into = f"INSERT INTO {QUEUE} (pilot) SELECT queued FROM"
    function = trigger("on", table)
    yield (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP IN ('INSERT', 'UPDATE') THEN {into} ({new}) touched WHERE queued IS NOT NULL; END IF; "
        f"IF TG_OP IN ('DELETE', 'UPDATE') THEN {into} ({old}) touched WHERE queued IS NOT NULL; END IF; "
        f"IF TG_OP = 'TRUNCATE' THEN INSERT INTO {QUEUE} (pilot) VALUES ({EVERYTHING}); END IF; "
        f"RETURN NULL; END $$"
    )
    for event, rows in EVENTS["postgresql"].items():
        yield (
            f"CREATE TRIGGER {trigger(event, table)} AFTER {event.upper()} ON {table} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def select(touched: TouchedPilots, row: str, rows: str = "") -> str:
    """The SELECT of the pilots touched by `row`, out of `rows` where a statement changed many."""
    tables = ", ".join(filter(None, [rows, touched.table]))
    where = f" WHERE {touched.where.format(row=row)}" if touched.where else ""
    return f"SELECT {touched.pilot.format(row=row)} AS queued" + (f" FROM {tables}" if tables else "") + where


def trigger(event: str, table: str) -> str:
    """The name of a trigger; part of it is a digest of all of them, so that a changed one has a new name."""
    return f"queue_{DIGEST}_{event}_{table}"


EVENTS: dict[str, dict[str, str]] = {
    "sqlite": dict.fromkeys(("insert", "update", "delete"), ""),
    "postgresql": {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "truncate": "",
    },
}
DIALECTS = {"sqlite": on_sqlite, "postgresql": on_postgresql}
DIGEST = ""
DIGEST = md5(
    "".join(sql for dialect in DIALECTS.values() for table in TOUCHED for sql in dialect(table)).encode(),
    usedforsecurity=False,
).hexdigest()[:8]
