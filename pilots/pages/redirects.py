"""Addresses that were changed lead on to the new one; those of pilots that are no longer public say so."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pilots.browse.formerly_public import formerly_public
from pilots.models import FormerSlug
from pilots.pages import errors


def get_or_redirect(rows: QuerySet[Any], slug: str, route: str) -> Any | HttpResponse:
    """The row with this slug, or a permanent redirect if it once had it. Raises Http404.

    `rows` holds what the public may see, so a former slug tells nothing of a draft.
    """
    row = rows.filter(slug=slug).first()
    if row:
        return row
    bearer = FormerSlug.objects.bearer_of(slug, among=rows)
    if bearer:
        return redirect(route, bearer.slug, permanent=True)
    raise Http404


def pilot_or_answer(request: HttpRequest, pilots: QuerySet[Any], slug: str, route: str) -> Any | HttpResponse:
    """The public pilot with this slug, a redirect as above, or 410 if one was public here. Raises Http404."""
    try:
        return get_or_redirect(pilots, slug, route)
    except Http404:
        if formerly_public([slug]):
            return errors.no_longer_published(request)
        raise
