"""How many queries each page takes for the first who asks for it: a constant, with one entry or thirty."""

import pytest
from django.db import connection

from pilots import workflow
from pilots.index.fragments import CONTENT
from pilots.index.rows import LESSONS, ORGANISATIONS, PARTNERS, PARTS, PILOTS, PLACES
from pilots.models import FormerSlug
from pilots.search import engine
from pilots.search.reindex import index_words
from tests import factories
from tests.factories import PublishedPilotFactory

# Without a transaction around: inside one, nothing is kept, and every page would read the index anew.
pytestmark = pytest.mark.django_db(transaction=True)

# As many as the page needs, at any size. The list may take 12 and a pilot 11 at most.
QUERIES = {
    "/": 5,
    "/pilots/": 4,
    "/pilots/?per_page=96": 4,
    "/pilots/?country=FR&activity=shared&sort=newest&per_page=96": 4,
    "/pilots/?q=text&partner=shared&per_page=96": 9,
    "/pilots/?q=text+texxte&partner=shared&per_page=96": 14,  # nothing has all words; meant may be another
    "/fr/pilots/": 4,
    "/fr/pilots/?q=texte&partner=shared&per_page=96": 9,
    "/fr/pilots/?q=texte+texxte&partner=shared&per_page=96": 14,
    "/pilots/?q=titre&partner=shared&per_page=96": 10,  # found in French
    "/pilots/?partner=unknown": 5,
    "/pilots/?partner=shared&q=nothing": 8,
    "/pilots/?partner=shared&audience=other&q=nothing": 9,
    "/pilots/pilot-0/": 12,
    "/pilots/pilot-0/versions/": 4,
    "/pilots/pilot-0/questions/": 9,
    "/pilots/gone-0/": 8,
    "/pilots/nobody/": 6,
    "/pilots/pilot-0/?keep=gone-0&keep=nobody": 17,
    "/preview/unknown/": 1,
    "/shortlist/": 0,
    "/shortlist/?keep=pilot-0": 5,
    "/shortlist/?keep=gone-0&keep=nobody": 6,
    "/compare/": 3,
    "/compare/?pilot=pilot-0": 3,
    "/matrix/": 1,
    "/matrix/?rows=partner&columns=country": 1,
    "/matrix/?country=FR&activity=shared&keep=pilot-0": 3,
    "/matrix/?q=text&partner=unknown&rows=stage": 4,
    "/matrix/?partner=shared&q=nothing": 9,
    "/lessons/": 7,
    "/lessons/?per_page=96&sort=newest": 7,
    "/lessons/?kind=insight&activity=shared&per_page=96": 7,
    "/lessons/?q=lesson&partner=shared&keep=pilot-0": 14,
    "/fr/lessons/?q=lesson&partner=shared&keep=pilot-0": 14,
    "/lessons/?kind=hard": 1,
    "/lessons/?kind=hard&partner=shared&q=nothing": 12,
    "/map/": 5,
    "/map/?country=FR&activity=shared&keep=pilot-0": 7,
    "/map/?q=text&partner=shared": 7,
    "/map/?partner=shared&audience=other&q=nothing": 10,
    "/partners/": 6,
    "/partners/?country=FR&activity=shared&keep=pilot-0": 8,
    "/partners/?q=text&partner=shared": 8,
    "/partners/?partner=shared&audience=other&q=nothing": 12,
    "/partners/shared/": 8,
    "/partners/guest/": 8,
    "/authorities/": 4,
    "/authorities/authority-0/": 9,
    "/sources/shared/": 8,
    "/activities/shared/": 9,
    "/countries/FR/": 7,
    "/countries/fr/": 1,
    "/stages/nothing/": 3,
    "/glossary/": 2,
    "/about/": 2,
    "/privacy/": 0,
    "/accessibility/": 0,
    "/robots.txt": 0,
    "/.well-known/security.txt": 0,
    "/livez": 0,
    "/sitemap.xml": 10,
    "/sitemap-pilots.xml": 3,
    "/sitemap-partners.xml": 3,
    "/sitemap-authorities.xml": 3,
    "/sitemap-sources.xml": 4,
    "/sitemap-activities.xml": 4,
    "/sitemap-countries.xml": 3,
    "/nowhere/": 0,
    "/pilots/pilot-0/cite/": 5,
    "/pilots/gone-0/cite/": 7,
    "/cite/?country=FR&style=harvard": 4,
    "/shortlist/cite/?keep=pilot-0": 3,
    "/api/": 1,
    "/data/": 2,
    "/api/v1/": 1,
    "/api/v1/openapi.json": 1,
    "/api/v1/pilots/?per_page=96": 10,
    "/api/v1/pilots/?per_page=96&lang=fr&country=FR&activity=shared": 10,
    "/api/v1/pilots/?per_page=96&q=text": 13,
    "/api/v1/pilots/?updated_after=2000-01-01&per_page=96": 11,  # who left is known already, as for the archive
    "/api/v1/pilots/?country=XX": 1,
    "/api/v1/pilots/pilot-0/": 11,
    "/api/v1/pilots/gone-0/": 7,
    "/api/v1/pilots/nobody/": 5,
    "/api/v1/lessons/?per_page=96": 6,
    "/api/v1/partners/?per_page=96": 2,
    "/api/v1/partners/shared/": 2,
    "/api/v1/authorities/?per_page=96": 2,
    "/api/v1/authorities/authority-0/": 2,
    "/api/v1/vocabularies/?per_page=96": 5,
    "/api/v1/vocabularies/activity/": 2,
    "/api/v1/glossary/?per_page=96": 4,
    "/api/v1/sources/?per_page=96": 4,
    "/api/v1/sources/shared/": 2,
}


