"""What a public page looks like in every window and medium that a test asks about, seen in one visit.

To load a page anew for each question costs several times as much as to answer it.
"""

import itertools
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.axe import AXE_OPTIONS, COLOUR_OPTIONS, find_faults

HEADING_LEVELS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(heading => Number(heading.tagName[1]))"
# Links inside running text are as high as their line, which WCAG 2.2 (2.5.8) allows.
SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, summary')]
    .filter(element => !element.closest('p, li p, dd, .skip-link') || element.closest('.chips'))
    .map(element => element.closest('label') || element)
    .filter(element => element.checkVisibility())
    .map(element => ({ name: element.innerText || element.name, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`)"""
WIDER = "document.documentElement.scrollWidth - innerWidth"
STORED = "[localStorage.length, sessionStorage.length]"

A4 = {"width": 718, "height": 1046}  # the sheet within its margins, in CSS pixels
# For reading on a screen only.
CONTROLS = (
    ".site-nav, .skip-link, .site-footer nav, .filters, .search, .to-filters, .chips, .pager, "
    ".views, .same-choice, .to-compare, .crumbs, .contents, .way-on, .entry-keep, .card-foot"
)
VISIBLE = """selector => [...document.querySelectorAll(selector)]
    .filter(part => part.checkVisibility({ visibilityProperty: true })).map(part => part.className || part.tagName)"""
LARGER_TEXT = list(itertools.product((320, 360, 768, 1280), (150, 200)))


@dataclass(frozen=True)
class Look:
    """What one visit to a page found."""

    heading_levels: list[int]
    language: str | None
    landmarks: dict[str, int]
    report: str | None  # where the link for reports leads
    cookies: list[Any]
    stored: list[int]
    sideways_at_400_percent: int  # pixels
    sideways_with_larger_text: dict[tuple[int, int], int]
    small_targets: list[str]
    controls_on_paper: list[str]
    sideways_on_paper: int
    line_on_paper: str
    titled: dict[str, bool]  # whether the heading shows, by medium
    sideways_in_forced_colours: dict[str, int]
    faults: dict[tuple[int, str], list[str]]  # what axe found, by width and scheme


def resize(page: Page, width: int, height: int = 800) -> None:
    """Give the window another size."""
    page.set_viewport_size({"width": width, "height": height})


def find_faults_wide_and_narrow(page: Page) -> dict[tuple[int, str], list[str]]:
    """What axe finds on a wide page and on a narrow one, by width and scheme."""
    faults = {}
    for width, scheme in itertools.product((1280, 320), ("light", "dark")):
        resize(page, width)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        faults[width, scheme] = find_faults(page, AXE_OPTIONS if scheme == "light" else COLOUR_OPTIONS)
    return faults


def look_at_larger_text(page: Page) -> dict[tuple[int, int], int]:
    """How far a page reaches over the edge of its window, by width and size of its text in percent."""
    wider = {}
    for width, percent in LARGER_TEXT:
        resize(page, width)
        page.evaluate("percent => document.documentElement.style.fontSize = `${percent}%`", percent)
        wider[width, percent] = page.evaluate(WIDER)
    page.evaluate("document.documentElement.removeAttribute('style')")
    return wider


def look_at(page: Page) -> Look:
    """Look at the page that is open in every way."""
    first = {
        "heading_levels": page.evaluate(HEADING_LEVELS),
        "language": page.locator("html").get_attribute("lang"),
        "landmarks": {name: page.get_by_role(name).count() for name in ("banner", "main", "contentinfo")},  # type: ignore[arg-type]
        "report": page.get_by_role("contentinfo").get_by_role("link", name="Write to").get_attribute("href"),
        "cookies": page.context.cookies(),
        "stored": page.evaluate(STORED),
    }
    larger = look_at_larger_text(page)
    resize(page, 360)
    small = page.evaluate(SMALL_TARGETS)
    resize(page, 320, 256)
    sideways = page.evaluate(WIDER)
    resize(page, 320)
    titled, forced = {}, {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
        forced[scheme] = page.evaluate(WIDER)
        titled[f"forced colours, {scheme}"] = page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(color_scheme="light", forced_colors="none", media="print")
    resize(page, **A4)
    titled["paper"] = page.get_by_role("heading", level=1).is_visible()
    controls, wider = page.evaluate(VISIBLE, CONTROLS), page.evaluate(WIDER)
    line = page.get_by_text("This page is kept at http").filter(visible=True).all_inner_texts()
    page.emulate_media(media="screen")
    return Look(
        **first,
        sideways_with_larger_text=larger,
        small_targets=small,
        sideways_at_400_percent=sideways,
        sideways_in_forced_colours=forced,
        titled=titled,
        controls_on_paper=controls,
        sideways_on_paper=wider,
        line_on_paper="".join(line),
        faults=find_faults_wide_and_narrow(page),
    )
