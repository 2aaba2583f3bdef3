"""What else a word may be called: names of vocabulary values and countries, wordings of the glossary, synonyms.

They are looked up when somebody searches, so that a renamed value or a new term makes no document anew.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from django.db import models
from django.db.models import F

from pilots.index.per_version import PerVersion
from pilots.models import GlossaryTerm, SynonymSet
from pilots.models.provenance import ORIGINAL
from pilots.models.synonyms import split_words
from pilots.models.translation import current_language, shown
from pilots.models.vocabulary import VOCABULARIES
from pilots.search.compounds import typed_end
from pilots.search.expression import AllOf, Expression, Word, any_of, phrase
from pilots.search.spelling import spelling_key
from pilots.search.stop_words import ALL_FUNCTION_WORDS
from pilots.search.wordings import (
    TermNames,
    ValueName,
    Wording,
    country_wordings,
    glossary_wordings,
    value_wordings,
    wording,
)
from pilots.search.words import (
    COMPOUND,
    SWEDISH,
    SpelledWord,
    begin_alike,
    folded,
    spelled,
    stems,
    stems_of,
    swedish,
)

# A set of synonyms: its language, and its words, one a line.
WordSet = tuple[str, str]

SHORTEST_BEGINNING = 3  # letters
MOST = 200  # names for one word
LONGEST_NAME = 4  # words


class NameLookup:
    """All names that there are, in one language of the page.

    Each look-up costs as much as what it finds, however many names there are.
    """

    def __init__(
        self, language: str, values: Iterable[ValueName], terms: Iterable[TermNames], sets: Iterable[WordSet]
    ) -> None:
        self._by_word: dict[str, list[Wording]] = defaultdict(list)
        self._by_name: dict[tuple[str, ...], list[Wording]] = defaultdict(list)
        self._sorted: list[str] = []
        self.language = language
        self._wordings = self._added(
            (*value_wordings(values, language), *country_wordings(language), *glossary_wordings(terms, language))
        )
        self._wordings += self._added(_of_sets(sets, self))

    def __iter__(self) -> Iterator[str]:
        """Yield all names, for those who misspell them."""
        return (wording.name for wording in self._wordings)

    def _added(self, wordings: Iterable[Wording]) -> list[Wording]:
        """Make names findable; return them."""
        added = list(wordings)
        for one in added:
            for key in name_keys(one.words, one.language):
                self._by_name[key].append(one)
            words = one.words if len(one.words) == 1 or not one.is_whole else ()
            for word in one.others.union(words) - ALL_FUNCTION_WORDS if words else ():
                self._by_word[word].append(one)
        self._sorted = sorted(word for word in self._by_word if not word.startswith(":"))
        return added

    def of_word(self, one: SpelledWord) -> list[Wording]:
        """Names with a word, in any language: as it is, with its stem, or beginning with it."""
        exact = [found for form in (one.word, *typed_end(one, self.language)) for found in self._by_word.get(form, ())]
        stemmed = (found for stem in stems_of(one.written) for found in self._by_word.get(stem, ()))
        exact += (found for found in stemmed if not found.is_whole or begin_alike(one.word, "".join(found.words)))
        return _different([*exact, *(self._beginning(one) if len(one.word) >= SHORTEST_BEGINNING else ())])

    def of_phrase(self, words: tuple[str, ...]) -> list[Wording]:
        """Names with these words in this order."""
        some = (one for one in self._by_word.get(words[0], ()) if not one.is_whole and one.holds(words))
        return _different([*some, *self.of_name(words)])

    def of_name(self, words: tuple[str, ...]) -> list[Wording]:
        """Names of these words, in forms of English or of the page's language."""
        return _different(one for key in name_keys(words, self.language) for one in self._by_name.get(key, ()))

    def _beginning(self, start: SpelledWord) -> Iterator[Wording]:
        """Yield the names of which only a part has to be typed, with a word that begins so."""
        letters = swedish(start) if self.language == SWEDISH else ""
        for word in self._sorted[bisect_left(self._sorted, start.word) :]:
            if not word.startswith(start.word):
                return
            some = (one for one in self._by_word[word] if not one.is_whole and word in one.words)
            yield from (one for one in some if not letters or any(form.startswith(letters) for form in one.others))


