"""Parts of pages that a process keeps ready, as long as what they are made from stays the same."""

import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

MOST_PARTS = 20_000
MOST_BYTES = 32 * 1024 * 1024
OVERHEAD = 500  # bytes that Python needs around a short text and its key, roughly

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Placeholder:
    """Where a ready part is completed for each visitor: what renders it, and what it has to know from the part."""

    node: Any
    values: dict[str, Any]


# A part as it is kept: ready text, with holes.
Part = tuple[str | Placeholder, ...]


@dataclass
class FragmentCache:
    """Parts made at one version; when another version is asked for, all of them go. Safe for several threads.

    When there are too many, or they are too large together, those that nobody asked for longest go first.
    """

    most_parts: int = MOST_PARTS
    most_bytes: int = MOST_BYTES
    version: object = None
    size: int = 0
    parts: OrderedDict[Key, Part] = field(default_factory=OrderedDict)
    lock: Any = field(default_factory=Lock)

    def get(self, version: object, key: Key) -> Part | None:
        """Return the part that was put here under `key` at this version, or None."""
        with self.lock:
            if version != self.version or key not in self.parts:
                return None
            self.parts.move_to_end(key)
            return self.parts[key]

    def put(self, version: object, key: Key, part: Part) -> None:
        """Keep a part that was made from the content at this version, or later."""
        with self.lock:
            if version != self.version:
                self.parts.clear()
                self.version, self.size = version, 0
            self.size += bytes_of(part) - bytes_of(self.parts.pop(key, None))
            self.parts[key] = part
            while self.parts and (len(self.parts) > self.most_parts or self.size > self.most_bytes):
                self.size -= bytes_of(self.parts.popitem(last=False)[1])


def bytes_of(part: Part | None) -> int:
    """Return how much memory a part takes, roughly; none for no part."""
    if part is None:
        return 0
    return OVERHEAD + sum(sys.getsizeof(text) if isinstance(text, str) else OVERHEAD for text in part)


# What is made from entries, by the number of the content; what is made from templates alone.
CONTENT, SITE = FragmentCache(), FragmentCache(version="site", most_parts=500)
