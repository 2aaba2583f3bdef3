"""A list follows its filters without being loaded anew, and an ordinary load takes over where that fails."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.conftest import NewContext, NewPage
from tests.browser.walk import has_in_address, open_filters, search, titles

DATABASES = ("sqlite",)

# What an ordinary load would take away.
MARK = "for (const part of [document.body, document.querySelector('[role=status]')]) part.dataset.marked = ''"
MARKED = "body[data-marked]"
UPDATES = re.compile(r"/pilots/(\?|$)")


@pytest.fixture
def listing(new_page: NewPage) -> Page:
    """The list, marked. Without smooth scrolling, so that places on the screen can be compared."""
    page = new_page(reduced_motion="reduce")
    page.goto("/pilots/")
    page.evaluate(MARK)
    return page


@pytest.fixture
def updates(listing: Page) -> Iterator[list[Request]]:
    """What the list asks for in place, as it is asked."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        if request.resource_type == "fetch":
            asked.append(request)

    listing.on("request", note)
    yield asked
    listing.remove_listener("request", note)


@pytest.fixture
def held(listing: Page) -> list[Route]:
    """The questions that wait for an answer; each test answers them."""
    waiting: list[Route] = []
    listing.route(UPDATES, lambda route: waiting.append(route))
    return waiting


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def hold(page: Page, act: Callable[[], None]) -> None:
    """Do something that asks for an update, and wait until it is asked for."""
    with page.expect_request(UPDATES):
        act()
    page.title()  # an answer to this comes after the question has been put aside


def count_of(page: Page, option: str) -> str:
    return page.locator("label", has_text=option).locator(".count").inner_text()


def test_ticking_a_box_updates_everything_that_tells_of_the_choice(listing: Page) -> None:
    assert count_of(listing, "Efus") == "2"
    listing.get_by_label("Spain").check()
    expect(listing).to_have_url("/pilots/?country=ES")
    expect(listing).to_have_title("2 of 9 pilots: country Spain – PREPARE pilots")
    expect(listing.get_by_role("heading", level=1)).to_have_text("2 of 9 pilots")
    expect(status(listing)).to_have_text("2 pilots match: country Spain.")
    expect(listing.get_by_role("link", name="Country: Spain – remove")).to_be_visible()
    assert len(titles(listing)) == 2
    assert count_of(listing, "Efus") == "0"
    expect(listing.locator("label", has_text="Efus")).to_have_class("none")
    expect(listing.locator(MARKED)).to_be_attached()


def test_other_languages_show_what_is_chosen_now(listing: Page) -> None:
    listing.get_by_label("Spain").check()
    expect(listing).to_have_url("/pilots/?country=ES")
    listing.get_by_role("link", name="Nederlands").click()
    expect(listing).to_have_url("/nl/pilots/?country=ES")
    expect(listing.locator("html[lang=nl]")).to_be_attached()
    listing.get_by_role("link", name="English").click()
    expect(listing).to_have_url("/pilots/?country=ES")
    listing.go_back()
    expect(listing).to_have_url("/nl/pilots/?country=ES")


@pytest.mark.parametrize("address", ["/lessons/", "/map/", "/matrix/", "/partners/"])
def test_every_page_with_the_filters_updates_in_place(address: str, listing: Page) -> None:
    listing.goto(address)
    listing.evaluate(MARK)
    before = listing.get_by_role("heading", level=1).inner_text()
    listing.get_by_role("checkbox", name="Belgium").check()
    expect(listing).to_have_url(f"{address}?country=BE")
    expect(status(listing)).to_contain_text("country Belgium")
    expect(listing.get_by_role("heading", level=1)).not_to_have_text(before)
    listing.get_by_role("link", name="Country: Belgium – remove").click()
    expect(listing).to_have_url(address)
    expect(listing.get_by_role("heading", level=1)).to_have_text(before)
    expect(listing.locator(MARKED)).to_be_attached()


def test_matrix_follows_its_axes_and_keeps_the_filters(listing: Page) -> None:
    listing.goto("/matrix/?country=FR")
    listing.evaluate(MARK)
    listing.get_by_label("Rows", exact=True).focus()
    listing.get_by_label("Rows", exact=True).select_option(label="Stage")
    expect(listing).to_have_url("/matrix/?country=FR&rows=stage")
    expect(listing.get_by_label("Rows", exact=True)).to_be_focused()
    listing.get_by_role("checkbox", name="Spain").check()
    expect(listing).to_have_url("/matrix/?country=FR&country=ES&rows=stage")
    expect(listing.get_by_role("heading", level=1)).to_contain_text("by stage and target group")
    expect(listing.locator(MARKED)).to_be_attached()


