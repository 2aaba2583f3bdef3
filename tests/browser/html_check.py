"""Is the HTML valid? The Nu checker, the one behind validator.w3.org, reads every public page.

It is a Java program; npm brings it into `.venv`, which git ignores. That reaches further than the other
tests do, so `make html` runs this alone, and `make test` does without it. The same on both databases.
"""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.server import Site
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES

DATABASES = ("sqlite",)
ROOT = Path(__file__).parents[2]
VERSION = "26.9.27"
FOLDER = ROOT / ".venv" / f"vnu-{VERSION}"
CHECKER = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command of the checker, installed if it is not there yet."""
    for program, package in (("java", "default-jre-headless"), ("npm", "npm")):
        if not shutil.which(program):
            pytest.fail(f"The HTML checker needs {program}. Install it (on Debian: apt-get install {package}).")
    if not CHECKER.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        install = [
            "npm",
            "install",
            "--prefix",
            str(FOLDER),
            "--no-save",
            "--ignore-scripts",
            "--silent",
            f"vnu-jar@{VERSION}",
        ]
        subprocess.run(install, check=True, timeout=300)
    return ["java", "-jar", str(CHECKER), "--format", "json", "--stdout"]


def fetch(address: str) -> str:
    """The page at an address, error pages too."""
    try:
        with urllib.request.urlopen(address) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()


def complaints(checker: list[str], folder: Path) -> list[str]:
    """What the checker holds against the pages in a folder, warnings included."""
    done = subprocess.run([*checker, *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=False)
    return [f"{Path(row['url']).stem}: {row['message']}" for row in json.loads(done.stdout)["messages"]]


def test_html_of_every_page_is_valid(site: Site, checker: list[str], tmp_path: Path) -> None:
    for name, address in (PUBLIC_PAGES | ERROR_PAGES).items():
        page = fetch(site.url + address)
        assert page.startswith("<!doctype html>"), name
        (tmp_path / f"{name}.html").write_text(page)
    assert complaints(checker, tmp_path) == []


def test_checker_finds_a_mistake(checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text('<!doctype html><html lang="en"><title>x</title><p><div id=a></p><div id=a>')
    assert complaints(checker, tmp_path)
