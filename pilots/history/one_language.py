"""What an entry says in one language, and which of its revisions changed that."""

from collections.abc import Iterable

from pilots.history.differences import Path, flat, nested
from pilots.models.content import Content

# A revision, the one it is compared with, and what it says.
Row = tuple[int, int | None, Content]


def is_in(path: Path, language: str) -> bool:
    """Whether a path leads to a text in `language`, or to what is known of one."""
    return path[-3:-2] in (("texts",), ("provenance",)) and path[-2] == language


def only_in(content: Content, language: str) -> Content:
    """The content without everything but its texts in `language` and what is known of them."""
    return nested({path: value for path, value in flat(content).items() if value and is_in(path, language)})


def changed_in(rows: Iterable[Row], language: str) -> list[int]:
    """The revisions that changed a text in `language` or what is known of one. Keeps no content in memory."""
    said, before = {}, {}
    for pk, former, content in rows:
        said[pk], before[pk] = hash(str(only_in(content, language))), former
    nothing = hash(str(nested({})))
    return [pk for pk, now in said.items() if now != said.get(before[pk] or 0, nothing)]
