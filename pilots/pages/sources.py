"""Sources: what each is, which pilots rest on it, and its text where visitors may read it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.listing import Paged
from pilots.browse.partnerships import pilots_of
from pilots.index.pilots import index
from pilots.models import Pilot, Source, SourceText
from pilots.models.numbered_text import NumberedText, Quotation
from pilots.pages.redirects import get_or_redirect

MOST_ENTRIES = 200


def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source. Nine queries."""
    source = get_or_redirect(Source.objects.public().prefetch_related("translations"), slug, "source")
    if not isinstance(source, Source):
        return source
    resting = Pilot.objects.published().filter(source=source).order_by("authority__slug", "slug")
    listing = Paged(request.GET, resting.values_list("pk", flat=True), MOST_ENTRIES)
    context = {
        "source": source,
        "listing": listing,
        "pilots": pilots_of(index(), listing.page),
        "numbered": shown_text(source.pk),
    }
    return render(request, "pilots/source.html", context)


def shown_text(source: int) -> NumberedText | None:
    """The text of the source with this id, if visitors may read it. One query."""
    stored = SourceText.objects.shown().filter(source=source).first()
    return NumberedText(stored.text) if stored else None


@dataclass(frozen=True)
class ShownSource:
    """A text that visitors may read, for pointers that open in place. `address` is that of its page, "" without one."""

    text: NumberedText
    address: str

    def look_up(self, pointer: str) -> Quotation:
        return self.text.look_up(pointer)
