"""The search box suggests while somebody types: by keyboard and pointer, read out, and never in the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.axe import find_faults
from tests.browser.conftest import NewContext

DATABASES = ("sqlite",)
ASKED = re.compile(r"/suggest/")


@pytest.fixture
def box(page: Page) -> Locator:
    """The search box of the list, with the focus."""
    page.goto("/pilots/")
    box = page.get_by_label("Search the pilots")
    box.focus()
    return box


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def active(box: Locator) -> Locator:
    """The option that a screen reader reads out."""
    return box.page.locator(f"[id='{box.get_attribute('aria-activedescendant')}'][aria-selected=true]")


def test_arrows_choose_and_enter_goes_there_while_the_focus_stays(box: Locator, page: Page) -> None:
    box.press_sequentially("avig")
    expect(options(page)).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    said = page.locator(".search [aria-live=polite]")
    expect(said).to_have_text("2 suggestions. Use the up and down arrow keys to choose.")
    box.press("ArrowDown")
    expect(active(box)).to_have_text("Avignon Municipality of Avignon Place")
    box.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("ArrowUp")
    expect(active(box)).to_contain_text("Risk-assessment for extremist offenders")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page).to_have_url("/pilots/avignon/")


def test_enter_without_a_choice_searches_and_closes(box: Locator, page: Page) -> None:
    box.press_sequentially("fr")
    expect(options(page)).not_to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url("/pilots/?q=fr")
    expect(options(page)).to_have_count(0)
    expect(box).to_be_focused()


def test_escape_closes_first_and_then_empties_the_box(box: Locator, page: Page) -> None:
    box.press_sequentially("fr")
    expect(options(page)).not_to_have_count(0)
    box.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("fr")
    box.press("ArrowDown")
    expect(options(page)).not_to_have_count(0)
    box.press("Tab")
    expect(options(page)).to_have_count(0)
    box.focus()
    box.press("Escape")
    expect(box).to_have_value("")


def test_alt_and_arrows_open_and_close_and_shift_is_left_to_the_text(box: Locator, page: Page) -> None:
    box.press_sequentially("fr")
    expect(options(page)).not_to_have_count(0)
    box.press("Alt+ArrowUp")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("fr")
    box.press("Alt+ArrowDown")
    expect(options(page)).not_to_have_count(0)
    box.press("Alt+ArrowDown")
    box.press("Home")
    box.press("Shift+ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "fr"


def test_keyboard_of_a_phone_which_composes_words_gets_suggestions_too(box: Locator, page: Page) -> None:
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "avig", "selectionStart": 4, "selectionEnd": 4})
    expect(options(page)).to_have_count(2)
    expect(box).to_have_value("avig")


def test_pointer_takes_a_value_into_the_list_in_place_with_the_shortlist(page: Page) -> None:
    page.goto("/pilots/?keep=malaga")
    page.evaluate("document.body.dataset.marked = ''")
    box = page.get_by_label("Search the pilots")
    box.press_sequentially("fran")
    options(page).filter(has_text="Country").click()
    expect(page).to_have_url("/pilots/?country=FR&keep=malaga")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 9 pilots")
    expect(page.locator("body[data-marked]")).to_be_attached()
    expect(box).to_have_value("")
    expect(options(page)).to_have_count(0)


def test_one_question_at_a_time_and_late_answers_are_dropped(new_context: NewContext) -> None:
    page, asked = new_context().new_page(), list[str]()

    def note(request: Request) -> None:
        if ASKED.search(request.url):
            asked.append(request.url.partition("?q=")[2])

    page.on("request", note)
    page.clock.install()
    page.goto("/pilots/")
    box = page.get_by_label("Search the pilots")
    held: list[Route] = []
    page.route(ASKED, lambda route: held.append(route))
    with page.expect_request(ASKED):
        box.press_sequentially("av")
        page.clock.run_for(1000)
    for letter in "ign":
        box.press(letter)
        page.clock.run_for(1000)  # longer than the pause after which the box asks
    assert asked == ["av"]
    with page.expect_request(ASKED):
        held[0].continue_()
    assert asked == ["av", "avign"]
    expect(options(page)).to_have_count(0)
    box.press("Escape")
    held[1].continue_()
    box.fill("avign")
    expect(options(page)).to_have_count(2)
    assert asked == ["av", "avign"]


def test_failure_leaves_the_box_as_it_was(box: Locator, page: Page, complaints: list[str]) -> None:
    page.route(ASKED, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        box.press_sequentially("fr")
    box.press("Enter")
    expect(page).to_have_url("/pilots/?q=fr")
    assert [complaint for complaint in complaints if "/suggest/" not in complaint] == []
    complaints.clear()


def test_answer_of_somebody_on_the_way_shows_nothing(box: Locator, page: Page) -> None:
    page.route(ASKED, lambda route: route.fulfill(json={"error": "Log in to your network first."}))
    with page.expect_event("requestfinished", lambda request: bool(ASKED.search(request.url))):
        box.press_sequentially("fr")
    box.press("Enter")
    expect(page).to_have_url("/pilots/?q=fr")


def test_axe_finds_nothing_in_open_suggestions(box: Locator, page: Page, complaints: list[str]) -> None:
    box.press_sequentially("pr")
    expect(options(page)).to_have_count(8)
    box.press("ArrowDown")
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert find_faults(page) == [], f"{width} px, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [option.bounding_box() for option in options(page).all()]
    assert all(box and box["height"] >= 24 for box in boxes)
    complaints.clear()  # axe itself sets styles, which the policy refuses


def test_suggestions_lie_above_the_heads_of_a_matrix(page: Page) -> None:
    page.goto("/matrix/")
    page.get_by_label("Search the pilots").press_sequentially("pr")
    expect(options(page)).to_have_count(8)
    on_top = """option => {
        option.scrollIntoView({ block: "center", behavior: "instant" });
        const { x, y, width, height } = option.getBoundingClientRect();
        return option.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    assert [option.evaluate(on_top) for option in options(page).all()] == [True] * 8


def test_without_scripts_the_box_is_a_plain_one(page_without_js: Page) -> None:
    page_without_js.goto("/pilots/")
    expect(page_without_js.get_by_role("searchbox", name="Search the pilots")).to_be_visible()
    expect(page_without_js.locator(".suggestions, .search [aria-live]")).to_have_count(0)
