"""The matrix in a browser: from a number to its list, by keyboard; what stays while it scrolls; contrast.

The same on both databases, so one is enough.
"""

import itertools
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pilots.development.styleguide.tokens import contrast
from tests.browser.conftest import NewPage
from tests.browser.walk import apply, has_in_address

DATABASES = ("sqlite",)

# Whether a part of what has the focus is in sight. (Chromium does not scroll to what a scroller shows in part.)
SEEN = """() => {
    const element = document.activeElement
    const box = element.getBoundingClientRect()
    const tops = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(part =>
        document.elementFromPoint(box.x + box.width * part / 10, box.y + box.height / 2))
    return { name: element.ariaLabel || element.innerText, seen: tops.some(top => top && element.contains(top)) }
}"""
# Whether all of what has the focus is in sight.
WHOLLY_SEEN = """() => {
    const element = document.activeElement
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const corners = [[left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3]]
    const seen = corners.every(([x, y]) => element.closest('th, td')?.contains(document.elementFromPoint(x, y)))
    return { name: element.ariaLabel || element.innerText, seen }
}"""
# Text and ground of each cell, as the browser paints them.
COLOURS = """() => {
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const hex = (colour) => {
        for (pixel.fillStyle of [getComputedStyle(document.body).backgroundColor, colour]) pixel.fillRect(0, 0, 1, 1)
        const parts = [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)]
        return '#' + parts.map(part => part.toString(16).padStart(2, '0')).join('')
    }
    return [...document.querySelectorAll('.matrix td[class]')].map(cell => ({
        step: cell.className,
        ground: hex(getComputedStyle(cell).backgroundColor),
        text: hex(getComputedStyle(cell.querySelector('a, [role=img]')).color),
    }))
}"""
BOX = "element => element.getBoundingClientRect().toJSON()"


def matrix_of(new_page: NewPage, width: int, height: int, address: str = "/matrix/", **options: Any) -> Page:
    """The matrix in a window of this size."""
    page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    page.goto(address)
    return page


@pytest.mark.parametrize("button", ["", "Show"], ids=["with scripts", "without scripts"])
def test_from_other_axes_and_a_filter_to_a_number_and_its_list(button: str, new_page: NewPage) -> None:
    page = matrix_of(new_page, 1280, 900, java_script_enabled=not button)
    for field, axis, heading in (
        ("Rows", "Stage", "stage and target group"),
        ("Columns", "Country", "stage and country"),
    ):
        page.get_by_label(field, exact=True).select_option(axis)
        if button:
            page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Matrix: 9 pilots by {heading}")
    page.get_by_label("Training").check()
    if button:
        apply(page)
    expect(page).to_have_url(has_in_address("activity=training", "rows=stage", "columns=country"))
    page.get_by_role("link", name="1 pilot: Community, France").click()
    expect(page).to_have_url("/pilots/?country=FR&activity=training&stage=community")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 9 pilots")
    page.go_back()
    expect(page.get_by_label("Rows", exact=True)).to_have_value("stage")


def test_keyboard_goes_through_all_numbers_and_none_is_hidden(new_page: NewPage) -> None:
    page = matrix_of(new_page, 360, 600)
    region = page.get_by_role("region", name="Number of pilots. Rows: Activity type. Columns: Target group.")
    region.focus()
    links = region.get_by_role("link").count()
    stops = []
    for _ in range(links):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(SEEN))
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert stops[0]["name"] == "Young offenders"
    assert stops[-1]["name"] == "1 pilot: Citizenship education, Young offenders"


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 512), (360, 800)], ids=["400 %", "200 %", "phone"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_focus_is_wholly_in_sight_on_small_and_enlarged_windows(
    width: int, height: int, key: str, new_page: NewPage
) -> None:
    page = matrix_of(new_page, width, height)
    links = page.locator(".matrix a")
    (links.first if key == "Tab" else links.last).focus()
    stops = []
    for _ in range(links.count() - 1):
        page.keyboard.press(key)
        stops.append(page.evaluate(WHOLLY_SEEN))
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert len({stop["name"] for stop in stops}) == len(stops) > 20


def test_keyboard_scrolls_the_table(new_page: NewPage) -> None:
    page = matrix_of(new_page, 360, 600)
    region = page.get_by_role("region", name="Number of pilots")
    region.scroll_into_view_if_needed()
    region.focus()
    for keys, name in ((["ArrowRight"] * 4, "Radicalised offenders"), (["End"], "Citizenship education")):
        link = region.get_by_role("link", name=name, exact=True)
        expect(link).not_to_be_in_viewport(ratio=1)
        for key in keys:
            page.keyboard.press(key)
        expect(link).to_be_in_viewport(ratio=0.5)


@pytest.mark.parametrize(("width", "height"), [(320, 900), (360, 600), (768, 600)])
def test_heads_stay_while_the_table_scrolls_and_leave_most_of_it_to_the_numbers(
    width: int, height: int, new_page: NewPage
) -> None:
    page = matrix_of(new_page, width, height, "/matrix/?rows=target&columns=activity")
    region, row, column = (page.locator(part).first for part in (".matrix", ".matrix tbody th", ".matrix thead th"))
    region.evaluate("element => element.scrollTo(400, 400)")
    assert region.evaluate("element => element.scrollLeft") > 0
    box = region.evaluate(BOX)
    assert row.evaluate(BOX)["left"] == box["left"]
    assert column.evaluate(BOX)["left"] == box["left"]
    assert column.evaluate(BOX)["top"] == box["top"]
    assert row.evaluate(BOX)["width"] <= 0.43 * box["width"]


def test_heads_cover_no_numbers_where_the_window_is_low(new_page: NewPage) -> None:
    page = matrix_of(new_page, 320, 256)
    assert page.locator(".matrix thead").evaluate("element => getComputedStyle(element).position") == "static"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_stand_out_from_every_shade_and_shades_from_one_another(scheme: str, new_page: NewPage) -> None:
    page = matrix_of(new_page, 1280, 900, color_scheme=scheme)
    page.locator(".matrix td a").first.evaluate("element => element.closest('td').className = 'shade-4'")
    cells = page.evaluate(COLOURS)
    grounds = {cell["step"]: cell["ground"] for cell in cells}
    assert sorted(grounds) == ["shade-0", "shade-1", "shade-2", "shade-3", "shade-4"]
    assert all(contrast(cell["ground"], cell["text"]) >= (7 if cell["step"] > "shade-0" else 4.5) for cell in cells)
    shades = [grounds[step] for step in sorted(grounds)[1:]]
    assert all(contrast(one, other) >= 1.1 for one, other in itertools.pairwise(shades))


def test_cells_have_borders_where_the_visitor_chose_the_colours(new_page: NewPage) -> None:
    page = matrix_of(new_page, 1280, 900, forced_colors="active")
    style = page.locator(".matrix td").first.evaluate("element => getComputedStyle(element).borderRightColor")
    assert style == page.locator("h1").evaluate("element => getComputedStyle(element).color")


def test_on_paper_the_whole_table_shows(new_page: NewPage) -> None:
    page = matrix_of(new_page, 794, 600)
    page.emulate_media(media="print")
    region = page.locator(".matrix")
    assert region.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
    assert region.evaluate("element => getComputedStyle(element.querySelector('thead')).position") == "static"
    assert not page.locator(".axes").is_visible()
    assert page.get_by_text("Returning foreign fighters").first.is_visible()
