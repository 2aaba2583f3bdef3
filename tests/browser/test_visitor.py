"""A visitor's way through the portal, with scripts, without, and by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import apply, has_in_address, lacks_in_address, search, titles


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """A page of a visitor, once with scripts and once without."""
    return new_page(java_script_enabled=request.param)


def test_visitor_narrows_widens_and_comes_back(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("navigation", name="Main").get_by_role("link", name="Pilots").click()
    visitor.get_by_label("France").check()
    apply(visitor)
    expect(visitor).to_have_url(has_in_address("country=FR"))
    expect(visitor.get_by_role("status")).to_have_text("3 pilots match: country France.")
    visitor.get_by_label("Efus").check()
    apply(visitor)
    expect(visitor).to_have_url(has_in_address("country=FR", "partner=efus"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 of 9 pilots")
    visitor.get_by_role("link", name="Partner: Efus – remove").click()
    expect(visitor).to_have_url(lacks_in_address("partner=efus"))
    expect(visitor.get_by_role("status")).to_have_text("3 pilots match: country France.")
    visitor.get_by_role("link", name="Risk-assessment for extremist offenders", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Risk-assessment for extremist offenders")
    visitor.go_back()
    expect(visitor.get_by_label("France")).to_be_checked()
    expect(visitor.get_by_role("status")).to_have_text("3 pilots match: country France.")


def test_address_can_be_shared(visitor: Page) -> None:
    visitor.goto("/pilots/?country=NL&country=ES")
    assert len(titles(visitor)) == 4
    expect(visitor.get_by_label("Netherlands")).to_be_checked()
    expect(visitor.get_by_label("Spain")).to_be_checked()


def test_search_forgives_missing_accents_and_keeps_the_filters(visitor: Page) -> None:
    visitor.goto("/pilots/?country=ES")
    search(visitor, "malaga")
    expect(visitor).to_have_url(has_in_address("q=malaga", "country=ES"))
    assert titles(visitor) == ["Training municipal front-line workers in exit strategies"]


def test_search_of_the_front_page_leads_to_the_list(visitor: Page) -> None:
    visitor.goto("/")
    search(visitor, "hospitalet")
    assert titles(visitor) == ["Multi-agency partnership in case management"]


def test_visitor_without_results_finds_a_way_out(visitor: Page) -> None:
    visitor.goto("/pilots/?country=FR&partner=denkzeit")
    expect(visitor.get_by_role("status")).to_have_text("No pilot matches: country France; partner Denkzeit.")
    visitor.get_by_role("link", name="without partner: Denkzeit").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("3 of 9 pilots")


def test_unknown_value_is_named_and_ignored(visitor: Page) -> None:
    visitor.goto("/pilots/?country=XX")
    expect(visitor.get_by_text("No pilot has “XX” under “country”")).to_be_visible()
    assert len(titles(visitor)) == 9


def test_lesson_has_a_permanent_link(visitor: Page) -> None:
    visitor.goto("/pilots/vilvoorde/")
    visitor.get_by_role("link", name="Lesson 2").click()
    expect(visitor).to_have_url("/pilots/vilvoorde/#lesson-2")
    expect(visitor.locator("#lesson-2")).to_be_in_viewport()


def test_abbreviation_is_explained_on_the_page(visitor: Page) -> None:
    visitor.goto("/pilots/rotterdam/")
    visitor.locator("main a.term", has_text="MAR").first.click()
    expect(visitor.locator("#word-mar + dd")).to_contain_text("Radicalisation Contact and Advisory Point")
    expect(visitor.locator("#word-mar")).to_be_in_viewport()


def test_filter_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/pilots/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_label("Belgium")
    for _ in range(80):
        if box.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 pilot matches: country Belgium.")


def test_printed_pilot_has_the_text_and_no_controls(page: Page) -> None:
    page.goto("/pilots/malaga/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
