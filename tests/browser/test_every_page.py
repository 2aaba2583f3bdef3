"""What every page has at its end, and leaves behind. The pages are the same on both databases, so one is enough."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES, visit

DATABASES = ("sqlite",)


@pytest.mark.parametrize("address", PUBLIC_PAGES.values(), ids=PUBLIC_PAGES.keys())
def test_every_page_has_a_way_to_report_and_leaves_no_cookie(address: str, page: Page) -> None:
    page.goto(address)
    report = page.get_by_role("contentinfo").get_by_role("link", name="Write to")
    expect(report).to_have_attribute("href", mailto())
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def mailto() -> re.Pattern[str]:
    """Return the form of a link that opens the visitor's own mail program."""
    return re.compile(r"^mailto:[^?]+@[^?]+\?subject=About%20the%20page")


@pytest.mark.parametrize("address", ERROR_PAGES.values(), ids=ERROR_PAGES.keys())
def test_error_page_leads_on(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    page.get_by_role("main").get_by_role("link", name="All pilots").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 pilots")