@lru_cache(maxsize=1 << 14)
def name_keys(words: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name as names of several words are compared: "early releases", «centros penitenciarios»."""
    content_words = [SpelledWord(word, word) for word in words if word not in ALL_FUNCTION_WORDS]
    some = (tuple(min(stems(one, code), default=one.word) for one in content_words) for code in ("en", language))
    return tuple(dict.fromkeys(some))


def _different(wordings: Iterable[Wording]) -> list[Wording]:
    return list(dict.fromkeys(wordings))[:MOST]


class Synonyms(NamedTuple):
    """The glossary, and all names that there are, with the rows that they are made from."""

    terms: tuple[GlossaryTerm, ...]
    names: NameLookup
    language: str
    rows: tuple[tuple[ValueName, ...], tuple[TermNames, ...], tuple[WordSet, ...]]


_synonyms: PerVersion[Synonyms] = PerVersion()


def synonyms(number: int | None) -> Synonyms:
    """The synonyms at a version of the content, in the language of the page. Three queries, or none."""
    language = current_language()
    return _synonyms.get(number, lambda old: _read(language, old), key=language)


def _read(language: str, old: Synonyms | None) -> Synonyms:
    """What there is now; most changes of the content touch no name, and leave the names as they are."""
    terms = tuple(GlossaryTerm.objects.with_texts())
    rows = (_rows(), tuple(map(_wordings, terms)), _sets(language))
    names = old.names if old and old.rows == rows else NameLookup(language, *rows)
    return Synonyms(terms, names, language, rows)


def _rows() -> tuple[ValueName, ...]:
    """Every name of every value of a vocabulary. One query."""
    rows = [
        model.objects.order_by().values_list(
            models.Value(field), F("pk"), F("translations__language_code"), shown("translations__name")
        )
        for field, model in VOCABULARIES.items()
    ]
    return tuple(rows[0].union(*rows[1:], all=True))


def _sets(page: str) -> tuple[WordSet, ...]:
    """The sets of synonyms in the language of the page, and in English, of its fallback texts. One query."""
    return tuple(SynonymSet.objects.filter(language__in=(page, ORIGINAL)).values_list("language", "words"))


def _wordings(term: GlossaryTerm) -> TermNames:
    """What a glossary term is called, in the portal's languages and in its own."""
    named = ((row.language_code, row.shown("term")) for row in term.translations.all())
    return (*named, (term.original_language, term.original))


def _of_sets(sets: Iterable[WordSet], known: NameLookup) -> list[Wording]:
    """Each word of each set of synonyms once for each other word of the set.

    What a word finds by being a name, as of a vocabulary value, its synonyms find as well.
    """
    return [
        wording(word, language, [_as_searched(other), *_named(other, known)], label=other, is_whole=True)
        for language, text in sets
        for word, other in permutations(split_words(text), 2)
        if _as_one(word) != _as_one(other)
    ]


@lru_cache(maxsize=1 << 12)
def _as_one(name: str) -> str:
    """A name in one word: "after-care" is found as "aftercare" anyway, and is no other name of it."""
    return spelling_key("".join(one.word for one in spelled(name)))


def _named(name: str, known: NameLookup) -> list[Expression]:
    words = spelled(name)
    wordings = known.of_word(words[0]) if len(words) == 1 else known.of_name(tuple(one.word for one in words))
    return [meaning for one in wordings for meaning in one.meanings]


@lru_cache(maxsize=1 << 12)
def _as_searched(name: str) -> Expression:
    """The condition that all words of a name are there, in any form, as when they are searched for."""
    every: list[Expression] = []
    for compound in COMPOUND.findall(name):
        words = folded(compound)
        if not ALL_FUNCTION_WORDS.issuperset(words):
            apart = [phrase(some) for some in dict.fromkeys((words, tuple(map(spelling_key, words))))]
            whole = "".join(words)
            alone = {whole, spelling_key(whole)} | stems_of(compound if len(words) == 1 else whole)
            every.append(any_of([*apart, *map(Word, sorted(alone))]))
    return every[0] if len(every) == 1 else AllOf(tuple(every))
