"""Can everybody use the pages? What axe finds, and what it cannot.

The pages are the same on both databases, so one is enough here.
"""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES, visit

DATABASES = ("sqlite",)
PAGES = PUBLIC_PAGES | ERROR_PAGES
EACH_PAGE = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
# Of what is right, axe names one element a rule: to describe each takes longer than to look at it.
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}

# The dark scheme changes colours only: css/tokens.css holds all of it.
COLOUR_OPTIONS = AXE_OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

HEADING_LEVELS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(heading => Number(heading.tagName[1]))"
# Links inside running text are as high as their line, which WCAG 2.2 (2.5.8) allows.
SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, summary')]
    .filter(element => !element.closest('p, li p, dd, .skip-link') || element.closest('.chips'))
    .map(element => element.closest('label') || element)
    .filter(element => element.checkVisibility())
    .map(element => ({ name: element.innerText || element.name, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`)"""


@EACH_PAGE
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    for width, scheme in itertools.product((1280, 320), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=AXE_OPTIONS if scheme == "light" else COLOUR_OPTIONS)
        assert found.response["passes"], "axe checked nothing"
        assert found.violations_count == 0, f"{width} px, {scheme}: {found.generate_report()}"


@EACH_PAGE
def test_page_needs_no_scrolling_sideways_at_400_percent(
    address: str, new_context: NewContext, complaints: list[str]
) -> None:
    page = new_context(viewport={"width": 320, "height": 256}).new_page()
    visit(page, address, complaints)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@EACH_PAGE
def test_page_needs_no_scrolling_sideways_with_larger_text(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    for width, percent in itertools.product((320, 360, 768, 1280), (150, 200)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("percent => document.documentElement.style.fontSize = `${percent}%`", percent)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px, {percent} %"


@EACH_PAGE
def test_page_is_built_for_screen_readers(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    levels = page.evaluate(HEADING_LEVELS)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    assert page.locator("html").get_attribute("lang") == "en"
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1


@EACH_PAGE
def test_targets_are_large_enough(address: str, new_context: NewContext, complaints: list[str]) -> None:
    page = new_context(viewport={"width": 360, "height": 800}).new_page()
    visit(page, address, complaints)
    assert page.evaluate(SMALL_TARGETS) == []


def test_result_is_announced_by_one_region(page: Page) -> None:
    page.goto("/pilots/?country=FR")
    assert page.get_by_role("status").all_inner_texts() == ["3 pilots match: country France."]


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"media": "print"}])
def test_page_respects_what_the_visitor_set(media: dict[str, str], page: Page) -> None:
    page.goto("/pilots/?country=FR")
    page.emulate_media(**media)
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if "reduced_motion" in media:
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--quick')") == "0ms"


def test_page_never_scrolls_by_itself(page: Page) -> None:
    """Smooth scrolling lags behind the focus when somebody goes on quickly with the keyboard."""
    page.goto("/pilots/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
