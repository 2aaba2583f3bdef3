"""Edits a pilot again and again, and asks for its page and the list at once: how soon is each edit shown?

`python -m bench.edits` runs as an editor's process of the portal, in an environment that names the database.
It prints one JSON object. The entry is as before at the end.
"""

import argparse
import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import django

from bench.load import decoded
from bench.servers import BEHIND_PROXY

PAUSE = 0.2  # seconds from one edit to the next
ALLOWED = 1.0  # seconds for which an old page may still be shown
GIVE_UP = 10.0  # seconds
# Two processes serve, and each connection may reach either: so many right answers in a row are both.
IN_A_ROW = 6


@dataclass
class Seen:
    """What was seen after the edits. `delays` are the seconds until pages showed it, all of them."""

    edits: int = 0
    asked: int = 0
    stale: int = 0
    errors: int = 0
    delays: list[float] = field(default_factory=list)


@contextmanager
def restored(text: Any) -> Iterator[str]:
    """Yield the summary of a text, and put it back at the end."""
    summary = text.summary
    try:
        yield summary
    finally:
        text.summary = summary
        text.save()


def edit_and_look(port: int, slug: str, paths: list[str], seconds: float) -> Seen:
    """Edit the pilot for so many seconds, and look at the pages after each edit."""
    from pilots.models import PilotTranslation

    text = PilotTranslation.objects.get(master__slug=slug, language_code="en")
    seen, end = Seen(), time.monotonic() + seconds
    with restored(text) as summary:
        while time.monotonic() < end:
            started = time.monotonic()
            seen.edits += 1
            mark = f"Edit {seen.edits:06}."
            text.summary = f"{mark} {summary}"
            text.save()
            look(port, paths, mark, seen)
            time.sleep(max(0, started + PAUSE - time.monotonic()))
    return seen


def look(port: int, paths: list[str], mark: str, seen: Seen) -> None:
    """Ask for the pages until all answers show the mark, and note what is seen."""
    edited, in_a_row, shown = time.monotonic(), 0, 0.0
    while in_a_row < IN_A_ROW and (waited := time.monotonic() - edited) < GIVE_UP:
        seen.asked += 1
        status, text = fetched(port, paths[seen.asked % len(paths)])
        seen.errors += status != 200
        if mark in text:
            in_a_row += 1
            shown = shown or time.monotonic() - edited
        else:
            seen.stale += waited > ALLOWED
            in_a_row, shown = 0, 0.0
    seen.delays.append(shown or GIVE_UP)


def fetched(port: int, path: str) -> tuple[int, str]:
    """Return status and text of a page, over a connection of its own; status 0 when there was no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVE_UP)
    try:
        connection.request("GET", path, headers=BEHIND_PROXY)
        answer = connection.getresponse()
        return answer.status, decoded(answer.read(), answer.getheader("Content-Encoding", ""))
    except OSError:
        return 0, ""
    finally:
        connection.close()


def main() -> None:
    """Read the options, edit, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--slug", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    django.setup()
    print(json.dumps(asdict(edit_and_look(options.port, options.slug, options.paths, options.seconds))))


if __name__ == "__main__":
    main()
