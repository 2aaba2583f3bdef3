"""What visitors come for, on a phone: each task within a number of taps, with scripts and without.

A tap opens a link or works a control; words are typed and sent with the keyboard.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import facts
from tests.browser.conftest import NewPage

DATABASES = ("sqlite",)
PHONE = {"width": 360, "height": 740}
# Half of what it was when it showed everything (figures, bars, lists of values, nine cards), and the row of languages.
LONGEST_FRONT_PAGE = 4289 + 36


class Visitor:
    """Somebody with a phone, whose taps are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0
        page.goto("/")

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1

    def tap_link(self, name: str, *, exact: bool = True) -> None:
        self.tap(self.page.get_by_role("link", name=name, exact=exact).first)

    def search(self, words: str) -> None:
        box = self.page.get_by_label("Search the pilots")
        self.tap(box)
        box.fill(words)
        with self.page.expect_navigation():
            box.press("Enter")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_page: NewPage) -> Visitor:
    return Visitor(new_page(viewport=PHONE, java_script_enabled=request.param))


def test_who_trained_frontline_staff_how_and_on_paper(visitor: Visitor) -> None:
    visitor.tap_link("Who trained frontline staff?", exact=False)
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 9 pilots")
    first = page.locator("main article").first
    title = first.locator(".card-title").inner_text()
    pilot = next(pilot for pilot in facts.PILOTS.values() if pilot.title == title)
    assert {"frontline-practitioners", "frontline-practitioners*"} & set(pilot.audiences)
    visitor.tap(first.get_by_role("link", name="Put on your shortlist"))
    visitor.tap_link("Read or print them")
    page.emulate_media(media="print")
    for text in (title, "What was done", "How they worked"):
        expect(page.get_by_role("heading", name=text, exact=True).first).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    assert visitor.taps <= 3  # and one to print


def test_something_like_us_and_what_it_cost(visitor: Visitor) -> None:
    visitor.search("city young release cost")
    page = visitor.page
    expect(page.get_by_text("Cost: the source states it for none of the 9 pilots.")).to_be_visible()
    visitor.tap(page.locator("main .card-title a").first)
    expect(page.locator(".entry-head")).to_contain_text("Municipality of")
    expect(page.locator(".glance")).to_contain_text(re.compile("Not stated: .*cost"))
    visitor.tap_link("Ask before you copy", exact=False)
    expect(page.get_by_text("What did it cost to set up and to run").first).to_be_visible()
    assert visitor.taps <= 3


def test_what_is_restorative_practice_and_who_tried_it(visitor: Visitor) -> None:
    visitor.tap_link("What is restorative practice, and who tried it?", exact=False)
    main = visitor.page.get_by_role("main")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Restorative practice")
    expect(main.locator(".lead")).not_to_be_empty()
    expect(main).to_contain_text(facts.PILOTS["the-hague"].title)
    assert visitor.taps <= 2


def test_who_runs_this(visitor: Visitor) -> None:
    visitor.tap(visitor.page.get_by_role("navigation", name="Main").get_by_role("link", name="About"))
    expect(visitor.page.get_by_role("heading", name="Who stands behind it")).to_be_visible()
    assert visitor.taps == 1


def test_front_page_is_short(visitor: Visitor) -> None:
    height = visitor.page.locator("body").bounding_box()
    assert height
    assert height["height"] <= LONGEST_FRONT_PAGE


def test_number_that_state_an_item_leads_to_them(visitor: Visitor) -> None:
    visitor.search("staff")
    page = visitor.page
    visitor.tap(page.get_by_role("link", name="the source states it for 3 of the 9 pilots"))
    expect(page).to_have_url(re.compile(r"/pilots/\?stated=staff$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 9 pilots")
    stating = sorted(pilot.title for pilot in facts.PILOTS.values() if "staff" in pilot.profile)
    assert sorted(page.locator("main .card-title").all_inner_texts()) == stating
    visitor.tap(page.locator(".chips a").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("9 pilots")
