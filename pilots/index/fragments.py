"""Rendered parts of pages that a process caches, as long as what they are made from stays the same."""

import sys
from dataclasses import dataclass
from typing import Any

from pilots.index.per_version import VersionedCache

OVERHEAD = 500  # bytes that Python needs around a short text and its key, roughly


@dataclass(frozen=True)
class Placeholder:
    """Where a cached fragment is completed for each visitor: the node that renders it, and the values it needs."""

    node: Any
    values: dict[str, Any]


# A fragment as it is cached: text, with placeholders in between.
Fragment = tuple[str | Placeholder, ...]


def bytes_of(fragment: Fragment) -> int:
    """How much memory a fragment takes, roughly."""
    return OVERHEAD + sum(sys.getsizeof(text) if isinstance(text, str) else OVERHEAD for text in fragment)


class FragmentCache(VersionedCache[Fragment]):
    """Fragments of one version."""

    def __init__(self, version: object = None, most: int = 20_000, most_bytes: int = 32 * 1024 * 1024) -> None:
        super().__init__(most, most_bytes, bytes_of, version)


# What is made from entries, by the version of the content; what is made from templates alone.
CONTENT, SITE = FragmentCache(), FragmentCache(version="site", most=500)
