"""Can everybody use the pages? What axe finds, and what it cannot.

The pages are the same on both databases, so one is enough here.
"""

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LookAt
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES

DATABASES = ("sqlite",)
PAGES = PUBLIC_PAGES | ERROR_PAGES
EACH_PAGE = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())


@EACH_PAGE
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(address: str, look_at: LookAt) -> None:
    faults = look_at(address).faults
    assert len(faults) == 4
    assert {way: found for way, found in faults.items() if found} == {}


@EACH_PAGE
def test_page_needs_no_scrolling_sideways_at_400_percent(address: str, look_at: LookAt) -> None:
    assert look_at(address).sideways_at_400_percent <= 0


@EACH_PAGE
def test_page_needs_no_scrolling_sideways_with_larger_text(address: str, look_at: LookAt) -> None:
    sideways = look_at(address).sideways_with_larger_text
    assert len(sideways) == 8
    assert {size: pixels for size, pixels in sideways.items() if pixels > 0} == {}


@EACH_PAGE
def test_page_is_built_for_screen_readers(address: str, look_at: LookAt) -> None:
    look = look_at(address)
    levels = look.heading_levels
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    assert look.language == "en"
    assert look.landmarks == {"banner": 1, "main": 1, "contentinfo": 1}


@EACH_PAGE
def test_targets_are_large_enough(address: str, look_at: LookAt) -> None:
    assert look_at(address).small_targets == []


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
