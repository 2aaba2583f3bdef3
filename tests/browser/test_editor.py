"""An editor's way through the admin, ending on the public pages. What visitors see is put back as it was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import search, titles

SARCELLES = "Reintegration of young offenders"


def open_pilot(editor: Page, title: str) -> None:
    """Go to the form of a pilot by way of the list."""
    editor.goto("/admin/pilots/pilot/")
    editor.get_by_role("link", name=title).click()


def save(editor: Page) -> None:
    """Save the form and go on editing."""
    editor.get_by_role("button", name="Save and continue editing").first.click()


def act(editor: Page, title: str, action: str) -> None:
    """Do one of the list's actions to one pilot."""
    editor.goto("/admin/pilots/pilot/")
    editor.get_by_role("row", name=title).get_by_role("checkbox").check()
    editor.get_by_label("Action:").select_option(label=action)
    editor.get_by_role("button", name="Go").click()
    editor.locator("#many_form input[type=submit]").click()


def press(editor: Page, label: str, note: str = "") -> None:
    """Make a move: by its link on the form, and its button on the page that asks why."""
    editor.locator(".moves").get_by_role("link", name=label, exact=True).click()
    if note:
        editor.locator("[name=note]").fill(note)
    editor.get_by_role("button", name=label, exact=True).click()
    expect(editor.get_by_text("Done.")).to_be_visible()


@pytest.fixture
def summary(editor: Page) -> Iterator[str]:
    """The summary of Sarcelles, and put it back at the end."""
    open_pilot(editor, SARCELLES)
    before = editor.get_by_label("Summary:").input_value()
    yield before
    open_pilot(editor, SARCELLES)
    editor.get_by_label("Summary:").fill(before)
    save(editor)
    press(editor, "Publish")


def test_saved_text_waits_in_a_working_copy_and_is_public_once_published(
    editor: Page, summary: str, page: Page
) -> None:
    editor.get_by_label("Summary:").fill("A sentence that an editor has just written.")
    save(editor)
    expect(editor.get_by_text("saved in a working copy")).to_be_visible()
    assert titles_found(page, "editor has just") == []
    press(editor, "Publish")
    page.goto("/pilots/sarcelles/")
    expect(page.get_by_text("A sentence that an editor has just written.")).to_be_visible()
    assert titles_found(page, "editor has just") == [SARCELLES]


def titles_found(page: Page, words: str) -> list[str]:
    page.goto("/pilots/")
    search(page, words)
    return titles(page)


def test_withdrawn_pilot_is_gone_until_it_is_published_again(editor: Page, page: Page, complaints: list[str]) -> None:
    act(editor, SARCELLES, "Withdraw: back to draft, hidden from visitors")
    expect(editor.get_by_text("1 pilot is now “draft”.")).to_be_visible()
    assert titles_found(page, '"petty crimes"') == []
    page.goto("/pilots/?country=FR")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 8 pilots")
    answer = page.goto("/pilots/sarcelles/")
    page.title()
    complaints.clear()  # the console notes the 410
    assert answer is not None
    assert answer.status == 410
    act(editor, SARCELLES, "Publish: visible to everybody at once")
    expect(editor.get_by_text("1 pilot is now “published”.")).to_be_visible()
    assert titles_found(page, '"petty crimes"') == [SARCELLES]


def choose(editor: Page, field: str, words: str) -> None:
    """Choose a row by typing into an autocomplete field."""
    editor.locator(f".field-{field} .select2-selection").click()
    editor.locator(".select2-container--open .select2-search__field").press_sequentially(words)
    editor.locator(".select2-results__option", has_text=words).first.click()


def test_new_pilot_is_written_and_stays_hidden(editor: Page, page: Page, complaints: list[str]) -> None:
    editor.goto("/admin/pilots/pilot/add/")
    editor.get_by_label("Title:").press_sequentially("A new way of working")
    expect(editor.get_by_label("Slug:")).to_have_value("a-new-way-of-working")
    choose(editor, "authority", "Rotterdam")
    choose(editor, "partners", "Efus")
    choose(editor, "source", "PREPARE")
    editor.get_by_text("Add another Lesson or working method").click()
    editor.locator("#id_lessons-0-text").fill("It helps to ask early.")
    editor.locator("#id_lessons-0-kind").select_option("helped")
    save(editor)
    expect(editor.get_by_text("was added successfully")).to_be_visible()
    expect(editor.locator("#id_lessons-0-number")).to_have_value("1")
    expect(editor.get_by_role("link", name="View on site")).to_have_count(0)
    answer = page.goto("/pilots/a-new-way-of-working/")
    page.title()
    complaints.clear()  # the console notes the 404
    assert answer is not None
    assert answer.status == 404
    editor.get_by_role("link", name="Delete").first.click()
    editor.get_by_role("button", name="Yes, I’m sure").click()
    expect(editor.get_by_text("was deleted successfully")).to_be_visible()
