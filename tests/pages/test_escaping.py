"""Whatever editors write is shown as text, never run."""

import pytest

from tests import factories
from tests.pages import addresses
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)

HOSTILE = "</p><script>alert(1)</script><img src=x onerror='alert(2)'>\" onfocus=\"alert(3) & {{ 7|add:7 }} {% now %}"

VOCABULARIES = {
    "activity_types": factories.ActivityTypeFactory,
    "audiences": factories.AudienceFactory,
    "target_groups": factories.TargetGroupFactory,
    "stages": factories.StageFactory,
}
TEXTS = ["title", "summary", "background", "objectives", "what_was_done", "results", "prospects"]


@pytest.fixture
def hostile_pilot():
    """A published pilot with a hostile text in every field that takes text."""
    short = HOSTILE[:100]
    terms = [make(slug="term", name=short, description=HOSTILE) for make in VOCABULARIES.values()]
    partner = factories.PartnerFactory(
        slug="partner", name=short, full_name=HOSTILE, original_name=HOSTILE, original_language="fr"
    )
    pilot = factories.PublishedPilotFactory(
        slug="pilot",
        authority=factories.AuthorityFactory(slug="authority", name=HOSTILE, place=short, country="FR"),
        source=factories.SourceFactory(slug="source", title=HOSTILE, publisher=HOSTILE, terms_of_reuse=HOSTILE),
        partners=[partner],
        **dict(
            zip(["activity_types", "audiences", "target_groups", "stages"], [[term] for term in terms], strict=True)
        ),
        **dict.fromkeys(TEXTS, HOSTILE),
    )
    factories.LessonFactory(pilot=pilot, text=HOSTILE)
    factories.KeyFigureFactory(pilot=pilot, label=HOSTILE)
    factories.OrganisationInvolvedFactory(pilot=pilot, name=HOSTILE)
    factories.GlossaryTermFactory(
        slug="hostile", term="<script>", meaning=HOSTILE, original=HOSTILE, original_language="fr"
    )
    factories.PublishedPilotFactory(slug="second")
    return pilot


PATHS = ["/", "/pilots/", "/pilots/pilot/", "/partners/", "/partners/partner/", "/authorities/"]
PATHS += ["/authorities/authority/", "/lessons/", "/map/", "/matrix/", "/glossary/", "/about/"]
PATHS += ["/activities/term/", "/audiences/term/", "/target-groups/term/", "/stages/term/", "/countries/FR/"]
PATHS += ["/sources/source/", "/pilots/pilot/questions/"]
PATHS += ["/pilots/pilot/versions/", "/shortlist/?keep=pilot", "/compare/?pilot=pilot&pilot=second"]
PATHS += ["/pilots/pilot/cite/", "/cite/", "/shortlist/cite/?keep=pilot"]


def assert_harmless(page, where):
    scripts = [script for script in page.all("script") if not script.is_data]
    assert [script for script in scripts if not script.get("src").startswith("/static/")] == [], where
    assert [element["src"] for element in page.all("img")] == [page.one("header").one("img")["src"]], where
    handlers = [name for element in page for name in element.attributes if name.startswith("on")]
    assert handlers == [], where


@pytest.mark.parametrize("path", PATHS)
def test_texts_of_editors_are_shown_and_not_run(client, hostile_pilot, path):
    page = read(client.get(path))
    assert_harmless(page, path)
    assert "<script>alert(1)</script>" in page.one("main").text


def test_all_pages_with_texts_of_editors_are_among_these(hostile_pilot):
    still = {"privacy", "accessibility", "api", "data"}
    assert len(PATHS) == len(set(addresses.PAGES) - still)


def test_every_text_of_the_pilot_is_on_its_page(client, hostile_pilot):
    text = read(client.get("/pilots/pilot/")).one("main").text
    # Title, summary, five sections, lesson, figure, organisation, source's three, term's meaning and own wording.
    assert text.count("<script>alert(1)</script>") >= 15


@pytest.mark.parametrize("name", ["q", "country", "colour", "sort", "per_page", "<script>alert(1)</script>"])
def test_what_a_visitor_asks_is_shown_and_not_run(client, hostile_pilot, name):
    page = read(client.get("/pilots/", {name: HOSTILE}))
    assert_harmless(page, name)
    assert "<script>" in page.one("main").text


def test_page_number_that_is_none_is_shown_and_not_run(client):
    response = client.get("/pilots/", {"page": HOSTILE})
    assert response.status_code == 400
    assert_harmless(read(response), "page")
    assert "<script>" in read(response).one("main").text


def test_address_in_the_subject_of_a_report_is_escaped(client):
    page = read(client.get('/pilots/"><script>&body=x'))
    assert_harmless(page, "path")
    (href,) = page.one("footer").hrefs("mailto:")
    assert "&" not in href
    assert "<" not in href
