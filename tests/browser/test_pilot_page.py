"""A pilot's page as it is read: what comes on which screen of a phone, and in which order."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import facts
from tests.browser.conftest import NewPage
from tests.browser.walk import sheets

# Reads only; a page is the same on both databases.
DATABASES = ("sqlite",)
EACH_PILOT = pytest.mark.parametrize("slug", sorted(facts.PILOTS))
PHONE = {"width": 360, "height": 740}
# The tops of the page's blocks, in the order of the document.
TOPS = """() => ['.entry-head', '#what_was_done', '#facts', '.entry-more', '.site-footer']
    .map(selector => document.querySelector(selector).getBoundingClientRect().top + scrollY)"""
# For each of the page's links the block that it stands in, in the order of the keyboard.
TABBED = """() => [...document.querySelectorAll('main :is(a[href], summary)')]
    .filter(link => link.checkVisibility())
    .map(link => link.closest('main > *').className)
    .filter((name, place, all) => name !== all[place - 1])"""


@EACH_PILOT
def test_what_was_done_begins_within_the_second_screen_of_a_phone(new_page: NewPage, slug: str) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"/pilots/{slug}/")
    head, done, *rest = page.evaluate(TOPS)
    assert done <= 2 * PHONE["height"]
    assert [head, done, *rest] == sorted([head, done, *rest])


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_keyboard_goes_the_way_of_the_eye(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/pilots/avignon/")
    assert page.evaluate(TABBED) == ["entry-head", "entry-text", "entry-facts", "entry-more"]
    assert page.evaluate("[...document.querySelectorAll('[tabindex]')].filter(part => part.tabIndex > 0)") == []


@pytest.mark.parametrize("width", [1280, 1920])
def test_facts_stand_beside_the_texts_where_there_is_room(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/pilots/avignon/")
    text, beside = (page.locator(f".entry-{name}").bounding_box() for name in ("text", "facts"))
    assert text is not None
    assert beside is not None
    assert beside["y"] == text["y"]
    assert beside["x"] >= text["x"] + text["width"]


@EACH_PILOT
def test_pilot_is_printed_on_one_sheet_with_its_address_and_the_day(page: Page, slug: str) -> None:
    page.goto(f"/pilots/{slug}/")
    assert sheets(page) == 1
    page.emulate_media(media="print")
    line = page.get_by_text(re.compile(rf"kept at http\S+/pilots/{slug}/\. Printed as it stood on \d+ \w+ \d{{4}}"))
    expect(line).to_be_visible()
