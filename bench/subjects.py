"""What is measured: the same questions to every site, each with the number of pilots that its answer must name."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import Page, WrongAnswer
from bench.servers import Server

LIST, ONE, TWO, THREE, SEARCH, PILOT, FRENCH_LIST, FRENCH_PILOT, API, CSV = SUBJECTS = (
    "list",
    "filter: one value",
    "filter: two facets",
    "filter: three values",
    "search",
    "pilot",
    "list in French",
    "pilot in French",
    "API list",
    "CSV of all",
)
WORD = "probation"
FRENCH = "/fr"
Pages = dict[str, Page]


@dataclass(frozen=True)
class Questions:
    """Questions about the pilots in `rows`, as `bench.rows` wrote them."""

    rows: list[dict[str, Any]]

    @classmethod
    def about(cls, file: Path) -> "Questions":
        with file.open(encoding="utf-8") as lines:
            # Texts are not kept: there are a hundred thousand.
            return cls([_short(json.loads(line)) for line in lines])

    @cached_property
    def filters(self) -> dict[str, list[tuple[str, str]]]:
        """What each list is filtered by, with the values that most pilots have."""
        (france, spain), (training,) = self._most("country", 2), self._most("activity", 1)
        return {
            LIST: [],
            ONE: [("country", france)],
            TWO: [("country", france), ("activity", training)],
            THREE: [("country", france), ("country", spain), ("activity", training)],
        }

    @cached_property
    def pilot(self) -> dict[str, Any]:
        """The pilot whose texts are as long as those of most."""
        return sorted(self.rows, key=lambda row: (row["length"], row["slug"]))[len(self.rows) // 2]

    def count(self, subject: str) -> int:
        """How many pilots a filtered list holds."""
        wanted: dict[str, set[str]] = {}
        for name, value in self.filters[subject]:
            wanted.setdefault(name, set()).add(value)
        return sum(all(values & set(row["facets"][name]) for name, values in wanted.items()) for row in self.rows)

    def _most(self, facet: str, number: int) -> list[str]:
        uses = Counter(value for row in self.rows for value in row["facets"][facet])
        return [value for value, _uses in sorted(uses.items(), key=lambda pair: (-pair[1], pair[0]))][:number]


def _short(row: dict[str, Any]) -> dict[str, Any]:
    length = sum(len(text) for text in row.values() if isinstance(text, str)) + sum(map(len, row["lessons"]))
    return {"slug": row["slug"], "title": row["title"], "length": length, "facets": row["facets"]}


def portal(server: Server, questions: Questions) -> Pages:
    lists = {
        subject: Page(server, f"/pilots/?{urlencode(pairs)}".rstrip("?"), heads(r"<h1>\s*([\d,]+)", [number]))
        for subject, pairs in questions.filters.items()
        for number in [questions.count(subject)]
    }
    found = range(1, len(questions.rows) + 1)
    search = Page(server, f"/pilots/?q={WORD}", heads(r"<h1>\s*([\d,]+)", found))
    address = f"/pilots/{questions.pilot['slug']}/"
    pilot = Page(server, address, says(questions.pilot["title"]))
    total = len(questions.rows)
    french = {
        FRENCH_LIST: Page(server, f"{FRENCH}/pilots/", heads(r"<h1>\s*(\d+) projets? pilotes?", [total])),
        FRENCH_PILOT: Page(server, f"{FRENCH}{address}", says('<html lang="fr"')),
    }
    api = Page(server, "/api/v1/pilots/?per_page=12", heads(r'"total": ?([\d,]+)', [total]))
    table = Page(server, "/pilots.csv", has_lines(total), is_file=True)
    return lists | {SEARCH: search, PILOT: pilot} | french | {API: api, CSV: table}


def packs(server: Server, questions: Questions, number: int) -> list[Page]:
    """Briefing packs of nine pilots, each in another order, because a pack is made once and kept."""
    slugs = [row["slug"] for row in questions.rows[:9]]
    orders = [slugs[turn:] + slugs[:turn] for turn in range(min(number, len(slugs)))]
    queries = [urlencode([("keep", slug) for slug in order]) for order in orders]
    return [Page(server, f"/shortlist.pdf?{query}", says("%PDF-")) for query in queries]


def wagtail(server: Server, questions: Questions) -> Pages:
    """The pages of the Wagtail site. It has no search, no French, no API, no table."""
    without = (SEARCH, FRENCH_LIST, FRENCH_PILOT, API, CSV)
    return {name: page for name, page in portal(server, questions).items() if name not in without}


def bare(server: Server) -> Pages:
    """The pages of the bare view; what they hold is the portal's, and was looked at there."""
    return {name: Page(server, path, says("")) for name, path in ((LIST, "/list"), (PILOT, "/pilot"), (API, "/api"))}


