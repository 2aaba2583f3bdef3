"""What else a word may be called: names of vocabulary values and countries, wordings of the glossary.

They are looked up when somebody searches, so that a renamed value or a new term makes no document anew.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.utils.translation import get_language, override
from django_countries import countries

from pilots.find.expression import Expression, Word, phrase
from pilots.find.words import COMPOUND, FUNCTION_WORDS, folded, forms, stem
from pilots.models import ActivityType, Audience, GlossaryTerm, Stage, TargetGroup

VOCABULARIES: dict[str, Any] = {
    "activity_types": ActivityType,
    "audiences": Audience,
    "target_groups": TargetGroup,
    "stages": Stage,
}
SHORTEST_BEGINNING = 3  # letters
MOST = 200  # meanings of one word


class Wording(NamedTuple):
    """A name, its words in order, and what stands in a document that has what it names."""

    name: str
    words: tuple[str, ...]
    others: frozenset[str]
    meanings: tuple[Expression, ...]

    def has(self, word: str, stemmed: str) -> bool:
        """Return whether `word` is one of its words, has the stem of one, or begins one."""
        if stemmed in self.others or word in self.others:
            return True
        is_beginning = len(word) >= SHORTEST_BEGINNING
        return any(
            own == word or (is_beginning and own.startswith(word)) for own in self.words if own not in FUNCTION_WORDS
        )

    def holds(self, words: tuple[str, ...]) -> bool:
        """Return whether `words` follow one another in it."""
        return any(self.words[n : n + len(words)] == words for n in range(len(self.words)))


class Synonyms:
    """All names that there are, in one language of the page. Two queries when it is made."""

    def __init__(self) -> None:
        self.terms = tuple(GlossaryTerm.objects.with_texts())
        self._wordings = (*_values(), *_countries(), *_glossary(self.terms))

    def of_word(self, word: str) -> list[Expression]:
        """Return what means the same as a word, in any language."""
        stemmed = stem(word, get_language() or "en")
        same = (meaning for wording in self._wordings if wording.has(word, stemmed) for meaning in wording.meanings)
        return list(dict.fromkeys(same))[:MOST]

    def of_phrase(self, words: tuple[str, ...]) -> list[Expression]:
        """Return what is named with these words in this order."""
        same = (meaning for wording in self._wordings if wording.holds(words) for meaning in wording.meanings)
        return list(dict.fromkeys(same))[:MOST]

    def names(self) -> Iterator[str]:
        """Yield all names, for those who misspell them."""
        return (wording.name for wording in self._wordings)


_kept: dict[str, tuple[int, Synonyms]] = {}  # by language


def synonyms(number: int | None) -> Synonyms:
    """Return the synonyms at a number of the content, kept as long as it stays the same. Two queries, or none."""
    language = get_language() or "en"
    kept_number, kept = _kept.get(language, (None, None))
    if kept is None or number is None or kept_number != number:
        kept = Synonyms()
        if number is not None:
            _kept[language] = (number, kept)
    return kept


def value_token(field: str, pk: int) -> str:
    """Return what stands in a document that has a value of a vocabulary."""
    return f":{field}:{pk}"


def country_token(code: str) -> str:
    """Return what stands in a document of a country."""
    return f":country:{code.lower()}"


def wording(name: str, language: str, meanings: Iterable[Expression]) -> Wording:
    """Return a name as it is compared."""
    found = COMPOUND.findall(name)
    words = tuple(word for compound in found for word in folded(compound))
    telling = (compound for compound in found if not FUNCTION_WORDS.issuperset(folded(compound)))
    return Wording(
        name, words, frozenset().union(*(forms(compound, language) for compound in telling)), tuple(meanings)
    )


def _values() -> Iterator[Wording]:
    """Yield every name of every value of a vocabulary. One query."""
    rows = [
        model.objects.order_by().values_list(
            Value(field), F("pk"), F("translations__language_code"), F("translations__name")
        )
        for field, model in VOCABULARIES.items()
    ]
    for field, pk, language, name in rows[0].union(*rows[1:], all=True):
        yield wording(name or "", language or "", [Word(value_token(field, pk))])


def _countries() -> Iterator[Wording]:
    for language in {get_language() or "en", "en"}:
        with override(language):
            for code, name in countries:
                yield wording(str(name), language, [Word(country_token(code))])


def _glossary(terms: Iterable[GlossaryTerm]) -> Iterator[Wording]:
    """Yield each wording of each term; its meanings are the other wordings."""
    for term in terms:
        named = [(row.language_code, row.term) for row in term.translations.all()]
        wordings = [wording(name, language, ()) for language, name in [*named, (term.original_language, term.original)]]
        for own in wordings:
            others = {other.words for other in wordings if other.words and other.words != own.words}
            if others and own.words:
                yield own._replace(meanings=tuple(phrase(words) for words in sorted(others)))
