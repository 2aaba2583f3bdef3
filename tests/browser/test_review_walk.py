"""Three accounts and a visitor: an entry on its way from the first draft to a second version, and back again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import find_faults
from tests.browser.conftest import NewPage, log_in
from tests.browser.server import ADMIN_PASSWORD, Site
from tests.browser.test_editor import choose, press

ACCOUNTS = """
from django.contrib.auth.models import Group, User
for name, role in (("cora", "contributor"), ("rita", "reviewer")):
    user = User.objects.create_user(name, f"{{name}}@example.org", {password!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
TITLE = "A house between prison and town"
FIRST = "The town opened a house for people who leave prison. One of its guests helped to run it."
MENDED = "The town of Rotterdam opened a house for people who leave prison. One of its guests helped to run it."
SECOND = "The town of Rotterdam opened a house and a workshop for people who leave prison."


@pytest.fixture
def people(site: Site, new_page: NewPage) -> dict[str, Page]:
    """The pages of a contributor and a reviewer who have logged in."""
    site.manage("shell", "-v", "0", "-c", ACCOUNTS.format(password=ADMIN_PASSWORD))
    pages = {name: new_page(viewport={"width": 1280, "height": 900}) for name in ("cora", "rita")}
    for name, page in pages.items():
        log_in(page, name, ADMIN_PASSWORD)
    return pages


def open_entry(page: Page, status: str) -> None:
    """Open the form of the entry, or of its working copy, by way of the list."""
    page.goto("/admin/pilots/pilot/?q=house+between")
    page.get_by_role("row", name=status).get_by_role("link", name=TITLE).click()


def compare_with_the_one_before(rita: Page) -> None:
    """Read in the history what the contributor changed, word by word."""
    rita.get_by_role("link", name="History").click()
    changed = rita.get_by_role("row").filter(has=rita.get_by_role("cell", name="Changed", exact=True))
    changed.first.get_by_role("link", name="What changed").click()
    expect(rita.locator("ins", has_text="of Rotterdam")).to_be_visible()
    assert find_faults(rita) == []


def accept_the_warnings(rita: Page) -> None:
    """Accept, with a reason, each place that may point at somebody."""
    accept = rita.locator("#checks .checks-act:visible", has_text="Accept")
    expect(accept.first).to_be_visible()
    while accept.count():
        accept.first.click()
        rita.locator("textarea:visible").fill("The source tells of this in public; no name or age is given.")
        rita.locator(".submit-row .default").click()
        expect(rita.locator("#checks")).to_be_visible()


def bring_back_version_1(rita: Page) -> None:
    """Take the words of the first public version into a working copy."""
    rita.get_by_role("link", name="History").click()
    rita.get_by_role("row", name="Version 1").get_by_role("link", name="Bring back").click()
    expect(rita.locator("del", has_text="workshop")).to_be_visible()
    rita.locator(".submit-row .default").click()


def assert_seen(page: Page, *words: str) -> None:
    """Read these words as a visitor."""
    page.goto("/pilots/a-house/")
    text = page.locator("main").inner_text()
    assert [word for word in words if word not in text] == []


def write_draft(cora: Page) -> None:
    """Write a new entry."""
    cora.goto("/admin/pilots/pilot/add/")
    cora.get_by_label("Title:").fill(TITLE)
    cora.get_by_label("Summary:").fill(FIRST)
    cora.get_by_label("Slug:").fill("a-house")
    for field, words in (("authority", "Rotterdam"), ("partners", "Efus"), ("activity_types", "Training")):
        choose(cora, field, words)
    choose(cora, "source", "PREPARE")
    cora.get_by_role("button", name="Save and continue editing").first.click()
    expect(cora.get_by_text("was added successfully")).to_be_visible()


def test_entry_from_draft_to_its_second_version_and_back_to_the_first(
    people: dict[str, Page], page: Page, complaints: list[str]
) -> None:
    cora, rita = people["cora"], people["rita"]
    write_draft(cora)
    press(cora, "Send for review", "First try.")

    open_entry(rita, "in review")
    press(rita, "Send back", "Say which town it was.")
    cora.goto("/admin/")
    expect(cora.get_by_text("Say which town it was.")).to_be_visible()

    open_entry(cora, "draft")
    cora.get_by_label("Summary:").fill(MENDED)
    cora.get_by_role("button", name="Save and continue editing").first.click()
    press(cora, "Send for review")

    open_entry(rita, "in review")
    compare_with_the_one_before(rita)
    open_entry(rita, "in review")
    accept_the_warnings(rita)
    press(rita, "Publish", "Read against the source.")
    assert_seen(page, MENDED, "Version 1")

    open_entry(cora, "published")
    cora.get_by_label("Summary:").fill(SECOND)
    cora.get_by_role("button", name="Save", exact=True).first.click()
    expect(cora.get_by_text("saved in a working copy")).to_be_visible()
    assert_seen(page, MENDED)
    press(cora, "Send for review")
    assert_seen(page, MENDED)

    open_entry(rita, "in review")
    press(rita, "Publish")
    assert_seen(page, SECOND, "Version 2")

    open_entry(rita, "published")
    bring_back_version_1(rita)
    assert_seen(page, SECOND)
    open_entry(rita, "draft")
    press(rita, "Publish")
    assert_seen(page, MENDED, "Version 3")
    take_it_away(rita, page, complaints)


def take_it_away(rita: Page, page: Page, complaints: list[str]) -> None:
    """Withdraw and delete the entry, so that other tests find the nine."""
    open_entry(rita, "published")
    press(rita, "Withdraw")
    answer = page.goto("/pilots/a-house/")
    page.title()
    complaints.clear()  # the console notes the 410
    assert answer is not None
    assert answer.status == 410
    rita.get_by_role("link", name="Delete").first.click()
    rita.get_by_role("button", name="Yes, I’m sure").click()
    expect(rita.get_by_text("was deleted successfully")).to_be_visible()
