"""Sources: what each is, which pilots rest on it, and its text where visitors may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from pyroaring import BitMap

from pilots.browse.listing import Paged
from pilots.browse.partnerships import pilots_of
from pilots.browse.shown_sources import shown_sources
from pilots.index.order import InTiers
from pilots.index.pilots import PLACE, index
from pilots.models import Pilot, Source
from pilots.pages.redirects import get_or_redirect

MOST_ENTRIES = 200


def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source. Eight queries."""
    source = get_or_redirect(Source.objects.public().prefetch_related("translations"), slug, "source")
    if not isinstance(source, Source):
        return source
    public = index()
    resting = BitMap(Pilot.objects.published().filter(source=source).order_by().values_list("pk", flat=True))
    shown = shown_sources([source.pk]).get(source.pk)
    listing = Paged(request.GET, InTiers(public.order(PLACE), [resting & public.public]), MOST_ENTRIES)
    context = {
        "source": source,
        "listing": listing,
        "pilots": pilots_of(public, listing.page),
        "index": public,
        "content_version": public.number,
        "numbered": shown.text if shown else None,
        "text_language": shown.language if shown else "",
    }
    return render(request, "pilots/source.html", context)
