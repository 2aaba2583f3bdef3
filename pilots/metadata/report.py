"""A pilot in the words of schema.org: a report of the portal about a local activity. What is not stated is absent."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from pilots.citations.record import cited
from pilots.index.facet_values import VOCABULARIES, Classified
from pilots.index.terms import terms_address
from pilots.metadata.json_ld import Data
from pilots.metadata.site import publisher, website_id
from pilots.models import Authority, Pilot, Source
from pilots.models.translation import current_language

# The facets whose values say what a pilot was about, for whom, with whom and when in the way through justice.
CLASSIFYING = ("activity", "audience", "target", "stage")


def report_of(pilot: Pilot, values: Classified, source: Source | None, site: str) -> Data:
    """The data of a public pilot that was fetched with its texts and its authority. No query.

    `site` is scheme and host: data is read far from its page, so all of its addresses are whole.
    """
    record = cited(pilot, site)
    project = f"{record.address}#project"
    return {
        "@type": "Report",
        "@id": f"{record.address}#report",
        "url": record.address,
        "name": record.title,
        "headline": record.title,
        "description": _in_language(pilot, "summary", record.language),
        "inLanguage": record.language,
        "datePublished": pilot.published_at.isoformat() if pilot.published_at else "",
        "dateModified": pilot.version_at.isoformat() if pilot.version_at else "",
        "version": str(record.version),
        "author": publisher(site),
        "publisher": publisher(site),
        "isPartOf": {"@id": website_id(site)},
        "usageInfo": terms_address(site),
        "image": site + reverse("pilot-card", args=[pilot.slug]),
        "isBasedOn": _work(source, site) if source else None,
        "spatialCoverage": _place(pilot.authority),
        "temporalCoverage": _period(pilot),
        "keywords": [_term(facet, slug, name, site) for facet in CLASSIFYING for slug, name in values[facet].items()],
        "about": {
            "@type": "Project",
            "@id": project,
            "name": record.title,
            "location": _place(pilot.authority),
            "parentOrganization": _authority(pilot.authority, site),
            "member": [
                {"@type": "Organization", "@id": f"{site}{reverse('partner', args=[slug])}#organization", "name": name}
                for slug, name in values["partner"].items()
            ],
        },
    }


def _in_language(row: Any, field: str, language: str) -> str | Data:
    """A text on one line; with its language, where that is not the report's."""
    words, own = row.text_in(field, current_language())
    line = " ".join(words.split())
    return line if own == language or not line else {"@value": line, "@language": own}


def _authority(authority: Authority, site: str) -> Data:
    page = site + authority.get_absolute_url()
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{page}#organization",
        "name": _in_language(authority, "name", current_language()),
        "url": authority.website,
        "mainEntityOfPage": page,
    }


def _place(authority: Authority) -> Data:
    """Where the authority is: the point on the map, where the portal has one."""
    latitude, longitude = authority.latitude, authority.longitude
    return {
        "@type": "Place",
        "name": _in_language(authority, "place", current_language()),
        "address": {"@type": "PostalAddress", "addressCountry": str(authority.country)},
        "geo": None
        if latitude is None or longitude is None
        else {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)},
    }


def _period(pilot: Pilot) -> str:
    """When it took place, as an interval of ISO 8601 and as exact as the source; "" where that says nothing."""
    start, end = str(pilot.start), str(pilot.end)
    if start and start == end:
        return start
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _term(facet: str, slug: str, name: str, site: str) -> Data:
    model: Any = VOCABULARIES[facet][0]
    return {
        "@type": "DefinedTerm",
        "@id": site + reverse(model.route, args=[slug]),
        "name": name,
        "termCode": slug,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": site + reverse("api-vocabulary", args=[facet]),
            "name": capfirst(str(model._meta.verbose_name_plural)),
        },
    }


def _work(source: Source, site: str) -> Data:
    return {
        "@type": "CreativeWork",
        "@id": site + source.get_absolute_url(),
        "name": _in_language(source, "title", current_language()),
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "datePublished": str(source.year or ""),
        "url": source.url,
    }
