"""Files for reference managers: the pilots of the page in its order, with what every file has."""

import json

import pytest
from django.http import QueryDict
from django.utils import timezone

from pilots.browse.listing import Listing
from pilots.citations.files import FILES
from pilots.exports import answers
from pilots.models import FormerSlug, Pilot
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.exports.reading_files import body
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

EVERY = [f"/{page}.{end}" for page in ("pilots", "pilots/avignon") for end in FILES]
EVERY += [f"/shortlist.{end}?keep=avignon" for end in FILES]


@pytest.fixture
def pilot():
    return PublishedPilotFactory(slug="town")


def cited(address):
    """The pilots that a CSL-JSON file cites, by the last part of their addresses."""
    return [one["URL"].split("/")[-2] for one in json.loads(body(address))]


def test_list_is_cited_whole_and_in_its_order():
    make_thirty_pilots()
    slugs = [pilot.slug for pilot in Listing(QueryDict("per_page=48")).page]
    assert len(slugs) == 39
    assert cited("/pilots.csl.json") == slugs
    assert cited("/pilots.csl.json?sort=-place") == slugs[::-1]
    assert body("/pilots.ris").count(b"TY  - RPRT") == 39
    assert body("/pilots.bib").count(b"@techreport{") == 39


def test_shortlist_is_cited_in_the_order_of_choice():
    assert cited("/shortlist.csl.json?keep=vilvoorde&keep=avignon") == ["vilvoorde", "avignon"]


def test_there_is_none_of_a_draft():
    draft = PilotFactory(slug="draft", published_at=None)
    assert {visitor().get(f"/pilots/{draft.slug}.{end}").status_code for end in FILES} == {404}
    assert "draft" not in cited("/pilots.csl.json")


@pytest.mark.parametrize(
    "address",
    ["/pilots.ris?colour=red", "/pilots.bib?country=XX", "/shortlist.ris?keep=nobody", "/pilots/town.ris?country=FR"],
)
def test_file_of_what_is_unknown_is_refused(pilot, address):
    assert visitor().get(address).status_code == 400


@pytest.mark.parametrize("address", EVERY)
def test_file_has_name_type_terms_and_tag(address):
    response = visitor().get(address)
    end = address.partition(".")[2].partition("?")[0]
    assert response.headers["Content-Type"] == FILES[end].content_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Content-Disposition"].endswith(f'.{end}"')
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "/about/#reuse" in response.headers["Link"]
    assert "/about/#reuse" in b"".join(response).decode().replace("\\", "")
    assert visitor().head(address).headers["Content-Disposition"] == response.headers["Content-Disposition"]
    again = visitor().get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_former_address_leads_on_and_what_is_gone_says_so(pilot):
    FormerSlug.objects.remember(pilot, old="before")
    assert visitor().get("/pilots/before.csl.json")["Location"] == "/pilots/town.csl.json"
    Pilot.objects.filter(pk=pilot.pk).update(status="draft", published_at=timezone.now())
    assert visitor().get("/pilots/town.csl.json").status_code == 410


@pytest.mark.parametrize("end", FILES)
def test_long_file_is_guarded_as_long_tables_are(monkeypatch, settings, tmp_path, pilot, end):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(answers, "MOST_WHOLE", 0)
    assert visitor().get(f"/pilots.{end}", SERVER_PROTOCOL="HTTP/1.0").status_code == 505
    assert b"/pilots/town/" in body(f"/pilots.{end}")
