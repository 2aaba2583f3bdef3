"""Turns what was measured into tables, and says of each figure of the goal whether it was reached. No clock, no files.

Ratios are those of turns in the same round, one right after the other, so that a machine that is busy now and
then disturbs both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from bench.subjects import API, CSV, FRENCH_LIST, FRENCH_PILOT, LIST, PILOT, SEARCH, SUBJECTS, TWO

DATABASES = ("SQLite", "PostgreSQL")
BARE, WAGTAIL = "bare Django view", "Wagtail"
# As it comes, but for exact facets; and as quick as its settings make it, with two facets of arrays, or with none.
DATASETTE = "Datasette, 3 facets"
ARRAYS, COLUMNS = "Datasette, tuned", "Datasette, tuned, facets of plain columns"


def cold(database: str) -> str:
    """What the portal without its page cache is called."""
    return f"portal, {database}, cold"


def warm(database: str) -> str:
    """What the portal with its page cache is called."""
    return f"portal, {database}, warm"


def at_nine(database: str) -> str:
    """What the portal with nine pilots, without its page cache, is called beside larger ones."""
    return f"portal, {database}, cold, with nine"


@dataclass(frozen=True)
class Edits:
    """What 60 seconds of load with edits came to. Times in seconds."""

    database: str
    pilots: int
    seconds: float
    answers: int
    errors: int
    edits: int
    asked: int
    stale: int
    median_delay: float
    slowest_delay: float


@dataclass
class Results:
    """Everything that was measured.

    `rates` maps a number of pilots, a subject and a site to answers a second, one for each round. `memory`, `growth`
    (by a table) and `start` map a number of pilots and a site to megabytes and seconds, `packs` to the seconds of each
    briefing pack of nine, `delay` a number of pilots and a database to the seconds from an edit to the page that shows
    it: the median and the slowest.
    """

    machine: dict[str, str] = field(default_factory=dict)
    rates: dict[int, dict[str, dict[str, list[float]]]] = field(default_factory=dict)
    memory: dict[int, dict[str, float]] = field(default_factory=dict)
    growth: dict[int, dict[str, float]] = field(default_factory=dict)
    packs: dict[int, dict[str, list[float]]] = field(default_factory=dict)
    start: dict[int, dict[str, float]] = field(default_factory=dict)
    delay: dict[int, dict[str, tuple[float, float]]] = field(default_factory=dict)
    edits: list[Edits] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Everything as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Figure:
    """A figure of the goal. `measured` is None where this run did not measure it."""

    goal: str
    measured: float | None
    limit: float
    unit: str = "×"
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """Whether it was reached."""
        if self.measured is None:
            return "not measured"
        good = self.measured <= self.limit if self.at_most else self.measured >= self.limit
        return "reached" if good else "**not reached**"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of turns in the same round."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def compared(results: Results, pilots: int, subject: str, our: str, peers: Iterable[str]) -> float | None:
    """How many times as fast as the fastest of the peers we are; None where it was not measured."""
    rates = results.rates.get(pilots, {}).get(subject, {})
    ratios = [ratio(rates[our], rates[peer]) for peer in peers if our in rates and peer in rates]
    return min(ratios, default=None)


def between(results: Results, our: str, subject: str, peer: str, other: str) -> float | None:
    """How many times as fast with nine our page is as another of a peer's; None where it was not measured."""
    ours, theirs = (results.rates.get(9, {}).get(what, {}).get(site) for what, site in ((subject, our), (other, peer)))
    return ratio(ours, theirs) if ours and theirs else None


def figures(results: Results) -> list[Figure]:
    """The figures of the goal, for each database that was measured."""
    largest = max((pilots for pilots in results.rates if pilots >= 100_000), default=100_000)
    return [figure for database in DATABASES for figure in _figures(results, database, largest)]


def _figures(results: Results, database: str, largest: int) -> list[Figure]:
    def nine(subject: str, our: str, *peers: str) -> float | None:
        return compared(results, 9, subject, our, peers)

    def many(subject: str, *peers: str) -> float | None:
        return compared(results, largest, subject, cold(database), peers)

    ready, made, both = warm(database), cold(database), (ARRAYS, COLUMNS)
    growth = many(LIST, at_nine(database))
    memory = [results.memory.get(largest, {}).get(site) for site in (ready, made)]
    grown = [results.growth.get(largest, {}).get(site) for site in (ready, made)]
    packs = results.packs.get(9, {}).get(made)
    delay = results.delay.get(largest, {}).get(database)
    stale = [edits for edits in results.edits if edits.database == database]
    found = [
        Figure("warm list ÷ bare Django view", nine(LIST, ready, BARE), 0.9),
        Figure("warm pilot page ÷ bare Django view", nine(PILOT, ready, BARE), 0.9),
        Figure("warm list ÷ Wagtail’s list", nine(LIST, ready, WAGTAIL), 15),
        Figure("warm pilot page ÷ Wagtail’s page", nine(PILOT, ready, WAGTAIL), 15),
        Figure("warm list ÷ Datasette’s facet page", nine(LIST, ready, DATASETTE), 15),
        Figure("warm pilot page ÷ Datasette’s facet page", between(results, ready, PILOT, DATASETTE, LIST), 15),
        Figure("cold list with all facets ÷ Wagtail’s list", nine(LIST, made, WAGTAIL), 4),
        Figure("cold pilot page ÷ Wagtail’s page", nine(PILOT, made, WAGTAIL), 4),
        Figure("warm list in French ÷ in English", between(results, ready, FRENCH_LIST, ready, LIST), 0.9),
        Figure("cold list in French ÷ in English", between(results, made, FRENCH_LIST, made, LIST), 0.9),
        Figure("cold pilot page in French ÷ in English", between(results, made, FRENCH_PILOT, made, PILOT), 0.9),
        Figure(f"{largest:,}: cold list, filtered by two ÷ Datasette, same filter", many(TWO, *both), 4),
        Figure(f"{largest:,}: search with facets ÷ Datasette’s", many(SEARCH, *both), 4),
        Figure(f"{largest:,}: cold list takes × as long as with nine", growth and 1 / growth, 5, at_most=True),
        Figure(f"{largest:,}: memory of a worker", most(memory), 250, " MB", at_most=True),
        Figure("warm API list ÷ bare Django view", nine(API, ready, BARE), 0.9),
        Figure("cold API list ÷ Datasette’s JSON with 3 facets", nine(API, made, DATASETTE), 1),
        Figure(f"{largest:,}: cold API list ÷ Datasette’s JSON with 3 facets", many(API, *both), 1),
        Figure(f"{largest:,}: CSV ÷ Datasette’s streaming CSV", many(CSV, ARRAYS), 3),
        Figure(f"{largest:,}: CSV that is kept ÷ Datasette’s", compared(results, largest, CSV, ready, [ARRAYS]), 3),
        Figure(f"{largest:,}: a worker grows by a CSV", most(grown), 50, " MB", at_most=True),
        Figure("a briefing pack of nine in PDF is made in", packs and median(packs), 2, " s", at_most=True),
        Figure(f"{largest:,}: an edit is shown after", delay and delay[1], 2, " s", at_most=True),
        Figure("edits under load: errors", sum(run.errors for run in stale) if stale else None, 0, "", at_most=True),
        Figure(
            "edits under load: stale after 1 s", sum(run.stale for run in stale) if stale else None, 0, "", at_most=True
        ),
    ]
    return [Figure(f"{database}: {each.goal}", each.measured, each.limit, each.unit, each.at_most) for each in found]


