"""Typed links in headers: from a pilot's page to what describes it and what it can be taken away as, and back."""

import re

import pytest
from django.conf import settings

from pilots.metadata.signposting import pilot_files
from tests import factories
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Headers are made by the same Python.
DATABASES = ("sqlite",)

SITE = f"http://{settings.HOST}:{settings.PORT}"
PAGE = f"{SITE}/pilots/town/"
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


@pytest.fixture(autouse=True)
def pilot():
    return factories.PublishedPilotFactory(slug="town")


def links(response):
    """The links of an answer: relation, address, type."""
    return [(relation, address, kind) for address, relation, kind in LINK.findall(response.headers.get("Link", ""))]


def test_page_says_how_to_cite_it_what_it_is_and_where_its_terms_are():
    found = links(visitor().get("/pilots/town/"))
    assert ("cite-as", PAGE, "") in found
    assert [address for relation, address, _kind in found if relation == "type"] == [
        "https://schema.org/AboutPage",
        "https://schema.org/Report",
    ]
    assert ("terms-of-service", f"{SITE}/about/#reuse", "") in found
    assert not {"license", "author"} & {relation for relation, _address, _kind in found}


def test_page_leads_to_every_file_of_the_menu_with_its_type():
    found = links(visitor().get("/pilots/town/"))
    files = {address: (relation, kind) for relation, address, kind in found if relation in {"describedby", "item"}}
    assert f"{SITE}/pilots/town.csv" in files
    assert files[f"{SITE}/pilots/town.ris"][0] == "describedby"
    assert files[f"{SITE}/pilots/town.xlsx"][0] == "item"
    assert len(files) == len(list(pilot_files()))
    for address, (relation, kind) in files.items():
        response = visitor().get(address.removeprefix(SITE))
        assert response.status_code == 200, address
        assert response.headers["Content-Type"].partition(";")[0] == kind
        back = "describes" if relation == "describedby" else "collection"
        assert (back, PAGE, "text/html") in links(response), address


def test_links_are_short_enough_for_every_server():
    assert len(visitor().get("/pilots/town/").headers["Link"]) < 4_000


def test_file_keeps_its_own_links():
    assert "terms-of-service" in visitor().get("/pilots/town.csv").headers["Link"]


@pytest.mark.django_db(transaction=True)  # inside one, no answer has a tag
def test_links_stand_on_what_says_that_nothing_changed():
    first = visitor().get("/pilots/town.csv")
    again = visitor().get("/pilots/town.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Link"] == first.headers["Link"]


@pytest.mark.parametrize(
    "address", ["/", "/pilots/", "/pilots/nobody/", "/pilots/nobody.csv", "/pilots/town/versions/", "/partners/"]
)
def test_other_answers_have_none(address):
    assert "cite-as" not in visitor().get(address).headers.get("Link", "")
    assert "collection" not in visitor().get(address).headers.get("Link", "")
