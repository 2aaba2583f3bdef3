"""A pilot in the words of schema.org: a report of the portal about a local activity. What is not stated is absent."""

from django.urls import reverse

from pilots.citations.record import cited
from pilots.index.facet_values import Classified
from pilots.index.terms import terms_address
from pilots.metadata.json_ld import Data, identifier
from pilots.metadata.organisations import authority_data, in_language, partner_reference, place_of, term_reference
from pilots.metadata.site import publisher, website_id
from pilots.models import Pilot, Source
from pilots.models.provenance import ORIGINAL
from pilots.models.translation import current_language

# The facets whose values say what a pilot was about, for whom, with whom and when in the way through justice.
CLASSIFYING = ("activity", "audience", "target", "stage")


def report_of(pilot: Pilot, values: Classified, source: Source | None, site: str) -> Data:
    """The data of a public pilot that was fetched with its texts and its authority. No query.

    `site` is scheme and host: data is read far from its page, so all of its addresses are whole.
    """
    record = cited(pilot, site)
    title, language = pilot.text_in("title", current_language())
    place = place_of(pilot.authority)
    return {
        "@type": "Report",
        "@id": f"{record.address}#report",
        "url": record.address,
        "name": title,
        "headline": title,
        "description": in_language(pilot, "summary", language),
        "inLanguage": language,
        "translationOfWork": _original(pilot, site) if language != ORIGINAL else None,
        "creativeWorkStatus": "Unchecked translation" if pilot.has_unchecked(language) else "",
        "datePublished": pilot.published_at.isoformat() if pilot.published_at else "",
        "dateModified": pilot.version_at.isoformat() if pilot.version_at else "",
        "version": str(record.version),
        "author": publisher(site),
        "publisher": publisher(site),
        "isPartOf": {"@id": website_id(site)},
        "usageInfo": terms_address(site),
        "image": site + reverse("pilot-card", args=[pilot.slug]),
        "isBasedOn": _work(source, site) if source else None,
        "spatialCoverage": place,
        "temporalCoverage": _period(pilot),
        "keywords": [
            term_reference(facet, slug, name, site) for facet in CLASSIFYING for slug, name in values[facet].items()
        ],
        "about": {
            "@type": "Project",
            "@id": identifier(site, pilot.get_absolute_url(), "project"),
            "name": title,
            "location": place,
            "parentOrganization": authority_data(pilot.authority, site),
            "member": [partner_reference(slug, name, site) for slug, name in values["partner"].items()],
        },
    }


def _original(pilot: Pilot, site: str) -> Data:
    """The English report that this one is a translation of."""
    address = identifier(site, pilot.get_absolute_url())
    return {"@type": "Report", "@id": f"{address}#report", "url": address, "inLanguage": ORIGINAL}


def _period(pilot: Pilot) -> str:
    """When it took place, as exact as the source, "" where that says nothing. That it began does not say it goes on."""
    start, end = str(pilot.start), str(pilot.end)
    if end and start != end:
        return f"{start or '..'}/{end}"
    return start


def _work(source: Source, site: str) -> Data:
    return {
        "@type": "CreativeWork",
        "@id": identifier(site, source.get_absolute_url()),
        "name": in_language(source, "title", current_language()),
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "datePublished": str(source.year or ""),
        "url": source.url,
    }
