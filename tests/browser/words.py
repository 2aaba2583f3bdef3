"""Which words of a page are not in its language: what the interface says in English, and texts of entries.

What a page shows or speaks is told apart by the nearest `lang`. English is known by three signs: it is a sentence of
the interface that the catalogue says otherwise, it is a text of an entry in English, or it has words that only
English has.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import Page

from pilots.models.numbered_text import split
from tests import catalogues

# Text by text and block by block, what stands in one block in one language together; then what is only spoken.
COLLECT = """() => {
    const found = [], blocks = new Map()
    const spoken = ['aria-label', 'title', 'alt', 'placeholder', 'data-suggestions', 'data-updating']
    const block = 'p, li, dt, dd, h1, h2, h3, h4, td, th, label, legend, option, button, summary, title, text'
    const isForPrograms = part => part.closest('script, style, template, code, [translate=no]')
    const languageOf = part => part.closest('[lang]').lang
    const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode, part = text.parentElement
        if (!text.data.trim() || isForPrograms(part)) continue
        found.push([languageOf(part), text.data])
        const whole = part.closest(block)
        if (!whole) continue
        if (!blocks.has(whole)) blocks.set(whole, {})
        const said = blocks.get(whole)
        said[languageOf(part)] = (said[languageOf(part)] ?? '') + text.data
    }
    for (const said of blocks.values()) found.push(...Object.entries(said))
    for (const part of document.querySelectorAll('body *'))
        for (const name of spoken)
            if (part.getAttribute(name) && !isForPrograms(part)) found.push([languageOf(part), part.getAttribute(name)])
    for (const part of document.querySelectorAll('meta[name=description], meta[property="og:title"]'))
        found.push([languageOf(part), part.content])
    return found
}"""
LETTERS = re.compile(r"[^\W\d_]{2}")
# Words that none of the other four languages has.
ENGLISH = re.compile(r"\b(the|with|which|this|their|from|what|who|they|and|for)\b", re.IGNORECASE)
EDGES = " .,;:–()“”«»’"
SENTENCE = 6  # words: what is shorter may be the same in two languages


@dataclass(frozen=True)
class Vocabulary:
    """What the interface and the entries say in English and in one language."""

    english: frozenset[str]
    own: frozenset[str]
    english_patterns: tuple[re.Pattern[str], ...]
    own_patterns: tuple[re.Pattern[str], ...]
    sentences: tuple[str, ...]  # of entries in English
    texts: str  # everything entries say in English
    names: re.Pattern[str]  # names that are English everywhere

    def is_english(self, text: str) -> bool:
        """Whether a text that is to be in the language is English."""
        said = normal(text)
        bare = said.strip(EDGES)
        if any(sentence in said for sentence in self.sentences):
            return True
        rest = self.names.sub("", said)
        if not LETTERS.search(rest) or bare in self.own:
            return False
        if bare in self.english or ENGLISH.search(rest):
            return True
        if any(own.fullmatch(said) for own in self.own_patterns):
            return False
        return any(english.fullmatch(rest) for english in self.english_patterns)

    def is_of_an_entry(self, text: str) -> bool:
        """Whether a text is one that an entry has in English, or a part of it."""
        return all(part.strip(EDGES) in self.texts for part in normal(text).split("…"))


def normal(text: str) -> str:
    """A text on one line, its blanks alike."""
    return " ".join(text.split())


def parts(message: str | Iterable[str]) -> Iterator[str]:
    """Yield what stands between the tags of a message, and the whole without them."""
    for form in [message] if isinstance(message, str) else message:
        yield normal(catalogues.TAGS.sub("", form))
        yield from map(normal, catalogues.TAGS.split(form))


def split_by_places(sides: Iterable[str]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The texts without a place for a value, and a pattern of each of the others."""
    texts = {text for text in sides if LETTERS.search(catalogues.PLACES.sub("", text))}
    whole = {text for text in texts if not catalogues.PLACES.search(text)}
    found = (".+".join(map(re.escape, catalogues.PLACES.split(text))) for text in sorted(texts - whole))
    return frozenset(text.strip(EDGES) for text in whole), tuple(map(re.compile, found))


@cache
def entries() -> list[dict[str, Any]]:
    """The delivered texts, a row for each language."""
    files = sorted((catalogues.ROOT / "fixtures").glob("*.json"))
    rows = (row for file in files for row in json.loads(file.read_text()) if isinstance(row, dict))
    return [row for row in rows if "language_code" in row.get("fields", {})]


def texts_of(language: str) -> Iterator[tuple[str, str]]:
    """Yield the model and each text of the delivered entries in a language, and what they keep of a third language."""
    for row in entries():
        if row["fields"]["language_code"] == language:
            yield from ((row["model"], normal(text)) for text in row["fields"].values() if isinstance(text, str))


@cache
def vocabulary(language: str) -> Vocabulary:
    messages = [message for message in catalogues.read(language) if message.id]
    english, english_patterns = split_by_places(part for message in messages for part in parts(message.id))
    own, own_patterns = split_by_places(part for message in messages for part in parts(message.string or ""))
    told = dict.fromkeys(text for _model, text in texts_of("en"))
    theirs = {text for _model, text in texts_of(language)}
    sentences = (sentence for text in told if text not in theirs for sentence in split(text))
    named = ("pilots.partnertranslation", "pilots.authoritytranslation", "pilots.organisationinvolvedtranslation")
    names = sorted((text for model, text in texts_of("en") if model in named), key=len, reverse=True)
    return Vocabulary(
        english=english - own,
        own=own,
        english_patterns=english_patterns,
        own_patterns=own_patterns,
        sentences=tuple(sentence for sentence in sentences if len(sentence.split()) >= SENTENCE),
        texts="\n".join(told),
        names=re.compile("|".join(map(re.escape, names))),
    )


def wrong_words(page: Page, language: str) -> list[str]:
    """What of a page is in another language than its `lang` says."""
    known = vocabulary(language)
    found = [(code, text) for code, text in page.evaluate(COLLECT) if LETTERS.search(text)]
    own = dict.fromkeys(normal(text) for code, text in found if code == language)
    english = dict.fromkeys(normal(text) for code, text in found if code == "en" != language)
    assert len(own) > 20, "a page that says nothing"
    return [f"not marked as English: {text}" for text in own if known.is_english(text)] + [
        f"not English, or of no entry: {text}" for text in english if not known.is_of_an_entry(text)
    ]
