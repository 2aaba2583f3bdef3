"""What is stated, as a parameter: which pilots it gives, how pages show and carry it, how searches lead to it."""

import random

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import LessonFilterSet, PilotFilterSet
from pilots.browse.selection import Selection
from pilots.index.pilots import index
from pilots.index.stated import stated_names
from pilots.models import Authority, Partner, Pilot
from tests import facts
from tests.browse.in_sql import pilots_in_sql
from tests.factories import PassageFactory, PublishedPilotFactory
from tests.nine_pilots import OPTIONS
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]


def having(**chosen: list[str]) -> list[str]:
    """The slugs of the pilots that lists show for a choice."""
    public = index()
    return [public.facts[pk].slug for pk in PilotFilterSet.matches(Selection(chosen=chosen), public)[0:100]]


@pytest.mark.parametrize("item", facts.PROFILE)
def test_item_gives_the_pilots_that_state_it(item):
    assert having(stated=[item]) == sorted(slug for slug, pilot in facts.PILOTS.items() if item in pilot.profile)


def test_several_items_give_the_pilots_that_state_any_of_them():
    assert having(stated=["duration", "steps", "cost"]) == ["rotterdam", "sarcelles", "vilvoorde"]
    assert having(stated=["duration", "steps"], country=["NL", "BE"]) == ["rotterdam", "vilvoorde"]


def test_choices_with_items_are_those_of_the_database():
    chance = random.Random(7)
    Pilot.objects.filter(slug="avignon").update(evaluation="planned")
    Pilot.objects.filter(slug="malaga").update(evaluation="done")
    Partner.objects.filter(slug="efus").update(public_contact="contact@efus.example")
    for _ in range(40):
        chosen = {"stated": chance.sample(list(stated_names()), chance.randint(1, 4))}
        if chance.random() < 0.5:
            chosen["country"] = chance.sample(OPTIONS["country"], 2)
        assert having(**chosen) == list(pilots_in_sql(Selection(chosen=chosen)).values_list("slug", flat=True))


def test_evaluation_is_stated_by_its_status():
    assert having(stated=["evaluation"]) == []
    Pilot.objects.filter(slug="avignon").update(evaluation="planned")
    assert having(stated=["evaluation"]) == ["avignon"]


def test_contact_is_that_of_the_authority_or_of_a_partner():
    assert answers(q="contact") == [
        ("Public contact: there is one for none of the 9 pilots. Ask the editors to put you in touch.", "")
    ]
    Authority.objects.filter(slug="avignon").update(public_contact="prevention@avignon.example")
    Partner.objects.filter(slug="efus").update(public_contact="contact@efus.example")
    assert having(stated=["contact"]) == ["avignon", "clichy-sous-bois", "sarcelles"]
    assert answers(q="contact") == [("Public contact: there is one for 3 of the 9 pilots.", "?stated=contact")]


def test_lessons_are_those_of_the_pilots_that_state_it():
    found = LessonFilterSet.matches(Selection(chosen={"stated": ["duration"]}), index())
    assert len(found) == sum(len(facts.PILOTS[slug].lessons) for slug in ("rotterdam", "sarcelles"))


@pytest.mark.parametrize("path", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/"])
def test_page_shows_a_chip_carries_the_item_and_has_no_group_for_it(client, path):
    page = read(client.get(f"{path}?stated=duration&country=FR"))
    chips = page.one("ul", class_="chips").texts("a", class_="chip")
    assert chips == ["Country: France – remove", "Stated: How often and how long – remove"]
    form = page.one("form", id="filters")
    assert [box["type"] for box in form.all("input", name="stated", value="duration")] == ["hidden"]
    assert "Stated" not in form.texts("legend")
    assert "stated=duration" in page.one("ul", class_="chips").all("a")[0]["href"]


def test_item_that_nobody_knows_is_noted_and_one_that_nobody_states_gives_nothing(client):
    page = read(client.get("/pilots/?stated=colour"))
    assert page.texts("p", class_="note") == ["No pilot has “colour” under “stated”, so it is ignored."]
    assert having(stated=["cost"]) == []


def test_matrix_links_keep_the_item(client):
    links = read(client.get("/matrix/?stated=staff")).one("table").hrefs("/pilots/")
    assert links
    assert all("stated=staff" in link for link in links)


# A search that asks for an item ----------------------------------------------------


def answers(**query: str) -> list[tuple[str, str]]:
    return [(one.sentence, one.query) for one in FilteredPage(QueryDict(urlencode(query))).stated_answers]


def test_search_for_the_cost_is_told_that_none_states_it(client):
    sentence = "Cost: the source states it for none of the 9 pilots."
    assert answers(q="cost") == [(sentence, "")]
    assert sentence in read(client.get("/pilots/?q=price")).texts("p", class_="note")


def test_search_for_hours_is_led_to_the_pilots_that_state_how_long(client):
    assert answers(q="hours", keep="avignon") == [
        ("How often and how long: the source states it for 2 of the 9 pilots.", "?stated=duration&keep=avignon")
    ]
    for path in ("/pilots/", "/lessons/", "/map/"):
        page = read(client.get(f"{path}?q=hours&country=NL"))
        [link] = [link for link in page.all("a") if link.text.startswith("How often and how long: the source")]
        assert link["href"] == "/pilots/?stated=duration"


def test_counts_are_those_of_public_pilots():
    PassageFactory(pilot=PublishedPilotFactory(), about="cost")
    PassageFactory(about="cost")  # of a draft
    assert answers(q="cost") == [("Cost: the source states it for 1 of the 10 pilots.", "?stated=cost")]


def test_pointer_for_a_value_of_an_item_states_nothing_here_as_on_the_pilots_page(client):
    pilot = PublishedPilotFactory(cost="Quokkas were cheap.")
    PassageFactory(pilot=pilot, about="cost", value="training")  # written round the forms, which refuse it
    assert having(stated=["cost"]) == []
    page = read(client.get(pilot.get_absolute_url()))
    assert "Not stated: results, lessons, evaluation, cost" in page.one("section", class_="glance").texts("dd")
    questions = read(client.get(f"{pilot.get_absolute_url()}questions/"))
    assert "Quokka" not in page.text
    assert read(client.get("/pilots/?q=quokkas")).one("h1").text.startswith("0 ")
    assert "cost" in [box["value"] for box in questions.all("input", name="ask")]


def test_search_for_anything_else_is_answered_by_its_results_alone():
    assert answers(q="prison") == []
    assert answers(country="FR") == []


# Where nothing matches ---------------------------------------------------------------


def test_each_word_alone_and_all_but_one_are_offered_with_their_counts(client):
    page = read(client.get("/pilots/?q=zebra+workshop+meeting"))
    links = [(link.text, link["href"]) for link in page.one("div", class_="fewer-words").all("a")]
    assert ("without “zebra”", "/pilots/?q=workshop+meeting") in links
    assert ("only “workshop”", "/pilots/?q=workshop") in links
    assert not [link for link in links if link[0] == "only “zebra”"]


def test_where_nothing_is_shown_only_lists_with_something_are_offered(client):
    page = read(client.get("/pilots/?q=zebra+workshop+okapi&country=NL"))
    assert not page.all("div", class_="fewer-words")
    assert page.all("div", class_="no-results")