def datasette(server: Server, questions: Questions, database: Path, facets: dict[str, str]) -> Pages:
    """The pages of Datasette with three facets; `facets` maps what is filtered by to how a column is asked."""
    table = database.stem
    counted = [("_facet_array" if "array" in how else "_facet", how.split("__")[0]) for how in facets.values()]
    shown = [("_size", "12"), *(("_col", name) for name in ("title", "summary", "place", "country", "activity"))]

    def page(pairs: Iterable[tuple[str, str]], holds: Callable[[str], None]) -> Page:
        return Page(server, f"/{table}/pilots?{urlencode([*shown, *counted, *pairs])}", holds)

    def numbered(numbers: Any) -> Callable[[str], None]:
        number, facet = heads(r"<h3>\s*([\d,]+) row", numbers), says('class="facet-info ', times=len(facets))
        return lambda text: (number(text), facet(text))[0]

    def number(subject: str) -> Any:
        exact = all("main" not in facets[name] for name, _value in questions.filters[subject])
        return [questions.count(subject)] if exact else range(1, len(questions.rows) + 1)

    # Datasette joins the values of a facet with *and*, so the list with two countries has no like there.
    lists = {
        subject: page([(facets[name], value) for name, value in questions.filters[subject]], numbered(number(subject)))
        for subject in (LIST, ONE, TWO)
    }
    search = page([("_search", WORD)], numbered([matches(database)]))
    row = Page(server, f"/{table}/pilots/{questions.pilot['slug']}", says(questions.pilot["title"]))
    total = len(questions.rows)
    counted_rows = heads(r'"filtered_table_rows_count": ?([\d,]+)', [total])
    json_page = Page(server, f"/{table}/pilots.json?{urlencode([('_size', '12'), *counted])}", counted_rows)
    stream = Page(server, f"/{table}/sheet.csv?_stream=on", has_lines(total), is_file=True)
    return lists | {SEARCH: search, PILOT: row, API: json_page, CSV: stream}


ARRAYS = {"country": "country", "activity": "activity__arraycontains", "target": "target__arraycontains"}
COLUMNS = {"country": "country", "activity": "main_activity", "target": "main_target"}


def heads(pattern: str, numbers: Any) -> Callable[[str], None]:

    def check(text: str) -> None:
        found = re.search(pattern, text)
        if not found or int(found[1].replace(",", "")) not in numbers:
            raise WrongAnswer(f"The heading says {found and found[0]!r}, but {numbers} was expected.")

    return check


def has_lines(number: int) -> Callable[[str], None]:
    """A check that a table holds so many lines below its heading; line breaks in cells are others."""

    def check(text: str) -> None:
        lines = text.count("\r\n")
        if lines != number + 1:
            raise WrongAnswer(f"The table has {lines:,} lines, but {number + 1:,} were expected.")

    return check


def says(words: str, times: int = 1) -> Callable[[str], None]:
    """A check that a text holds the words, so many times at least."""

    def check(text: str) -> None:
        if unescape(text).count(words) < times:
            raise WrongAnswer(f"The page does not say “{words}” often enough.")

    return check


def matches(database: Path) -> int:
    """How many rows of Datasette's database hold the word in title or summary."""
    with closing(sqlite3.connect(database)) as rows:
        return rows.execute("SELECT count(*) FROM pilots_fts WHERE pilots_fts MATCH ?", [WORD]).fetchone()[0]
