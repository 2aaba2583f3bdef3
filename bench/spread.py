"""What a request costs portal, proxy and database, on three machines with one PostgreSQL: writes bench/SPREAD.md.

`make spread` calls it. Costs are seconds of processor time that the kernel counts for each process, so that they do
not hang on what else the machine does. Faults of the same three machines are tried by `make faults`.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import django

from bench import machine
from bench.faults.machines import MACHINES, Spread
from bench.faults.service import Service
from bench.faults.soak import look
from bench.faults.stores import POSTGRESQL, Postgresql
from bench.faults.traffic import Editor, Target
from bench.faults.trial import Bench, Trial
from bench.stock import ROOT

REPORT = ROOT / "bench" / "SPREAD.md"
TICKS = os.sysconf("SC_CLK_TCK")  # a second
SAVES, READY = 30, 20  # times
WORDS = ("training", "prison", "release", "probation", "police", "mentor", "family", "school", "risk", "trust")
# A day that is assumed, not measured: nobody counts visitors here. The busiest hour has a tenth of it.
DAY = {"a page that is ready": 1800, "a page made anew": 200, "a search": 100, "a PDF": 20, "a form opened": 100}
DAY |= {"a save": 50}
BUSIEST, TIMES = 0.1, (1, 10, 100)


class Cost(NamedTuple):
    """Milliseconds of processor time that one request takes, by who spends it."""

    portal: float
    nginx: float
    postgresql: float


def family(pid: int) -> Iterator[int]:
    """A process and those it started."""
    yield pid
    yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def spent(pids: Iterable[int]) -> float:
    """Seconds of processor time of these processes, and of those they started that have ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def clocks(services: Sequence[Service], nginx: int, store: Postgresql) -> Cost:
    """What each spent so far, in seconds."""
    portal = [pid for service in services for pid in service.processes()]
    return Cost(spent(portal), spent(family(nginx)), spent(store.processes()))


def cost_of(act: Callable[[], int], read: Callable[[], Cost]) -> Cost:
    """What one of the requests that `act` makes costs; it returns how many they were."""
    before = read()
    count = act()
    return Cost(*(1000 * (after - earlier) / count for earlier, after in zip(before, read(), strict=True)))


def asked(target: Target, paths: Sequence[str]) -> int:
    """Ask for each path once. Raises AssertionError when one is not answered well."""
    for path in paths:
        status, _text, _location = target.ask(path)
        assert status == 200, f"{status} at {path}"
    return len(paths)


def saved(trial: Trial, cost: Callable[[Callable[[], int]], Cost]) -> tuple[Cost, Cost]:
    """What it costs to open a form, and to save it."""
    editor, pilot = Editor(trial.traffic, 0), trial.traffic.staff.pilots[0]
    trial.traffic.confirmed = {pilot: []}
    editor.save()

    def opening() -> int:
        return sum(editor.opened(pilot) is not None for _time in range(SAVES))

    def both() -> int:
        for _time in range(SAVES):
            editor.save()
        return SAVES

    form = cost(opening)
    whole = cost(both)
    assert trial.traffic.saves() == SAVES + 1, "a save was not confirmed"
    return form, Cost(*(max(0.0, both - one) for both, one in zip(whole, form, strict=True)))


