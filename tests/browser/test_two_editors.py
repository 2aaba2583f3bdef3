"""Two editors and one entry: they see each other, nothing typed is lost, and both sets of words are kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, log_in
from tests.browser.server import ADMIN_PASSWORD, Site
from tests.browser.test_editor import SARCELLES, open_pilot

DATABASES = ("sqlite",)
ACCOUNT = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("otto", "", {ADMIN_PASSWORD!r})
"""


@pytest.fixture(scope="module")
def account(site: Site) -> str:
    """Make an account for another editor, and return its name."""
    site.manage("shell", "-v", "0", "-c", ACCOUNT)
    return "otto"


@pytest.fixture
def colleague(account: str, new_context: NewContext) -> Page:
    """A page of another editor who has logged in: a new one, for whom no form left earlier says good-bye."""
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    log_in(page, account, ADMIN_PASSWORD)
    return page


def test_editor_sees_who_else_has_the_entry_open(editor: Page, colleague: Page) -> None:
    with colleague.expect_response("**/presence/"):
        open_pilot(colleague, SARCELLES)
    open_pilot(editor, SARCELLES)
    expect(editor.locator("#presence")).to_contain_text("otto")


# A browser that is busy leaves without asking, so it is the form that is asked.
ASKS = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"


def test_browser_asks_before_words_that_are_not_saved_are_left(editor: Page) -> None:
    open_pilot(editor, SARCELLES)
    assert not editor.evaluate(ASKS)
    editor.get_by_label("Summary:").press_sequentially("Not saved yet. ")
    assert editor.evaluate(ASKS)


def test_what_was_typed_before_the_form_was_ready_is_not_saved_either(editor: Page) -> None:
    typing = "document.dispatchEvent(new Event('input'))"
    editor.add_init_script(f"addEventListener('DOMContentLoaded', () => {typing}, {{capture: true, once: true}})")
    open_pilot(editor, SARCELLES)
    expect(editor.get_by_label("Summary:")).to_be_visible()
    editor.wait_for_load_state("load")
    assert editor.evaluate(ASKS)


def test_second_save_is_refused_and_both_are_put_together(editor: Page, colleague: Page, complaints: list[str]) -> None:
    open_pilot(editor, SARCELLES)
    open_pilot(colleague, SARCELLES)
    colleague.get_by_label("Results:").fill("What the colleague wrote.")
    colleague.get_by_role("button", name="Save", exact=True).first.click()
    expect(colleague.get_by_text("saved in a working copy")).to_be_visible()
    editor.get_by_label("Prospects:").fill("What the editor wrote.")
    editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(editor.get_by_text("nothing you typed is lost")).to_be_visible()
    complaints.clear()  # the console notes the 409
    editor.get_by_role("button", name="Save merged").click()
    expect(editor.get_by_label("Prospects:")).to_have_value("What the editor wrote.")
    expect(editor.get_by_label("Results:")).to_have_value("What the colleague wrote.")
    editor.locator(".moves").get_by_role("link", name="Throw the working copy away").click()
    editor.get_by_role("button", name="Throw the working copy away").click()
    expect(editor.get_by_text("Done.")).to_be_visible()
