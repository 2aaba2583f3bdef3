"""Names as the search compares them, with what they name: values of vocabularies, countries, terms of the glossary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import override
from django_countries import countries

from pilots.models.translation import best_text
from pilots.search.compounds import ends_of_texts
from pilots.search.country_names import country_names
from pilots.search.expression import Expression, Word, phrase
from pilots.search.page_languages import DocumentText
from pilots.search.stop_words import ALL_FUNCTION_WORDS
from pilots.search.words import COMPOUND, folded, forms


class Wording(NamedTuple):
    """A name, its words in order, what else it is found by, and what stands in a document that has what it names.

    Where the page has to say what a search was taken for, `label` is that. A name that `is_whole` counts only when
    it is typed in full: "pays" alone is not Pays-Bas. One that `is_foreign` is another language's for what the page
    calls otherwise, and counts only where the page has nothing for a word: “former” is French for training someone.
    """

    name: str
    words: tuple[str, ...]
    others: frozenset[str]
    meanings: tuple[Expression, ...]
    language: str = ""
    label: str = ""
    is_whole: bool = False
    is_foreign: bool = False

    def holds(self, words: tuple[str, ...]) -> bool:
        return any(self.words[n : n + len(words)] == words for n in range(len(self.words)))


# A value of a vocabulary by one name: the vocabulary, the value, the language, the name.
ValueName = tuple[str, int, str | None, str | None]
# The wordings of a glossary term, each with its language.
TermNames = tuple[tuple[str, str], ...]


def value_token(field: str, pk: int) -> str:
    """What stands in a document that has a value of a vocabulary."""
    return f":{field}:{pk}"


def country_token(code: str) -> str:
    return f":country:{code.lower()}"


def wording(name: str, language: str, meanings: Iterable[Expression], **more: Any) -> Wording:
    return Wording(name, *_compared(name, language), tuple(meanings), language, **more)


@lru_cache(maxsize=1 << 14)
def _compared(name: str, language: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a name in order, and what else it is found by."""
    found = COMPOUND.findall(name)
    words = tuple(word for compound in found for word in folded(compound))
    content_words = (compound for compound in found if not ALL_FUNCTION_WORDS.issuperset(folded(compound)))
    return words, frozenset().union(*(forms(compound, language) for compound in content_words))


def value_wordings(rows: Iterable[ValueName], page: str) -> Iterator[Wording]:
    """Yield every name of every value of a vocabulary, those of other languages with what the page calls it."""
    named: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for field, pk, language, name in rows:
        named[field, pk][language or ""] = name or ""
    for (field, pk), names in named.items():
        label, shown_in = best_text(names, page)
        for language, name in names.items():
            foreign = language not in (page, shown_in)
            more = {"label": label, "is_whole": True, "is_foreign": True} if foreign else {}
            named_so = wording(name, language, [Word(value_token(field, pk))], **more)
            ends = frozenset() if foreign else ends_of_texts([DocumentText(language, name)])
            yield named_so._replace(others=named_so.others | ends)


def country_wordings(language: str) -> Iterator[Wording]:
    """Yield countries as the page names them, and as people call them in all languages of the portal."""
    for code, name in dict(countries).items():
        meaning = [Word(country_token(code))]
        own = [wording(str(name), language, meaning)]
        if language != "en":
            with override("en"):
                own.append(wording(str(countries.name(code)), "en", meaning))
        yield from own
        known = {one.words for one in own}
        for other_language, other in country_names(code):
            one = wording(other, other_language, meaning, label=own[0].name, is_whole=True)
            if one.words not in known:
                yield one


def glossary_wordings(terms: Iterable[TermNames], page: str) -> Iterator[Wording]:
    """Yield each wording of each term; its meanings are the other wordings. The last is its own, in any language."""
    for term in terms:
        *translated, original = [wording(name, language, ()) for language, name in term]
        shown_in = best_text({one.language: one.name for one in translated}, page)[1]
        foreign = [one.language not in (page, shown_in) for one in translated]
        wordings = [one._replace(is_whole=n, is_foreign=n) for one, n in zip(translated, foreign, strict=True)]
        wordings.append(original)
        for own in wordings:
            others = {other.words for other in wordings if other.words and other.words != own.words}
            if others and own.words:
                yield own._replace(meanings=tuple(phrase(words) for words in sorted(others)))
