"""Partners and authorities: who worked with whom, and on what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.find.parameters import BadAddress
from pilots.find.partnerships import Company, Partnerships, companies_of, company, took_part
from pilots.find.shortlist import give_authorities
from pilots.find.values import INVOLVED, values_by_pilot
from pilots.models import Authority, Lesson, OrganisationInvolved, Partner, Pilot
from pilots.pages import errors
from pilots.pages.again import kept_if_complete
from pilots.pages.facts import Value, address_of
from pilots.pages.moved import get_or_redirect
from pilots.pages.network import Picture, picture_of

# With more rows than this, a directory folds its entries and has letters to jump to.
LONG = 24
# The page of one organisation has a drawing when that shows more than a sentence, and less than a list.
DRAWN = range(2, 13)


def partner_list(request: HttpRequest) -> HttpResponse:
    """Show who worked with whom in the pilots that match the address. Eleven queries at most."""
    try:
        listing = Partnerships(request.GET)
    except BadAddress as error:
        return errors.bad_request(request, error)
    context = {
        "listing": listing,
        "picture": picture_of(listing.companies, listing.trail),
        "groups": by_letter(listing.companies, lambda one: one.partner.slug),
    }
    return kept_if_complete(render(request, "pilots/partners.html", context), listing)


def partner_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who worked with one partner, and on what. Seven queries."""
    partner = get_or_redirect(Partner.objects.public().for_page(), slug, "partner")
    if not isinstance(partner, Partner):
        return partner
    named = took_part(OrganisationInvolved.objects.filter(partner=partner)).get(partner.pk, {})
    pilots = Pilot.objects.filter(Q(partners=partner) | Q(pk__in=named)).values("pk")
    entries = entries_of(Pilot.objects.published().filter(pk__in=pilots).with_texts("authority"), partner.slug)
    own = {entry.pilot.pk for entry in entries if entry.is_partners}
    whole = company(partner, [entry.pilot for entry in entries], own, named)
    context = {
        "partner": partner,
        "entries": [entry for entry in entries if entry.is_partners],
        "involved": [(entry, named[entry.pilot.pk]) for entry in entries if not entry.is_partners],
        "picture": small_picture([whole]),
    }
    return render(request, "pilots/partner.html", context)


def authority_list(request: HttpRequest) -> HttpResponse:
    """Show all authorities with published pilots. Five queries."""
    authorities = Authority.objects.public().with_public_pilots().order_by("slug")
    groups = by_letter(authorities, lambda authority: authority.slug)
    return render(request, "pilots/authorities.html", {"authorities": authorities, "groups": groups})


def authority_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show with whom one authority worked, and on what. Nine queries."""
    authority = get_or_redirect(Authority.objects.public().for_page(), slug, "authority")
    if not isinstance(authority, Authority):
        return authority
    rows = Pilot.objects.published().filter(authority=authority)
    entries = entries_of(rows.with_texts("authority"))
    picture = small_picture(companies_of([entry.pilot for entry in entries], rows))
    return render(request, "pilots/authority.html", {"authority": authority, "entries": entries, "picture": picture})


@dataclass(frozen=True)
class Entry:
    """A pilot on the page of an organisation: on what, with whom else, by which methods.

    `is_partners`: the organisation was its partner. `partners` and `involved` (who took part without being
    a partner) are the others.
    """

    pilot: Pilot
    is_partners: bool
    activities: list[str]
    partners: list[Value]
    involved: list[Value]
    methods: list[Lesson]


def entries_of(pilots: list[Pilot], slug: str = "") -> list[Entry]:
    """Return pilots for the page of the partner with this slug, or of an authority, by authority. Three queries."""
    give_authorities(pilots)
    ids = [pilot.pk for pilot in pilots]
    values = values_by_pilot(ids)
    methods = Lesson.objects.filter(pilot__in=ids, kind=Lesson.Kind.METHOD).with_texts("pilot")
    return [
        Entry(
            pilot=pilot,
            is_partners=slug in values[pilot.pk]["partner"],
            activities=list(values[pilot.pk]["activity"].values()),
            partners=links_to(values[pilot.pk]["partner"], slug),
            involved=links_to(values[pilot.pk][INVOLVED], slug, *values[pilot.pk]["partner"]),
            methods=[lesson for lesson in methods if lesson.pilot_id == pilot.pk],
        )
        for pilot in sorted(pilots, key=lambda pilot: (pilot.authority.slug, pilot.slug))
    ]


def links_to(partners: dict[str, str], *without: str) -> list[Value]:
    """Return partners, given as names by slug, as links to their pages, without some."""
    return [Value(name, address_of("partner", slug)) for slug, name in partners.items() if slug not in without]


def small_picture(companies: list[Company]) -> Picture | None:
    """Return a drawing of the ties of one organisation, None when a drawing would not help."""
    lines = sum(len(company.pilots) + len(company.involved) for company in companies)
    return picture_of(companies) if lines in DRAWN else None


@dataclass(frozen=True)
class Group:
    """Rows whose slugs begin with the same letter."""

    letter: str
    rows: list[Any]


def by_letter(rows: Iterable[Any], slug: Callable[[Any], str]) -> list[Group]:
    """Return rows from A to Z, by first letter when they are many, else all in one group without a letter."""
    ordered = sorted(rows, key=slug)
    if len(ordered) <= LONG:
        return [Group("", ordered)] if ordered else []
    return [Group(letter, list(same)) for letter, same in groupby(ordered, lambda row: slug(row)[0].upper())]
