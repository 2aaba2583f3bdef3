"""Takes the pictures in docs/screenshots from a fresh site with the nine pilots. `make screenshots` calls it."""

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from playwright.sync_api import Browser, StorageState, sync_playwright  # noqa: E402

from tests.browser import chromium, server  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"


class Picture(NamedTuple):
    """One picture: what it shows, how wide and high the window is, and in which colours."""

    name: str
    address: str
    width: int
    height: int
    scheme: str


PICTURES = (
    Picture("front.png", "/", 1280, 1100, "light"),
    Picture("list.png", "/pilots/?country=FR", 1280, 1100, "light"),
    Picture("pilot.png", "/pilots/rotterdam/", 768, 1200, "dark"),
    Picture("map.png", "/map/", 1280, 1100, "light"),
    Picture("matrix.png", "/matrix/", 1280, 1100, "light"),
    Picture("network.png", "/partners/", 1280, 1100, "light"),
    Picture("lessons.png", "/lessons/", 1280, 1100, "light"),
    Picture("compare.png", "/compare/?pilot=rotterdam&pilot=vilvoorde", 1280, 1100, "light"),
    Picture("phone.png", "/pilots/?country=FR", 360, 900, "light"),
)


# The five screens of which `before/` shows what they were.
SCREENS = {
    "front": "/",
    "list": "/pilots/?country=FR",
    "pilot": "/pilots/rotterdam/",
    "lessons": "/lessons/",
    "compare": "/compare/?pilot=rotterdam&pilot=vilvoorde",
}
AFTER = tuple(
    Picture(f"after/{name}-{width}.png", address, width, height, "light")
    for name, address in SCREENS.items()
    for width, height in ((360, 740), (1280, 800))
)

# What editors see, for docs/editing.md: the working copy of Rotterdam is the tenth pilot.
EDITING = (
    Picture("editing-first-page.png", "/admin/", 1280, 900, "light"),
    Picture("editing-form.png", "/admin/pilots/pilot/10/change/", 1280, 1100, "light"),
    Picture("editing-preview.png", "/admin/pilots/pilot/10/preview/?width=phone", 1280, 1000, "light"),
    Picture("editing-history.png", "/admin/pilots/pilot/5/history/", 1280, 900, "light"),
    Picture("editing-compare.png", "/admin/pilots/pilot/5/history/compare/?old=public&new=now", 1280, 700, "light"),
)
# Somebody revises an entry and sends the copy for review.
WORK = """
from django.contrib.auth.models import User
from pilots import workflow
from pilots.models import Pilot
from pilots.models.content import read_content
user = User.objects.get()
pilot = Pilot.objects.get(pk=5)
content = read_content(pilot)
content["texts"]["en"]["summary"] = content["texts"]["en"]["summary"].replace("worked", "has worked") + " See below."
copy = workflow.revise(pilot, by=user, content=content, note="A clearer summary.")
workflow.submit(copy, by=user, note="Please compare it with paragraph 11.")
"""


def take(browser: Browser, site: server.Site, picture: Picture, pass_: StorageState | None = None) -> None:
    """Visit a page and write its picture; ends with a sentence when the page does not answer."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.scheme, storage_state=pass_
    )
    page = context.new_page()
    answer = page.goto(site.url + picture.address, wait_until="networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"{picture.address} does not answer as it should, so there is no {picture.name}.")
    page.screenshot(path=FOLDER / picture.name)
    context.close()


def log_in(browser: Browser, site: server.Site) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.url + "/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(site.admin_password)
    page.get_by_role("button", name="Log in").click()
    return context.storage_state()


def main() -> None:
    """Serve the portal, visit each page, and write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    browser_path, flags = chromium.find_or_install(), chromium.flags()
    with server.serve() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        for picture in (*PICTURES, *AFTER):
            take(browser, site, picture)
        site.manage("shell", "-v", "0", "-c", WORK)
        pass_ = log_in(browser, site)
        for picture in EDITING:
            take(browser, site, picture, pass_)
        browser.close()


if __name__ == "__main__":
    main()
