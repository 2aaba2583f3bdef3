"""From the list to a shortlist, from there to a comparison, on screen and on paper. No script is needed for it."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext, NewPage
from tests.browser.walk import has_in_address, lacks_in_address, sheets

DATABASES = ("sqlite",)

# The four of the nine pilots whose facts take most room together.
LONGEST = "/compare/?pilot=avignon&pilot=catalonia&pilot=malaga&pilot=sarcelles"
TWO = "/compare/?pilot=rotterdam&pilot=vilvoorde"
A4_ACROSS = b"/MediaBox [0 0 841.9"
IN_WINDOW = "link => { const box = link.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article").filter(has_text=name)


def test_shortlist_is_made_in_the_list_and_compared(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/pilots/?partner=fryshuset-exit-sweden")
    for name in ("Rotterdam", "Vilvoorde"):
        card(page, f"Municipality of {name}").get_by_role("link", name="Put on your shortlist").click()
    expect(page).to_have_url(
        re.compile(r"\?partner=fryshuset-exit-sweden&keep=rotterdam&keep=vilvoorde#keep-vilvoorde$")
    )
    shortlist = page.get_by_role("region", name="Your shortlist: 2 pilots")
    shortlist.get_by_role("link", name="Compare them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rotterdam and Vilvoorde compared")
    page.get_by_role("link", name="Only differences").click()
    expect(page.get_by_role("rowheader", name="Country Differs")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Partners")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Take out.*Vilvoorde$")).click()
    expect(page).to_have_url(lacks_in_address("pilot=vilvoorde"))
    page.get_by_label("Pilot to add").select_option("vilvoorde")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(has_in_address("pilot=rotterdam", "pilot=vilvoorde", "show=differences"))
    page.get_by_role("link", name="Read or print them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shortlist: 2 pilots")
    card(page, "Municipality of Vilvoorde").get_by_role("link", name="take off").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shortlist: 1 pilot")


def test_two_pilots_are_chosen_in_the_form(page_without_js: Page) -> None:
    page_without_js.goto("/compare/")
    page_without_js.get_by_label("First pilot").select_option(
        label="Málaga: Training municipal front-line workers in exit strategies"
    )
    page_without_js.get_by_label("Second pilot").select_option("avignon")
    page_without_js.get_by_role("button", name="Compare").click()
    expect(page_without_js.get_by_role("heading", level=1)).to_have_text("Málaga and Avignon compared")


def test_of_a_long_shortlist_the_ticked_are_compared(page_without_js: Page) -> None:
    page = page_without_js
    page.goto("/pilots/?keep=avignon&keep=malaga&keep=rotterdam&keep=sarcelles&keep=vilvoorde")
    page.get_by_role("link", name="Choose which to compare").click()
    for name in ("Málaga", "Sarcelles"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Málaga and Sarcelles compared")
    expect(page.get_by_role("region", name="Your shortlist: 5 pilots")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_visitor_stays_where_the_link_was_touched(width: int, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    page.goto("/pilots/?keep=avignon")
    last = card(page, "Municipality of Vilvoorde")
    last.get_by_role("link", name="Put on your shortlist").click()
    on = last.get_by_role("link", name="On your shortlist: take off")
    expect(on).to_be_in_viewport()
    assert on.evaluate(IN_WINDOW)
    expect(last.get_by_role("heading")).to_be_in_viewport()


def test_shortlist_and_comparison_by_keyboard_alone(page: Page) -> None:
    page.goto("/pilots/rotterdam/")
    page.get_by_role("link", name="Put on your shortlist").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="On your shortlist: take off")).to_be_visible()
    page.get_by_role("link", name="Read or print them").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose a second pilot").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Pilot to add").focus()
    page.keyboard.type("Vilvoorde")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rotterdam and Vilvoorde compared")


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_table_is_one_for_screen_readers_at_every_width(width: int, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(TWO)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in tree if not node["ignored"])
    assert (roles["table"], roles["columnheader"], roles["rowheader"]) == (2, 4, 24)
    assert roles["cell"] >= 38 - 7  # seven rows say the same for both, and narrow pages say it once


def test_narrow_page_names_the_pilot_in_each_cell(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    page.goto(TWO)
    country = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Country"))
    assert country.get_by_role("cell").all_inner_texts() == ["Rotterdam\n\nNetherlands", "Vilvoorde\n\nBelgium"]
    kind = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Kind of authority Same for all"))
    assert [cell for cell in kind.get_by_role("cell").all_inner_texts() if cell] == ["Municipality"]


def test_facts_of_four_fit_one_sheet_across(page: Page) -> None:
    page.goto(LONGEST)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(A4_ACROSS) == sheets(page) >= 2
    page.emulate_media(media="print")
    expect(page.get_by_text("This page is kept at http")).to_be_visible()
    page.evaluate("document.querySelectorAll('.compare-facts ~ *, footer').forEach(part => part.remove())")
    assert sheets(page) == 1
    expect(page.get_by_role("rowheader", name="In figures")).to_be_visible()


def test_paper_has_no_controls_of_the_comparison(page: Page) -> None:
    page.goto(f"{TWO}&keep=avignon")
    page.emulate_media(media="print")
    for words in ("Take out", "Put on your shortlist", "Only differences", "Find pilots in the list", "Compare them"):
        assert not [link for link in page.get_by_role("link", name=words).all() if link.is_visible()], words


def test_shortlist_is_printed_with_full_addresses_and_without_controls(page: Page) -> None:
    page.goto("/shortlist/?keep=rotterdam&keep=malaga")
    page.emulate_media(media="print")
    for slug in ("rotterdam", "malaga"):
        expect(page.get_by_text(re.compile(rf"This entry is kept at http\S+/pilots/{slug}/$"))).to_be_visible()
    expect(page.get_by_text("Printed as it stood on")).to_be_visible()
    expect(page.get_by_role("link", name="take off").first).to_be_hidden()
    expect(page.get_by_role("link", name="Compare them")).to_be_hidden()
    assert sheets(page) == 1


def test_handout_is_printed_and_copied_by_buttons(new_context: NewContext) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.goto("/shortlist/?keep=rotterdam&keep=malaga")
    expect(page.get_by_text("To print it, use")).to_be_hidden()
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    field = page.get_by_label("The address of this page")
    expect(field).to_have_value(page.evaluate("navigator.clipboard.readText()"))


def test_handout_without_scripts_says_how_to_print_and_has_its_address_to_copy(page_without_js: Page) -> None:
    page_without_js.goto("/shortlist/?keep=rotterdam&keep=malaga")
    expect(page_without_js.get_by_text("To print it, use")).to_be_visible()
    expect(page_without_js.get_by_role("button", name="Print")).to_be_hidden()
    expect(page_without_js.get_by_role("button", name="Copy")).to_be_hidden()
    expect(page_without_js.get_by_label("The address of this page")).to_have_value(
        re.compile(r"/shortlist/\?keep=rotterdam&keep=malaga$")
    )
