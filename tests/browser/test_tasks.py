"""What visitors come for, on a phone: each task within a number of taps, with scripts and without.

A tap opens a link or works a control; words are typed and sent with the keyboard.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import facts
from tests.browser.conftest import NewPage

DATABASES = ("sqlite",)
PHONE = {"width": 360, "height": 740}
# Half of what it was when it showed everything: figures, bars, lists of values, nine cards.
LONGEST_FRONT_PAGE = 4289


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


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_page: NewPage) -> Visitor:
    return Visitor(new_page(viewport=PHONE, java_script_enabled=request.param))


def test_what_is_restorative_practice_and_who_tried_it(visitor: Visitor) -> None:
    visitor.tap_link("What is restorative practice, and who tried it?", exact=False)
    main = visitor.page.get_by_role("main")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Restorative practice")
    expect(main.locator(".lead")).not_to_be_empty()
    expect(main).to_contain_text(facts.PILOTS["the-hague"].title)
    assert visitor.taps <= 2


def test_front_page_is_short(visitor: Visitor) -> None:
    height = visitor.page.locator("body").bounding_box()
    assert height
    assert height["height"] <= LONGEST_FRONT_PAGE
