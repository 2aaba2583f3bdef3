"""Whatever is typed, search answers: the list, the lessons, did-you-mean; and the same pieces find the same."""

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pilots.models import Pilot
from pilots.search.did_you_mean import suggestion
from pilots.search.engine import search, search_lessons
from pilots.search.page_languages import PAGES
from pilots.search.snippets import found_in
from tests.examples import drawn
from tests.search.random_queries import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("translated_pilots")]


@drawn(40)
@given(queries, st.sampled_from(PAGES))
def test_any_words_are_answered(words, page):
    with translation.override(page):
        answered(words)


def answered(words):
    found = search(words)
    assert set(found.ids) == set().union(*found.tiers)
    assert set(found_in(found, Pilot.objects.filter(pk__in=found.ids))) <= set(found.ids)
    assert isinstance(suggestion(found), str)
    assert search(f" {words[:150]}").ids == search(words[:150]).ids
    assert search_lessons(words).query == found.query


@drawn(10)
@given(queries)
def test_page_answers_any_words(words):
    for address in ("/pilots/", "/lessons/"):
        assert Client().get(address, {"q": words[:200]}).status_code in {200, 400}
