"""Data for search engines in a page: the browser keeps it, runs none of it, and the policy has nothing against it."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser.walk import visit

# Pages are the same on both databases.
DATABASES = ("sqlite",)

REPORT_VIOLATIONS = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective))
"""
SIZE_OF_CARD = """async () => {
    const card = new Image()
    card.src = new URL(document.querySelector('meta[property="og:image"]').content).pathname
    await card.decode()
    return [card.naturalWidth, card.naturalHeight]
}"""
BLOCKS = "[...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(block => block.textContent)"


@pytest.mark.parametrize(
    ("address", "types"),
    [
        ("/", ["WebSite"]),
        ("/pilots/avignon/", ["Report", "BreadcrumbList"]),
        ("/authorities/malaga/", ["GovernmentOrganization", "BreadcrumbList"]),
    ],
)
def test_policy_has_nothing_against_data(address: str, types: list[str], page: Page, complaints: list[str]) -> None:
    page.add_init_script(REPORT_VIOLATIONS)
    visit(page, address, complaints)
    assert [json.loads(block)["@type"] for block in page.evaluate(BLOCKS)] == types
    assert page.evaluate("violations") == []


def test_card_is_a_picture_that_browsers_show(page: Page) -> None:
    page.goto("/pilots/avignon/")
    assert page.evaluate(SIZE_OF_CARD) == [1200, 630]
