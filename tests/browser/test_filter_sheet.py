"""The filters on a phone: a sheet over the results with scripts, a link to the form without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import NewPage
from tests.browser.walk import filter_button, open_filters

DATABASES = ("sqlite",)
PHONE = {"width": 360, "height": 740}
SCREEN_AND_A_HALF = 1110
RENAME = "(links, names) => links.forEach((link, number) => { link.textContent = names[number] })"


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    page = new_page(viewport=PHONE)
    page.goto("/pilots/")
    return page


def test_sheet_opens_takes_the_focus_and_gives_it_back(phone: Page) -> None:
    sheet = phone.locator("#filters")
    expect(sheet).to_be_hidden()
    open_filters(phone)
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(filter_button(phone)).to_be_focused()
    filter_button(phone).press("Enter")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    expect(filter_button(phone)).to_be_focused()


def test_choice_takes_effect_under_the_sheet_and_apply_leads_to_what_was_found(phone: Page) -> None:
    open_filters(phone)
    phone.get_by_label("France").check()
    expect(phone.locator("#filters .outcome")).to_have_text("3 of 9 pilots")
    expect(phone.get_by_label("France")).to_be_focused()
    phone.get_by_role("button", name="Apply").click()
    expect(phone.locator("#filters")).to_be_hidden()
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    expect(phone).to_have_url("/pilots/?country=FR")


def test_focus_that_leaves_the_sheet_closes_it(phone: Page) -> None:
    open_filters(phone)
    phone.get_by_role("button", name="Apply").focus()
    phone.keyboard.press("Tab")
    expect(phone.locator("#filters")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_sheet_has_no_barriers(phone: Page, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)
    open_filters(phone)
    assert axe.find_faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_wide_window_has_the_form_beside_the_list(phone: Page) -> None:
    phone.set_viewport_size({"width": 1280, "height": 900})
    expect(phone.get_by_label("France")).to_be_visible()
    expect(filter_button(phone)).to_be_hidden()
    expect(phone.get_by_role("button", name="Close")).to_be_hidden()


def test_without_scripts_a_link_leads_to_the_form(new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/pilots/")
    page.get_by_role("link", name="Filter", exact=True).click()
    expect(page.get_by_role("heading", name="Filter")).to_be_in_viewport()
    expect(filter_button(page)).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_first_result_begins_within_a_screen_and_a_half(new_page: NewPage, *, scripts: bool) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/pilots/?q=training&country=FR")
    box = page.locator(".cards > li").first.bounding_box()
    assert box
    assert box["y"] <= SCREEN_AND_A_HALF


@pytest.mark.parametrize("address", ["/", "/pilots/", "/pilots/avignon/", "/lessons/"])
def test_header_of_a_phone_is_one_line(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(address)
    tops = page.locator(".site-header a").evaluate_all("links => links.map(link => link.getBoundingClientRect().top)")
    assert max(tops) - min(tops) < 16
    # The longest names that the languages of the portal have for the sections
    names = ["Proyectos piloto", "Enseignements", "Organisationer", "Om webbplatsen"]
    page.locator(".site-nav a").evaluate_all(RENAME, names)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
