"""Pages on paper and in colours that the visitor forces. They are the same on both databases, so one is enough."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import facts
from tests.browser.conftest import LookAt, NewPage
from tests.browser.looks import CONTROLS
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES

DATABASES = ("sqlite",)
PAGES = PUBLIC_PAGES | ERROR_PAGES


def test_paper_holds_the_text_and_no_controls(look_at: LookAt) -> None:
    for address in PAGES.values():
        look = look_at(address)
        assert look.titled["paper"], address
        assert look.controls_on_paper == [], address
        assert look.sideways_on_paper <= 0, address


def test_every_page_on_paper_has_its_address_and_the_day(look_at: LookAt) -> None:
    for address in PUBLIC_PAGES.values():
        line = look_at(address).line_on_paper
        assert re.fullmatch(r"This page is kept at http\S+\. Printed as it stood on \d+ \w+ \d{4}\.", line), address
        assert address.partition("?")[0] in line


def test_controls_to_be_left_off_paper_are_there(page: Page) -> None:
    page.goto("/pilots/?country=FR")
    assert sum(part.is_visible() for part in page.locator(CONTROLS).all()) >= 5


@pytest.mark.parametrize("slug", facts.PILOTS)
def test_pilot_is_a_handout_of_two_sheets_with_its_address_and_date(slug: str, page: Page) -> None:
    page.goto(f"/pilots/{slug}/?country=FR&keep=avignon")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert 1 <= len(sheets) <= 2
    page.emulate_media(media="print")
    expect(
        page.get_by_text(re.compile(rf"This page is kept at http\S+/pilots/{slug}/\. Printed as it stood on "))
    ).to_be_visible()
    expect(page.get_by_text("Entry last changed on")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_pages_whole(scheme: str, look_at: LookAt, new_page: NewPage) -> None:
    for address in PAGES.values():
        look = look_at(address)
        assert look.titled[f"forced colours, {scheme}"], address
        assert look.sideways_in_forced_colours[scheme] <= 0, address
    page = new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme, forced_colors="active")
    page.goto("/pilots/?country=FR")
    for control in (".chip", ".button"):
        assert page.locator(control).first.evaluate("element => getComputedStyle(element).borderStyle") == "solid"


def test_forced_colours_underline_the_current_tab_alone(new_page: NewPage) -> None:
    page = new_page(forced_colors="active")
    page.goto("/map/")
    current = page.locator(".views a[aria-current]")
    others = page.locator(".views a:not([aria-current])")
    line = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert set(others.evaluate_all(line)) == {ground}
    assert len(current.evaluate_all(line)) == 1
    assert ground not in current.evaluate_all(line)


def test_error_pages_set_no_cookie_and_take_reports(look_at: LookAt) -> None:
    for address in ERROR_PAGES.values():
        look = look_at(address)
        assert (look.report or "").startswith("mailto:")
        assert look.cookies == []
