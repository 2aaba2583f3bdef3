"""Says what the figures were measured on, without naming the machine or anything on it."""

import datetime as dt
import importlib.metadata
import os
import platform
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

from bench.stock import ROOT


def described(programs: Path, postgresql: str) -> dict[str, str]:
    """Return kinds and versions of everything that takes part; `postgresql` is the version of the server or ""."""
    return {
        "day": f"{dt.datetime.now(dt.UTC):%-d %B %Y}",
        "code": code(),
        "processor": f"{os.cpu_count()} cores, {processor()}",
        "memory": f"{memory():.0f} GB",
        "busy before the start": f"{os.getloadavg()[0]:.1f} processes on average over a minute",
        "Python": platform.python_version(),
        "Django": importlib.metadata.version("django"),
        "gunicorn": importlib.metadata.version("gunicorn"),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": f"{postgresql}, not waiting for the disk (fsync off)" if postgresql else "not measured",
        "Wagtail": version(programs, "wagtail"),
        "Datasette": version(programs, "datasette"),
        "load": "wrk" if shutil.which("wrk") else "threads of Python (wrk is not installed)",
    }


def code() -> str:
    """The commit that was measured, and whether something was changed since."""
    return f"{commit()}, with changes" if has_changes() else commit()


def commit() -> str:
    return said("git", "rev-parse", "--short", "HEAD")


def has_changes(*but: str) -> bool:
    """Whether a file that git knows differs from the commit, other than these."""
    others = [f":(exclude){path}" for path in but]
    return bool(said("git", "status", "--porcelain", "--untracked-files=no", "--", ".", *others))


def processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def memory() -> float:
    """The size of the memory in gigabytes."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30


def version(programs: Path, package: str) -> str:
    code = f"import importlib.metadata; print(importlib.metadata.version('{package}'))"
    return said(str(programs / "python"), "-c", code)


def said(*command: str) -> str:
    """What a command prints; "" when it fails."""
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    return run.stdout.strip()
