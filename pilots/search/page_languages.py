"""Which pages show a text, and how the tables of words say that.

What the pages of all languages show stands there as it is: names, and texts that nobody has translated. Another
text is shown on pages of some languages only, mostly of its own: its words are marked with these, “fr:formation”.
So a page looks for words as they are and for words with its mark, and nothing stands there once a language.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.conf import settings

from pilots.models.translation import best_text
from pilots.search.expression import AllOf, AnyOf, Expression, Phrase, Word

PAGES = tuple(code for code, _name in settings.LANGUAGES)
ALL_PAGES: tuple[str, ...] = ()


class DocumentText(NamedTuple):
    """A text or name, the language it is in, and those of the pages that show it."""

    language: str
    text: str
    pages: tuple[str, ...] = ALL_PAGES


def shown_texts(texts: Mapping[str, str]) -> Iterator[DocumentText]:
    """Yield those of the translations of one text that some page shows."""
    pages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in PAGES:
        text, language = best_text(dict(texts), page)
        if text:
            pages[language, text].append(page)
    for (language, text), some in pages.items():
        yield DocumentText(language, text, ALL_PAGES if len(some) == len(PAGES) else tuple(some))


def marked_for(page: str, word: str) -> str:
    """A word, or a stem, as it stands where only pages in some languages show it."""
    return f"{page}:{word}"


def on_page(condition: Expression, page: str) -> Expression:
    """The condition that what a page in this language shows meets `condition`."""
    match condition:
        case Word(text, prefix):
            return AnyOf((condition, Word(marked_for(page, text), prefix))) if _is_of_a_text(text) else condition
        case Phrase(words, prefix):
            return AnyOf((condition, Phrase(tuple(marked_for(page, word) for word in words), prefix)))
        case AnyOf(parts):
            return AnyOf(tuple(on_page(part, page) for part in parts))
        case AllOf(parts):
            return AllOf(tuple(on_page(part, page) for part in parts))


def _is_of_a_text(word: str) -> bool:
    """Whether it is a word or a stem, “:fr:form”, and not the token of a value, “:country:fr”."""
    return not word.startswith(":") or word.split(":", 2)[1] in PAGES
