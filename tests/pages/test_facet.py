"""Long facets: what is shown at once, what on demand. Everything is in the form, with and without scripts."""

import pytest

from pilots.browse.facets import FIRST, MOST_SHOWN, WORTH_FINDING, Facet, Option, facet_of
from tests.factories import ActivityTypeFactory, AudienceFactory, PublishedPilotFactory
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


def facet(counts: list[int], chosen: set[int] = frozenset()) -> Facet:
    """A facet with options called 0, 1, 2, …, which so many pilots have."""
    options = [Option(str(n), str(n), count, n in chosen) for n, count in enumerate(counts)]
    return facet_of("country", "Country", options)


def values(options: list[Option]) -> list[int]:
    return [int(option.value) for option in options]


def first(long: Facet) -> list[int]:
    """The values that are shown at once."""
    return [value for _heading, options in long.groups for value in values(options)]


@pytest.fixture
def form(client):
    """A function from a query to the filters of the list."""
    return lambda query="": read(client.get(f"/pilots/{query}")).one("form", id="filters")


def fieldset(form: Element, name: str) -> Element:
    return next(part for part in form.all("fieldset") if part.one("legend").text == name)


def boxes(part: Element) -> list[str]:
    return [box["value"] for box in part.all("input", type="checkbox")]


def test_short_facet_is_shown_whole():
    short = facet([0] * MOST_SHOWN)
    assert first(short) == list(range(MOST_SHOWN))
    assert short.more == []


def test_long_facet_shows_the_most_used_first_and_keeps_its_order():
    long = facet([1, 0, 9, 1, 0, 8, 1, 1, 0, 7, 1, 1])
    assert first(long) == [0, 2, 3, 5, 6, 7, 9, 10]
    assert values(long.more) == [1, 4, 8, 11]
    assert len(first(long)) == FIRST


def test_what_is_chosen_is_always_among_the_first():
    long = facet([9] * 11 + [0], chosen={11})
    assert first(long) == [0, 1, 2, 3, 4, 5, 6, 11]


def test_all_that_is_chosen_is_among_the_first_however_much():
    assert first(facet([1] * 20, chosen=set(range(5, 18)))) == list(range(5, 18))


@pytest.mark.parametrize(("options", "worth"), [(WORTH_FINDING - 1, False), (WORTH_FINDING, True)])
def test_very_long_facet_is_worth_a_box_to_find_in(options, worth):
    assert facet([1] * options).is_worth_finding is worth


@pytest.fixture
def many_audiences():
    audiences = [AudienceFactory(slug=f"audience-{n:02}", name=f"Audience {n:02}") for n in range(WORTH_FINDING)]
    PublishedPilotFactory(audiences=audiences)
    PublishedPilotFactory(audiences=audiences[-1:], activity_types=[ActivityTypeFactory(slug="rare", name="Rare")])


def test_rest_of_a_long_facet_is_in_the_form_behind_a_summary(many_audiences, form):
    audience = fieldset(form(), "Audience")
    rest = audience.one("details")
    assert rest.one("summary").text == f"Show all {WORTH_FINDING}: Audience"
    assert "open" not in rest.attributes
    assert sorted(boxes(audience)) == [f"audience-{n:02}" for n in range(WORTH_FINDING)]
    assert boxes(rest) == [f"audience-{n:02}" for n in range(FIRST - 1, WORTH_FINDING - 1)]


def test_box_to_find_in_a_list_waits_for_scripts_and_is_not_sent(many_audiences, form):
    audience = fieldset(form(), "Audience")
    box = audience.one("template").one("input", type="search")
    assert "name" not in box.attributes
    assert audience.one("label", **{"for": box["id"]}).text == "Find in this list: Audience"


def test_short_facet_has_neither_summary_nor_box(many_audiences, form):
    country = fieldset(form(), "Country")
    assert country.all("details") == country.all("template") == []


def test_option_that_nobody_has_is_muted_and_can_be_chosen(many_audiences, form):
    label = next(label for label in form("?activity=rare").all("label") if "Audience 00" in label.text)
    assert label["class"] == "none"
    assert label.one("span").text == "0"
    assert "disabled" not in label.one("input").attributes
