"""What a document must hold, to hold each word, compound or phrase of a search: in which spellings, stems, names."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pilots.search.expression import AllOf, Expression, Phrase, Word, any_of, phrase
from pilots.search.query import QueryPart
from pilots.search.spelling import spelling_key
from pilots.search.stop_words import STOP_WORDS
from pilots.search.synonyms import LONGEST_NAME, SHORTEST_BEGINNING, Synonyms, Wording
from pilots.search.words import SpelledWord, joined, stems_of

SHORTEST_PART = 3  # letters of a word that is written together with another


class SearchTerm(NamedTuple):
    """A piece of a search: what must be there, and the same without names that the page has to mention.

    `also` are these names, as the page says them: “municipality” for “city”.
    """

    piece: QueryPart
    condition: Expression
    narrow: Expression
    also: tuple[str, ...] = ()


def parts(pieces: Sequence[QueryPart], known: Synonyms) -> tuple[SearchTerm, ...]:
    """The condition of each piece. Words also stand together with their neighbours: "front line"."""
    names = _names_of_several(pieces, known)
    return tuple(
        _part(piece, [*_meanings(piece, known), *names.get(n, ())], _with_neighbours(pieces, n))
        for n, piece in enumerate(pieces)
    )


def _part(piece: QueryPart, wordings: list[Wording], neighbours: list[Expression]) -> SearchTerm:
    own = [*_own(piece), *neighbours]
    narrow = any_of([*own, *chain.from_iterable(one.meanings for one in wordings if not one.label)])
    wide = any_of([*own, *dict.fromkeys(chain.from_iterable(one.meanings for one in wordings))])
    return SearchTerm(piece, wide, narrow, tuple(dict.fromkeys(one.label for one in wordings if one.label)))


def _own(piece: QueryPart) -> list[Expression]:
    """How the words of a piece may stand in a document."""
    if piece.is_quoted:
        return [*_phrases(piece.words, prefix=False), *_as_one(piece, prefix=False)]
    prefix = not piece.is_excluded
    if len(piece.unelided) == 1:
        one = piece.unelided[0]
        return [*_forms(one, piece), *_split(one.word), *_as_one(piece, prefix=prefix)]
    apart = _phrases(tuple(one.word for one in piece.unelided), prefix=prefix)
    if prefix and all(len(one.word) >= SHORTEST_BEGINNING or one.word.isdigit() for one in piece.unelided):
        apart = [AllOf(tuple(any_of(_forms(one, piece)) for one in piece.unelided))]
    return [*apart, *_as_one(piece, prefix=prefix)]


def _forms(one: SpelledWord, piece: QueryPart) -> list[Expression]:
    """A word as it is written, the key of both its spellings, and its stems; all but these may go on."""
    is_beginning = len(one.word) >= SHORTEST_BEGINNING or (piece.is_last and len(one.word) > 1)
    spellings = dict.fromkeys((one.word, spelling_key(one.word)))
    prefix = is_beginning and not piece.is_excluded
    return [*(Word(word, prefix) for word in spellings), *map(Word, sorted(stems_of(one.written)))]


def _phrases(words: tuple[str, ...], *, prefix: bool) -> list[Expression]:
    return [phrase(some, prefix=prefix) for some in dict.fromkeys((words, tuple(map(spelling_key, words))))]


def _as_one(piece: QueryPart, *, prefix: bool) -> list[Expression]:
    """A compound as it is written in one word."""
    whole = joined(piece.words) if piece.is_compound else ""
    if not whole:
        return []
    words: list[Expression] = [Word(word, prefix) for word in dict.fromkeys((whole, spelling_key(whole)))]
    is_stemmed = not piece.is_quoted and len(piece.unelided) == len(piece.words)
    return [*words, *(map(Word, sorted(stems_of(whole))) if is_stemmed else ())]


def _split(word: str) -> Iterator[Phrase]:
    """Yield a word as two, wherever it may be parted: "frontline" stands in texts as "front line", too."""
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if word.isalpha() else ():
        if word[:end] not in STOP_WORDS and word[end:] not in STOP_WORDS:
            yield Phrase((word[:end], word[end:]))


def _with_neighbours(pieces: Sequence[QueryPart], n: int) -> list[Expression]:
    """A word together with the one before it and the one after it, as one word each."""
    pairs = zip(pieces[max(n - 1, 0) : n + 1], pieces[max(n - 1, 0) + 1 : n + 2], strict=False)
    return [
        form
        for first, second in pairs
        if _may_be_one(first, second)
        for form in _forms(_written_together(first.unelided[0], second.unelided[0]), second)
    ]


def _may_be_one(*pieces: QueryPart) -> bool:
    return all(piece.is_word and len(piece.unelided[0].word) >= SHORTEST_PART for piece in pieces)


def _written_together(first: SpelledWord, second: SpelledWord) -> SpelledWord:
    return SpelledWord(first.word + second.word, first.written + second.written)


def _meanings(piece: QueryPart, known: Synonyms) -> list[Wording]:
    """What else a piece may be called; in quotation marks, only what needs no mention on the page."""
    whole = joined(piece.words) if piece.is_compound else ""
    of_words = known.names.of_phrase(piece.words) if len(piece.words) > 1 or piece.is_quoted else []
    of_one = known.names.of_word(SpelledWord(whole, whole)) if whole else []
    found = [*of_words, *of_one, *(known.names.of_word(piece.unelided[0]) if piece.is_word else ())]
    return [one for one in found if not (piece.is_quoted and one.label)]


def _names_of_several(pieces: Sequence[QueryPart], known: Synonyms) -> dict[int, list[Wording]]:
    """Names of several words that stand in a search without quotation marks, for each of these words."""
    found: dict[int, list[Wording]] = {}
    for start in range(len(pieces)):
        for end in range(start + 2, min(start + LONGEST_NAME, len(pieces)) + 1):
            some = pieces[start:end]
            if not all(piece.is_word for piece in some):
                break
            words = tuple(piece.unelided[0].word for piece in some)
            for wording in (*known.names.of_name(words), *known.names.of_name(("".join(words),))):
                for n in range(start, end):
                    found.setdefault(n, []).append(wording)
    return found
