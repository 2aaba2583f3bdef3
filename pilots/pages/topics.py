"""A page for each activity type, audience, target group, stage and country."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pilots.browse.retry import retry_if_changed
from pilots.browse.topics import Topic
from pilots.index.facet_values import COUNTRY, VOCABULARIES
from pilots.index.pilots import index
from pilots.models import FurtherReading
from pilots.models.translation import current_language
from pilots.pages.redirects import get_or_redirect


@retry_if_changed
def term_page(request: HttpRequest, slug: str, facet: str) -> HttpResponse:
    """Show what one value of a vocabulary means, and what its pilots tell. Three queries where its parts are ready."""
    model = VOCABULARIES[facet][0]
    term = get_or_redirect(model.objects.public().prefetch_related("translations"), slug, model.route)
    if not isinstance(term, model):
        return term
    name, _language = term.text_in("name", current_language())
    said = {"term": term, "name": name, "works": term.further_reading.with_texts}
    return _topic_page(request, Topic(index(), facet, term.slug), said)


@retry_if_changed
def country_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the pilots of one country tell. One query where its parts are ready."""
    public = index()
    names = public.known()[COUNTRY]
    if code.upper() not in names:
        raise Http404
    if code != code.upper():
        return redirect("country", code.upper(), permanent=True)
    works = FurtherReading.objects.filter(country=code).with_texts
    return _topic_page(request, Topic(public, COUNTRY, code), {"term": None, "name": names[code], "works": works})


def _topic_page(request: HttpRequest, topic: Topic, said: dict[str, Any]) -> HttpResponse:
    """The page of a topic, of which `said` has what the index does not know: its row, its name, its works."""
    context = {"topic": topic, "index": topic.public, "content_version": topic.public.number, **said}
    return render(request, "pilots/topic.html", context)
