"""A session that ends while somebody writes, in a real browser: the text is there again after logging in.

The same on both databases: that each keeps what was typed is tried in `tests/admin/test_unsaved_tokens.py`.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import find_faults
from tests.browser.server import Site

DATABASES = ("sqlite",)
TERM = "/admin/pilots/glossaryterm/1/change/"
FORMS = {"term": (TERM, "Meaning:"), "pilot": ("/admin/pilots/pilot/1/change/?language=fr", "Summary:")}


def end_session(page: Page) -> None:
    """Let the server forget who this is; the rest of the browser stays as it is."""
    page.context.clear_cookies(name="session")


def log_in_again(page: Page, site: Site) -> None:
    """Log in on the page that the refused save led to."""
    expect(page.get_by_text("What you typed is kept for one day")).to_be_visible()
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(site.admin_password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you typed is not saved yet")


@pytest.mark.parametrize(("address", "label"), FORMS.values(), ids=FORMS)
def test_text_is_put_back_into_the_form(address: str, label: str, editor: Page, site: Site) -> None:
    editor.goto(address)
    before = editor.get_by_label(label, exact=True).input_value()
    editor.get_by_label(label, exact=True).fill("What took an hour to write.")
    end_session(editor)
    editor.get_by_role("button", name="Save", exact=True).first.click()
    log_in_again(editor, site)
    editor.get_by_role("button", name="Put it back into the form").click()
    expect(editor.get_by_label(label, exact=True)).to_have_value("What took an hour to write.")
    expect(editor.get_by_text("It is not saved yet: look through it, then save.")).to_be_visible()
    editor.goto(address)
    assert editor.get_by_label(label, exact=True).input_value() == before
    throw_away(editor)


def throw_away(page: Page) -> None:
    """Throw away what is kept of the form that is open."""
    page.get_by_role("link", name="See it, or put it back into the form").click()
    page.get_by_label("What I typed is to be thrown away.").check()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("Nothing of yours is kept.")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_that_give_it_back(editor: Page, site: Site) -> None:
    editor.goto(TERM)
    editor.get_by_label("Meaning:", exact=True).fill("Typed.")
    end_session(editor)
    editor.get_by_role("button", name="Save", exact=True).first.click()
    found = find_faults(editor)
    log_in_again(editor, site)
    for width in (1280, 360):
        editor.set_viewport_size({"width": width, "height": 800})
        found += find_faults(editor)
        assert editor.evaluate("document.documentElement.scrollWidth") <= width
    editor.goto("/admin/unsaved/")
    found += find_faults(editor)
    assert found == []
    editor.goto(TERM)
    throw_away(editor)


def test_axe_finds_nothing_on_the_page_that_asks_about_many(editor: Page) -> None:
    editor.goto("/admin/pilots/pilot/")
    editor.locator("#action-toggle").check()
    editor.get_by_label("Action:").select_option("withdraw")
    editor.get_by_role("button", name="Go").click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Withdraw")
    assert find_faults(editor) == []
