"""Lists of the API hold what the pages hold, in the same order, on all pages; what a page would ignore is refused."""

import pytest
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from pilots.browse.lessons import LessonListing
from pilots.browse.listing import Listing
from pilots.models import Lesson
from tests.api.asking import on_all_pages, problem, read
from tests.browse.lists import selections
from tests.examples import drawn

pytestmark = pytest.mark.django_db

OPTIONS = {
    "country": ["FR", "NL", "ES"],
    "activity": ["training", "risk-assessment", "multi-agency-cooperation"],
    "target": ["young-offenders", "offenders-at-risk-of-radicalisation"],
    "stage": ["prison", "release"],
    "stated": ["cost", "staff"],
}
WORDS = st.sampled_from(["", "training", "prison staff", "PJJ", "zzz", "cost", "youth OR", '"working groups"'])
ORDERS = st.sampled_from(["", "place", "-place", "newest"])


def address_of(chosen, words, order):
    given = {name: values for name, values in chosen.items() if values}
    given |= {name: value for name, value in (("q", words), ("sort", order)) if value}
    return f"?{urlencode(given, doseq=True)}" if given else ""


@drawn(40)
@given(chosen=selections(OPTIONS), words=WORDS, order=ORDERS)
def test_list_of_pilots_is_that_of_the_page(nine_pilots, chosen, words, order):
    query = address_of(chosen, words, order)
    shown = [pilot.slug for pilot in Listing(QueryDict(query[1:])).page]
    assert [one["slug"] for one in on_all_pages(f"pilots/{query}")] == shown


@drawn(25)
@given(chosen=selections(OPTIONS | {"kind": ["method", "helped", "hard"]}), words=WORDS, order=ORDERS)
def test_list_of_lessons_is_that_of_the_page(nine_pilots, chosen, words, order):
    query = address_of(chosen, words, order)
    shown = [f"{one.pilot_id}-{one.number}" for one in LessonListing(QueryDict(query[1:])).page]
    assert [one["id"] for one in on_all_pages(f"lessons/{query}")] == shown


def test_list_of_lessons_has_pages_as_long_as_those_of_the_library(nine_pilots):
    assert read("lessons/")["per_page"] == LessonListing(QueryDict()).page.paginator.per_page


REFUSED = {
    "pilots/?colour=red": "colour",
    "pilots/?country=XX": "country",
    "pilots/?country=": "country",
    "pilots/?keep=avignon": "keep",
    "pilots/?country__in=FR": "country__in",
    "pilots/?page=x": "page",
    "pilots/?page=0": "page",
    "glossary/?page=00": "page",
    "pilots/?page=1&page=2": "page",
    "pilots/?per_page=1000000": "per_page",
    "pilots/?sort=relevance-": "sort",
    "pilots/?lang=xx": "lang",
    "pilots/?updated_after=yesterday": "updated_after",
    "pilots/?updated_after=0001-01-01T00:00:00%2B14:00": "updated_after",
    "pilots/?format=xml": "format",
    f"pilots/?q={'a' * 201}": "q",
    "pilots/avignon/?country=FR": "country",
    "lessons/?kind=XX": "kind",
    "partners/?sort=newest": "sort",
    "authorities/?updated_after=2026-01-01": "updated_after",
    "vocabularies/?q=a": "q",
    "glossary/?q=a": "q",
    "sources/?country=FR": "country",
    "openapi.json?format=yaml": "format",
    "?x=1": "x",
}


@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:40])
def test_what_is_unknown_is_refused_by_name_and_never_gives_everything(nine_pilots, address):
    assert problem(address, 400)["parameter"] == REFUSED[address]


def test_tracking_is_dropped(nine_pilots):
    assert read("pilots/?utm_source=mail&country=FR&fbclid=x") == read("pilots/?country=FR")


def test_every_kind_of_lesson_can_be_asked_for(nine_pilots):
    counts = [read(f"lessons/?kind={kind}")["total"] for kind in Lesson.Kind.values]
    assert sum(counts) == read("lessons/")["total"]
