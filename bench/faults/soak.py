"""Mixed load for a long time: does memory grow, and are files left open?"""

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.faults.filling import CANARY
from bench.faults.traffic import Editor, Traffic
from bench.faults.trial import Fault, Trial

HOUR = 3600  # seconds
EVERY = 5  # seconds from one look to the next
GROWTH = 0.1  # of memory, from the second fifth of the time to the last
FILES = (
    *("/pilots.xlsx", "/lessons.csv", "/data.zip", "/pilots/avignon.pdf", "/pilots/avignon.docx", "/map.geojson"),
    *("/partners.graphml", "/pilots/avignon.png", "/map.svg", "/data.ttl", "/pilots.bib"),
)


class Look(NamedTuple):
    """The memory of the serving processes in MB, what they share counted once, and how many files they have open."""

    megabytes: float
    files: int


def look(processes: list[int]) -> Look:
    """See what processes occupy."""
    return Look(
        sum(map(proportional, processes)), sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in processes)
    )


def proportional(pid: int) -> float:
    """Its memory in MB, where what n processes share counts as an n-th."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class Soak(Fault):
    title = "mixed load for a long time"
    seconds = HOUR
    editors, visitors = 2, 3
    pause = 0.5  # a steady load, that leaves time between requests as people do

    @property
    def says(self) -> str:  # type: ignore[override]
        """How long it was."""
        minutes = self.seconds / 60
        return f"{minutes:g} minutes of pages, edits, imports of a spreadsheet and files of every kind"

    def happen(self, trial: Trial) -> None:
        trial.cause_ended()  # nothing breaks
        helpers = [
            threading.Thread(target=act, args=(trial.traffic,), daemon=True) for act in (take_files_away, import_rows)
        ]
        for helper in helpers:
            helper.start()
        processes = trial.service.workers()
        looks = list(self.looks(processes))
        fifth = max(1, len(looks) // 5)
        first, last = looks[fifth : 2 * fifth] or looks[:1], looks[-fifth:]
        before, after = (statistics.median(one.megabytes for one in part) for part in (first, last))
        handles = [round(statistics.median(one.files for one in part)) for part in (first, last)]
        same = processes == trial.service.workers()
        trial.notes.append(
            f"memory {before:.0f} MB in the second fifth, {after:.0f} MB in the last ({after / before - 1:+.1%})"
        )
        trial.notes.append(f"open files {handles[0]} and {handles[1]}")
        trial.notes.append("the same processes served all the time" if same else "PROCESSES WERE REPLACED")
        trial.holds = same and after <= before * (1 + GROWTH) and handles[1] <= handles[0] + len(processes)

    def looks(self, processes: list[int]) -> Iterator[Look]:
        """Look again and again until the time is over."""
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            time.sleep(min(EVERY, self.seconds / 20))
            yield look(processes)


def take_files_away(traffic: Traffic) -> None:
    """Ask for a file of each kind in turn, until the end."""
    while True:
        for path in FILES:
            if traffic.stopped.wait(0.5):
                return
            began = time.monotonic()
            status, text, _location = traffic.targets[0].ask(path)
            traffic.note("file", began, status, {200})
            if CANARY in text:
                traffic.leaks.append(path)


def import_rows(traffic: Traffic) -> None:
    """Change a draft by a spreadsheet, looked at and then confirmed, until the end."""
    editor = Editor(traffic, traffic.editors)
    while not traffic.stopped.wait(2):
        editor.import_row()


FAULTS = (Soak,)
