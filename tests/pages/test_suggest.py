"""The address that the search box asks for suggestions."""

import pytest

from pilots.index.content_version import current
from pilots.models import Pilot
from tests import factories
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db


def found(client, words):
    return client.get("/suggest/", {"q": words}).json()["suggestions"]


def test_each_suggestion_says_what_it_is_and_where_it_leads(client):
    values = {
        "partners": [factories.PartnerFactory(slug="p", name="Alpha partner", full_name="The whole partner")],
        "activity_types": [factories.ActivityTypeFactory(slug="t", name="Alpha activity")],
    }
    town = factories.AuthorityFactory(slug="town", place="Alphaville", name="Town of Alphaville", country="AL")
    PublishedPilotFactory(slug="one", title="Alpha pilot", authority=town, **values)
    factories.GlossaryTermFactory(slug="alp", term="ALP", original="Alphabet", original_language="nl")
    plain = [tuple(one[name] for name in ("kind", "label", "detail", "address")) for one in found(client, "al")]
    assert plain == [
        ("Pilot", "Alpha pilot", "Alphaville", "/pilots/one/"),
        ("Place", "Alphaville", "Town of Alphaville", "/authorities/town/"),
        ("Partner", "Alpha partner", "The whole partner", "/partners/p/"),
        ("Country", "Albania", "", "/pilots/?country=AL"),
        ("Activity type", "Alpha activity", "", "/pilots/?activity=t"),
        ("Glossary", "ALP", "Alphabet", "/glossary/#alp"),
    ]
    assert [one["detail_language"] for one in found(client, "al")] == ["", "", "", "", "", "nl"]


def test_title_in_another_language_is_marked(client):
    pilot = PublishedPilotFactory(title="")
    pilot.create_translation("fr", title="Le titre")
    assert [(one["label"], one["language"]) for one in found(client, "titre")] == [("Le titre", "fr")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("alpha 1", "1 suggestion. Use the up and down arrow keys to choose."),
        ("alpha", "2 suggestions. Use the up and down arrow keys to choose."),
        ("beta", "No suggestions."),
    ],
)
def test_number_of_suggestions_is_said_in_a_sentence(client, words, said):
    for number in (1, 2):
        PublishedPilotFactory(title=f"Alpha {number}", authority__place="Place", authority__name="Town")
    response = client.get("/suggest/", {"q": words})
    assert response.json()["said"] == said
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies


def test_edit_is_visible_on_the_next_request(client):
    pilot = PublishedPilotFactory(title="Alpha")
    seen = [len(found(client, "alpha"))]
    Pilot.objects.filter(pk=pilot.pk).update(status="archived")
    assert [*seen, len(found(client, "alpha"))] == [1, 0]


@pytest.mark.parametrize(("length", "status"), [(200, 200), (201, 400)])
def test_more_words_than_the_box_takes_are_refused(client, length, status):
    response = client.get("/suggest/", {"q": "a" * length})
    assert (response.status_code, response.json()["suggestions"]) == (status, [])


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_entries(client, django_assert_num_queries, size):
    for _number in range(size):
        PublishedPilotFactory(title="Alpha", authority__place="Alpha")
    current()
    with django_assert_num_queries(7):  # in a transaction, where nothing is kept
        client.get("/suggest/", {"q": "alpha"})


def test_box_names_its_suggestions_and_stays_a_plain_box_without_scripts(client):
    box = client.get("/pilots/").content.decode().partition('role="search"')[2].partition("</div>")[0]
    assert 'data-suggest="/suggest/"' in box
    assert 'data-suggestions="Suggestions"' in box
    assert "combobox" not in box
