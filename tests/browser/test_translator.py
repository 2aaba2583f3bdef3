"""The way of a translator: the original changes, the first page says so, both stand side by side, it is still right."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import find_faults
from tests.browser.conftest import NewPage, log_in
from tests.browser.server import ADMIN_PASSWORD, Site
from tests.browser.test_editor import SARCELLES

DATABASES = ("sqlite",)
ACCOUNT = f"""
from django.contrib.auth.models import Group, User
user = User.objects.create_user("odile", "", {ADMIN_PASSWORD!r}, is_staff=True)
user.groups.add(Group.objects.get(name="translator (French)"))
"""
NO_COPIES = """
from pilots.models import Pilot
Pilot.objects.filter(revises__isnull=False).delete()
"""
PUBLISH = """
from django.contrib.auth.models import User
from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.content import read_content
editor, pilot = User.objects.get(username="admin"), Pilot.objects.get(slug="sarcelles")
content = read_content(pilot)
english = content["texts"]["en"]
english["summary"] = english["summary"].removesuffix({former!r}) + {added!r}
workflow.publish(workflow.rewrite(pilot, content, by=editor, kind=Kind.CHANGED), by=editor)
"""
ADDED = " It took two years."


@pytest.fixture(scope="module")
def translator(site: Site) -> str:
    """Make an account for a translator, and return its name."""
    site.manage("shell", "-v", "0", "-c", ACCOUNT)
    return "odile"


@pytest.fixture
def no_copy_stays(site: Site) -> Iterator[None]:
    """Throw working copies away after a test."""
    yield
    site.manage("shell", "-v", "0", "-c", NO_COPIES)


@pytest.fixture
def odile(translator: str, new_page: NewPage) -> Page:
    """The page of a translator who has logged in."""
    page = new_page(viewport={"width": 360, "height": 800})
    log_in(page, translator, ADMIN_PASSWORD)
    return page


def publish_with(site: Site, added: str) -> None:
    """Have an editor change the English summary and publish that; the editor's own way is walked elsewhere."""
    site.manage("shell", "-v", "0", "-c", PUBLISH.format(added=added, former=ADDED))


def test_original_changes_and_its_translation_is_found_still_right(site: Site, odile: Page) -> None:
    publish_with(site, ADDED)

    odile.goto("/admin/")
    task = odile.get_by_role("region", name="To translate or to check: French")
    expect(task.get_by_role("listitem").first).to_contain_text("1 out of date in meaning")
    task.get_by_role("link", name=SARCELLES).click()

    summary = odile.locator(".pair").filter(has=odile.get_by_role("heading", name="Summary", exact=True))
    expect(summary).to_contain_text("Out of date in meaning; made by a machine, not checked")
    expect(summary.locator("ins")).to_contain_text(ADDED.strip())
    assert find_faults(odile) == []
    summary.get_by_label("Still right").check()
    odile.get_by_role("button", name="Save", exact=True).click()

    expect(odile.get_by_text("is saved.")).to_be_visible()
    expect(summary).to_contain_text("Up to date; made by a machine, checked by odile")
    odile.goto("/admin/")
    expect(task.get_by_role("listitem").filter(has_text=SARCELLES)).not_to_contain_text("out of date in meaning")

    publish_with(site, "")


def test_translation_is_mended_without_scripts_and_waits_for_review(
    translator: str, page_without_js: Page, no_copy_stays: None
) -> None:
    page = page_without_js
    log_in(page, translator, ADMIN_PASSWORD)
    page.goto("/admin/pilots/pilot/translations/?language=fr")
    page.get_by_role("row").filter(has_text=SARCELLES).get_by_role("link", name="up to date").click()
    page.get_by_label("French: Title").fill("Réintégration")
    page.get_by_role("button", name="Save and send for review").click()
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Done.")).to_be_visible()
    page.goto("/fr/pilots/sarcelles/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Réintégration")
