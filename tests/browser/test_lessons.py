"""The library of lessons in a browser: what was learnt about a group, to a pilot and back, without a mouse.

That both databases find the same lessons is tried in `tests/browse`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.walk import apply, has_in_address

DATABASES = ("sqlite",)
A4 = {"width": 718, "height": 1046}  # the sheet within its margins, in CSS pixels


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """A page of a visitor, once with scripts and once without."""
    return new_page(java_script_enabled=request.param)


def lessons(page: Page) -> list[str]:
    return page.locator("main .lesson-name").all_inner_texts()


def test_how_pilots_for_young_offenders_worked_takes_one_choice(visitor: Page) -> None:
    visitor.goto("/lessons/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("3 lessons and 12 working methods")
    visitor.get_by_label("Young offenders").check()
    apply(visitor)
    expect(visitor).to_have_url(has_in_address("target=young-offenders"))
    expect(visitor.get_by_role("status")).to_have_text("3 working methods match: target group Young offenders.")
    assert [name.replace("\N{NO-BREAK SPACE}", " ") for name in lessons(visitor)] == [
        "Avignon, working method 1",
        "Sarcelles, working method 1",
        "Sarcelles, working method 2",
    ]
    expect(visitor.get_by_text("The municipality organised joint working groups, and through them")).to_be_visible()


def test_from_a_lesson_to_its_pilot_and_back_to_the_lesson(visitor: Page) -> None:
    visitor.goto("/lessons/?kind=method&per_page=12")
    visitor.locator("#vilvoorde-lesson-4 h3 a").click()
    expect(visitor).to_have_url(re.compile(r"/pilots/vilvoorde/\?kind=method&from=lessons&per_page=12#lesson-4$"))
    expect(visitor.locator("#lesson-4")).to_be_in_viewport()
    visitor.get_by_role("link", name=re.compile("Back to lessons.*Working method.4")).click()
    expect(visitor).to_have_url("/lessons/?kind=method&per_page=12#vilvoorde-lesson-4")
    expect(visitor.locator("#vilvoorde-lesson-4")).to_be_in_viewport()
    expect(visitor.get_by_role("checkbox", name="Working method")).to_be_checked()


def test_breadcrumb_of_a_pilot_leads_back_to_the_page_of_the_library(visitor: Page) -> None:
    visitor.goto("/lessons/?per_page=12&page=2")
    visitor.get_by_role("link", name="Case management and working with").first.click()
    visitor.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()
    expect(visitor).to_have_url("/lessons/?per_page=12&page=2")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("3 lessons and 12 working methods, page 2 of 2")


def test_permanent_link_holds_nothing_of_the_visitors_choice(visitor: Page) -> None:
    visitor.goto("/lessons/?kind=method&country=BE&q=training")
    visitor.get_by_role("link", name=re.compile("Permanent link.*Vilvoorde, working method 3")).click()
    expect(visitor).to_have_url("/pilots/vilvoorde/#lesson-3")
    expect(visitor.locator("#lesson-3")).to_be_in_viewport()


def test_search_forgives_missing_accents_and_keeps_the_kind(visitor: Page) -> None:
    visitor.goto("/lessons/?kind=method")
    visitor.get_by_label("Search lessons and working methods").fill("malaga bespoke")
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Search").click()
    expect(visitor).to_have_url(has_in_address("kind=method", "q=malaga+bespoke"))
    assert len(lessons(visitor)) == 1


def test_visitor_without_results_finds_a_way_out(visitor: Page) -> None:
    visitor.goto("/lessons/?kind=hard&country=FR")
    expect(visitor.get_by_role("status")).to_have_text(
        "No lesson or working method matches: lesson or method What was hard; country France."
    )
    visitor.get_by_role("link", name="without Lesson or method: What was hard").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("5 of 12 working methods")


def test_library_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/lessons/")
    press_tab_until(page, page.get_by_label("Insight"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 lesson matches: lesson or method Insight.")
    page.goto("/lessons/?kind=insight")
    press_tab_until(page, page.locator("#the-hague-lesson-1 h3 a"))
    page.keyboard.press("Enter")
    press_tab_until(page, page.get_by_role("link", name=re.compile("Back to lessons.*Lesson.1")))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/lessons/?kind=insight#the-hague-lesson-1")


def press_tab_until(page: Page, target: object) -> None:
    """Go on with the tab key until `target` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError(f"The tab key does not lead to {target}")


def test_printed_library_has_the_lessons_whole_and_no_controls(new_page: NewPage) -> None:
    page = new_page(viewport=A4)
    page.goto("/lessons/?target=young-offenders")
    page.emulate_media(media="print")
    for text in (
        "3 of 12 working methods",
        "3 working methods match: target group Young offenders.",
        "Avignon, working method 1",
    ):
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"^This page is kept at http.*/lessons/\?target=young-offenders\. Printed"))
    ).to_be_visible()
    for control in (".filters", ".search", ".permalink", ".chips", ".views"):
        assert [part for part in page.locator(control).all() if part.is_visible()] == [], control
    breaks = page.locator(".lesson-card").evaluate_all("cards => cards.map(card => getComputedStyle(card).breakInside)")
    assert breaks == ["avoid"] * 3
