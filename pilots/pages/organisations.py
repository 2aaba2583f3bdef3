"""Partners and authorities: who worked with whom, and on what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from pyroaring import BitMap

from pilots.browse.classification import values_by_pilot
from pilots.browse.listing import Paged
from pilots.browse.partnerships import Partnerships, TiesRead, of_each, partner_pilots, pilots_of, ties_of, took_part
from pilots.browse.retry import cache_if_complete
from pilots.browse.value_addresses import address_of
from pilots.index.facet_values import INVOLVED
from pilots.index.order import InTiers
from pilots.index.pilots import PLACE, Index, index
from pilots.models import Authority, Lesson, OrganisationInvolved, Partner, Pilot
from pilots.models.translation import current_language
from pilots.pages.network import picture_of
from pilots.pages.pilot.facts import Value
from pilots.pages.redirects import get_or_redirect
from prepare_portal.collation import in_order, initial

# With more rows than this, a directory folds its entries and has letters to jump to.
LONG = 24
# The page of one organisation has a drawing when that shows more than a sentence, and less than a list.
DRAWN = range(2, 13)
# With more than these, the page has others.
MOST_ENTRIES = 200
MOST_AUTHORITIES = 500


def partner_list(request: HttpRequest) -> HttpResponse:
    """Show who worked with whom in the pilots that match the address. Ten queries at most."""
    listing = Partnerships(request.GET)
    context = {
        "listing": listing,
        "picture": picture_of(listing.drawn_companies, listing.trail, listing.partnerships),
        "groups": by_letter(listing.companies, lambda one: one.partner.text_in("name", current_language())[0]),
    }
    return cache_if_complete(render(request, "pilots/partners.html", context), listing)


def partner_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who worked with one partner, and on what. Seven queries."""
    partner = get_or_redirect(Partner.objects.public().for_page(), slug, "partner")
    if not isinstance(partner, Partner):
        return partner
    public, key = index(), str(partner.pk)
    ties = ties_of(public.public, public).only(key)
    own, others = ties.worked[key], ties.involved[key]
    listing = Paged(request.GET, InTiers(public.order(PLACE), [own, others]), MOST_ENTRIES)
    entries = pilots_of_organisation(pilots_of(public, listing.page), public, partner.slug)
    named = took_part(OrganisationInvolved.objects.filter(partner=partner, pilot__in=list(listing.page)).with_texts())
    whole = partner_pilots(partner, [entry.pilot for entry in entries], own, named.get(partner.pk, {}))
    context = {
        "partner": partner,
        "index": public,
        "content_version": public.number,
        "listing": listing,
        "count": len(own),
        "entries": [entry for entry in entries if entry.is_partners],
        "involved": [(entry, whole.named(entry.pilot)) for entry in entries if not entry.is_partners],
        "picture": picture_of([whole]) if len(ties) in DRAWN else None,
    }
    return render(request, "pilots/partner.html", context)


def authority_list(request: HttpRequest) -> HttpResponse:
    """Show all authorities with published pilots, and these, or the first of them. Four queries."""
    public = index()
    slugs = public.authorities_in_order()
    listing = Paged(request.GET, slugs, MOST_AUTHORITIES)
    authorities = authorities_of({slug: public.pilots_of_authority(slug) for slug in listing.page})
    is_part = listing.page.has_other_pages()
    groups = by_letter(authorities, _short_name, is_part=is_part)
    context = {
        "listing": listing,
        "index": public,
        "content_version": public.number,
        "count": len(slugs),
        "groups": groups,
        "letters": letters_of(public, slugs, listing) if is_part else groups,
    }
    return render(request, "pilots/authorities.html", context)


def _short_name(authority: Authority) -> str:
    return authority.text_in(authority.short_name_field, current_language())[0]


