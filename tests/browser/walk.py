"""The pages that browser tests walk, and small steps on them."""

import re
from re import Pattern

from playwright.sync_api import Locator, Page

# One address for each public template, and for each state of the list.
PUBLIC_PAGES = {
    "front": "/",
    "list": "/pilots/",
    "filtered list": "/pilots/?country=FR&country=ES&q=municipal",
    "no results": "/pilots/?country=FR&partner=denkzeit",
    "list with a note": "/pilots/?country=XX",
    "pilot": "/pilots/avignon/",
    "versions": "/pilots/avignon/versions/",
    "questions": "/pilots/avignon/questions/",
    "some questions": "/pilots/avignon/questions/?ask=cost&ask=colour",
    "shortlist": "/shortlist/?keep=rotterdam&keep=vilvoorde",
    "long shortlist": "/shortlist/?keep=rotterdam&keep=vilvoorde&keep=avignon&keep=malaga&keep=sarcelles&keep=nobody",
    "empty shortlist": "/shortlist/",
    "list with a shortlist": "/pilots/?keep=rotterdam&keep=vilvoorde",
    "comparison of none": "/compare/",
    "comparison of one": "/compare/?pilot=rotterdam",
    "comparison of two": "/compare/?pilot=rotterdam&pilot=vilvoorde&keep=rotterdam",
    "comparison of four": "/compare/?pilot=avignon&pilot=catalonia&pilot=malaga&pilot=sarcelles&show=differences",
    "lessons": "/lessons/",
    "filtered lessons": "/lessons/?kind=method&country=FR&q=training&keep=avignon",
    "no lessons": "/lessons/?kind=hard&country=FR",
    "map": "/map/",
    "filtered map": "/map/?country=FR",
    "empty map": "/map/?country=FR&partner=denkzeit",
    "matrix": "/matrix/",
    "other matrix": "/matrix/?rows=partner&columns=country",
    "filtered matrix": "/matrix/?country=FR&country=ES&keep=avignon",
    "empty matrix": "/matrix/?country=FR&partner=denkzeit",
    "matrix with a note": "/matrix/?rows=colour&columns=stage",
    "partners": "/partners/",
    "filtered partners": "/partners/?country=FR&country=SE&keep=malaga",
    "no partners": "/partners/?country=FR&partner=denkzeit",
    "partner": "/partners/efus/",
    "authorities": "/authorities/",
    "authority": "/authorities/malaga/",
    "activity type": "/activities/training/",
    "target group": "/target-groups/returning-foreign-fighters/",
    "country": "/countries/FR/",
    "source": "/sources/prepare-nine-local-activities/",
    "glossary": "/glossary/",
    "about": "/about/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "api": "/api/",
    "data": "/data/",
    "how to cite a pilot": "/pilots/avignon/cite/",
    "how to cite a list": "/cite/?country=FR&style=iso690",
    "nothing to cite": "/shortlist/cite/",
}
ERROR_PAGES = {"no such page": "/nothing-here/", "bad address": "/pilots/?page=abc"}


def has_in_address(*parts: str) -> Pattern[str]:
    """A pattern for an address that holds all `parts`, in any order."""
    return re.compile("".join(f"(?=.*[?&]{re.escape(part)}(&|$))" for part in parts))


def lacks_in_address(part: str) -> Pattern[str]:
    """A pattern for an address that does not hold `part`."""
    return re.compile(rf"^(?!.*[?&]{re.escape(part)}(&|$))")


def sheets(page: Page) -> int:
    """Return on how many sheets of paper the page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def filter_button(page: Page) -> Locator:
    """What opens the filters on a phone, where scripts run."""
    return page.get_by_role("button", name="Filter", exact=True)


def open_filters(page: Page) -> None:
    """Open the filters on a phone; on a wide screen they are open."""
    if filter_button(page).is_visible():
        filter_button(page).click()


def apply(page: Page) -> None:
    """Send the filters, and wait for the answer."""
    with page.expect_navigation():
        page.get_by_role("button", name="Apply").click()


def search(page: Page, words: str) -> None:
    """Search for words, and wait for the answer."""
    page.get_by_label("Search the pilots").fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()


def titles(page: Page) -> list[str]:
    return page.locator("main .card-title").all_inner_texts()


def visit(page: Page, address: str, complaints: list[str]) -> None:
    """Open a page; the console's note that the page itself is an error is no complaint, any other is."""
    page.goto(address)
    page.title()  # an answer to this comes after every complaint on the way
    note = "console error: Failed to load resource"
    if address in ERROR_PAGES.values():
        complaints[:] = [complaint for complaint in complaints if not complaint.startswith(note)]
