"""The dataset and the catalogue in words: what both the archive and `/data/` say of them."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries

from pilots.exports.dataset.catalogue import Catalogue, Distribution, Service
from pilots.exports.dataset.rdf import TURTLE
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.dataset.written import Edition, Written
from pilots.exports.geojson import MEDIA_TYPE as GEOJSON
from pilots.exports.pilot_table import public_languages
from pilots.index.facet_values import COUNTRY


def title() -> str:
    return _("PREPARE pilots: everything public")


def description() -> str:
    return _(
        "Local pilots in preventing radicalisation in probation and release: what was done, by whom and for whom, what "
        "was learnt, and where the source says so. What the source does not state is left empty."
    )


def edition_of(now: Snapshot, version: str) -> Edition:
    """The dataset at this moment, in the present language."""
    return Edition(
        title=title(),
        description=description(),
        publisher=_("PREPARE pilots"),
        home=now.absolute(reverse("data")),
        terms=now.terms,
        version=version,
        changed_at=f"{now.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def describe(now: Snapshot, edition: Edition, archive: Written | None) -> Catalogue:
    """The catalogue. An archive cannot hold its own size and checksum: then `archive` is None."""
    known = now.public.known()
    facets = ("activity", "target", "stage")
    codes = [countries.alpha3(code) for code in known[COUNTRY]]
    return Catalogue(
        edition=edition,
        languages=public_languages(now.public.number),
        countries=[code for code in codes if code],
        keywords=[name for facet in facets for name in known[facet].values()],
        contact=settings.CONTACT_EMAIL,
        distributions=[_whole(now, archive), *_parts(now)],
        service=Service(
            _("API of the PREPARE pilots"),
            *(now.absolute(reverse(name)) for name in ("api-root", "api-openapi", "api")),
        ),
    )


def _whole(now: Snapshot, archive: Written | None) -> Distribution:
    address = now.absolute(reverse("data-zip"))
    size, sha256 = (archive.size, archive.sha256) if archive else (None, "")
    what = _("Tables with keys, JSON, places and vocabularies, described for programs; with terms and checksums.")
    return Distribution(address, _("Everything in one archive"), what, "application/zip", "ZIP", size, sha256)


def _parts(now: Snapshot) -> list[Distribution]:
    """What can be had beside the archive."""
    full = lambda route: now.absolute(reverse(route))  # noqa: E731
    table, json = ("text/csv", "CSV"), ("application/json", "JSON")
    pilots, lessons = _("One row a pilot, all languages side by side."), _("One row a lesson or working method.")
    places, concepts = (
        _("A point for each pilot, with what it is."),
        _("Concept schemes (SKOS), with names and meanings."),
    )
    pages = _("Everything said of each pilot, in the language that is asked for.")
    return [
        Distribution(full("pilots-csv"), _("Pilots as a table"), pilots, *table),
        Distribution(full("lessons-csv"), _("Lessons as a table"), lessons, *table),
        Distribution(full("map-geojson"), _("Pilots at the places of their authorities"), places, GEOJSON, "GEOJSON"),
        Distribution(
            full("data-vocabularies-turtle"), _("What pilots are classified by"), concepts, TURTLE, "RDF_TURTLE"
        ),
        Distribution(full("api-pilots"), _("Pilots as JSON"), pages, *json, service=full("api-root")),
    ]
