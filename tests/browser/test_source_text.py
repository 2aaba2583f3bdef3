"""“Where does the source say so?”: one tap, on a site whose source has a text that visitors may read."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import AXE_OPTIONS, find_faults
from tests.browser.conftest import NewPage
from tests.browser.invented_text import SOURCE, sentence

DATABASES = ("with_text",)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    return new_page(viewport={"width": 360, "height": 740}, java_script_enabled=request.param)


@pytest.fixture
def said(phone: Page) -> Locator:
    """The pointer below what was done in Málaga, which is paragraph 9, sentences 1 to 4."""
    phone.goto("/pilots/malaga/")
    return phone.locator(".section-what_was_done .said-in")


def test_one_tap_opens_what_the_source_says(said: Locator) -> None:
    expect(said.locator("blockquote")).to_be_hidden()
    said.locator("summary").click()
    for number in range(1, 5):
        expect(said.get_by_text(sentence(9, number))).to_be_in_viewport()
    expect(said.get_by_text(sentence(9, 5))).to_have_count(0)


def test_each_sentence_leads_to_where_it_stands_in_the_source(said: Locator, phone: Page, base_url: str) -> None:
    said.locator("summary").click()
    said.get_by_role("link", name="paragraph 9, sentence 2").click()
    expect(phone).to_have_url(f"{base_url}/sources/{SOURCE}/#p9-2")
    marked = phone.locator(".numbered-text :target")
    expect(marked).to_contain_text(sentence(9, 2))
    expect(marked).to_be_in_viewport()
    unmarked = phone.locator("#p9-1").evaluate("element => getComputedStyle(element).backgroundColor")
    assert marked.evaluate("element => getComputedStyle(element).backgroundColor") != unmarked


@pytest.mark.parametrize("address", ["/pilots/malaga/", f"/sources/{SOURCE}/"])
def test_everybody_can_read_it(address: str, page: Page) -> None:
    page.goto(address)
    for pointer in page.locator(".said-in summary").all():
        if pointer.is_visible():
            pointer.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert find_faults(page, AXE_OPTIONS) == []
