"""A visitor's way in each language: no English word of the interface, `lang` right, nothing for axe to find.

The words come from catalogues and fixtures, which are the same on both databases.
"""

from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Page, expect

from prepare_portal.languages import ORIGINAL, in_language, language_of
from tests.browser.axe import find_faults
from tests.browser.walk import has_in_address
from tests.browser.words import vocabulary, wrong_words

DATABASES = ("sqlite",)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = [code for code in LANGUAGES if code != ORIGINAL]
SEARCHED = {"en": "training", "fr": "formation", "es": "formación", "nl": "training", "sv": "utbildning"}


def press(page: Page, english: str) -> None:
    """Press a button by its name in the page's language, and wait for the answer."""
    with page.expect_navigation():
        page.get_by_role("button", name=translation.gettext(english), exact=True).first.click()


def look(page: Page, language: str, complaints: list[str]) -> str:
    """Say where the page is, after a look at its words and with axe."""
    assert language_of(urlsplit(page.url).path) == language
    expect(page.locator("html")).to_have_attribute("lang", language)
    if language != ORIGINAL:
        assert wrong_words(page, language) == [], page.url
    assert complaints == []
    assert find_faults(page) == [], page.url
    complaints.clear()  # axe itself sets styles, which the policy refuses
    return page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_visitor_walks_from_the_front_page_to_a_comparison_and_back(
    language: str, page: Page, complaints: list[str]
) -> None:
    with translation.override(language):
        page.goto(in_language("/", language))
        look(page, language, complaints)
        page.locator(f'.site-nav a[href="{in_language("/pilots/", language)}"]').click()
        page.locator('input[name="country"][value="FR"]').check()
        press(page, "Apply")
        expect(page).to_have_url(has_in_address("country=FR"))
        look(page, language, complaints)
        page.locator("#q").fill(SEARCHED[language])
        press(page, "Search")
    expect(page).to_have_url(has_in_address("country=FR", f"q={quote(SEARCHED[language])}"))
    found = look(page, language, complaints)
    page.locator("main .card-title a").first.click()
    page.locator("main .compare-with").first.wait_for()
    pilot = look(page, language, complaints)
    page.locator("main .compare-with").first.click()
    page.locator("main table").first.wait_for()
    look(page, language, complaints)
    page.go_back()
    expect(page).to_have_url(pilot)
    page.go_back()
    expect(page).to_have_url(found)
    expect(page.locator('input[name="country"][value="FR"]')).to_be_checked()


@pytest.mark.parametrize("language", OTHERS)
def test_english_anywhere_on_a_page_would_be_found(language: str, page: Page) -> None:
    page.goto(in_language("/pilots/avignon/", language))
    assert wrong_words(page, language) == []
    for fault in (
        "<p>Search</p>",
        "<p>3 pilots match: country X.</p>",
        '<p><b aria-label="Search the pilots"></b></p>',
        "<p>See <a href='/'>Y</a></p>",
        "<p>It was built with care.</p>",
        "<p>The municipality of Avignon worked with the Act Against Exclusion Foundation.</p>",
        '<p lang="en">Mot d’une autre langue</p>',
    ):
        page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", fault)
        assert wrong_words(page, language) != [], fault
        page.evaluate("document.querySelector('main').lastElementChild.remove()")
    page.evaluate("document.querySelector('h1').lang = 'en'")
    assert len(wrong_words(page, language)) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_english_page_under_another_name_is_found_word_by_word(language: str, page: Page) -> None:
    page.goto("/pilots/avignon/")
    page.evaluate("language => { document.documentElement.lang = language }", language)
    assert len(wrong_words(page, language)) > 100


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_are_the_same_in_both_languages_are_no_fault(language: str) -> None:
    known = vocabulary(language)
    assert not known.is_english("Efus")
    assert not known.is_english("European Forum for Restorative Justice")
    assert not known.is_english("Violence Prevention Network")
    assert known.is_english("Search")
