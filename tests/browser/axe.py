"""What axe, a checker of accessibility, holds against the page that is open."""

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = f"{AXE_FILE_PATH.read_text(encoding='utf-8')};0"
# Of what is right, axe names one element a rule: to describe each takes longer than to look at it.
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}
# The dark scheme changes colours only: css/tokens.css holds all of it.
COLOUR_OPTIONS = AXE_OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# A change of scheme lets colours fade: half-way they have a contrast that nobody will read at.
RUN_AXE = """async options => {
    document.getAnimations().forEach(fading => fading.finish())
    const { passes, violations } = await axe.run(options)
    const said = ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(node => node.html).join(' | ')}`
    return passes.length ? violations.map(said) : ['axe checked nothing']
}"""


def find_faults(page: Page, options: dict[str, Any] = AXE_OPTIONS) -> list[str]:
    """What axe holds against a page; the page keeps axe for the next time."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, options)
    return found
