"""Takes the pictures in docs/screenshots from a fresh site with the nine pilots. `make screenshots` calls it."""

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from playwright.sync_api import sync_playwright  # noqa: E402

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


def main() -> None:
    """Serve the portal, visit each page, and write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    browser_path, flags = chromium.find_or_install(), chromium.flags()
    with server.serve() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        for picture in PICTURES:
            context = browser.new_context(
                viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.scheme
            )
            page = context.new_page()
            answer = page.goto(site.url + picture.address, wait_until="networkidle")
            if answer is None or not answer.ok:
                sys.exit(f"{picture.address} does not answer as it should, so there is no {picture.name}.")
            page.screenshot(path=FOLDER / picture.name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
