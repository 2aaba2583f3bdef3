"""What is made from the content and cached by a process, as long as the version of the content stays the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class PerVersion(Generic[Value]):
    """A value for each key, made when it is first asked for, and again at another version. Safe for several threads."""

    def __init__(self) -> None:
        self._cached: dict[Hashable, tuple[int, Value]] = {}
        self._lock = Lock()

    def get(self, version: int | None, make: Callable[[Value | None], Value], key: Hashable = None) -> Value:
        """The value at this version; without a version it is made, and not cached.

        `make` gets the value of the former version, so that only what changed has to be read again.
        """
        if version is None:
            return make(None)
        cached = self._cached.get(key)
        if cached and cached[0] == version:
            return cached[1]
        with self._lock:
            cached = self._cached.get(key)
            if not cached or cached[0] != version:
                cached = self._cached[key] = version, make(cached[1] if cached else None)
            return cached[1]

    def clear(self) -> None:
        self._cached.clear()


@dataclass
class VersionedCache(Generic[Value]):
    """Many values made at one version; when another version is asked for, all of them go. Safe for several threads.

    When there are too many, or they are too large together, the least recently used go first.
    """

    most: int
    most_bytes: int = 0
    size_of: Callable[[Value], int] = lambda _value: 0
    version: object = None
    size: int = 0
    items: OrderedDict[Hashable, Value] = field(default_factory=OrderedDict)
    lock: Any = field(default_factory=Lock)

    def get(self, version: object, key: Hashable) -> Value | None:
        """The value that was put here under `key` at this version, or None."""
        with self.lock:
            if version != self.version or key not in self.items:
                return None
            self.items.move_to_end(key)
            return self.items[key]

    def put(self, version: object, key: Hashable, value: Value) -> None:
        """Cache a value that was made from the content at this version, or later; nothing without a version."""
        if version is None or value is None:
            return
        with self.lock:
            if version != self.version:
                self.items.clear()
                self.version, self.size = version, 0
            self._forget(key)
            self.items[key] = value
            self.size += self.size_of(value)
            while self.items and (len(self.items) > self.most or self.size > self.most_bytes):
                self._forget(next(iter(self.items)))

    def get_or_make(self, version: object, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value cached under `key`, else make it and keep it, unless it is None."""
        value = self.get(version, key)
        if value is None:
            value = make()
            self.put(version, key, value)
        return value

    def _forget(self, key: Hashable) -> None:
        if key in self.items:
            self.size -= self.size_of(self.items.pop(key))

    def clear(self) -> None:
        with self.lock:
            self.items.clear()
            self.size = 0
