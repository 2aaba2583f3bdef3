"""Controls of the list: the focus stays in sight, chips and page sizes do what they say.

The controls are the same on both databases; that they find the same is tried in `test_visitor`.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import apply, has_in_address, titles

DATABASES = ("sqlite",)

# What lies on the first line of the focused element, at its left edge: the element itself, or something that hides it.
FOCUS = """() => {
    const element = document.activeElement
    const box = element.getClientRects()[0]
    const top = document.elementFromPoint(box.left + Math.min(9, box.width / 2), box.top + box.height / 2)
    const name = `${element.name || element.innerText} ${element.value || ''}`
    return { tag: element.tagName, name, seen: !!top && element.contains(top) }
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 800), (320, 256)])
def test_focus_is_never_hidden(width: int, height: int, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto("/pilots/")
    stops = []
    for _ in range(100):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        if stops[-1]["tag"] == "BODY":  # past the last link
            break
    names = [stop["name"].strip() for stop in stops]
    in_sheet = set() if width > 960 else {"country FR", "Apply"}
    assert {"country FR", "Apply", "For editors"} - in_sheet <= set(names)
    assert [stop["name"] for stop in stops[:-1] if not stop["seen"]] == []


def test_chip_is_removed_by_keyboard(page: Page) -> None:
    page.goto("/pilots/?country=FR&partner=efus")
    page.get_by_role("link", name="Country: France – remove").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/pilots/?partner=efus")
    expect(page.get_by_role("status")).to_have_text("2 pilots match: partner Efus.")


def test_order_and_page_size_stay_while_filters_change(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/pilots/")
    page.get_by_label("Sort by").select_option(label="Place, Z to A")
    page.get_by_label("Pilots on a page").select_option("24")
    page.get_by_label("France").check()
    apply(page)
    expect(page).to_have_url(has_in_address("country=FR", "sort=-place", "per_page=24"))
    assert titles(page)[0] == "Reintegration of young offenders"
    page.get_by_role("link", name="Country: France – remove").click()
    expect(page).to_have_url("/pilots/?sort=-place&per_page=24")
    assert titles(page)[0] == "Case management and working with “formers”"
    page.locator(".card-title a", has_text="Case management and working with").click()
    page.go_back()
    expect(page.get_by_label("Pilots on a page")).to_have_value("24")


def test_remove_all_shows_everything_again(page_without_js: Page) -> None:
    page_without_js.goto("/pilots/?country=FR&partner=efus&q=young")
    page_without_js.get_by_role("link", name="Remove all").click()
    expect(page_without_js).to_have_url("/pilots/")
    expect(page_without_js.get_by_role("heading", level=1)).to_have_text("9 pilots")


def test_what_was_searched_for_is_marked_on_paper_too(page: Page) -> None:
    page.goto("/pilots/?q=training")
    page.emulate_media(media="print")
    expect(page.locator("mark").first).to_have_css("border-bottom", "2px solid rgb(0, 0, 0)")
