"""The style page in a browser: every component in every state, for everybody, at every width. A site with DEBUG."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import find_faults
from tests.browser.conftest import MEDIA, VIEWPORT, listen
from tests.browser.looks import SMALL_TARGETS
from tests.browser.server import Site

DATABASES = ("development",)
STYLE_PAGE = "/styleguide/"
# Boxes in which something is cut off or runs over the edge; fields and what is made to scroll do so on purpose.
RUNS_OVER = """[...document.querySelectorAll('.specimen *')]
    .filter(box => box.checkVisibility() && box.clientWidth > 1 && getComputedStyle(box).display !== 'inline')
    .filter(box => !box.closest('svg, .visually-hidden') && !box.matches('input, select, .scroller'))
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.closest('.specimen').querySelector('.specimen-state').textContent}: ${box.className}`)"""
# CSS properties that say how long what is under the pointer takes to change.
DURATION = "element => getComputedStyle(element).transitionDuration"


@pytest.fixture(scope="module")
def opened(browser: Browser, browser_context_args: dict[str, Any], site: Site, heard: list[str]) -> Iterator[Page]:
    """The style page, which takes long to load, loaded once."""
    context = browser.new_context(**browser_context_args)
    listen(context, urlsplit(site.url).netloc, heard)
    page = context.new_page()
    page.goto(STYLE_PAGE)
    assert page.locator(".specimen").count() > 100
    assert heard == []
    yield page
    context.close()


@pytest.fixture
def style_page(opened: Page, complaints: list[str]) -> Page:
    opened.set_viewport_size(VIEWPORT)
    opened.emulate_media(**MEDIA)
    opened.mouse.move(0, 0)
    return opened


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_in_any_state_of_any_component(width: int, scheme: str, style_page: Page) -> None:
    style_page.set_viewport_size({"width": width, "height": 800})
    style_page.emulate_media(color_scheme=scheme)
    assert find_faults(style_page) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_too_long_words_and_names_run_over_no_edge(width: int, style_page: Page) -> None:
    style_page.set_viewport_size({"width": width, "height": 800})
    assert style_page.evaluate(RUNS_OVER) == []
    assert style_page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_runs_over_an_edge_is_found(page: Page) -> None:
    page.goto(STYLE_PAGE)
    page.evaluate("document.querySelector('.specimen .card-summary').replaceChildren('x'.repeat(500))")
    page.evaluate("document.querySelector('.specimen .card-summary').style.setProperty('overflow-wrap', 'normal')")
    assert page.evaluate(RUNS_OVER) != []


def test_targets_are_large_enough_in_every_state(style_page: Page) -> None:
    style_page.set_viewport_size({"width": 360, "height": 800})
    small = style_page.evaluate(SMALL_TARGETS)
    assert small == [], small


def test_motion_is_short_and_none_for_who_asked_for_less(style_page: Page) -> None:
    button = style_page.locator(".specimen .button").first
    button.hover()
    assert button.evaluate(DURATION) == "0.12s"
    style_page.emulate_media(reduced_motion="reduce")
    assert button.evaluate(DURATION) in {"0s", "0ms"}
