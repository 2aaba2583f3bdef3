"""Who stands behind the portal: written by editors, shown on the page about it and at the foot of pages."""

import pytest
from django.test import Client

from pilots.index import statements as kept
from pilots.models import Statement
from tests.factories import PublishedPilotFactory, StatementFactory
from tests.pages.reading import read
from tests.visitors import visitor

LABELS = ["Who runs the portal", "Who paid for it", "How entries were chosen", "What may be reused"]
# Not the error pages, nor those on privacy and accessibility, nor an empty shortlist: they ask no database.
WITH_FOOT = [
    *("/", "/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/authorities/", "/pilots/here/"),
    *("/countries/FR/", "/pilots/here/questions/", "/pilots/here/versions/", "/compare/"),
    *("/glossary/", "/about/"),
]


@pytest.fixture
def _here(transactional_db):
    kept._rows.clear()
    PublishedPilotFactory(slug="here", authority__country="FR")


def about(client):
    lines = read(client.get("/about/")).one("main").one("dl", class_="gap-list").all("div")
    return {line.one("dt").text: line for line in lines}


def foot(client, address):
    lines = read(client.get(address)).one("footer").all("dl", class_="short-statements")
    return {line.one("dt").text: line.one("dd").text for dl in lines for line in dl.all("div")}


@pytest.mark.django_db
def test_nothing_is_delivered_and_each_is_not_stated(client):
    assert Statement.objects.count() == 0
    assert {label: line.one("dd").text for label, line in about(client).items()} == dict.fromkeys(LABELS, "not stated")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Statement.Kind)
def test_what_editors_write_is_shown_in_its_place_alone(client, kind):
    StatementFactory(kind=kind, text="Sample <people> & others.")
    shown = {label: line.one("dd").text for label, line in about(client).items()}
    label = LABELS[list(Statement.Kind).index(kind)]
    assert shown == dict.fromkeys(LABELS, "not stated") | {label: "Sample <people> & others."}
    assert about(client)[label]["id"] == kind.value


@pytest.mark.django_db
def test_text_without_a_translation_falls_back_to_english():
    row = StatementFactory(kind="run-by", text="Sample people run it.")
    row.create_translation("fr", text="Des gens.")
    said = [row.text_in("text", language) for language in ("fr", "sv")]
    assert said == [("Des gens.", "fr"), ("Sample people run it.", "en")]


@pytest.mark.django_db
def test_text_in_another_language_alone_is_marked(client):
    StatementFactory(kind="reuse").translations.update(language_code="fr", text="Tout.")
    assert about(client)["What may be reused"].one("p", lang="fr").text == "Tout."


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("address", WITH_FOOT)
def test_foot_says_in_short_who_runs_it_and_what_may_be_reused(address):
    client: Client = visitor()
    assert foot(client, address) == dict.fromkeys(["Who runs the portal", "What may be reused"], "not stated")
    StatementFactory(kind="run-by", text="People. " * 60)
    said = foot(client, address)["Who runs the portal"]
    assert said.startswith("People. People.")
    assert said.endswith("…")
    assert len(said) <= 160


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/privacy/", "/pilots/", "/nowhere/", "/about/"])
def test_every_page_leads_to_it(client, address):
    (href,) = read(client.get(address)).one("footer").hrefs("/about/#")
    assert read(client.get("/about/")).one("h2", id=href.partition("#")[2]).text == "Who stands behind it"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/about/"])
def test_prepare_is_explained_where_visitors_meet_it(client, address):
    assert "PREPARE is a project in which" in read(client.get(address)).one("main").text


@pytest.mark.django_db
def test_statement_is_known_by_its_kind():
    row = StatementFactory(kind="reuse")
    assert Statement.objects.get_by_natural_key(*row.natural_key()) == row
