"""Search: all words, in any order, each at the beginning of a word; case, accents and punctuation aside.

This reads the texts of all public pilots at each search, which is exact and always up to date, and
right for some hundreds of entries. A larger index would replace the inside of `search`, not its form.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django_countries import countries

from pilots.models import GlossaryTerm, Lesson, Pilot

WORD = re.compile(r"\w+")
# What a pilot is called and classified as; its lessons are found by this too.
NAMES = (
    ("translations__title",),
    ("authority__translations__name", "authority__translations__place"),
    ("partners__original_name", "partners__translations__name", "partners__translations__full_name"),
    ("activity_types__translations__name",),
    ("audiences__translations__name",),
    ("target_groups__translations__name",),
    ("stages__translations__name",),
)
SEARCHED = (
    *NAMES,
    tuple(
        f"translations__{text}"
        for text in ("summary", "background", "objectives", "what_was_done", "results", "prospects")
    ),
    ("lessons__translations__text",),
    ("key_figures__translations__label",),
    ("organisations_involved__translations__name",),
)


@dataclass(frozen=True)
class Found:
    """What a search found: ids of public pilots or lessons, and glossary terms."""

    ids: frozenset[int]
    terms: tuple[GlossaryTerm, ...]


def fold(text: str) -> str:
    """Return the words of `text` without case and accents, each after a space: " l hospitalet"."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return "".join(f" {word}" for word in WORD.findall(plain))


def matches(words: Iterable[str], document: str) -> bool:
    """Return whether every one of `words` begins a word of `document`, both folded."""
    return all(f" {word}" in document for word in words)


def search(words: str) -> Found:
    """Return the pilots that hold all of `words`. Four queries."""
    return _find(words, lambda: _documents(SEARCHED))


def search_lessons(words: str) -> Found:
    """Return the lessons that hold all of `words`, in their own text or in the names of their pilot. Five queries."""
    return _find(words, _lessons)


def _find(words: str, documents: Callable[[], dict[int, str]]) -> Found:
    """Return what holds all of `words`; nothing when there is no letter or digit in them.

    What uses an abbreviation of the glossary is also found by what it stands for, but not by the rest
    of its explanation, which may speak of other pilots.
    """
    asked = fold(words).split()
    if not asked:
        return Found(frozenset(), ())
    terms = list(GlossaryTerm.objects.prefetch_related("translations"))
    spelt_out = [(f"{fold(term.term or '')} ", fold(term.original)) for term in terms if term.original]
    spelt = (
        (pk, document + "".join(words for term, words in spelt_out if term in f"{document} "))
        for pk, document in documents().items()
    )
    return Found(
        ids=frozenset(pk for pk, document in spelt if matches(asked, document)),
        terms=tuple(term for term in terms if matches(asked, _explanation(term))),
    )


def _explanation(term: GlossaryTerm) -> str:
    texts = [f"{row.term} {row.meaning}" for row in term.translations.all()]
    return fold(" ".join([term.original, *texts]))


def _documents(searched: Iterable[Iterable[str]]) -> dict[int, str]:
    """Return the folded texts of each public pilot by its id, in every language, its country included. Two queries."""
    public = Pilot.objects.published().order_by()
    texts = [public.values_list("pk", _joined(paths)) for paths in searched]
    documents: dict[int, str] = defaultdict(str)
    for pk, country in public.values_list("pk", "authority__country"):
        documents[pk] = fold(countries.name(country))
    for pk, text in texts[0].union(*texts[1:], all=True):
        documents[pk] += fold(text)
    return documents


def _lessons() -> dict[int, str]:
    """Return the folded text of each public lesson by its id, with the names of its pilot. Three queries."""
    names = _documents(NAMES)
    documents: dict[int, str] = {}
    for pk, pilot, text in Lesson.objects.public().order_by().values_list("pk", "pilot", "translations__text"):
        documents[pk] = documents.get(pk, names.get(pilot, "")) + fold(text or "")
    return documents


def _joined(paths: Iterable[str]) -> Concat | F:
    parts = [part for path in paths for part in (F(path), Value(" "))]
    return Concat(*parts, Value(""), output_field=TextField())
