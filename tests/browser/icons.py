"""Draws the icons in static/img that are no SVG from favicon.svg, in the browser of the browser tests.

    .venv/bin/python tests/browser/icons.py

Needed when the SVG changes; the pictures are kept with the code, so that nothing has to be drawn to serve them.
"""

import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser import chromium  # noqa: E402

FOLDER = ROOT / "static" / "img"
ICO_SIZES = (16, 32, 48)
# Phones round the corners themselves, and fill see-through ones with black: so the ground reaches into them.
TOUCH_SIZE, TOUCH_GROUND = 180, "#0d4f63"
APP_SIZES = (192, 512)
# What phones cut to a shape of their own keeps to the middle, a circle of four fifths.
MASKABLE_SIZE, MASKABLE_PART = 512, 0.85


def draw(browser: Browser, size: int, ground: str = "transparent", part: float = 1) -> bytes:
    """The icon as a PNG of this many pixels a side, on a ground, of which it takes a part."""
    page = browser.new_page(viewport={"width": size, "height": size})
    svg = (FOLDER / "favicon.svg").read_text()
    look = f"body {{ margin: 0; background: {ground} }} svg {{ display: block; transform: scale({part}) }}"
    page.set_content(f"<style>{look}</style>{svg}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return PNGs of different sizes as one ICO file, which holds them as they are."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    for size, picture in pictures.items():
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures.values())


def main() -> None:
    """Write them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=list(chromium.flags()))
        (FOLDER / "favicon.ico").write_bytes(ico({size: draw(browser, size) for size in ICO_SIZES}))
        (FOLDER / "apple-touch-icon.png").write_bytes(draw(browser, TOUCH_SIZE, TOUCH_GROUND))
        for size in APP_SIZES:
            (FOLDER / f"icon-{size}.png").write_bytes(draw(browser, size))
        maskable = draw(browser, MASKABLE_SIZE, TOUCH_GROUND, MASKABLE_PART)
        (FOLDER / "icon-maskable.png").write_bytes(maskable)
        browser.close()


if __name__ == "__main__":
    main()
