"""What an editor sees of the admin's forms, whatever the database behind them; so one is enough."""

from playwright.sync_api import Page, expect

from tests.browser.test_editor import SARCELLES, open_pilot, press, save

DATABASES = ("sqlite",)


def test_refused_form_says_why_and_keeps_what_was_typed(editor: Page) -> None:
    open_pilot(editor, SARCELLES)
    editor.get_by_label("Objectives:").fill("Typed with care.")
    editor.get_by_label("Start:").fill("May 2019")
    save(editor)
    expect(editor.get_by_text("“May 2019” is no date. Write a year (2019), a month (2019-05)")).to_be_visible()
    expect(editor.get_by_label("Objectives:")).to_have_value("Typed with care.")
    expect(editor.get_by_label("Start:")).to_have_value("May 2019")


def test_translation_has_a_tab_and_needs_no_lessons(editor: Page) -> None:
    open_pilot(editor, SARCELLES)
    languages = editor.get_by_role("navigation", name="Languages of this entry")
    languages.get_by_role("link", name="French").click()
    editor.get_by_label("Title:").fill("Réinsertion de jeunes délinquants")
    save(editor)
    expect(editor.get_by_text("saved in a working copy")).to_be_visible()
    expect(editor.get_by_label("Title:")).to_have_value("Réinsertion de jeunes délinquants")
    languages.get_by_role("link", name="English").click()
    expect(editor.get_by_label("Title:")).to_have_value(SARCELLES)
    press(editor, "Throw the working copy away")


def test_partner_in_use_cannot_be_deleted(editor: Page) -> None:
    editor.goto("/admin/pilots/partner/")
    editor.get_by_role("link", name="Denkzeit").click()
    editor.get_by_role("link", name="Delete").first.click()
    expect(editor.get_by_role("heading", name="Cannot delete partner")).to_be_visible()
    expect(editor.get_by_role("link", name="Training municipal front-line workers")).to_be_visible()


def test_editor_has_three_safe_cookies_and_views_the_site(editor: Page) -> None:
    open_pilot(editor, SARCELLES)
    cookies = {cookie["name"]: cookie for cookie in editor.context.cookies()}
    assert set(cookies) == {"session", "csrf", "browser"}
    for cookie in cookies.values():
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
    editor.get_by_role("link", name="View on site").first.click()
    expect(editor).to_have_url("/pilots/sarcelles/")


def test_nobody_gets_in_without_logging_in(page: Page) -> None:
    page.goto("/admin/pilots/pilot/")
    expect(page).to_have_url("/admin/login/?next=/admin/pilots/pilot/")
    expect(page.get_by_label("Username")).to_be_visible()