def test_status_stays_the_same_element(listing: Page) -> None:
    listing.get_by_label("France").check()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    listing.get_by_label("Efus").check()
    expect(status(listing)).to_have_text("2 pilots match: country France; partner Efus.")
    expect(status(listing)).to_have_attribute("data-marked", "")
    expect(listing.locator("[data-stay][role=status]")).to_have_count(1)


def test_address_is_the_shortest_and_shows_the_same_when_loaded(listing: Page) -> None:
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    listing.get_by_label("Sort by").select_option(label="Place, Z to A")
    expect(listing).to_have_url("/pilots/?country=FR&sort=-place")
    before = listing.locator("main").inner_text()
    listing.reload()
    assert listing.locator("main").inner_text() == before
    listing.get_by_label("Sort by").select_option(label="Place, A to Z")
    listing.get_by_label("France").uncheck()
    expect(listing).to_have_url("/pilots/")


def test_box_keeps_the_focus_and_its_place_on_the_screen(listing: Page) -> None:
    listing.set_viewport_size({"width": 360, "height": 800})
    open_filters(listing)
    box = listing.get_by_label("Probation and prison staff")
    box.check()
    before = box.bounding_box()
    expect(status(listing)).to_contain_text("audience Probation and prison staff")
    expect(box).to_be_focused()
    assert box.bounding_box() == pytest.approx(before, abs=2)


def test_boxes_ticked_quickly_are_asked_for_once(new_context: NewContext) -> None:
    listing, updates = new_context().new_page(), list[Request]()
    listing.goto("/pilots/")
    listing.on("request", lambda request: updates.append(request) if request.resource_type == "fetch" else None)
    listing.clock.install(time=0)
    listing.clock.pause_at(1000)
    for name in ("France", "Spain", "Netherlands"):
        listing.get_by_label(name).check()
        listing.clock.run_for(100)
    assert updates == []
    listing.clock.run_for(100)
    expect(status(listing)).to_have_text("7 pilots match: country France, Netherlands or Spain.")
    assert len(updates) == 1


def test_last_choice_wins_when_its_answer_comes_first(listing: Page, held: list[Route]) -> None:
    hold(listing, lambda: listing.get_by_label("France").check())
    with listing.expect_event("requestfailed") as dropped:
        hold(listing, lambda: listing.get_by_label("Efus").check())
    assert dropped.value.url == held[0].request.url
    held[1].continue_()
    expect(status(listing)).to_have_text("2 pilots match: country France; partner Efus.")
    held[0].continue_()
    listing.unroute(UPDATES)
    listing.get_by_label("France").uncheck()
    expect(status(listing)).to_have_text("2 pilots match: partner Efus.")


def test_choice_made_while_an_answer_is_on_its_way_is_kept(listing: Page, held: list[Route]) -> None:
    hold(listing, lambda: listing.get_by_label("France").check())
    listing.get_by_label("Efus").check()
    held[0].continue_()
    listing.unroute(UPDATES)
    expect(status(listing)).to_have_text("2 pilots match: country France; partner Efus.")
    expect(listing.get_by_label("Efus")).to_be_checked()


def test_slow_answer_is_announced_and_what_is_there_stays(listing: Page, held: list[Route]) -> None:
    hold(listing, lambda: listing.get_by_label("France").check())
    expect(listing.locator(".results")).to_have_attribute("aria-busy", "true")
    expect(status(listing)).to_have_text("Updating…")
    expect(listing.locator(".outcome")).to_have_text("Updating…")
    assert len(titles(listing)) == 9
    held[0].continue_()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    expect(listing.locator(".outcome")).to_have_text("3 of 9 pilots")
    expect(listing.locator("[aria-busy]")).to_have_count(0)


