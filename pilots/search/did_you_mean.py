"""What a search of which nothing has all words may have been meant to be: only what finds public entries."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice, product
from typing import NamedTuple

from pyroaring import BitMap

from pilots.search.engine import find_all
from pilots.search.expression import Word
from pilots.search.known_words import BEGINNING, SHORTEST, similar_words, spellings
from pilots.search.page_languages import on_page
from pilots.search.query import QueryPart, parse_query
from pilots.search.ranking import SearchResult
from pilots.search.synonyms import Synonyms
from pilots.search.tables import TIERS, find_ids
from pilots.search.words import LETTERS, folded

LIKE = 0.75  # from 0 for nothing in common to 1 for the same: one wrong letter of four
MOST_WRONG = 2  # letters; one in a short word that begins otherwise: "mentoring" is no misspelt "monitoring"
LONG = 10
MOST_WORDS = 4  # of one search that are looked up
MOST_ALIKE = 12  # known words for each of them
MOST_SPELLINGS = 3  # of these
MOST_TRIED = 4  # searches


class TypedWord(NamedTuple):
    """A word as it was typed: where it stands, how it is compared, and the piece of the search it belongs to."""

    start: int
    end: int
    word: str
    piece: QueryPart


def suggestion(found: SearchResult, public: BitMap | None = None) -> str:
    """Another spelling of a search of which nothing has all words, "" when there is none that finds `public`.

    Three queries, or four. None where each word by itself is held by some document.
    """
    if (found.ids and not found.relaxed) or found.synonyms is None:
        return ""
    unknown = _unknown(found, list(islice(_typed(found), MOST_WORDS)))
    if not unknown:
        return ""
    choices = _spellings([typed.word for typed in unknown], found.table, found.synonyms)
    tried = [
        _respelt(found.query.text, unknown, chosen)
        for chosen in islice(product(*(choices[typed.word] for typed in unknown)), MOST_TRIED)
    ]
    for words, ids in zip(tried, find_all(found.table, map(parse_query, tried), found.synonyms), strict=True):
        if ids if public is None else ids & public:
            return words
    return ""


def _typed(found: SearchResult) -> Iterator[TypedWord]:
    """Yield the words of pieces that nothing holds, those that are long enough to be misspelt.

    Stop words that a relaxed search gave up are rightly spelt: "what" is not a misspelt "that". What an apostrophe
    cuts off is replaced with its word: "d’integration" may have been "reintegration".
    """
    missing = (piece for piece in found.relaxed.missing if not piece.is_stop_word) if found.relaxed else None
    for piece in found.query.wanted if missing is None else missing:
        for match in re.finditer(LETTERS, found.query.typed(piece)):
            word = "".join(folded(match[0]))
            if len(word) >= SHORTEST and (not piece.is_word or word == piece.unelided[0].word):
                start = 0 if piece.is_word else match.start()
                yield TypedWord(piece.start + start, piece.start + match.end(), word, piece)


def _unknown(found: SearchResult, typed: list[TypedWord]) -> list[TypedWord]:
    """The words with which no word of any document begins. One query, none where that is known."""
    if found.relaxed and all(one.piece.is_word for one in typed):
        return typed
    conditions = [(on_page(Word(one.word, prefix=True), one.piece.page), len(TIERS)) for one in typed]
    ids = find_ids(found.table, conditions) if typed else []
    return [one for one, having in zip(typed, ids, strict=True) if not having]


def _spellings(words: list[str], table: str, synonyms: Synonyms) -> dict[str, list[str]]:
    """For each word, those most like it as they are spelt, the most alike first. Two queries.

    Known words are of any language: only names, and what pages in this language show, are taken.
    """
    names = spellings(synonyms.names)
    choices: dict[str, dict[str, str]] = {}
    for word, known in similar_words(words).items():
        # Of two spellings, the one without a capital.
        spelt = {other: max(known.get(other, ""), names.get(other, "")) for other in known | names}
        choices[word] = {other: spelt[other] for other in _most_alike(word, spelt)}
    others = list({other for some in choices.values() for other in some if other not in names})
    conditions = [(on_page(Word(other), synonyms.language), len(TIERS)) for other in others]
    sets = find_ids(table, conditions) if conditions else []
    absent = {other for other, ids in zip(others, sets, strict=True) if not ids}
    return {
        word: [spelling for other, spelling in some.items() if other not in absent][:MOST_SPELLINGS]
        for word, some in choices.items()
    }


def _most_alike(word: str, others: Iterable[str]) -> list[str]:
    alike = sorted((-likeness, other) for other, likeness in _likeness(word, others) if other != word)
    return [other for _likeness, other in alike[:MOST_ALIKE]]


def _likeness(word: str, others: Iterable[str]) -> Iterator[tuple[str, float]]:
    matcher = SequenceMatcher(b=word, autojunk=False)
    for other in others:
        matcher.set_seq1(other)
        is_like = matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE
        most_wrong = MOST_WRONG if len(word) >= LONG or other.startswith(word[:BEGINNING]) else 1
        if is_like and _wrong_letters(matcher, word, other) <= most_wrong:
            yield other, matcher.ratio()


def _wrong_letters(matcher: SequenceMatcher[str], word: str, other: str) -> int:
    """How many letters are left out, put in, changed, or swapped, which takes one away and puts it in again."""
    wrong = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
    return wrong - (wrong == 2 and sorted(word) == sorted(other))


def _respelt(text: str, words: list[TypedWord], spelt: Iterable[str]) -> str:
    parts, here = [], 0
    for typed, spelling in zip(words, spelt, strict=True):
        parts += [text[here : typed.start], spelling]
        here = typed.end
    return "".join([*parts, text[here:]])
