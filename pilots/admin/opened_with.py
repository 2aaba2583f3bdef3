"""Reads what a page carries of the state it was opened with."""

import json
from typing import Any

LONGEST = 100_000


def read_opened_with(text: str) -> dict[str, Any]:
    """What the page wrote as JSON, by field; nothing for anything else, however long or deep it is."""
    try:
        said = json.loads(text) if len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
