"""The pages a visitor meets first, in a real browser."""

import re

from playwright.sync_api import Page, expect


def test_visitor_finds_the_french_pilots(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Pilots").click()
    page.get_by_label("France").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("[?&]country=FR"))
    expect(page.get_by_role("status")).to_have_text("3 pilots match: country France.")
