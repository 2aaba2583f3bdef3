"""Packs as PDF: by Typst, tagged for screen readers (PDF/UA-1) and fit to be kept (PDF/A-2a)."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pilots.exports.documents.glyphs import shown
from pilots.exports.documents.pack import Pack

TEMPLATE = Path(__file__).with_name("pack.typ")
MOST_SECONDS = 30  # nine pilots take one
MOST_BYTES = 1_500_000_000  # of memory; the longest pack takes 300 MB
# Pages go first. The process ends by itself where the server that waits for it was killed.
LIMITS = f"""
import os, resource, signal
os.nice(5)
signal.alarm({MOST_SECONDS + 5})
hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
most = {MOST_BYTES} if hard == resource.RLIM_INFINITY else min({MOST_BYTES}, hard)
resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
"""
# Nothing of the system and nothing of the network is used, so the bytes are the same on every machine.
SETTING = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False)
said = {"pack": sys.stdin.read()}
standards = ["ua-1", "a-2a"]
pdf = typst.compile(sys.argv[1], format="pdf", pdf_standards=standards, font_paths=fonts, sys_inputs=said)
sys.stdout.buffer.write(pdf)
"""


class NotSet(Exception):
    """The document could not be set."""


def to_pdf(pack: Pack) -> bytes:
    """The pack as a PDF. Raises TimeoutError where that takes too long.

    Typst keeps what it once set, hundreds of megabytes after some packs; a process of its own gives them back.
    """
    command = [sys.executable, "-I", "-c", LIMITS + SETTING, str(TEMPLATE)]
    try:
        done = subprocess.run(  # noqa: S603 (a command of ours; what it reads is data)
            command, input=to_json(pack).encode(), capture_output=True, timeout=MOST_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-1_000:])
    return done.stdout


def to_json(pack: Pack) -> str:
    """What the template is given, in ASCII."""
    said = {key: _shown(value, key) for key, value in asdict(pack).items()}
    return json.dumps(said | {"day": [pack.day.year, pack.day.month, pack.day.day]})


def _shown(value: Any, key: str) -> Any:
    """The values with signs in them that the fonts have. Where links lead is not shown."""
    if isinstance(value, str):
        return value if key == "link" else shown(value)
    if isinstance(value, dict):
        return {name: _shown(one, name) for name, one in value.items()}
    return [_shown(one, key) for one in value] if isinstance(value, list | tuple) else value
