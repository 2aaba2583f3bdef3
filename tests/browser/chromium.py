"""The browser of the browser tests: found, or installed, or an error that says what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Browsers with a window, and before them the one without: it draws the same pages with two thirds of the work.
WHOLE = ("chromium", "chromium-browser", "google-chrome")
NAMES = ("chromium-headless-shell", *WHOLE)
# Nothing but the pages under test: no graphics card, no traffic of the browser's own, no other host.
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
PATIENCE = 15 * 60  # seconds for one installation


class NoBrowser(RuntimeError):
    """No browser is here and none could be installed; the message says what to do."""


def find_or_install(names: Sequence[str] = NAMES) -> str:
    """The path of a Chromium, one of these names if there is, installing one if the machine has none."""
    if chosen := os.environ.get("CHROMIUM", "").strip():
        if found := shutil.which(chosen):
            return found
        raise NoBrowser(f"CHROMIUM is “{chosen}”, which is no program. Set it to a Chromium or Chrome, or unset it.")
    if here := on_path(names):
        return here
    for attempt in (playwrights_own, debian_package, playwrights_download):
        if found := attempt():
            return found
    raise NoBrowser(
        "The browser tests need Chromium, and it could be neither found nor installed. Install it (on Debian: "
        "apt-get install chromium; anywhere: .venv/bin/playwright install --with-deps chromium), "
        "or set CHROMIUM to the path of a Chromium or Chrome."
    )


def flags() -> list[str]:
    """The options to start the browser with. Its sandbox does not work for root."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]


def on_path(names: Sequence[str] = NAMES) -> str | None:
    """The first browser of these names that a shell would find."""
    return next((path for name in names if (path := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """The browser that Playwright downloaded earlier, if it did."""
    # In a process of its own, because Playwright cannot be started twice in one.
    answer = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and Path(path).is_file() else None


def debian_package() -> str | None:
    """Install Debian's package, where that is possible, and return its browser."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install(["apt-get", "update", "-qq"], quiet)
    for package in NAMES[:2]:  # not every release has the first
        install(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", package], quiet)
        if found := on_path():
            return found
    return None


def playwrights_download() -> str | None:
    """Let Playwright download its browser, and return it."""
    install([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    return playwrights_own()


def install(command: list[str], environment: dict[str, str]) -> None:
    """Run one step of an installation; whether it worked shows when the browser is looked for."""
    print("No browser found:", *command, flush=True)
    try:
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, flush=True)
