"""The map in a browser: cards for pointer, keyboard and touch; marks that can be hit; the way to the table and back.

The same on both databases, so one is enough.
"""

import itertools

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import apply, has_in_address

DATABASES = ("sqlite",)

CIRCLES = """links => links.map(link => link.querySelector('.map-reach').getBoundingClientRect())
    .map(box => ({ x: box.x + box.width / 2, y: box.y + box.height / 2, size: box.width }))"""
HIGHLIGHT = "row => getComputedStyle(row).backgroundColor"
# Whether what lies on top in the middle of an element is part of it.
ON_TOP = """element => {
    const box = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))
}"""


@pytest.fixture
def still(new_page: NewPage) -> Page:
    """A page of a visitor who asks for no motion, so that what is scrolled to is there at once."""
    return new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")


def mark(page: Page, name: str) -> Locator:
    """The link of a mark in the layer that shows."""
    return page.get_by_role("link", name=name)


def card(page: Page) -> Locator:
    return page.locator(".map-card > div:visible")


def cards_of_all(page: Page) -> list[tuple[Locator, Locator]]:
    """The visible links of the map, each with its card."""
    return [(link, link.locator(".map-card > div")) for link in page.locator(".map a:visible").all()]


def test_no_card_shows_by_itself(page: Page) -> None:
    page.goto("/map/")
    expect(page.locator(".map a:visible")).to_have_count(6)
    expect(card(page)).to_have_count(0)


def test_keyboard_leads_from_mark_to_card_to_row_to_pilot(still: Page) -> None:
    still.goto("/map/")
    mark(still, "Avignon, France: 1 pilot").focus()
    still.keyboard.press("Shift+Tab")
    still.keyboard.press("Tab")
    expect(card(still)).to_contain_text("Risk-assessment for extremist offenders")
    still.keyboard.press("Enter")
    expect(still).to_have_url("/map/#place-avignon")
    row = still.locator("#place-avignon")
    expect(row).to_be_in_viewport()
    assert row.evaluate(HIGHLIGHT) != still.locator("#place-sarcelles").evaluate(HIGHLIGHT)
    still.keyboard.press("Tab")
    expect(row.get_by_role("link", name="Risk-assessment for extremist offenders")).to_be_focused()


def test_every_mark_is_reached_by_tab(still: Page) -> None:
    still.goto("/map/")
    still.locator(".views a").last.focus()
    names = []
    for _ in range(6):
        still.keyboard.press("Tab")
        names.append(still.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names == [link.get_attribute("aria-label") for link in still.locator(".map a:visible").all()]


def test_pointer_shows_the_card_and_may_move_over_it(page: Page) -> None:
    page.goto("/map/")
    page.locator(".map a:visible .map-reach").nth(1).hover()
    expect(card(page)).to_contain_text("France · 1 pilot")
    box = card(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10, steps=9)
    expect(card(page)).to_contain_text("France · 1 pilot")
    page.mouse.move(5, 5)
    expect(card(page)).to_have_count(0)


def test_card_stays_while_the_pointer_is_over_it_though_marks_lie_under_it(page: Page) -> None:
    page.goto("/map/")
    page.locator(".map a:visible .map-reach").first.hover()
    expect(card(page)).to_contain_text("3 places close together")
    below = page.locator(".map a:visible .map-reach").nth(2).bounding_box()
    assert below
    page.mouse.move(below["x"] + below["width"] / 2, below["y"] + below["height"] / 2, steps=9)
    expect(card(page)).to_contain_text("3 places close together")


def test_escape_puts_the_card_away_and_the_next_visit_shows_it_again(page: Page) -> None:
    page.goto("/map/")
    place = page.locator(".map a:visible .map-reach").nth(1)
    place.hover()
    expect(card(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.mouse.move(5, 5)
    place.hover()
    expect(card(page)).to_have_count(1)


def test_touch_leads_to_the_row(new_page: NewPage) -> None:
    options = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
    page = new_page(**options, reduced_motion="reduce")
    page.goto("/map/")
    mark(page, "Málaga, Spain: 1 pilot").locator(".map-reach").tap()
    expect(page).to_have_url("/map/#place-malaga")
    expect(page.locator("#place-malaga")).to_be_in_viewport()


def test_group_leads_to_its_places_and_each_to_its_row(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/map/")
    places = page.locator("#group-rotterdam-and-2")
    expect(places).to_be_hidden()
    mark(page, "3 places close together").locator(".map-reach").click()
    expect(places).to_be_visible()
    places.get_by_role("link", name="The Hague, Netherlands").click()
    expect(page).to_have_url("/map/#place-the-hague")
    expect(places).to_be_hidden()


def test_filters_narrow_map_and_table_and_a_pilot_leads_back(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/map/")
    page.get_by_role("checkbox", name="France").check()
    apply(page)
    expect(page).to_have_url(has_in_address("country=FR"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Map: 3 of 9 pilots")
    expect(page.locator(".map a:visible")).to_have_count(2)
    page.get_by_role("link", name="Reintegration of young offenders").click()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Back to the map").click()
    expect(page).to_have_url("/map/?country=FR")


def test_narrow_and_wide_drawings_have_marks_of_their_own(page: Page) -> None:
    page.goto("/map/")
    counts = {}
    for width in (320, 400, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        counts[width] = [page.locator(f".{layer} a:visible").count() for layer in ("map-narrow", "map-wide")]
    assert counts == {320: [5, 0], 400: [5, 0], 768: [0, 6], 1280: [0, 6]}


@pytest.mark.parametrize("query", ["", "?country=FR", "?country=NL&country=BE"])
def test_targets_are_24_pixels_and_apart_also_on_the_narrowest_page(query: str, page: Page) -> None:
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/map/{query}")
        circles = page.locator(".map a:visible").evaluate_all(CIRCLES)
        assert circles
        assert all(circle["size"] >= 24 for circle in circles)
        for one, other in itertools.combinations(circles, 2):
            apart = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
            assert apart >= 24, (width, one, other)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_cards_are_on_top_and_within_the_window(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/map/")
    for link, shown in cards_of_all(page):
        link.focus()
        expect(shown).to_be_visible()
        shown.scroll_into_view_if_needed()
        box = shown.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert shown.evaluate(ON_TOP)


def test_names_of_marks_are_read_out(page: Page) -> None:
    page.goto("/map/?country=FR")
    picture = page.get_by_role("group", name="Map of Europe: 3 pilots in 1 country")
    expect(picture.get_by_role("link")).to_have_count(2)
    expect(picture).to_have_accessible_name("Map of Europe: 3 pilots in 1 country")


def test_forced_colours_keep_marks_and_borders(new_page: NewPage) -> None:
    page = new_page(forced_colors="active")
    page.goto("/map/")
    page.locator(".map a:visible").first.focus()
    fills = page.evaluate(
        "['.map-circle', '.map-sea', '.map-here'].map(name => getComputedStyle(document.querySelector(name)).fill)"
    )
    assert len(set(fills)) == 2  # marks in the colour of links, all the rest in that of the page
    expect(card(page)).to_have_count(1)
