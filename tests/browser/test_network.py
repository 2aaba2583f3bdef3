"""The drawing of who worked with whom: by keyboard, by pointer, without JavaScript, on screens of every width."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import has_in_address

DATABASES = ("sqlite",)

WHO_WITH_WHOM = "Municipality of Rotterdam with Fryshuset / Exit Sweden: Case management in probation and release"

# How far from the middle of a line a click goes elsewhere, of three places tried.
MISSED = """links => links.flatMap(link => {
    link.scrollIntoView({ block: "center", behavior: "instant" });
    const path = link.querySelector("path:last-child");
    const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    const hit = off => document.elementFromPoint(middle.x, middle.y + off)?.closest("a");
    return [-11, 0, 11].filter(off => hit(off) !== link);
})"""


def drawing(page: Page) -> Locator:
    """The drawing that is seen; the one for other widths is not."""
    return page.get_by_role("group", name="Who worked with whom")


def tab_to(page: Page, link: Locator) -> None:
    """Press Tab until a link has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError("Tab never reached the link")


def stroke_width(of: Locator) -> str:
    """How thick a line is drawn."""
    return str(of.evaluate("path => getComputedStyle(path).strokeWidth"))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """The network in the browser of a visitor, once with scripts and once without."""
    page = new_page(java_script_enabled=request.param)
    page.goto("/partners/")
    return page


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Fryshuset / Exit Sweden: 3 pilots", "Fryshuset / Exit Sweden"),
        ("Government of Catalonia, Spain", "Government of Catalonia"),
        (WHO_WITH_WHOM, "Case management in probation and release"),
    ],
)
def test_names_and_lines_are_reached_and_followed_by_keyboard(page: Page, name: str, heading: str) -> None:
    page.goto("/partners/")
    link = drawing(page).get_by_role("link", name=name)
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_pointer_follows_a_line_and_comes_back(visitor: Page) -> None:
    drawing(visitor).get_by_role("link", name=WHO_WITH_WHOM).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Case management in probation and release")
    visitor.get_by_role("link", name="Back to partners").first.click()
    expect(drawing(visitor)).to_be_visible()


def test_line_with_the_focus_is_thicker_and_has_a_band_along_it(page: Page) -> None:
    page.goto("/partners/")
    line = drawing(page).get_by_role("link", name=WHO_WITH_WHOM)
    band, path = line.locator("path").first, line.locator("path").last
    thin, unseen = stroke_width(path), band.evaluate("path => getComputedStyle(path).stroke")
    tab_to(page, line)
    assert float(stroke_width(path)[:-2]) > float(thin[:-2])
    assert band.evaluate("path => getComputedStyle(path).stroke") != unseen


def test_partner_with_the_focus_has_a_ring_and_shows_its_lines(page: Page) -> None:
    page.goto("/partners/")
    partner = drawing(page).get_by_role("link", name="Efus: 2 pilots")
    lines = partner.locator(".network-echo").first
    assert lines.evaluate("path => getComputedStyle(path).opacity") == "0"
    tab_to(page, partner)
    assert lines.evaluate("path => getComputedStyle(path).opacity") != "0"
    assert partner.locator(".network-ring").evaluate("ring => getComputedStyle(ring).stroke") != "none"


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_one_drawing_fits_the_screen_with_letters_large_enough(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/partners/")
    expect(drawing(page)).to_have_count(1)
    box = drawing(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    heights = (
        drawing(page).locator("a text").evaluate_all("texts => texts.map(text => text.getBoundingClientRect().height)")
    )
    assert min(heights) >= 12
    edges = (
        drawing(page).locator("a text").evaluate_all("texts => texts.map(text => text.getBoundingClientRect().left)")
    )
    assert min(edges) >= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_every_line_is_hit_within_12_pixels_of_its_middle(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/partners/")
    missed = drawing(page).locator(".network-line").evaluate_all(MISSED)
    assert missed == []


def test_way_past_the_drawing_leads_to_the_same_as_a_list(visitor: Page) -> None:
    visitor.get_by_role("link", name="The same as a list").click()
    expect(visitor).to_have_url("/partners/#list")
    expect(visitor.get_by_role("heading", name="The partners from A to Z")).to_be_in_viewport()


def test_filters_narrow_the_drawing(visitor: Page) -> None:
    visitor.get_by_label("France").check()
    visitor.get_by_role("button", name="Apply").click()
    expect(visitor).to_have_url(has_in_address("country=FR"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 of 6 partners")
    expect(drawing(visitor).get_by_role("link", name="FACE: 1 pilot")).to_be_visible()
    expect(drawing(visitor).get_by_role("link", name="Denkzeit")).to_have_count(0)


def test_drawing_is_there_in_forced_colours_and_on_paper(page: Page) -> None:
    page.goto("/partners/")
    page.emulate_media(forced_colors="active")
    fill = drawing(page).locator("a text").first.evaluate("text => getComputedStyle(text).fill")
    assert fill != page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print", forced_colors="none")
    expect(drawing(page)).to_be_visible()
