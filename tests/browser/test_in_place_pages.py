"""Going through the pages of a long list in place: where the focus and the window go."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import titles

DATABASES = ("crowded",)


@pytest.fixture
def listing(new_page: NewPage) -> Page:
    """The list, marked so that an ordinary load would show."""
    page = new_page(reduced_motion="reduce")
    page.goto("/pilots/")
    page.evaluate("document.body.dataset.marked = ''")
    return page


def test_next_page_begins_at_its_heading(listing: Page) -> None:
    before = titles(listing)
    listing.get_by_role("link", name="Next page").click()
    expect(listing).to_have_url("/pilots/?page=2")
    heading = listing.get_by_role("heading", level=1)
    expect(heading).to_have_text("150 pilots, page 2 of 13")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(listing).to_have_title(re.compile("page 2 of 13"))
    assert not set(titles(listing)) & set(before)
    expect(listing.locator("body[data-marked]")).to_be_attached()


def test_choice_on_a_later_page_begins_at_the_first(listing: Page) -> None:
    listing.goto("/pilots/?page=3")
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")


def test_back_shows_the_page_where_it_was_left(listing: Page) -> None:
    following = listing.get_by_role("link", name="Next page")
    following.scroll_into_view_if_needed()
    left = listing.evaluate("scrollY")
    following.click()
    expect(listing).to_have_url("/pilots/?page=2")
    expect(listing.get_by_role("heading", level=1)).to_be_in_viewport()
    listing.go_back()
    expect(listing.get_by_role("heading", level=1)).to_have_text("150 pilots, page 1 of 13")
    assert left > 500
    assert listing.evaluate("scrollY") == pytest.approx(left, abs=2)


def test_page_size_follows_the_choice(listing: Page) -> None:
    listing.get_by_label("Pilots on a page").focus()
    listing.get_by_label("Pilots on a page").select_option("24")
    expect(listing).to_have_url("/pilots/?per_page=24")
    expect(listing.get_by_label("Pilots on a page")).to_be_focused()
    assert len(titles(listing)) == 24
    listing.go_back()
    expect(listing.get_by_role("heading", level=1)).to_have_text("150 pilots, page 1 of 13")
    expect(listing.get_by_label("Pilots on a page")).to_have_value("")


def test_what_the_visitor_opened_stays_open(listing: Page) -> None:
    listing.goto("/pilots/?" + "&".join(f"keep=sample-pilot-{number}" for number in range(1, 9)))
    shortlist = listing.get_by_role("region", name="Your shortlist: 8 pilots")
    shortlist.locator("summary").click()
    shortlist.get_by_role("link").first.click()
    shortlist = listing.get_by_role("region", name="Your shortlist: 7 pilots")
    expect(shortlist.get_by_role("link").first).to_be_focused()
    listing.get_by_label("France").check()
    expect(listing.get_by_role("status")).to_contain_text("country France")
    expect(shortlist.get_by_role("link").first).to_be_visible()
