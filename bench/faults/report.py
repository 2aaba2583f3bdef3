"""Keeps what trials came to, and writes bench/FAULTS.md from it: nothing in it is written by hand."""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.faults.trial import GIVE_UP, WELL_WITHIN, Verdict
from bench.stock import ROOT

Row = dict[str, Any]
KEPT = Path(os.environ.get("BENCH_DIR") or ROOT / ".venv" / "bench") / "faults.json"
REPORT = ROOT / "bench" / "FAULTS.md"
HEAD = f"""# The portal under faults

Written by `make faults`; nothing in it by hand. The portal runs in production settings, with two processes, started \
and restarted by the rules of [the units](../deploy/systemd); PostgreSQL waits for the disk. \
Visitors read (also what they must not see) and editors save the drafts they opened, without end, while one thing \
goes wrong and ends.

- **lost**: requests without a whole answer; **503**: answers that say to come back; **5xx**: all other answers of \
that kind. There has to be none.
- **seen**: answers that were not as expected, by what was asked for (a page, a form to edit, a save) and their status.
- **saved**: saves that were confirmed (the redirect after saving was received); \
**gone**: those of them that are in no revision of the entry afterwards. Has to be 0.
- **leaks**: answers to visitors with words that stand in drafts only. Has to be 0.
- **well after**: seconds from the end of the cause to the first good page and save after which \
nothing bad was answered. Has to be {WELL_WITHIN} or less.
- **slowest**: the longest that anybody waited for an answer, in seconds.

A trial that does not come to its end falls short of what is promised.
No power cut was tried: a killed process loses nothing that the kernel has taken, a machine without power may.
"""


def note(key: str, verdict: Verdict, **told: Any) -> None:
    """Keep what a trial came to, and what else is told of it, in place of what it came to before."""
    day = f"{dt.datetime.now(dt.UTC):%-d %B %Y}"
    kept = read() | {key: {"code": machine.commit(), "day": day, "good": verdict.is_good, **told, **verdict.as_dict()}}
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1))


def read() -> dict[str, Row]:
    """What trials of committed code came to, by fault and database."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    return {key: row for key, row in kept.items() if "with changes" not in row["code"]}


def write(trials: Mapping[str, str]) -> None:
    """Write the report of all that is kept; these are all trials there are, with their titles, in order."""
    REPORT.write_text(document(read(), trials))


def document(kept: Mapping[str, Row], trials: Mapping[str, str]) -> str:
    """The report."""
    rows = [kept[key] for key in trials if key in kept]
    missing = [title for key, title in trials.items() if key not in kept]
    return "\n".join([HEAD, *summary(rows, missing), *table(rows), *explained(rows), *details(rows)]) + "\n"


def summary(rows: Sequence[Row], missing: Sequence[str]) -> Iterable[str]:
    """The machine, the totals, and what was not tried."""
    bad = [f"{row['title']} ({row['kind']})" for row in rows if not row["good"]]
    waits = [row["well_after"] for row in rows]
    well = "not always well again" if None in waits else f"well again after {max(waits, default=0):g} s at most"
    yield f"Machine: {os.cpu_count()} cores, {machine.processor()}, Python {platform.python_version()}."
    yield ""
    ran = f"{len(rows)} of {len(rows) + len(missing)} trials ran"
    saves = f"{sum(row['saves'] for row in rows):,} saves confirmed, {sum(row['gone'] for row in rows)} of them gone"
    yield f"**{ran}: {saves}; {sum(row['leaks'] for row in rows)} leaks; {well}.**"
    yield f"Short of what is promised: {'; '.join(bad)}." if bad else "Those that ran keep what is promised."
    if missing:
        yield f"\n**Not run: {'; '.join(missing)}.**"
    yield ""


def table(rows: Sequence[Row]) -> Iterable[str]:
    """A line for each trial."""
    yield "| what goes wrong | database | requests | lost | 503 | 5xx | saved | gone | leaks | slowest | well after |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        named = f"| {row['title']} | {row['kind']} |"
        if row["error"]:
            yield f"{named} {' | '.join(['–'] * 8)} | did not end |"
            continue
        well = f"not within {GIVE_UP} s" if row["well_after"] is None else f"{row['well_after']:.1f} s"
        yield (
            f"{named} {row['requests']:,} | {row['lost']} | {row['server_errors']} | {row['broken']} | "
            f"{row['saves']:,} | {row['gone']} | {row['leaks']} | {row['slowest']:.1f} s | {well} |"
        )


def explained(rows: Sequence[Row]) -> Iterable[str]:
    """How each fault was made."""
    yield "\n## How each was made\n"
    yield from dict.fromkeys(f"- **{row['title']}**: {row['says']}." for row in rows)


def details(rows: Sequence[Row]) -> Iterable[str]:
    """Of which code and day each figure is, and what else was seen."""
    yield "\n## Of which code, and what else was seen\n"
    yield "| what goes wrong | database | commit | day | seconds | seen |"
    yield "|---|---|---|---|---:|---|"
    for row in rows:
        bad = [f"{what}: {number:,}" for what, number in sorted(row["bad"].items())]
        seen = "; ".join([*([f"did not end: {row['error']}"] if row["error"] else []), *row["notes"], *bad])
        yield f"| {row['title']} | {row['kind']} | {row['code']} | {row['day']} | {row['seconds']} | {seen} |"
