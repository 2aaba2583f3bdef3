"""Conditions on the words of a document, and how each database writes them.

They are made of folded words only (letters and digits, and tokens of ours that begin with a colon), so
that nothing a visitor types can be read as part of the language of the database.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Word(NamedTuple):
    """A word, or with `prefix` any word that begins so."""

    text: str
    prefix: bool = False


class Phrase(NamedTuple):
    """Words that follow one another; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


class AnyOf(NamedTuple):
    """At least one of the parts."""

    parts: tuple["Expression", ...]


class AllOf(NamedTuple):
    """All of the parts."""

    parts: tuple["Expression", ...]


Expression: TypeAlias = Word | Phrase | AnyOf | AllOf


def phrase(words: tuple[str, ...], *, prefix: bool = False) -> Word | Phrase:
    """The condition that `words` follow one another; a single one is simply a word."""
    return Word(words[0], prefix) if len(words) == 1 else Phrase(words, prefix)


def any_of(parts: Iterable[Expression]) -> Expression:
    """The condition that one of `parts` holds, each once."""
    different = tuple(dict.fromkeys(parts))
    return different[0] if len(different) == 1 else AnyOf(different)


def with_long_beginnings(condition: Expression, shortest: int) -> Expression:
    """The same condition, in which only words of so many letters may be the beginnings of others."""
    match condition:
        case Word(text, prefix):
            return Word(text, prefix and len(text.rpartition(":")[2]) >= shortest)
        case Phrase(words, prefix):
            return Phrase(words, prefix and len(words[-1]) >= shortest)
        case AnyOf(parts):
            return AnyOf(tuple(with_long_beginnings(part, shortest) for part in parts))
        case AllOf(parts):
            return AllOf(tuple(with_long_beginnings(part, shortest) for part in parts))


def for_fts5(condition: Expression) -> str:
    """The condition as SQLite's FTS5 reads it."""
    match condition:
        case Word(text, prefix):
            return f'"{text}"{"*" if prefix else ""}'
        case Phrase(words, prefix):
            return f'"{" ".join(words)}"{"*" if prefix else ""}'
        case AnyOf(parts):
            return f"({' OR '.join(map(for_fts5, parts))})"
        case AllOf(parts):
            return f"({' AND '.join(map(for_fts5, parts))})"


def for_tsquery(condition: Expression) -> str:
    """The condition as a tsquery of PostgreSQL."""
    match condition:
        case Word(text, prefix):
            return f"'{text}'{':*' if prefix else ''}"
        case Phrase(words, prefix):
            quoted = (f"'{word}'" for word in words)
            return f"({' <-> '.join(quoted)}{':*' if prefix else ''})"
        case AnyOf(parts):
            return f"({' | '.join(map(for_tsquery, parts))})"
        case AllOf(parts):
            return f"({' & '.join(map(for_tsquery, parts))})"
