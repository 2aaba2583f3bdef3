"""Partners and authorities, each with the pilots it ran."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.models import Authority, Partner, Pilot
from pilots.pages.moved import get_or_redirect


def partner_list(request: HttpRequest) -> HttpResponse:
    """Show all partners of published pilots. Five queries."""
    partners = Partner.objects.public().with_public_pilots().order_by("slug")
    return render(request, "pilots/partners.html", {"partners": partners})


def partner_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one partner with its pilots, and those it took part in otherwise. Nine queries."""
    partner = get_or_redirect(Partner.objects.public().for_page(), slug, "partner")
    if not isinstance(partner, Partner):
        return partner
    took_part = Q(partners=partner) | Q(organisations_involved__partner=partner)
    pilots = Pilot.objects.published().filter(pk__in=Pilot.objects.filter(took_part).values("pk"))
    rows = list(pilots.for_listing().order_by("slug"))
    context = {
        "partner": partner,
        "pilots": [pilot for pilot in rows if partner in pilot.partners.all()],
        "involved": [pilot for pilot in rows if partner not in pilot.partners.all()],
    }
    return render(request, "pilots/partner.html", context)


def authority_list(request: HttpRequest) -> HttpResponse:
    """Show all authorities with published pilots. Five queries."""
    authorities = Authority.objects.public().with_public_pilots().order_by("slug")
    return render(request, "pilots/authorities.html", {"authorities": authorities})


def authority_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one authority with its pilots."""
    authority = get_or_redirect(Authority.objects.public().for_page(), slug, "authority")
    if not isinstance(authority, Authority):
        return authority
    pilots = Pilot.objects.published().for_listing().order_by("slug").filter(authority=authority)
    return render(request, "pilots/authority.html", {"authority": authority, "pilots": pilots})
