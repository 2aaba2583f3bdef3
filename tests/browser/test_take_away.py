"""The menu “Take away”: opened and left by keyboard, read without a mistake, wherever it stands."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import COLOUR_OPTIONS, find_faults
from tests.browser.looks import SMALL_TARGETS, WIDER
from tests.browser.walk import visit

# Pages are the same on both databases.
DATABASES = ("sqlite",)

PAGES = ["/pilots/?country=FR", "/pilots/avignon/", "/compare/?pilot=rotterdam&pilot=vilvoorde", "/lessons/"]
EACH_PAGE = pytest.mark.parametrize("address", PAGES)


@EACH_PAGE
def test_menu_is_opened_by_keyboard_and_leads_to_its_files(
    address: str, page_without_js: Page, complaints: list[str]
) -> None:
    page = page_without_js
    visit(page, address, complaints)
    menu = page.locator(".take-away")
    first = menu.get_by_role("link").first
    expect(first).to_be_hidden()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    ending = (first.get_attribute("href") or "").partition("?")[0].rpartition(".")[2]
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(f".{ending}")


@EACH_PAGE
def test_open_menu_is_right_wide_and_narrow_light_and_dark(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    page.locator(".take-away summary").click()
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDER) <= 0, width
        assert page.evaluate(SMALL_TARGETS) == [], width
    assert find_faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_faults(page, COLOUR_OPTIONS) == []
