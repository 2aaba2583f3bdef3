"""Texts of entries in templates: marked with their language, their terms explained."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from pilots.models.marked_text import marked_text_of, originals, pieces
from pilots.models.numbered_text import split
from pilots.models.passage import describe_passage
from pilots.models.translation import current_language
from pilots.templatetags.translations import text_state

register = template.Library()

# How a line begins that is one of a list.
ITEM = ("• ", "- ", "– ", "* ")
LIST_CLASS = mark_safe(' class="text-list"')
# What no shortened text ends with.
LOOSE_ENDS = " \u00a0,;:–—-(“”«‘¿¡"


@register.simple_tag
def text(row: Any, field: str) -> SafeString:
    """A text of `row`; in a span with its language when that is not the page's."""
    words, stored_in = row.text_in(field, current_language())
    return in_language(in_lines(conditional_escape(words)), row.language_of(field, stored_in))


@register.filter
def spoken(words: str, names: Iterable[str] = ()) -> SafeString:
    """Words that may know their language, or have names in them that do: marked where that is not the page's."""
    return mark_safe("".join(in_language(conditional_escape(said), own) for said, own in pieces(words, names) if said))  # noqa: S308 (escaped)


@register.simple_tag
def name_of(row: Any, terms: Any = ()) -> SafeString:
    """What `row` is called; what a term stands for in another language is marked with that."""
    return spoken(marked_text_of(row, "name"), originals(terms))


@register.filter
def words(row: Any, field: str) -> str:
    """A text of `row` as plain words, in the language that the page shows it in."""
    own: str = row.text_in(field, current_language())[0]
    return own


@register.simple_tag
def short_text(row: Any, field: str, most: int) -> SafeString:
    """The beginning of a text of `row`, on one line; in a span with its language when that is not the page's."""
    words, language = row.text_in(field, current_language())
    return in_language(conditional_escape(shortened(words, most)), language)


@register.simple_tag
def prose(row: Any, field: str, terms: Any = ()) -> SafeString:
    """A text of `row` as paragraphs and lists, the first use of each term linked to its meaning below; its state."""
    words, language = row.text_in(field, current_language())
    return in_blocks(link_terms(conditional_escape(words), terms), language) + text_state(row, field)


@register.simple_tag
def used_terms(terms: Any, *rows: Any) -> list[Any]:
    """Those of `terms` that the texts of `rows` (rows, or lists of rows) use, as the page's language shows them."""
    flat = [row for group in rows for row in (group if isinstance(group, list) else [group])]
    names = [(row, name) for row in flat for name in row._parler_meta.root_model.get_translated_fields()]
    written = " ".join(words(row, name) for row, name in names)
    return [term for term in terms if (called := words(term, "term")) and pattern(called).search(written)]


@register.filter
def shortened(words: str, most: int) -> str:
    """A text on one line, of at most `most` characters; cut at a word and ended with “…”."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[:most].rpartition(" ")[0] or line[: most - 1]  # a single word has to be cut
    return f"{cut.rstrip(LOOSE_ENDS)}…"


@register.filter
def in_sentences(words: str, most: int) -> str:
    """The first sentences of a text, at most `most` characters on one line; of a longer sentence the beginning."""
    line, kept = " ".join(words.split()), ""
    for sentence in split(line):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or shortened(line, most)


@register.filter
def pilot_count(n: int) -> SafeString:
    """A number of pilots in words, as it stands after a name."""
    return as_count(ngettext("%(n)d pilot", "%(n)d pilots", n) % {"n": n})


@register.filter
def as_count(words: str) -> SafeString:
    """A number in words, set apart from the words around it."""
    return format_html('<span class="count">{}</span>', words)


@register.filter
def quotation(source: Any, pointer: str) -> Any:
    """The sentences that a pointer names, of a source that visitors may read; None of any other."""
    return source.look_up(pointer) if source and pointer else None


@register.filter
def passage(value: str) -> str:
    """A pointer into the source in words."""
    return describe_passage(value)


def in_language(words: SafeString, language: str) -> SafeString:
    """`words` in a span with their language, or as they are when that is the page's."""
    return words if language == current_language() else format_html('<span lang="{}">{}</span>', language, words)


def in_lines(words: SafeString) -> SafeString:
    """Escaped words with their line breaks, for where neither paragraphs nor lists can stand."""
    return mark_safe(words.replace("\n", "<br>\n"))  # noqa: S308 (escaped by the caller)


def in_blocks(words: SafeString, language: str) -> SafeString:
    """Escaped words as paragraphs and lists, with their language when that is not the page's.

    No tag in `words` may hold a line break.
    """
    attribute = "" if language == current_language() else format_html(' lang="{}"', language)
    blocks = (("p", "", inside) if tag == "p" else (tag, LIST_CLASS, inside) for tag, inside in _blocks(words))
    return format_html_join("\n", "<{0}{1}{3}>{2}</{0}>", ((*block, attribute) for block in blocks))


def _blocks(words: SafeString) -> Iterator[tuple[str, SafeString]]:
    """Yield each paragraph and each list, with the name of its tag."""
    for kind, lines in groupby(map(str.strip, words.split("\n")), _kind_of):
        if kind == "ul":
            yield kind, mark_safe("".join(f"<li>{line[2:].lstrip()}</li>" for line in lines))  # noqa: S308 (escaped)
        elif kind == "p":
            yield kind, mark_safe("<br>\n".join(lines))  # noqa: S308 (escaped)


def _kind_of(line: str) -> str:
    """The tag of the block that a line belongs to, "" for an empty line."""
    return "ul" if line.startswith(ITEM) else "p" if line else ""


def link_terms(escaped: SafeString, terms: Any) -> SafeString:
    """Escaped text with the first use of each term as a link to `#word-…` on the same page.

    Its meaning is the link's title, so that it is explained in place as well.
    """
    known = {str(conditional_escape(words(term, "term"))): term for term in terms if words(term, "term")}
    if not known:
        return escaped
    longest_first = sorted(known, key=len, reverse=True)
    any_term = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    seen: set[str] = set()

    def link(match: re.Match[str]) -> str:
        if match[0] in seen:
            return match[0]
        seen.add(match[0])
        term = known[match[0]]
        meaning = conditional_escape(term.text_in("meaning", current_language())[0].replace("\n", " "))
        return f'<a class="term" href="#word-{term.slug}" title="{meaning}">{match[0]}</a>'

    return mark_safe(any_term.sub(link, escaped))  # noqa: S308 (text and meaning are escaped, slugs are letters and dashes)


def pattern(term: str) -> re.Pattern[str]:
    """A pattern for `term` as a whole word, capitals as written."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
