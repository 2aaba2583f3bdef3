"""The portal with 150 pilots and names as long as the database allows. Layouts are the same on both databases."""

import itertools

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.looks import WIDER
from tests.pages.addresses import ARGUMENTS, PAGES

DATABASES = ("crowded",)
# Entries of these numbers have the longest names; topics are those with many pilots.
LONGEST = ARGUMENTS | {
    "pilot": "sample-pilot-3",
    "partner": "sample-partner-3",
    "authority": "sample-place-3",
    "source": "sample-source-3",
}
STATES = (
    "",
    "?partner=sample-partner-3&q=sample&keep=sample-pilot-3",
    "?pilot=sample-pilot-1&pilot=sample-pilot-2&pilot=sample-pilot-3&pilot=sample-pilot-43",
)


def test_long_names_and_many_entries_make_no_page_wider_than_the_window(page: Page) -> None:
    for (name, kind), state in itertools.product(PAGES.items(), STATES):
        page.goto(reverse(name, args=[LONGEST[kind]] if kind else []) + state)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER) <= 0, (name, state, width)
