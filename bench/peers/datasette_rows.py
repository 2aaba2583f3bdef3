"""Puts the rows of the portal into tables for Datasette: `python datasette_rows.py rows.jsonl sheet.csv rows.db`.

A facet is there twice: with all its values, as JSON, which Datasette counts with `_facet_array`, and with its first
value only, as plain text, which it counts faster. The table `sheet` has the columns and rows of the portal's own CSV.
"""

import csv
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

FACETS = ("country", "partner", "activity", "audience", "target", "stage")
FIRSTS = tuple(f"main_{name}" for name in FACETS)
TEXTS = ("slug", "title", "summary", "place")
COLUMNS = (*TEXTS, *FACETS, *FIRSTS)

TABLE = f"""
CREATE TABLE pilots (slug TEXT PRIMARY KEY, {", ".join(f"{name} TEXT" for name in COLUMNS[1:])});
"""
INDEXES = "\n".join(f"CREATE INDEX pilots_{name} ON pilots ({name});" for name in ("country", *FIRSTS))
# Datasette finds the table of words by `content="pilots"`, spelled so.
WORDS = """
CREATE VIRTUAL TABLE pilots_fts USING fts5 (title, summary, content="pilots", tokenize="unicode61 remove_diacritics 2");
INSERT INTO pilots_fts (pilots_fts) VALUES ('rebuild');
ANALYZE;
"""


def rows(source: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table. A pilot has one country, and any number of the rest."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            pilot = json.loads(line)
            values = {name: list(pilot["facets"][name]) for name in FACETS}
            firsts = [next(iter(values[name]), "") for name in FACETS]
            lists = [json.dumps(values[name]) for name in FACETS if name != "country"]
            yield (*(pilot[name] for name in TEXTS), firsts[0], *lists, *firsts)


def load_sheet(database: sqlite3.Connection, source: str) -> None:
    """Make the table `sheet` of a CSV file."""
    with Path(source).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        names = next(lines)
        columns = ", ".join(f'"{name}" TEXT' + " PRIMARY KEY" * (name == "slug") for name in names)
        database.execute(f"CREATE TABLE sheet ({columns})")
        database.executemany(f"INSERT INTO sheet VALUES ({', '.join('?' * len(names))})", lines)  # noqa: S608 (marks only)


def main(source: str, sheet: str, target: str) -> None:
    """Make the database anew."""
    Path(target).unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(TABLE)
        marks = ", ".join("?" for _name in COLUMNS)
        database.executemany(f"INSERT INTO pilots VALUES ({marks})", rows(Path(source)))  # noqa: S608 (marks only)
        load_sheet(database, sheet)
        database.executescript(INDEXES + WORDS)
        database.commit()
        database.execute("VACUUM")


if __name__ == "__main__":
    main(*sys.argv[1:])