def authority_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show with whom one authority worked, and on what. Eight queries."""
    authority = get_or_redirect(Authority.objects.public().for_page(), slug, "authority")
    if not isinstance(authority, Authority):
        return authority
    public = index()
    ids = public.pilots_of_authority(slug)
    listing = Paged(request.GET, ids, MOST_ENTRIES)
    entries = pilots_of_organisation(pilots_of(public, listing.page), public)
    ties = ties_of(BitMap(ids), public)
    companies = TiesRead(ties, [entry.pilot for entry in entries], public).companies(ties)
    context = {
        "authority": authority,
        "index": public,
        "content_version": public.number,
        "listing": listing,
        "count": len(ids),
        "entries": entries,
        "picture": picture_of(companies) if len(ties) in DRAWN else None,
    }
    return render(request, "pilots/authority.html", context)


def authorities_of(pilots: Mapping[str, Sequence[int]]) -> list[Any]:
    """Authorities by slug, each with its `pilots`, or the first, and with how many it has. Three queries."""
    each = of_each(sum(map(len, pilots.values())), len(pilots) or 1)
    by_slug: dict[str, Any] = {
        row.slug: row for row in Authority.objects.public().filter(slug__in=list(pilots)).for_page()
    }
    for row in by_slug.values():
        row.public_pilots, row.pilot_count = [], len(pilots[row.slug])
    ids = [pk for some in pilots.values() for pk in some[:each]]
    for pilot in Pilot.objects.published().filter(pk__in=ids).with_texts("authority"):
        if row := by_slug.get(pilot.authority.slug):
            pilot.authority = row
            row.public_pilots.append(pilot)
    return list(by_slug.values())


@dataclass(frozen=True)
class OrganisationPilot:
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


def pilots_of_organisation(pilots: list[Pilot], public: Index, slug: str = "") -> list[OrganisationPilot]:
    """Public pilots for the page of the partner with this slug, or of an authority. One query."""
    values = values_by_pilot((pilot.pk for pilot in pilots), public)
    methods: dict[int, list[Lesson]] = defaultdict(list)
    for lesson in Lesson.objects.filter(pilot__in=list(values), kind=Lesson.Kind.METHOD).with_texts("pilot"):
        methods[lesson.pilot_id].append(lesson)
    return [
        OrganisationPilot(
            pilot=pilot,
            is_partners=slug in values[pilot.pk]["partner"],
            activities=list(values[pilot.pk]["activity"].values()),
            partners=links_to(values[pilot.pk]["partner"], slug),
            involved=links_to(values[pilot.pk][INVOLVED], slug, *values[pilot.pk]["partner"]),
            methods=methods[pilot.pk],
        )
        for pilot in pilots
    ]


def links_to(partners: dict[str, str], *without: str) -> list[Value]:
    """Partners, given as names by slug, as links to their pages, without some."""
    return [Value(name, address_of("partner", slug)) for slug, name in partners.items() if slug not in without]


@dataclass(frozen=True)
class LetterGroup:
    """Rows whose names begin with the same letter. `url` is that of the page they are on, if it is another."""

    letter: str
    rows: list[Any]
    url: str = ""


def by_letter(rows: Iterable[Any], name: Callable[[Any], str], *, is_part: bool = False) -> list[LetterGroup]:
    """Rows from A to Z, by first letter when they are many, or part of many; else all in one group without."""
    ordered, language = sorted(rows, key=lambda row: in_order(name(row))), current_language()
    if is_part or len(ordered) > LONG:
        groups = groupby(ordered, lambda row: initial(name(row), language))
        return [LetterGroup(letter, list(same)) for letter, same in groups]
    return [LetterGroup("", ordered)] if ordered else []


def letters_of(public: Index, slugs: list[str], listing: Paged) -> list[LetterGroup]:
    """For each letter, the page of `listing` where the names begin that begin with it; none for few."""
    pages, language = dict[str, int](), current_language()
    for number, slug in enumerate(slugs):
        pages.setdefault(public.authority_names.initial(slug, language), 1 + number // listing.selection.per_page)
    here, path = listing.page.number, reverse("authorities")
    urls = {letter: "" if page == here else path + listing.selection.query(page) for letter, page in pages.items()}
    return [LetterGroup(letter, [], url) for letter, url in urls.items()] if len(slugs) > LONG else []