def measured(trial: Trial, fault: Spread) -> tuple[dict[str, Cost], list[str]]:
    """What each kind of request costs, and what else is to be told."""
    target, store = trial.traffic.targets[0], trial.store
    assert isinstance(store, Postgresql)
    pages = public(target)
    files = [f"{path.rstrip('/')}.pdf" for path in pages if re.fullmatch(r"/pilots/[^/]+/", path)]
    searches = [f"/pilots/?q={word}" for word in WORDS]

    def ask_each_machine() -> int:
        return sum(asked(Target(service.port), pages) for service in fault.services)

    def cost(act: Callable[[], int]) -> Cost:
        return cost_of(act, lambda: clocks(fault.services, fault.proxy[0], store))

    asked(target, [f"/lessons/?q=warm{number}" for number in range(8 * MACHINES)])  # so that all code is loaded
    costs = {"a page made anew": cost(ask_each_machine)}
    for _time in range(8):
        ask_each_machine()
    costs["a page that is ready"] = cost(lambda: sum(asked(target, pages) for _time in range(READY)))
    costs["a search"] = cost(lambda: asked(target, searches))
    costs["a PDF"] = cost(lambda: asked(target, files))
    costs["a form opened"], costs["a save"] = saved(trial, cost)
    connections = store.ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")[0][0] - 1
    most = store.ask("SHOW max_connections")[0][0]
    memory = look([pid for service in fault.services for pid in service.processes()]).megabytes
    return costs, [
        f"**Memory**: {memory / MACHINES:.0f} MB a machine with two processes, what they share counted once.",
        f"**Connections**: {connections} to PostgreSQL from {MACHINES} machines after this load; "
        f"it takes {most} unless told otherwise.",
    ]


def public(target: Target) -> list[str]:
    """The path of every public page in English, from the sitemap."""
    parts = re.findall(r"<loc>https://[^/]+(/[^<]+)</loc>", target.ask("/sitemap.xml")[1])
    found = {path for part in parts for path in re.findall(r"<loc>https://[^/]+(/[^<]*)</loc>", target.ask(part)[1])}
    return sorted(path for path in found if not re.match(r"/(fr|es|nl|sv)/", path))


def load(costs: Mapping[str, Cost], times: int) -> Cost:
    """How many cores are busy in the busiest hour, at so many times the assumed day."""
    return Cost(
        *(
            sum(DAY[kind] * times * BUSIEST * cost[who] / 1000 / 3600 for kind, cost in costs.items())
            for who in range(3)
        )
    )


def busiest(cores: Cost) -> str:
    """Who needs most of them."""
    return max(Cost._fields, key=lambda name: getattr(cores, name))


def document(costs: Mapping[str, Cost], notes: Sequence[str]) -> str:
    """The report."""
    lines = [
        "# What the portal costs on several machines",
        "",
        "Written by `make spread`; nothing in it by hand. Three portals with two processes each, nginx by "
        "[the delivered file](../deploy/nginx.conf) in front of them, one PostgreSQL that waits for the disk. What "
        "each of them spent of processor time for one request, in milliseconds:",
        "",
        f"Code: {machine.commit()}. Machine: {os.cpu_count()} cores, {machine.processor()}.",
        "",
        "| request | portal | nginx | PostgreSQL |",
        "|---|---:|---:|---:|",
        *(f"| {kind} | {' | '.join(f'{value:.1f}' for value in cost)} |" for kind, cost in costs.items()),
        "",
        *(f"- {note}" for note in notes),
        "",
        "## The assumed day, and ten and a hundred times of it",
        "",
        f"Computed from the table above. A day is assumed to have "
        f"{', '.join(f'{number:,} × {kind}' for kind, number in DAY.items())}, and its busiest hour "
        f"{BUSIEST:.0%} of that. How many cores are busy then:",
        "",
        "| load | portal | nginx | PostgreSQL | busiest |",
        "|---|---:|---:|---:|---|",
    ]
    for times in TIMES:
        cores = load(costs, times)
        lines.append(f"| × {times} | {' | '.join(f'{value:.3f}' for value in cores)} | {busiest(cores)} |")
    one = load(costs, 1)
    first = busiest(one)
    full = 1 / getattr(one, first)
    lines += ["", f"The first to get short is the processor of the {first}: one core of it is full at × {full:,.0f}."]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, and write the report."""
    if machine.has_changes("bench/SPREAD.md", "bench/FAULTS.md"):
        sys.exit("Files differ from the commit. Commit them first: the report says which code was measured.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepare_portal.settings")
    django.setup()
    with contextlib.ExitStack() as scratch:
        fault = Spread()
        trial = scratch.enter_context(Bench(scratch).trial(fault, POSTGRESQL))
        REPORT.write_text(document(*measured(trial, fault)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
