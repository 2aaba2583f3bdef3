"""A pseudo-language, for tests that every word of the interface goes through gettext.

gettext is made to put ⟦…⟧ around what it translates (not around what is filled in later), and entries
have ⟪…⟫ around their texts. A visible letter outside both stands in a template or in code, where no
translator would find it. Names of countries come translated from django-countries, so they are in ⟦…⟧.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils import translation
from django_countries import countries

from pilots.browse.filters import MatrixFilterSet
from pilots.index.fragments import FragmentCache
from tests.pages import addresses
from tests.pages.reading import Element, read

INNERMOST = re.compile(r"⟦[^⟦⟧⟪⟫]*⟧|⟪[^⟦⟧⟪⟫]*⟫")
PLACES = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{\w*\})")
LETTERS = re.compile(r"[^\W\d_]")
NAMES = re.compile(rf"⟧({'|'.join(MatrixFilterSet.base_filters)})⟦")
ADDRESSES = re.compile(r"https?://[^\s⟦⟧⟪⟫]+")  # on paper an address is spelt out; no translator changes it
# What is the same in every language and stands without marks: slugs, names, what checks find in texts.
STYLES = ("APA", "Chicago", "Harvard", "ISO 690")  # of citations
SAME = (r"slug-\d+", "(source|partner)-of-other", *addresses.ARGUMENTS.values(), "UTC", "MAR", "two offenders", *STYLES)
IDENTIFIERS = re.compile(rf"/pilots/\S+/|(?<![^\W\d])({'|'.join(SAME)})(?!\w)")
# What others show of a page, by the names of its tags.
PREVIEWED = {"description", *(f"og:{name}" for name in ("title", "description", "site_name", "image:alt"))}
SPOKEN = ("aria-label", "aria-description", "title", "alt", "placeholder")  # attributes that are read out or shown
PRESSED = {"submit", "button", "reset"}  # inputs whose value is shown


def marking(translate: Callable[..., str]) -> Callable[..., str]:
    """A translation function whose result is marked, its places for values left out."""

    def marked(*args: object) -> str:
        parts = PLACES.split(str(translate(*args)))
        return "".join(f"⟦{part}⟧" if LETTERS.search(part) and not PLACES.fullmatch(part) else part for part in parts)

    return marked


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Let gettext mark what it translates, and the settings what they say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CONTACT_EMAIL", "⟪editors@example.org⟫")
        for shelf in ("SITE", "CONTENT"):  # nothing that was made ready in plain words, nor is any of these kept
            patch.setattr(f"pilots.templatetags.fragments.{shelf}", FragmentCache(version="site"))
        patch.setattr(countries, "_iter_cache", {}, raising=False)  # names that it keeps by language
        for name in ("gettext", "ngettext", "pgettext", "npgettext"):
            patch.setattr(translation._trans, name, marking(getattr(translation._trans, name)))
        yield


def outside(text: str) -> list[str]:
    """What of a text has letters and is in no mark, what is the same in every language aside."""
    before, text = None, ADDRESSES.sub("", IDENTIFIERS.sub("", NAMES.sub("⟧⟦", text)))
    while before != text:
        before, text = text, INNERMOST.sub("\n", text)
    return [" ".join(part.split()) for part in text.split("\n") if LETTERS.search(part)]


def is_untranslated(element: Element) -> bool:
    is_elsewhere = element.tag != "html" and bool(element.get("lang"))
    return element.is_data or element.tag == "code" or element.get("translate") == "no" or is_elsewhere


def is_within_untranslated(element: Element) -> bool:
    return is_untranslated(element) or bool(element.parent and is_within_untranslated(element.parent))


def without_code(element: Element) -> str:
    """What an element shows, without what is the same in every language: what programs read, and what says so."""
    parts = (part for part in element.content if isinstance(part, str) or not is_untranslated(part))
    return "".join(part if isinstance(part, str) else without_code(part) for part in parts)


def spoken(page: Element) -> Iterator[str]:
    """Yield everything a page shows or reads out, and what it hands to a mail program."""
    yield page.one("head").one("title").raw
    yield without_code(page.one("body"))
    for element in page:
        if not is_within_untranslated(element):
            yield from (element[name] for name in SPOKEN if element.get(name))
        if element.tag == "input" and element.get("type") in PRESSED:
            yield element.get("value")
        if element.tag == "meta" and PREVIEWED & {element.get("name"), element.get("property")}:
            yield element["content"]
    for href in page.hrefs("mailto:"):
        yield parse_qs(urlsplit(href).query)["subject"][0].rpartition("/")[0].partition("/")[0]


def assert_all_marked(html: object) -> None:
    texts = list(spoken(read(html)))
    assert any("⟦" in text for text in texts), "a page that says nothing"
    found = [said for text in texts for said in outside(text)]
    assert found == [], found
