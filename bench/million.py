"""A million pilots on PostgreSQL: made from a thousand by copying rows, and measured once. `make bench-million`.

What is copied is what the list needs: the pilots, their titles and texts, and their ties to partners and values.
Lessons, figures and the words of searches are not, so nothing here tells of searches or of single pilots' pages.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

from bench import postgres
from bench.stock import Stock, manage, postgresql

PILOTS, BASE = 1_000_000, 1000
ADDRESSES = (
    "/pilots/",
    "/pilots/?page=8333",
    "/pilots/?country=FR&activity=training",
    "/pilots/?country=FR&activity=training&page=500",
    "/pilots/?stage=prison&sort=newest",
)
COPIES = """
INSERT INTO pilots_pilot (id, slug, status, published_at, created_at, updated_at, edit_count, version, completeness,
                          authority_id, start, "end", evaluation, source_id)
SELECT id + {step} * n, slug || '-' || n, status, published_at + n * interval '1 minute', created_at, updated_at,
       edit_count, version, completeness, authority_id, start, "end", evaluation, source_id
FROM pilots_pilot, generate_series(1, {copies}) n WHERE id <= {step} AND status = 'published';
INSERT INTO pilots_pilottranslation (language_code, master_id, {texts})
SELECT language_code, master_id + {step} * n, {texts}
FROM pilots_pilottranslation JOIN pilots_pilot p ON p.id = master_id, generate_series(1, {copies}) n
WHERE master_id <= {step} AND p.status = 'published';
"""
TEXTS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = 'pilots_pilottranslation' AND column_name NOT IN ('id', 'language_code', 'master_id')
"""
TIES = """
WITH base AS MATERIALIZED (
    SELECT pilot_id, {value} FROM pilots_pilot_{field}
    WHERE pilot_id IN (SELECT id FROM pilots_pilot WHERE id <= {step} AND status = 'published')
)
INSERT INTO pilots_pilot_{field} (pilot_id, {value})
SELECT pilot_id + {step} * n, {value} FROM base, generate_series(1, {copies}) n;
"""
FIELDS = {
    "partners": "partner_id",
    "activity_types": "activitytype_id",
    "audiences": "audience_id",
    "target_groups": "targetgroup_id",
    "stages": "stage_id",
}


def main() -> None:
    """Make the pilots, unless they are there, and print what was measured in a process of its own."""
    home = Path(os.environ.get("BENCH_DIR", ".venv/bench")).absolute() / "million"
    with postgres.kept(home / "postgresql", None) as server:
        stock = postgresql(home, BASE, server)
        if not (home / "copied").exists():
            copy(stock)
            (home / "copied").touch()
        os.environ.update(stock.environment, PAGE_CACHE="off", DJANGO_SETTINGS_MODULE="prepare_portal.settings")
        measure()


def copy(stock: Stock) -> None:
    """Copy the rows of the public pilots until there are a million, with the triggers off, and say so afterwards."""
    with psycopg2.connect(stock.url) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers, no checks: the rows are copies
        cursor.execute("SELECT max(id) FROM pilots_pilot")
        numbers = {"step": cursor.fetchone()[0], "copies": PILOTS // BASE - 1}
        cursor.execute(TEXTS)
        texts = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        cursor.execute(COPIES.format(texts=texts, **numbers))
        cursor.execute("ANALYZE")
        for field, value in FIELDS.items():
            cursor.execute(TIES.format(field=field, value=value, **numbers))
        cursor.execute("UPDATE pilots_contentversion SET number = number + 1")
    connection.close()
    manage(stock, "shell", "-v0", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')")


def measure() -> None:
    """Print how long the index takes, each page, and an edit, and how much memory; in this process."""
    import django

    django.setup()
    from django.test import Client

    from pilots.index import pilots
    from pilots.models import Pilot

    print(f"memory before: {memory()} MB")
    print(f"index read: {seconds(pilots.index)} s, then {memory()} MB; {len(pilots.index().public):,} public pilots")
    client = Client(headers={"host": "127.0.0.1"})
    for address in ADDRESSES:
        client.get(address)
        print(f"{address}: {seconds(lambda address=address: client.get(address))} s, {status(client, address)}")
    Pilot.objects.filter(pk=Pilot.objects.published().order_by("-pk").values("pk")[:1]).update(reviewed_on="2026-01-01")
    print(f"after an edit: {seconds(pilots.index)} s, then {memory()} MB")


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 3)


def status(client: "Client", address: str) -> str:  # noqa: F821
    """The heading of a page, or its status where it has none."""
    page = client.get(address).content.decode()
    return page.partition("<h1>")[2].partition("</h1>")[0]


def memory() -> int:
    """The megabytes that this process occupies."""
    text = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")) // 1024


if __name__ == "__main__":
    sys.exit(main())
