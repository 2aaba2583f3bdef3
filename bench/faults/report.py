"""Keeps what trials came to, and writes bench/FAULTS.md from it: nothing in it is written by hand."""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.faults.trial import Fault, Verdict
from bench.stock import ROOT

KEPT = Path(os.environ.get("BENCH_DIR") or ROOT / ".venv" / "bench") / "faults.json"
REPORT = ROOT / "bench" / "FAULTS.md"
HEAD = """# The portal under faults

Written by `make faults`; nothing in it by hand. The portal runs in production settings, with two processes, started \
and restarted by the rules of [the units](../deploy/systemd); PostgreSQL waits for the disk. \
Visitors read (also what they must not see) and editors save the drafts they opened, without end, while one thing \
goes wrong and ends.

- **lost**: requests without a whole answer; **503**: answers that say to come back; **5xx**: all other answers of \
that kind, which should be none.
- **seen**: answers that were not as expected, by what was asked for (a page, a form to edit, a save) and their status.
- **saved**: saves that were confirmed (the redirect after saving was received); \
**gone**: those of them that are in no revision of the entry afterwards. Has to be 0.
- **leaks**: answers to visitors with words that stand in drafts only. Has to be 0.
- **well after**: seconds from the end of the cause to the first good page and save after which \
nothing bad was answered. Has to be 10 or less.
- **slowest**: the longest that anybody waited for an answer, in seconds.

No power cut was tried: a killed process loses nothing that the kernel has taken, a machine without power may.
"""


def note(name: str, kind: str, fault: Fault, verdict: Verdict, seconds: float) -> None:
    """Keep what a trial came to, in place of what it came to before, and write the report."""
    kept = read()
    kept[f"{name} {kind}"] = {
        "title": fault.title,
        "says": fault.says,
        "kind": kind,
        "seconds": round(seconds),
        "code": machine.code(),
        "day": f"{dt.datetime.now(dt.UTC):%-d %B %Y}",
        "good": verdict.is_good,
        **verdict.as_dict(),
    }
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1))


def read() -> dict[str, dict[str, Any]]:
    """What trials came to, by fault and database."""
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def write(order: Sequence[str]) -> None:
    """Write the report of all that is kept, in the order of these names."""
    kept = read()
    rows = [kept[key] for key in sorted(kept, key=lambda key: (place(order, key), key))]
    REPORT.write_text("\n".join([HEAD, *summary(rows), *table(rows), *explained(rows), *details(rows)]) + "\n")


def place(order: Sequence[str], key: str) -> int:
    """Where a fault stands in the report; one that is no longer tried stands last."""
    name = key.split()[0]
    return order.index(name) if name in order else len(order)


def summary(rows: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The machine, and the totals."""
    bad = [f"{row['title']} ({row['kind']})" for row in rows if not row["good"]]
    waits = [row["well_after"] for row in rows if row["well_after"] is not None]
    yield f"Machine: {os.cpu_count()} cores, {machine.processor()}, Python {platform.python_version()}."
    yield ""
    yield f"**{len(rows)} trials: {sum(row['saves'] for row in rows):,} saves confirmed, "
    yield f"{sum(row['gone'] for row in rows)} of them gone; {sum(row['leaks'] for row in rows)} leaks; "
    yield f"well again after {max(waits, default=0):g} s at most.**"
    yield f"Short of what is promised: {'; '.join(bad)}." if bad else "All keep what is promised."
    yield ""


def table(rows: Sequence[dict[str, Any]]) -> Iterable[str]:
    """A line for each trial."""
    yield "| what goes wrong | database | requests | lost | 503 | 5xx | saved | gone | leaks | slowest | well after |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        well = "never" if row["well_after"] is None else f"{row['well_after']:.1f} s"
        yield (
            f"| {row['title']} | {row['kind']} | {row['requests']:,} | {row['lost']} | {row['server_errors']} | "
            f"{row['broken']} | {row['saves']:,} | {row['gone']} | {row['leaks']} | {row['slowest']:.1f} s | {well} |"
        )


def explained(rows: Sequence[dict[str, Any]]) -> Iterable[str]:
    """How each fault was made."""
    yield "\n## How each was made\n"
    yield from dict.fromkeys(f"- **{row['title']}**: {row['says']}." for row in rows)


def details(rows: Sequence[dict[str, Any]]) -> Iterable[str]:
    """Of which code and day each figure is, and what else was seen."""
    yield "\n## Of which code, and what else was seen\n"
    yield "| what goes wrong | database | commit | day | seconds | seen |"
    yield "|---|---|---|---|---:|---|"
    for row in rows:
        bad = [f"{what}: {number:,}" for what, number in sorted(row["bad"].items())]
        seen = "; ".join([*row["notes"], *bad])
        yield f"| {row['title']} | {row['kind']} | {row['code']} | {row['day']} | {row['seconds']} | {seen} |"
