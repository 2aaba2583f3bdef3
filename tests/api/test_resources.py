"""What each resource of the API says of the nine pilots, and in which language."""

import pytest

from pilots.models import GlossaryTerm, Partner, Pilot
from pilots.models.pilot import PROFILE
from tests import facts
from tests.api.asking import NOT_STATED, ORIGINAL, problem, read, slugs

pytestmark = pytest.mark.django_db


def test_pilot_has_its_facts_texts_and_pointers(nine_pilots):
    pilot = read("pilots/avignon/")
    assert (pilot["slug"], pilot["deleted"], pilot["authority"]["slug"]) == ("avignon", False, "avignon")
    assert pilot["page"] == "http://127.0.0.1:8000/pilots/avignon/"
    assert pilot["authority"]["country"] == {"code": "FR", "name": "France"}
    title = {"text": str(Pilot.objects.get(slug="avignon")), "language": "en", "state": "original"}
    assert pilot["title"] == title | ORIGINAL
    assert pilot["sections"]["background"] == NOT_STATED
    assert (pilot["start"], pilot["evaluation"]) == (None, None)
    assert {"about": "partners", "value": "face", "passage": "2, 3.1", "rests_on_heading": False} in pilot["passages"]
    assert pilot["terms"]["address"].endswith("/about/#reuse")


def test_each_of_the_nine_has_the_classification_that_the_facts_say(nine_pilots):
    by_slug = {pilot["slug"]: pilot for pilot in read("pilots/")["results"]}
    assert sorted(by_slug) == sorted(facts.PILOTS)
    for slug, one in facts.PILOTS.items():
        said = by_slug[slug]
        assert {value["slug"] for value in said["partners"]} == set(one.partners)
        assert {value["slug"] for value in said["activity_types"]} == {name.rstrip("*") for name in one.activity_types}
        assert said["authority"]["country"]["code"] == one.country


def test_profile_has_every_item_and_says_which_are_stated(nine_pilots):
    for pilot in read("pilots/")["results"]:
        assert [item["name"] for item in pilot["profile"]] == list(PROFILE)
        stated = {row["about"] for row in pilot["passages"]} & {*PROFILE}
        assert {item["name"] for item in pilot["profile"] if item["stated"]} == stated
        assert all(item["text"] == NOT_STATED for item in pilot["profile"] if not item["stated"])
        assert all(item["passage"] for item in pilot["profile"] if item["stated"])


def test_partners_and_authorities_are_those_of_the_pilots_that_match(nine_pilots):
    french = set(slugs("pilots/?country=FR"))
    partners = read("partners/?country=FR")["results"]
    assert partners
    assert all(french & {*one["pilots"], *one["involved_in"]} for one in partners)
    assert {one for partner in read("partners/")["results"] for one in partner["pilots"]} == set(slugs("pilots/"))
    assert set(slugs("partners/")) == set(Partner.objects.public().values_list("slug", flat=True))
    authorities = read("authorities/?country=FR")["results"]
    assert {pilot for one in authorities for pilot in one["pilots"]} == french


def test_values_of_vocabularies_are_what_filters_take(nine_pilots):
    vocabularies = {one["name"]: one["values"] for one in read("vocabularies/")["results"]}
    assert list(vocabularies) == [
        *("country", "authority_kind", "activity", "audience", "target", "stage", "stated", "kind"),
    ]
    for name, values in vocabularies.items():
        rows = "lessons" if name == "kind" else "pilots"
        counts = {one["slug"]: read(f"{rows}/?{name}={one['slug']}")["total"] for one in values[:4]}
        assert counts == {one["slug"]: one["count"] for one in values[:4]}
    assert read("vocabularies/activity/")["values"] == vocabularies["activity"]


def test_glossary_and_sources_are_all_there_is(nine_pilots):
    assert slugs("glossary/") == sorted(GlossaryTerm.objects.values_list("slug", flat=True))
    assert read("glossary/pjj/")["original"] == GlossaryTerm.objects.get(slug="pjj").original
    (source,) = read("sources/")["results"]
    assert read(f"sources/{source['slug']}/") == source | {"terms": read("sources/")["terms"]}


@pytest.mark.parametrize("name", ["pilots", "partners", "authorities", "vocabularies", "glossary", "sources"])
def test_unknown_name_is_not_found(name):
    problem(f"{name}/nobody/", 404)


def test_root_leads_to_every_list_and_each_answers(nine_pilots, client):
    places = read("")
    assert {"pilots", "lessons", "partners", "authorities", "vocabularies", "glossary", "sources"} <= set(places)
    assert {client.get(address.removeprefix("http://127.0.0.1:8000")).status_code for address in places.values()} == {
        200
    }
