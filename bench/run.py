"""Measures the portal beside its peers, in turn, and writes what came out. `make bench` calls it."""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench import install, machine, postgres, report, servers, stock, subjects
from bench.load import Load, Page, load, turn
from bench.report import Results, cold, warm
from bench.servers import Server
from bench.sites import Sites
from bench.stock import DELIVERED, ROOT, Stock
from bench.subjects import CSV, SUBJECTS, Pages, Questions

# The servers have one core for themselves; the load, PostgreSQL and the editor have the other.
SERVING, ASKING = 0, (os.cpu_count() or 1) - 1
SIZES = (DELIVERED, 1000, 10_000, 100_000)
WHOLE = {DELIVERED, 100_000}  # the sizes that figures are about; others get fewer rounds
MOST_WITH_PEERS = 100_000
QUIET_EDITS = 5.0  # seconds
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Bench:
    """One run. `home` keeps what it makes; `options` are those of the command."""

    def __init__(self, home: Path, options: argparse.Namespace) -> None:
        self.home = home
        self.options = options
        self.results = Results()
        self.programs = install.peers(home)

    def run(self) -> None:
        """Measure every size, then what edits do to visitors."""
        with contextlib.ExitStack() as stack:
            server = ""
            if "postgresql" in self.options.databases:
                server = stack.enter_context(postgres.kept(self.home / "postgresql", ASKING))
            version = postgres.version(server) if server else ""
            self.results.machine = machine.described(self.programs, version)
            made = {pilots: self.stocks(pilots, server) for pilots in sorted({DELIVERED, *self.options.sizes})}
            for pilots in self.options.sizes:
                self.measure(made[pilots], made[DELIVERED])
            for pilots in sorted({min(self.options.sizes), max(self.options.sizes)}):
                for one in made[pilots] if self.options.edit_seconds else []:
                    self.measure_edits(one)

    def stocks(self, pilots: int, server: str) -> list[Stock]:
        """The databases with so many pilots."""
        make = {
            "sqlite": lambda: stock.sqlite(self.home, pilots),
            "postgresql": lambda: stock.postgresql(self.home, pilots, server),
        }
        return [make[kind]() for kind in self.options.databases]

    def measure(self, stocks: list[Stock], nine: list[Stock]) -> None:
        """Measure everything with so many pilots: all sites stand ready, and each gets its turn in every round."""
        pilots = stocks[0].pilots
        print(f"{pilots:,} pilots: starting the sites …", flush=True)
        rows = install.rows(self.home, stocks[0])
        questions = Questions.about(rows)
        with contextlib.ExitStack() as stack:
            start = Sites(self.home, self.programs, SERVING, stack)
            portals = start.portals(stocks)
            pages = {name: subjects.portal(server, questions) for name, server in portals.items()}
            if pilots != DELIVERED:
                pages |= start.with_nine(nine)
            if pilots <= MOST_WITH_PEERS:
                sheet = install.sheet(self.home, stocks[0])
                pages |= start.peers(rows, sheet, questions, pages[cold(stocks[0].kind)])
            self.results.growth[pilots] = {name: growth(pages[name]) for name in portals}
            self.results.packs[pilots] = {
                cold(one.kind): self.packs(one, portals[cold(one.kind)], questions) for one in stocks
            }
            self.rounds(pilots, pages)
            self.results.memory[pilots] = {name: server.megabytes for name, server in portals.items()}
            self.results.start[pilots] = {name: server.seconds for name, server in portals.items()}
            self.results.delay[pilots] = {one.kind: self.delay(one, portals[warm(one.kind)]) for one in stocks}

    def packs(self, one: Stock, server: Server, questions: Questions) -> list[float]:
        """How many seconds each of some briefing packs of nine takes to be made."""
        shutil.rmtree(one.folder / "packs", ignore_errors=True)  # those that were kept
        found = []
        for page in subjects.packs(server, questions, self.options.rounds):
            start = time.perf_counter()
            page.fetched()
            found.append(time.perf_counter() - start)
        return found

    def rounds(self, pilots: int, sites: dict[str, Pages]) -> None:
        """Give each site its turn at each subject, round after round."""
        number = self.options.rounds if pilots in WHOLE or pilots > max(WHOLE) else (self.options.rounds + 1) // 2
        for pages in sites.values():
            for page in pages.values():
                page.fetched()
        rates: dict[str, dict[str, list[float]]] = {subject: {} for subject in SUBJECTS}
        for current in range(1, number + 1):
            print(f"{pilots:,} pilots: round {current} of {number}", flush=True)
            for subject in SUBJECTS:
                for name, pages in sites.items():
                    if subject in pages:
                        rate = turn(pages[subject], self.options.seconds, ASKING)
                        rates[subject].setdefault(name, []).append(rate)
        self.results.rates[pilots] = rates

    def delay(self, one: Stock, server: Server) -> tuple[float, float]:
        """How long after an edit the page shows it while nobody else asks: the median and the slowest."""
        seen = self.edits(one, server, QUIET_EDITS)
        return median(seen["delays"]), max(seen["delays"])

    def measure_edits(self, one: Stock) -> None:
        """Let visitors read while an entry is edited; two processes serve."""
        seconds = self.options.edit_seconds
        print(f"{one.pilots:,} pilots, {one.kind}: edits for {seconds:g} s while visitors read …", flush=True)
        with servers.portal(one, SERVING, cached=True, workers=2) as server:
            paths = self.edited(server)
            readers = [Reader(Page(server, path, subjects.says("")), seconds) for path in paths]
            for reader in readers:
                reader.start()
            seen = self.edits(one, server, seconds)
            for reader in readers:
                reader.join()
        loads = [reader.came_to for reader in readers]
        self.results.edits.append(
            report.Edits(
                database=one.kind,
                pilots=one.pilots,
                seconds=seconds,
                answers=sum(each.answers for each in loads),
                errors=sum(each.wrong for each in loads) + seen["errors"],
                edits=seen["edits"],
                asked=seen["asked"],
                stale=seen["stale"],
                median_delay=median(seen["delays"]),
                slowest_delay=max(seen["delays"]),
            )
        )

    def edited(self, server: Server) -> list[str]:
        """The addresses that show the pilot that is edited: its own, and the list, where it stands first."""
        text = Page(server, "/pilots/", subjects.says("")).fetched()[1]
        found = re.search(r'<h2 class="card-title"><a href="(/pilots/[\w-]+/)', text)
        if not found:
            raise subjects.WrongAnswer("The list shows no pilot.")
        return [found[1], "/pilots/"]

    def edits(self, one: Stock, server: Server, seconds: float) -> dict[str, Any]:
        """Edit through another process, and return what it saw."""
        paths = self.edited(server)
        slug = paths[0].strip("/").rsplit("/", 1)[-1]
        options = ["--port", str(server.port), "--slug", slug, "--seconds", str(seconds), *paths]
        settings = one.environment | {"DJANGO_SETTINGS_MODULE": "prepare_portal.settings"}
        run = subprocess.run(  # noqa: S603 (our own words)
            [sys.executable, "-m", "bench.edits", *options],
            cwd=ROOT,
            env=settings,
            preexec_fn=lambda: os.sched_setaffinity(0, {ASKING}),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(run.stdout)


def growth(pages: Pages) -> float:
    """The megabytes by which a worker that has made the other pages grows while it makes its first table.

    Looked at twenty times a second; the largest counts.
    """
    for subject, page in pages.items():
        if subject != CSV:
            page.fetched()
    server, is_done, seen = pages[CSV].server, threading.Event(), []

    def watch() -> None:
        while not is_done.wait(0.05):
            seen.append(server.megabytes)

    before, watcher = server.megabytes, threading.Thread(target=watch)
    watcher.start()
    pages[CSV].fetched()
    is_done.set()
    watcher.join()
    return max([*seen, server.megabytes]) - before


class Reader(threading.Thread):
    """Visitors who read one page for so many seconds; `came_to` says what of."""

    came_to: Load

    def __init__(self, page: Page, seconds: float) -> None:
        super().__init__()
        self.page = page
        self.seconds = seconds
        self.length = len(page.fetched()[0])

    def run(self) -> None:
        self.came_to = load(self.page, self.seconds, ASKING, self.length)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of pilots")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each site at each subject")
    parser.add_argument("--seconds", type=int, default=2, help="of a turn; slow pages get more")
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--edit-seconds", type=float, default=60, help="of reading with edits; 0 for none")
    return parser.parse_args()


def write(results: Results, home: Path, options: argparse.Namespace) -> Path:
    """Write the report: beside this module when everything was measured, otherwise beside the databases."""
    is_whole = set(options.sizes) >= WHOLE and set(options.databases) == set(KINDS) and options.edit_seconds
    (home / "results.json").write_text(json.dumps(results.data(), indent=1))
    file = (Path(__file__).parent if is_whole else home) / "RESULTS.md"
    file.write_text(report.document(results))
    return file


def main() -> None:
    """Measure, print and write."""
    options = read_options()
    home = Path(os.environ.get("BENCH_DIR", "").strip() or ROOT / ".venv" / "bench").absolute()
    home.mkdir(parents=True, exist_ok=True)
    bench = Bench(home, options)
    try:
        bench.run()
    except BaseException:
        # What was measured before is not lost.
        (home / "RESULTS.md").write_text(report.document(bench.results))
        raise
    file = write(bench.results, home, options)
    print(report.document(bench.results))
    print(f"Written to {file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}.")


if __name__ == "__main__":
    main()
