"""Measures pages with Lighthouse as on a phone, and fails when a category is below 100. `make audit` calls it.

Lighthouse is a Node program; npm brings it into `.venv`, which git ignores. That reaches further than the
tests do, so `make test` does without it. The version is the last that runs on the Node of Debian stable.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from tests.browser import chromium, server  # noqa: E402

PAGES = ("/", "/pilots/", "/pilots/rotterdam/", "/map/", "/matrix/", "/lessons/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WHOLE = 100
# What else this machine does slows the measured page; a fault of the page's own comes back each time.
ATTEMPTS = 3
PATIENCE = 180  # seconds for one page

VERSION = "12.8.2"
FOLDER = ROOT / ".venv" / f"lighthouse-{VERSION}"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"


class NoLighthouse(RuntimeError):
    """Lighthouse cannot be run here; the message says what to do."""


@dataclass(frozen=True)
class Audit:
    """What Lighthouse says of one page: a figure from 0 to 100 for each category, and the audits that failed.

    `problem` says why the page could not be measured; then each figure is 0.
    """

    page: str
    figures: dict[str, int]
    failures: dict[str, list[str]]
    problem: str = ""

    @property
    def total(self) -> int:
        """All figures together, to tell the better of two audits."""
        return sum(self.figures.values())

    @property
    def is_good(self) -> bool:
        """Whether every category is whole."""
        return all(figure == WHOLE for figure in self.figures.values())

    def shortcomings(self) -> Iterator[str]:
        """Yield a sentence for each category that is not whole, or one for a page that could not be measured."""
        if self.problem:
            yield f"{self.page} could not be measured: {self.problem}"
            return
        for category, figure in self.figures.items():
            if figure < WHOLE:
                yield f"{self.page}: {category} is {figure}, not {WHOLE}: {'; '.join(self.failures[category])}"


def unmeasured(page: str, problem: str) -> Audit:
    """The audit of a page that could not be measured: nothing is shown to be good."""
    return Audit(page, dict.fromkeys(CATEGORIES, 0), {}, problem)


def read_report(page: str, report: dict[str, Any]) -> Audit:
    """The audit in Lighthouse's JSON report."""
    if problem := report.get("runtimeError"):
        return unmeasured(page, problem["message"])
    found = {name: report["categories"][name] for name in CATEGORIES}
    return Audit(
        page=page,
        figures={name: round((category["score"] or 0) * 100) for name, category in found.items()},
        failures={name: list(failures_of(category, report["audits"])) for name, category in found.items()},
    )


def failures_of(category: dict[str, Any], audits: dict[str, Any]) -> Iterator[str]:
    """Yield name, title and value of each audit that takes something from the category's figure."""
    for reference in category["auditRefs"]:
        audit = audits[reference["id"]]
        broken = audit["scoreDisplayMode"] == "error"
        if reference["weight"] and (broken or (audit["score"] is not None and audit["score"] < 1)):
            value = audit.get("displayValue") or audit.get("errorMessage") or ""
            yield f"{audit['id']} ({audit['title']}{value and ': '}{value})"


def lighthouse() -> list[str]:
    """The command of Lighthouse, installed if it is not there yet. Raises NoLighthouse."""
    for program, package in (("node", "nodejs"), ("npm", "npm")):
        if not shutil.which(program):
            raise NoLighthouse(f"Lighthouse needs {program}. Install it (on Debian: apt-get install {package}).")
    if not PROGRAM.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        what = ["--no-save", "--ignore-scripts", "--silent", f"lighthouse@{VERSION}"]
        done = subprocess.run(["npm", "install", "--prefix", str(FOLDER), *what], check=False, timeout=600)
        if done.returncode or not PROGRAM.exists():
            raise NoLighthouse(f"npm could not install lighthouse@{VERSION}. Is its registry within reach?")
    return ["node", str(PROGRAM)]


def measure(command: list[str], browser: str, url: str, page: str) -> Audit:
    """The audit of one page, on Lighthouse's phone with its slow line."""
    # Lighthouse splits its flags at spaces.
    flags = ["--headless=new", *(flag for flag in chromium.flags() if " " not in flag)]
    with tempfile.TemporaryDirectory(prefix="portal-audit-") as folder:
        report = Path(folder) / "report.json"
        options = [
            *("--quiet", "--output=json", f"--output-path={report}", "--no-enable-error-reporting"),
            *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"),
        ]
        environment = os.environ | {"CHROME_PATH": browser}
        run = [*command, url + page, *options]
        try:
            done = subprocess.run(run, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return unmeasured(page, f"no answer within {PATIENCE} seconds")
        if not report.exists():
            return unmeasured(page, f"Lighthouse says: {done.stdout}{done.stderr}")
        return read_report(page, json.loads(report.read_text(encoding="utf-8")))


def best_of(attempts: Iterator[Audit]) -> Audit:
    """The first audit that is good, else the best of all. Makes no more attempts than it needs."""
    best = next(attempts)
    while not best.is_good and (another := next(attempts, None)):
        best = max(best, another, key=lambda audit: audit.total)
    return best


def audit_pages(pages: Sequence[str]) -> list[Audit]:
    """Serve the nine pilots, measure each page, print its figures as they come, and return them."""
    command, browser = lighthouse(), chromium.find_or_install(chromium.WHOLE)
    width = max(map(len, pages))
    audits = []
    with server.serve() as site:
        print("".ljust(width), *CATEGORIES, sep="  ", flush=True)
        for page in pages:
            audit = best_of(measure(command, browser, site.url, page) for _attempt in range(ATTEMPTS))
            figures = (str(audit.figures[name]).rjust(len(name)) for name in CATEGORIES)
            print(page.ljust(width), *figures, sep="  ", flush=True)
            audits.append(audit)
    return audits


def main(pages: list[str]) -> int:
    """Measure the pages, by default all; say what falls short, and return the exit status."""
    try:
        shortcomings = [sentence for audit in audit_pages(pages or PAGES) for sentence in audit.shortcomings()]
    except (NoLighthouse, chromium.NoBrowser) as error:
        print(f"Nothing was measured. {error}", file=sys.stderr)
        return 1
    print("Some pages fall short:" if shortcomings else f"Every category of every page is {WHOLE}.", flush=True)
    for sentence in shortcomings:
        print(sentence, file=sys.stderr)
    return 1 if shortcomings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
