"""Marks in a text what a search asked for: the words, their beginnings and stems, phrases, other names for the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pilots.search.compounds import MARK, ends_of
from pilots.search.expression import AllOf, AnyOf, Expression, Phrase, Word
from pilots.search.spelling import spelling_key
from pilots.search.words import folded, forms, search_tokens

AROUND = 80  # characters on either side of the first mark
BLANK = re.compile(r"\s")

Span = tuple[int, int]


@dataclass
class Highlighter:
    """What a search looks for, or a piece of it: words with stems and tokens, beginnings, phrases."""

    words: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)  # by the first word

    @classmethod
    def of(cls, *conditions: Expression) -> "Highlighter":
        """Everything that may stand in a text that meets one of the conditions."""
        highlighter = cls()
        for leaf in chain.from_iterable(map(leaves, conditions)):
            if isinstance(leaf, Phrase):
                highlighter.phrases.setdefault(leaf.words[0], []).append(leaf)
            else:
                (highlighter.beginnings if leaf.prefix else highlighter.words).add(leaf.text)
        return highlighter

    def spans(self, text: str, language: str) -> list[Span]:
        """Where it stands in a text in this language, in order; spans may touch but not overlap."""
        found = list(search_tokens(text))
        hits = {n for n, token in enumerate(found) if self._is_in(text[token.start : token.end], language)}
        words = [(word, n) for n, token in enumerate(found) for word in token.words]
        runs = {(n, n) for n in hits} | set(self._runs(words))
        if language == "en" and self.phrases:
            runs |= set(self._runs([(spelling_key(word), n) for word, n in words]))
        return joined_spans([[(found[first].start, found[last].end) for first, last in runs]])

    def _runs(self, words: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
        """Yield the first and last token of each place where a phrase stands."""
        for start, (first, _n) in enumerate(words):
            for phrase in self.phrases.get(first, ()):
                here = words[start : start + len(phrase.words)]
                if _is_at(phrase, tuple(word for word, _n in here)):
                    yield here[0][1], here[-1][1]

    @cached_property
    def _has_ends(self) -> bool:
        return any(MARK in word for word in self.words)

    def _is_in(self, compound: str, language: str) -> bool:
        held = forms(compound, language).union(folded(compound))
        if self._has_ends:
            held |= ends_of(compound, language)
        return not held.isdisjoint(self.words) or any(
            word.startswith(beginning) for beginning in self.beginnings for word in held
        )


def marked(text: str, language: str, highlighter: Highlighter | None) -> SafeString:
    """A text in this language, escaped, with everything in it marked that is looked for, if anything is."""
    return _with_marks(text, highlighter.spans(text, language) if highlighter else [])


def leaves(condition: Expression) -> Iterator[Word | Phrase]:
    if isinstance(condition, AnyOf | AllOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def _is_at(phrase: Phrase, here: tuple[str, ...]) -> bool:
    """Whether the words `here` are those of a phrase, of which the last may go on."""
    if here == phrase.words:
        return True
    return phrase.prefix and here[:-1] == phrase.words[:-1] and here[-1].startswith(phrase.words[-1])


def joined_spans(several: Iterable[Iterable[Span]]) -> list[Span]:
    """The spans of all lists in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(span for spans in several for span in spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def excerpt(text: str, spans: list[Span]) -> SafeString:
    """The part of a text around the first span, escaped, with every span in it marked."""
    start, end = _window(text, *spans[0])
    inside = [(first - start, min(last, end) - start) for first, last in spans if first < end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _with_marks(text[start:end], inside), after)


def _with_marks(text: str, spans: list[Span]) -> SafeString:
    parts: list[str] = []
    here = 0
    for first, last in spans:
        found = escape(text[first:last]).replace("\n", "</mark>\n<mark>")  # a mark ends with its line
        parts += [escape(text[here:first]), "<mark>", found, "</mark>"]
        here = last
    return mark_safe("".join([*parts, escape(text[here:])]))  # noqa: S308 (each part of the text is escaped)


def _window(text: str, first: int, last: int) -> Span:
    """A part of the text around a span. It begins and ends between words, if there is a blank on that side."""
    last = min(last, first + 2 * AROUND)
    start, end = max(first - AROUND, 0), min(last + AROUND, len(text))
    if start and not text[start - 1].isspace():
        start = next((blank.end() for blank in BLANK.finditer(text, start, first)), start)
    if end < len(text) and not text[end].isspace():
        end = max((blank.start() for blank in BLANK.finditer(text, last, end)), default=end)
    return start, end
