"""Long facets in the browser: all options within reach, and quickly found with scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import find_faults
from tests.browser.conftest import NewContext, NewPage
from tests.browser.looks import SMALL_TARGETS
from tests.browser.walk import open_filters

DATABASES = ("crowded",)


@pytest.fixture
def listing(page: Page) -> Page:
    page.goto("/pilots/")
    return page


def facet(page: Page, name: str = "Country") -> Locator:
    return page.locator("fieldset", has=page.locator("legend", has_text=re.compile(f"^{name}$")))


def box(page: Page, name: str = "Country") -> Locator:
    return page.get_by_label(f"Find in this list: {name}")


def shown(part: Locator) -> list[str]:
    """The names of the options that a visitor sees."""
    labels = part.locator("label:has([type=checkbox])").filter(visible=True)
    return [re.sub(r"\s+\d+$", "", words).strip() for words in labels.all_inner_texts()]


def options(part: Locator) -> int:
    return part.locator("[type=checkbox]").count()


def test_all_options_are_shown_on_demand(listing: Page) -> None:
    country = facet(listing)
    assert len(shown(country)) == 8
    country.locator("summary").click()
    assert len(shown(country)) == options(country) > 30


def test_rest_can_be_shown_chosen_and_sent_without_scripts(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/pilots/")
    expect(page.get_by_label("Find in this list")).to_have_count(0)
    country = facet(page)
    country.locator("summary").click()
    last = country.locator("details [type=checkbox]").last
    value = last.get_attribute("value")
    last.check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(f"country={value}&"))
    expect(page.locator(f"[name=country][value={value}]")).to_be_checked()
    expect(page.locator(f"[name=country][value={value}]")).to_be_visible()


def test_typing_narrows_the_list_and_says_how_many_are_left(listing: Page) -> None:
    box(listing).press_sequentially("LAND")
    names = shown(facet(listing))
    assert {"Finland", "Ireland", "Netherlands"} <= set(names)
    assert all("land" in name.casefold() for name in names)
    expect(facet(listing).locator("[aria-live=polite]")).to_have_text(
        f"Shown: {len(names)} of {options(facet(listing))}"
    )


def test_accents_do_not_matter(listing: Page) -> None:
    name = facet(listing).locator("label", has=listing.locator("[value=TR]"))
    expect(name).to_contain_text("Türkiye")
    box(listing).press_sequentially("turki")
    assert shown(facet(listing)) == ["Türkiye"]
    box(listing).fill("TÜRKI")
    assert shown(facet(listing)) == ["Türkiye"]


def test_count_is_no_part_of_a_name(listing: Page) -> None:
    box(listing).press_sequentially("1")
    assert shown(facet(listing)) == []
    expect(facet(listing).locator("[aria-live]")).to_have_text(re.compile("^Shown: 0 of"))


def test_escape_clears_the_box_and_leaves_the_list_as_it_was(listing: Page) -> None:
    before = shown(facet(listing))
    box(listing).press_sequentially("land")
    box(listing).press("Escape")
    expect(box(listing)).to_have_value("")
    assert shown(facet(listing)) == before
    expect(facet(listing).locator("[aria-live]")).to_have_text("")
    facet(listing).locator("summary").click()
    box(listing).press_sequentially("land")
    box(listing).press("Escape")
    assert len(shown(facet(listing))) == options(facet(listing))


def test_what_is_chosen_stays_chosen_out_of_sight(listing: Page) -> None:
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    box(listing).press_sequentially("germ")
    assert shown(facet(listing)) == ["Germany"]
    listing.get_by_label("Germany").check()
    expect(listing).to_have_url("/pilots/?country=FR&country=DE")


def test_box_is_not_sent_and_enter_in_it_sends_nothing(new_context: NewContext) -> None:
    listing, asked = new_context().new_page(), list[str]()
    listing.goto("/pilots/")
    listing.on("request", lambda request: asked.append(request.url) if "/pilots/" in request.url else None)
    box(listing).press_sequentially("fra")
    box(listing).press("Enter")
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    assert [address.partition("?")[2] for address in asked] == ["country=FR"]
    assert shown(facet(listing)) == ["France"]


def test_no_option_moves_while_the_visitor_chooses(listing: Page) -> None:
    facet(listing).locator("summary").click()
    before = shown(facet(listing))
    last = facet(listing).locator("[type=checkbox]").last
    last.check()
    expect(listing.locator(".chip")).to_have_count(1)
    assert shown(facet(listing)) == before
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()


def test_option_that_nobody_has_is_muted_and_can_be_chosen(listing: Page) -> None:
    colour = "label => getComputedStyle(label).color"
    option = facet(listing, "Partner").locator("label").last
    facet(listing, "Partner").locator("summary").click()
    full = option.evaluate(colour)
    listing.goto("/pilots/?q=nothing-of-the-kind")
    none = listing.locator("label.none").first
    expect(none.locator(".count")).to_have_text("0")
    assert none.evaluate(colour) != full
    none.locator("input").check()
    expect(listing.locator(".chip")).to_have_count(2)
    expect(none.locator("input")).to_be_checked()


def test_list_is_found_chosen_and_left_by_keyboard_alone(listing: Page) -> None:
    box(listing).focus()
    listing.keyboard.type("neth")
    listing.keyboard.press("Tab")
    listing.keyboard.press("Space")
    expect(listing.get_by_role("status")).to_contain_text("country Netherlands")
    expect(listing.get_by_label("Netherlands")).to_be_focused()
    listing.keyboard.press("Shift+Tab")
    listing.keyboard.press("Escape")
    expect(box(listing)).to_be_focused()
    expect(box(listing)).to_have_value("")


@pytest.mark.parametrize("width", [1280, 320])
def test_open_and_narrowed_facets_are_fit_for_everybody(width: int, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/pilots/?q=nothing-of-the-kind")
    open_filters(page)
    facet(page).locator("summary").click()
    box(page, "Partner").press_sequentially("1")
    assert find_faults(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
