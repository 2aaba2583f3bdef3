"""Pages on paper and in colours that the visitor forces. They are the same on both databases, so one is enough."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import facts
from tests.browser.conftest import NewContext
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES, visit

DATABASES = ("sqlite",)
PAGES = PUBLIC_PAGES | ERROR_PAGES
A4 = {"width": 718, "height": 1046}  # the sheet within its margins, in CSS pixels
# For reading on a screen only.
CONTROLS = (
    ".site-nav, .skip-link, .site-footer nav, .filters, .search, .to-filters, .chips, .pager, "
    ".views, .crumbs, .contents, .way-on, .entry-keep, .card-foot"
)
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def paper(new_context: NewContext) -> Page:
    """Return a page as the printer gets it."""
    page = new_context(viewport=A4).new_page()
    page.emulate_media(media="print")
    return page


def test_paper_holds_the_text_and_no_controls(paper: Page, complaints: list[str]) -> None:
    for address in PAGES.values():
        visit(paper, address, complaints)
        expect(paper.get_by_role("heading", level=1)).to_be_visible()
        assert [part for part in paper.locator(CONTROLS).all() if part.is_visible()] == [], address
        assert paper.evaluate(WIDER) <= 0, address


def test_every_page_on_paper_has_its_address_and_the_day(paper: Page) -> None:
    for address in PUBLIC_PAGES.values():
        paper.goto(address)
        line = paper.get_by_text(re.compile(r"^This page is kept at http\S+\. Printed as it stood on \d+ \w+ \d{4}\.$"))
        expect(line).to_be_visible()
        assert f"{address.partition('?')[0]}" in line.inner_text(), address


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
def test_forced_colours_keep_pages_whole(scheme: str, new_context: NewContext, complaints: list[str]) -> None:
    options = {"viewport": {"width": 320, "height": 800}, "color_scheme": scheme, "forced_colors": "active"}
    page = new_context(**options).new_page()
    for address in PAGES.values():
        visit(page, address, complaints)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate(WIDER) <= 0, address
    page.goto("/pilots/?country=FR")
    for control in (".chip", ".button"):
        assert page.locator(control).first.evaluate("element => getComputedStyle(element).borderStyle") == "solid"


def test_forced_colours_underline_the_current_tab_alone(new_context: NewContext) -> None:
    page = new_context(forced_colors="active").new_page()
    page.goto("/map/")
    current = page.locator(".views a[aria-current]")
    others = page.locator(".views a:not([aria-current])")
    line = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert set(others.evaluate_all(line)) == {ground}
    assert len(current.evaluate_all(line)) == 1
    assert ground not in current.evaluate_all(line)


def test_error_pages_set_no_cookie_and_take_reports(page: Page, complaints: list[str]) -> None:
    for address in ERROR_PAGES.values():
        visit(page, address, complaints)
        report = page.get_by_role("contentinfo").get_by_role("link", name="Write to")
        assert report.get_attribute("href", timeout=5000).startswith("mailto:")
        assert page.context.cookies() == []