def make(size):
    """Make public pilots with everything an entry can have, as many hidden ones, and terms."""
    editor = factories.UserFactory(is_superuser=True)
    partner = factories.PartnerFactory(slug="shared")
    guest = factories.PartnerFactory(slug="guest")
    activity = factories.ActivityTypeFactory(slug="shared")
    source = factories.SourceFactory(slug="shared")
    factories.SourceTextFactory(source=source, may_be_shown=True)
    PublishedPilotFactory(partners=[guest])
    for number in range(size):
        audiences, target_groups = [factories.AudienceFactory()], [factories.TargetGroupFactory()]
        pilot = PublishedPilotFactory(
            slug=f"pilot-{number}",
            authority__slug=f"authority-{number}",
            summary="text",
            source=source,
            partners=[partner, factories.PartnerFactory()],
            activity_types=[activity, factories.ActivityTypeFactory()],
            audiences=audiences,
            target_groups=target_groups,
            stages=[factories.StageFactory()],
        )
        pilot.create_translation("fr", title="Titre", summary="Texte")
        add_parts(pilot, guest)
        withdrawn = PublishedPilotFactory(slug=f"gone-{number}")
        workflow.withdraw(withdrawn, by=editor)
        FormerSlug.objects.remember(withdrawn, old=f"before-{number}")
        factories.OrganisationInvolvedFactory(pilot=factories.PilotFactory(), partner=partner)
        factories.GlossaryTermFactory()


def add_parts(pilot, partner):
    for number in range(1, 4):
        factories.LessonFactory(pilot=pilot, number=number, passage="1")
        factories.KeyFigureFactory(pilot=pilot, number=number)
        factories.OrganisationInvolvedFactory(pilot=pilot, number=number, partner=partner)
    factories.PassageFactory(pilot=pilot)


@pytest.mark.parametrize("size", [1, 30])
def test_queries_of_every_page(client, django_assert_num_queries, django_assert_max_num_queries, size):
    make(size)
    index_words()
    client.get("/pilots/?q=text")  # the first readers after a change take it in
    client.get("/fr/pilots/?q=text")
    client.get("/lessons/")
    client.get("/data/")
    for address, count in QUERIES.items():
        for cache in (CONTENT, PILOTS, LESSONS, PARTS, PARTNERS, ORGANISATIONS, PLACES, engine.RESULTS):
            cache.clear()
        # On PostgreSQL it is asked first whether it can tell what is spelt alike.
        count += "texxte" in address and connection.vendor == "postgresql"
        # Which spellings are tried where nothing is found depends on those that the database offers.
        exactly = django_assert_max_num_queries if "nothing" in address else django_assert_num_queries
        with exactly(count, info=f"{address} with {size} entries"):
            client.get(address)
