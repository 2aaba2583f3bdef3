"""What every page has at its end, and leaves behind. The pages are the same on both databases, so one is enough."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LookAt
from tests.browser.walk import ERROR_PAGES, PUBLIC_PAGES, visit

DATABASES = ("sqlite",)
# Opens the visitor's own mail program.
MAILTO = re.compile(r"mailto:[^?]+@[^?]+\?subject=About%20the%20page")


@pytest.mark.parametrize("address", PUBLIC_PAGES.values(), ids=PUBLIC_PAGES.keys())
def test_every_page_has_a_way_to_report_and_leaves_no_cookie(address: str, look_at: LookAt) -> None:
    look = look_at(address)
    assert MAILTO.match(look.report or "")
    assert look.cookies == []
    assert look.stored == [0, 0]


@pytest.mark.parametrize("address", ERROR_PAGES.values(), ids=ERROR_PAGES.keys())
def test_error_page_leads_on(address: str, page: Page, complaints: list[str]) -> None:
    visit(page, address, complaints)
    page.get_by_role("main").get_by_role("link", name="All pilots").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 pilots")