def most(values: Iterable[float | None]) -> float | None:
    """The largest of what was measured."""
    return max((value for value in values if value is not None), default=None)


def document(results: Results) -> str:
    """The whole report in Markdown."""
    parts = [
        "# What was measured",
        "Made by `make bench`; [README.md](README.md) says what is compared, and how. Rates are medians of answers a "
        "second from one worker on one core; ratios are medians of the ratios within a round.",
        "## The machine",
        table(["what", "which"], results.machine.items()),
        "## The figures to reach",
        figure_table(results),
        *(part for pilots in sorted(results.rates) for part in _size(results, pilots)),
        "## Edits while visitors read",
        edits_table(results),
    ]
    return "\n\n".join(parts) + "\n"


def _size(results: Results, pilots: int) -> list[str]:
    tables = [rates_table(results.rates[pilots]), costs_table(results, pilots)]
    return [f"## {pilots:,} pilots", *filter(None, tables)]


def figure_table(results: Results) -> str:
    """The figures of the goal and whether each was reached."""
    rows = [
        [each.goal, number(each.measured, each.unit), goal(each), each.verdict]
        for each in figures(results)
        if each.measured is not None or each.goal.startswith(DATABASES[0])
    ]
    return table(["figure", "measured", "goal", ""], rows)


def goal(figure: Figure) -> str:
    return f"{'≤' if figure.at_most else '≥'} {figure.limit:,g}{figure.unit}"


def rates_table(rates: dict[str, dict[str, list[float]]]) -> str:
    """Return rates, a row for each site and a column for each subject."""
    subjects = [subject for subject in SUBJECTS if subject in rates]
    sites = list(dict.fromkeys(site for subject in subjects for site in rates[subject]))
    cell: Callable[[str, str], str] = lambda site, subject: (  # noqa: E731
        number(median(rates[subject][site])) if site in rates[subject] else ""
    )
    return table(
        ["answers a second", *subjects], [[site, *(cell(site, subject) for subject in subjects)] for site in sites]
    )


def costs_table(results: Results, pilots: int) -> str:
    """Return memory and seconds, a row for each site."""
    memory, start, delay = (part.get(pilots, {}) for part in (results.memory, results.start, results.delay))
    growth = results.growth.get(pilots, {})
    rows = [
        [
            *(site, number(memory[site], " MB"), number(growth.get(site), " MB")),
            *(number(start.get(site), " s"), _delay(site, delay)),
        ]
        for site in memory
    ]
    heads = ["memory of a worker", "grows by a CSV", "starts in", "an edit is shown after (slowest)"]
    return table(["after the load", *heads], rows)


def _delay(site: str, delays: dict[str, tuple[float, float]]) -> str:
    found = next((delay for database, delay in delays.items() if site == warm(database)), None)
    return f"{number(found[0], ' s')} ({number(found[1], ' s')})" if found else ""


def edits_table(results: Results) -> str:
    """What became of visitors' requests while an entry was edited again and again."""
    heads = ["database", "pilots", "seconds", "answers", "errors", "edits", "asked after an edit", "stale after 1 s"]
    rows = [
        [
            *(each.database, f"{each.pilots:,}", number(each.seconds), f"{each.answers:,}", each.errors),
            *(each.edits, f"{each.asked:,}", each.stale),
            f"{number(each.median_delay, ' s')} ({number(each.slowest_delay, ' s')})",
        ]
        for each in results.edits
    ]
    return table([*heads, "shown after (slowest)"], rows)


def table(heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table in Markdown; "" without rows."""
    lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines]) if lines else ""


def number(value: float | None, unit: str = "") -> str:
    """A number as it is read best: three digits that count."""
    if value is None:
        return ""
    if value and abs(value) < 10:
        return f"{value:.3g}{unit}"
    return f"{value:,.0f}{unit}"