@pytest.mark.parametrize("trouble", ["no line", "an error", "another page", "a page elsewhere"])
def test_trouble_ends_in_an_ordinary_load(trouble: str, listing: Page, complaints: list[str]) -> None:
    def answer(route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.continue_()
        elif trouble == "no line":
            route.abort()
        elif trouble == "an error":
            route.fulfill(response=route.fetch(), status=500)
        elif trouble == "another page":
            route.fulfill(content_type="text/html", body="<title>Log in to the wireless network</title>")
        else:
            route.fulfill(status=302, headers={"Location": "/about/"})

    listing.route(UPDATES, answer)
    listing.get_by_label("France").check()
    expect(listing.locator(MARKED)).not_to_be_attached()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    expect(listing).to_have_url("/pilots/?country=FR")
    noise = "console error: (Failed to load resource|Fetch API cannot load)"
    complaints[:] = [complaint for complaint in complaints if not re.match(noise, complaint)]


def test_refused_choice_shows_the_page_that_says_why(listing: Page, complaints: list[str]) -> None:
    box = listing.get_by_label("Search the pilots")
    box.evaluate("box => { box.maxLength = 300; box.value = 'a'.repeat(201) }")
    box.press("Enter")
    expect(listing.get_by_text("A search has at most 200 characters.")).to_be_visible()
    complaints[:] = [complaint for complaint in complaints if "Failed to load resource" not in complaint]


def test_back_and_forward_go_through_the_choices(listing: Page) -> None:
    sentences = ["All 9 pilots are shown."]
    for name, sentence in (
        ("France", "3 pilots match: country France."),
        ("Efus", "2 pilots match: country France; partner Efus."),
        ("Young offenders", "1 pilot matches: country France; partner Efus; target group Young offenders."),
    ):
        listing.get_by_label(name).check()
        expect(status(listing)).to_have_text(sentence)
        sentences.append(sentence)
    for sentence in sentences[-2::-1]:
        listing.go_back()
        expect(status(listing)).to_have_text(sentence)
    expect(listing).to_have_url("/pilots/")
    assert listing.get_by_role("checkbox", checked=True).count() == 0
    for sentence in sentences[1:]:
        listing.go_forward()
        expect(status(listing)).to_have_text(sentence)
    assert listing.get_by_role("checkbox", checked=True).count() == 3
    expect(listing).to_have_title(re.compile("^1 of 9 pilots: country France; partner Efus; "))
    expect(listing.locator(MARKED)).to_be_attached()


def test_back_that_fails_loads_the_page(listing: Page, complaints: list[str]) -> None:
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    listing.route(UPDATES, lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    listing.go_back()
    expect(listing.locator(MARKED)).not_to_be_attached()
    expect(status(listing)).to_have_text("All 9 pilots are shown.")
    expect(listing).to_have_url("/pilots/")
    complaints[:] = [complaint for complaint in complaints if "Failed to load resource" not in complaint]


def test_back_takes_over_from_a_choice_that_is_still_on_its_way(listing: Page, held: list[Route]) -> None:
    listing.unroute(UPDATES)
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    listing.route(re.compile("partner=efus"), lambda route: held.append(route))  # to let go of all would race with
    hold(listing, lambda: listing.get_by_label("Efus").check())  # the next question, which then waits for ever
    listing.go_back()
    expect(status(listing)).to_have_text("All 9 pilots are shown.")
    expect(listing.get_by_label("Efus")).not_to_be_checked()
    expect(listing).to_have_url("/pilots/")


def test_forward_takes_over_from_a_step_back_that_is_still_on_its_way(listing: Page, held: list[Route]) -> None:
    listing.unroute(UPDATES)
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    listing.route(UPDATES, lambda route: held.append(route))
    hold(listing, lambda: listing.evaluate("history.back()"))
    hold(listing, lambda: listing.evaluate("history.forward()"))
    for route in held:
        route.continue_()
    expect(listing.locator("[aria-busy]")).to_have_count(0)
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    expect(listing).to_have_url("/pilots/?country=FR")


def test_back_from_a_pilot_shows_the_list_as_it_was_left(listing: Page) -> None:
    listing.get_by_label("France").check()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    listing.locator("main .card-title a").first.click()
    expect(listing).to_have_url(re.compile("/pilots/avignon/"))
    listing.go_back()
    expect(listing.get_by_label("France")).to_be_checked()
    expect(status(listing)).to_have_text("3 pilots match: country France.")


def test_place_on_the_page_is_left_to_the_browser(listing: Page, updates: list[Request]) -> None:
    listing.goto("/pilots/?q=pjj")
    listing.get_by_role("link", name="1 term in the glossary").click()
    expect(listing).to_have_url("/pilots/?q=pjj#found-terms")
    expect(listing.locator("#found-terms")).to_be_in_viewport()
    listing.go_back()
    expect(listing).to_have_url("/pilots/?q=pjj")
    assert updates == []


def test_search_updates_in_place_and_leaves_the_focus_in_the_box(listing: Page) -> None:
    search(listing, "  malaga ")
    expect(listing).to_have_url("/pilots/?q=malaga")
    assert titles(listing) == ["Training municipal front-line workers in exit strategies"]
    listing.get_by_label("Search the pilots").press("Enter")
    expect(listing.get_by_label("Search the pilots")).to_be_focused()
    expect(listing.locator(MARKED)).to_be_attached()


def test_words_typed_meanwhile_are_kept(listing: Page, held: list[Route]) -> None:
    hold(listing, lambda: listing.get_by_label("France").check())
    listing.get_by_label("Search the pilots").press_sequentially("young")
    held[0].continue_()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    expect(listing.get_by_label("Search the pilots")).to_have_value("young")


def test_apply_leads_to_the_results(listing: Page) -> None:
    listing.set_viewport_size({"width": 360, "height": 800})
    open_filters(listing)
    listing.get_by_label("France").check()
    listing.get_by_role("button", name="Apply").click()
    heading = listing.get_by_role("heading", level=1)
    expect(heading).to_have_text("3 of 9 pilots")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_removed_chip_hands_the_focus_to_the_next_and_the_last_to_the_heading(listing: Page) -> None:
    listing.goto("/pilots/?country=FR&partner=efus")
    listing.evaluate(MARK)
    listing.get_by_role("link", name="Country: France – remove").press("Enter")
    expect(listing).to_have_url("/pilots/?partner=efus")
    expect(listing.get_by_role("link", name="Partner: Efus – remove")).to_be_focused()
    expect(listing.get_by_label("France")).not_to_be_checked()
    listing.keyboard.press("Enter")
    expect(listing).to_have_url("/pilots/")
    expect(listing.get_by_role("heading", level=1)).to_be_focused()
    expect(listing.locator(MARKED)).to_be_attached()


def test_way_out_leads_to_the_heading(listing: Page) -> None:
    listing.goto("/pilots/?country=FR&partner=denkzeit")
    listing.evaluate(MARK)
    listing.get_by_role("link", name="without partner: Denkzeit").click()
    expect(listing.get_by_role("heading", level=1)).to_have_text("3 of 9 pilots")
    expect(listing.get_by_role("heading", level=1)).to_be_focused()
    expect(listing.locator(MARKED)).to_be_attached()


def test_shortlist_link_keeps_the_focus_and_its_place_on_the_screen(listing: Page) -> None:
    link = listing.locator("a.keep").last
    link.focus()
    before = link.bounding_box()
    link.press("Enter")
    expect(listing).to_have_url(re.compile(r"/pilots/\?keep=[\w-]+$"))
    expect(link).to_have_text(re.compile("take off"))
    expect(link).to_be_focused()
    assert before is not None
    assert link.bounding_box() == pytest.approx(before | {"width": link.bounding_box()["width"]}, abs=2)
    listing.get_by_label("France").check()
    expect(listing).to_have_url(has_in_address("country=FR"))
    expect(listing).to_have_url(re.compile("keep="))
    expect(listing.locator(MARKED)).to_be_attached()


def test_pilot_taken_off_the_shortlist_hands_the_focus_to_the_next(listing: Page) -> None:
    listing.goto("/pilots/?keep=avignon&keep=malaga&keep=sarcelles")
    listing.evaluate(MARK)
    shortlist = listing.get_by_role("region", name="Your shortlist")
    shortlist.get_by_role("link", name="Málaga").press("Enter")
    expect(listing).to_have_url("/pilots/?keep=avignon&keep=sarcelles")
    expect(shortlist.get_by_role("link", name="Sarcelles")).to_be_focused()
    expect(listing.locator(MARKED)).to_be_attached()


def test_link_in_the_results_keeps_the_focus_when_they_are_renewed(listing: Page, held: list[Route]) -> None:
    hold(listing, lambda: listing.get_by_label("France").check())
    listing.locator("a.keep").first.focus()
    held[0].continue_()
    expect(status(listing)).to_have_text("3 pilots match: country France.")
    expect(listing.locator("a.keep").first).to_be_focused()


def test_link_opened_elsewhere_leaves_the_page_alone(listing: Page, updates: list[Request]) -> None:
    listing.goto("/pilots/?country=FR")
    with listing.context.expect_page() as opened:
        listing.get_by_role("link", name="Country: France – remove").click(modifiers=["Control"])
    expect(opened.value).to_have_url("/pilots/")
    expect(listing).to_have_url("/pilots/?country=FR")
    assert updates == []


def test_filters_work_by_keyboard_alone(listing: Page) -> None:
    listing.get_by_label("France").focus()
    listing.keyboard.press("Space")
    listing.keyboard.press("Tab")
    listing.keyboard.press("Space")
    expect(status(listing)).to_have_text("5 pilots match: country France or Netherlands.")
    expect(listing.get_by_label("Netherlands")).to_be_focused()
    listing.keyboard.press("Shift+Tab")
    listing.keyboard.press("Space")
    expect(status(listing)).to_have_text("2 pilots match: country Netherlands.")
    expect(listing.locator(MARKED)).to_be_attached()


def test_nothing_is_stored_with_the_visitor(listing: Page) -> None:
    listing.get_by_label("France").check()
    expect(listing).to_have_url("/pilots/?country=FR")
    assert listing.context.cookies() == []
    assert listing.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
