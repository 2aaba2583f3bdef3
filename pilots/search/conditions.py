"""What a document must hold, to hold each word, compound or phrase of a search: in which spellings, stems, names."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pilots.search.compounds import typed_end
from pilots.search.expression import AllOf, Expression, Phrase, Word, any_of, phrase, with_long_beginnings
from pilots.search.page_languages import on_page
from pilots.search.query import QueryPart
from pilots.search.spelling import spelling_key
from pilots.search.stop_words import stop_words
from pilots.search.synonyms import LONGEST_NAME, SHORTEST_BEGINNING, Synonyms
from pilots.search.wordings import Wording
from pilots.search.words import SWEDISH, SpelledWord, joined, stems_of, swedish

SHORTEST_PART = 3  # letters of a word that is written together with another
LONG_BEGINNING = 5  # letters of what may be the beginning of a word in another language than the page's


class SearchTerm(NamedTuple):
    """A piece of a search: what must be there, and the same without names that the page has to mention.

    `also` are these names, as the page says them: “municipality” for “city”. `foreign` are names that another language
    has for what the page calls otherwise: they count only where nothing else is found. `page` is the language of those
    pages whose texts are looked through: of the page itself, or one that `is_elsewhere`.
    """

    piece: QueryPart
    condition: Expression
    narrow: Expression
    also: tuple[str, ...] = ()
    foreign: tuple[Wording, ...] = ()
    page: str = "en"
    is_elsewhere: bool = False

    @property
    def on_page(self) -> Expression:
        """The condition, as the tables have it for pages in the language that is asked."""
        return on_page(self.condition, self.page)

    def by_foreign_names(self) -> "SearchTerm":
        """The same for what the page calls otherwise, of which there has to be some."""
        also = tuple(dict.fromkeys(one.label for one in self.foreign if one.label))
        return self._replace(condition=any_of(chain.from_iterable(one.meanings for one in self.foreign)), also=also)

    def elsewhere(self, page: str) -> "SearchTerm":
        """The same for the texts of pages in another language, where short beginnings would find too much by chance."""
        condition, narrow = (with_long_beginnings(one, LONG_BEGINNING) for one in (self.condition, self.narrow))
        return self._replace(condition=condition, narrow=narrow, page=page, is_elsewhere=True)


def parts(pieces: Sequence[QueryPart], known: Synonyms) -> tuple[SearchTerm, ...]:
    """The condition of each piece. Words also stand together with their neighbours: "front line"."""
    names = _names_of_several(pieces, known)
    return tuple(
        _part(piece, [*_meanings(piece, known), *names.get(n, ())], _with_neighbours(pieces, n))
        for n, piece in enumerate(pieces)
    )


def _part(piece: QueryPart, wordings: list[Wording], neighbours: list[Expression]) -> SearchTerm:
    own = [*_own(piece), *neighbours]
    known = [one for one in wordings if not one.is_foreign]
    typed = {meaning for one in known if not one.label for meaning in one.meanings}
    narrow = any_of([*own, *chain.from_iterable(one.meanings for one in known if not one.label)])
    wide = any_of([*own, *chain.from_iterable(one.meanings for one in known)])
    also = dict.fromkeys(one.label for one in known if one.label and not typed.issuperset(one.meanings))
    foreign = tuple(one for one in wordings if one.is_foreign)
    return SearchTerm(piece, wide, narrow, tuple(also), foreign, piece.page)


def _own(piece: QueryPart) -> list[Expression]:
    """How the words of a piece may stand in a document."""
    if piece.is_quoted:
        return [*_phrases(piece.words, prefix=False), *_as_one(piece, prefix=False)]
    prefix = not piece.is_excluded
    if len(piece.unelided) == 1:
        one = piece.unelided[0]
        return [*_forms(one, piece), *_split(one.word, piece.page), *_as_one(piece, prefix=prefix)]
    apart = _phrases(tuple(one.word for one in piece.unelided), prefix=prefix)
    if prefix and all(len(one.word) >= SHORTEST_BEGINNING or one.word.isdigit() for one in piece.unelided):
        apart = [AllOf(tuple(any_of(_forms(one, piece)) for one in piece.unelided))]
    return [*apart, *_as_one(piece, prefix=prefix)]


def _forms(one: SpelledWord, piece: QueryPart) -> list[Expression]:
    """A word as it is written, the key of both its spellings, its stems, and the ends of compounds that are its forms.

    All but stems and ends may go on. The key is English: on other pages it does not, or “libre” would begin “liberté”.
    What is typed in Swedish letters goes on in these: “mål” does not begin “Málaga”.
    """
    is_beginning = len(one.word) >= SHORTEST_BEGINNING or (piece.is_last and len(one.word) > 1)
    may_go_on = is_beginning and not piece.is_excluded
    letters = swedish(one) if piece.page == SWEDISH else ""
    spellings = _spellings(one.word, piece, prefix=may_go_on and not letters)
    if letters:
        spellings.append(Word(letters, may_go_on))
    ends = set() if piece.is_excluded or piece.is_stop_word else typed_end(one, piece.page)
    return [*spellings, *map(Word, sorted(stems_of(one.written) | ends))]


def _spellings(word: str, piece: QueryPart, *, prefix: bool) -> list[Word]:
    key = Word(spelling_key(word), prefix and piece.page == "en")
    return [Word(word, prefix), *([key] if key.text != word else ())]


def _phrases(words: tuple[str, ...], *, prefix: bool) -> list[Expression]:
    return [phrase(some, prefix=prefix) for some in dict.fromkeys((words, tuple(map(spelling_key, words))))]


def _as_one(piece: QueryPart, *, prefix: bool) -> list[Expression]:
    """A compound as it is written in one word."""
    one_word = joined(piece.words) if piece.is_compound else ""
    if not one_word:
        return []
    is_stemmed = not piece.is_quoted and len(piece.unelided) == len(piece.words)
    stems = map(Word, sorted(stems_of(one_word))) if is_stemmed else ()
    return [*_spellings(one_word, piece, prefix=prefix), *stems]


def _split(word: str, page: str) -> Iterator[Phrase]:
    """Yield a word as two, wherever it may be parted: "frontline" stands in texts as "front line", too."""
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if word.isalpha() else ():
        if stop_words(page).isdisjoint((word[:end], word[end:])):
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
    one_word = joined(piece.words) if piece.is_compound else ""
    of_words = known.names.of_phrase(piece.words) if len(piece.words) > 1 or piece.is_quoted else []
    of_one = known.names.of_word(SpelledWord(one_word, one_word)) if one_word else []
    found = [*of_words, *of_one, *(known.names.of_word(piece.unelided[0]) if piece.is_word else ())]
    return [one for one in found if not (piece.is_quoted and (one.label or one.is_foreign))]


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
