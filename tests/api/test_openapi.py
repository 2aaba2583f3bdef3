"""The description of the API is true: every resource is in it, with its parameters, and answers as it says."""

import functools

import pytest
from jsonschema import Draft202012Validator

from pilots.api.filters import LessonListFilterSet, OrganisationListFilterSet, PilotListFilterSet
from pilots.browse.parameters import FacetFilter
from tests.api.asking import ask, read
from tests.pages import addresses

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)

ANSWERS = [one for one in addresses.api_addresses() if "openapi" not in one and "colour" not in one]


@functools.cache
def described():
    return read("openapi.json")


def operation(path):
    return described()["paths"][path]["get"]


def template_of(address):
    path = address.partition("?")[0]
    if path in described()["paths"]:
        return path
    return path.rstrip("/").rpartition("/")[0] + "/{slug}/"


def test_it_is_openapi_3_1_for_this_site():
    said = described()
    assert said["openapi"].startswith("3.1.")
    assert said["servers"] == [{"url": "http://127.0.0.1:8000"}]
    assert said["info"]["termsOfService"].endswith("/about/#reuse")
    assert "license" not in said["info"]
    assert {method for path in said["paths"].values() for method in path} == {"get"}


def test_every_resource_is_in_it_and_nothing_else():
    paths = {template_of(address) for address in ANSWERS}
    assert paths == set(described()["paths"])


@pytest.mark.parametrize(
    ("path", "filters"),
    [("pilots", PilotListFilterSet), ("lessons", LessonListFilterSet), ("partners", OrganisationListFilterSet)],
)
def test_parameters_are_those_of_the_filter_set_with_their_meaning(path, filters):
    said = {one["name"]: one for one in operation(f"/api/v1/{path}/")["parameters"]}
    assert set(said) == set(filters.base_filters)
    assert all(one["description"] == filters.base_filters[name].extra["help_text"] for name, one in said.items())
    facets = {name for name, one in filters.base_filters.items() if isinstance(one, FacetFilter)}
    assert {name for name, one in said.items() if one["schema"].get("type") == "array"} == facets


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_what_its_description_says(nine_pilots, address):
    content = operation(template_of(address))["responses"]["200"]["content"]["application/json"]
    schema = content["schema"] | {"components": described()["components"]}
    body = read(address.removeprefix("/api/v1/"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(body)] == []


def test_problem_is_what_its_description_says():
    schema = {"$ref": "#/components/schemas/Problem", "components": described()["components"]}
    assert Draft202012Validator(schema).is_valid(ask("pilots/?colour=red").json())
    assert not Draft202012Validator(schema).is_valid({"detail": 1})


def test_field_that_is_not_described_would_be_found(nine_pilots):
    properties = described()["components"]["schemas"]["Pilot"]["properties"]
    assert set(properties) == set(read("pilots/")["results"][0])
