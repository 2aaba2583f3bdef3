"""Authorities, partners and the terms that pilots are classified by, in the words of schema.org."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from pilots.index.facet_values import VOCABULARIES
from pilots.metadata.json_ld import Data, identifier
from pilots.models import Authority, Partner
from pilots.models.translation import current_language

# What sort of organisation a partner is, where the source says so.
KINDS = {Partner.Kind.NGO: "NGO"}


def in_language(row: Any, field: str, language: str) -> str | Data:
    """A text on one line; with its language, where that is not `language`, that of what is said around it."""
    words, own = row.text_in(field, current_language())
    line = " ".join(words.split())
    return line if own == language or not line else {"@value": line, "@language": own}


def authority_data(authority: Authority, site: str) -> Data:
    """A public body, at the address of its page. No query where it was fetched with its texts."""
    page = site + authority.get_absolute_url()
    return {
        "@type": "GovernmentOrganization",
        "@id": identifier(site, authority.get_absolute_url(), "organization"),
        "name": in_language(authority, "name", current_language()),
        "location": place_of(authority),
        "url": authority.website,
        "email": authority.public_contact,
        "mainEntityOfPage": page,
    }


def partner_reference(slug: str, name: str, site: str) -> Data:
    """A partner where only its name is known; its own page says the same of it and more."""
    known_as = identifier(site, reverse("partner", args=[slug]), "organization")
    return {"@type": "Organization", "@id": known_as, "name": name}


def partner_data(partner: Partner, site: str) -> Data:
    """A partner, as its page shows it. No query where it was fetched with its texts."""
    name, _language = partner.text_in("name", current_language())
    original = {"@value": partner.original_name, "@language": partner.original_language}
    return partner_reference(partner.slug, name, site) | {
        "@type": KINDS.get(Partner.Kind(partner.kind), "Organization"),
        "alternateName": [
            in_language(partner, "full_name", current_language()),
            original if partner.original_name else None,
        ],
        "address": {"@type": "PostalAddress", "addressCountry": str(partner.country)} if partner.country else None,
        "url": partner.website,
        "email": partner.public_contact,
        "mainEntityOfPage": site + partner.get_absolute_url(),
    }


def place_of(authority: Authority) -> Data:
    """Where an authority is: the point on the map, where the portal has one."""
    latitude, longitude = authority.latitude, authority.longitude
    return {
        "@type": "Place",
        "name": in_language(authority, "place", current_language()),
        "address": {"@type": "PostalAddress", "addressCountry": str(authority.country)},
        "geo": None
        if latitude is None or longitude is None
        else {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)},
    }


def vocabulary_anchor(facet: str) -> str:
    """Where the page about the data names a vocabulary."""
    return f"{facet}-vocabulary"


def vocabulary_address(facet: str) -> str:
    """What stands for a vocabulary in all data."""
    return f"{reverse('data')}#{vocabulary_anchor(facet)}"


def term_reference(facet: str, slug: str, name: str, site: str) -> Data:
    """A value of a vocabulary, and which vocabulary it is of."""
    model: Any = VOCABULARIES[facet][0]
    return {
        "@type": "DefinedTerm",
        "@id": identifier(site, reverse(model.route, args=[slug])),
        "name": name,
        "termCode": slug,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": identifier(site, vocabulary_address(facet)),
            "name": capfirst(str(model._meta.verbose_name_plural)),
            "url": site + reverse("api-vocabulary", args=[facet]),
        },
    }


def term_data(facet: str, term: Any, site: str) -> Data:
    """A value of a vocabulary with its meaning. No query where it was fetched with its texts."""
    name, _language = term.text_in("name", current_language())
    meaning = in_language(term, "description", current_language())
    return term_reference(facet, term.slug, name, site) | {"description": meaning}
