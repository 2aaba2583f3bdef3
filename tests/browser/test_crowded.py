"""The portal with 150 pilots and names as long as the database allows. Layouts are the same on both databases."""

import pytest
from django.urls import reverse

from tests.browser.conftest import NewPage
from tests.pages.addresses import PAGES

DATABASES = ("crowded",)
# Entries of these numbers have the longest names.
LONGEST = {"pilot": "sample-pilot-3", "partner": "sample-partner-3", "authority": "sample-place-3"}
STATES = (
    "",
    "?partner=sample-partner-3&q=sample&keep=sample-pilot-3",
    "?pilot=sample-pilot-1&pilot=sample-pilot-2&pilot=sample-pilot-3&pilot=sample-pilot-43",
)
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("width", [320, 1280])
def test_long_names_and_many_entries_make_no_page_wider_than_the_window(width: int, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    for name, kind in PAGES.items():
        for state in STATES:
            page.goto(reverse(name, args=[LONGEST[kind]] if kind else []) + state)
            assert page.evaluate(WIDER) <= 0, (name, state)
