"""What the search box suggests while somebody types: public things with a word in their name for each typed one."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pyroaring import BitMap

from pilots.index.pilots import Index, index
from pilots.search.names import KINDS, NOTHING, PILOT, Name, Names, TextInLanguage, names, titles_of
from pilots.search.prefix_index import PrefixIndex, TranslatedIndex, typed_words

MOST = 8
SHARE = 2  # suggestions that each kind has before any has more
SHORTEST = 2  # letters typed


class Suggestion(NamedTuple):
    """Something that matches, the best first when sorted; `row` is the id of a pilot, for others a place in a list."""

    starts_elsewhere: bool
    kind: int
    place: int
    row: int


def suggest(words: str) -> list[Name]:
    """At most eight names for what was typed, those of one kind together, the best kind first.

    A name that begins with what was typed comes before one in which it stands further on. One or two queries;
    two or three more when the content has changed.
    """
    typed = typed_words(words)
    if sum(map(len, typed)) < SHORTEST:
        return []
    present = index()
    known = names(present)
    chosen = together(share(sorted([*_pilots(present, known, typed), *_others(known, typed)])))
    titles = titles_of(present, [match.row for match in chosen if KINDS[match.kind] == PILOT])
    found = [_name(match, present, known, titles) for match in chosen]
    return [name for name in found if name]


def share(matches: list[Suggestion]) -> list[Suggestion]:
    """The best matches, in order: at most SHARE of a kind as long as there are others."""
    seen: Counter[int] = Counter()
    first: list[Suggestion] = []
    more: list[Suggestion] = []
    for match in matches:
        seen[match.kind] += 1
        (first if seen[match.kind] <= SHARE else more).append(match)
    return sorted([*first, *more][:MOST])


def together(matches: list[Suggestion]) -> list[Suggestion]:
    """The matches with those of one kind together, the kind with the best match first."""
    kinds = list(dict.fromkeys(match.kind for match in matches))
    return sorted(matches, key=lambda match: kinds.index(match.kind))


def _pilots(present: Index, known: Names, typed: list[str]) -> Iterator[Suggestion]:
    """Yield the pilots that match; of too many, those that were entered last."""
    for starts_elsewhere, rows in _found(known.pilots, typed):
        for row in (rows & present.public)[-MOST:]:
            yield Suggestion(starts_elsewhere, KINDS.index(PILOT), -row, row)


def _others(known: Names, typed: list[str]) -> Iterator[Suggestion]:
    """Yield what else matches; of too many of one kind, those that most pilots have."""
    for starts_elsewhere, rows in _found(known.words, typed):
        for kind, of_kind in known.kinds.items():
            for row in (rows & of_kind)[:MOST]:
                yield Suggestion(starts_elsewhere, KINDS.index(kind), row, row)


def _found(words: PrefixIndex | TranslatedIndex, typed: list[str]) -> Iterator[tuple[bool, BitMap]]:
    having = words.having(typed)
    starting = having & words.starting(typed)
    yield False, starting
    yield True, having - starting


def _name(match: Suggestion, present: Index, known: Names, titles: dict[int, TextInLanguage]) -> Name | None:
    """What a match is called, None for a pilot that was hidden meanwhile."""
    if KINDS[match.kind] != PILOT:
        return known.others[match.row]
    if match.row not in titles:
        return None
    facts = present.facts[match.row]
    return Name(PILOT, facts.slug, titles[match.row], known.places.get(facts.authority, NOTHING))
