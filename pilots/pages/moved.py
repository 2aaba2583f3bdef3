"""Addresses that were changed lead on to the new one."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from pilots.models import FormerSlug


def get_or_redirect(rows: QuerySet[Any], slug: str, route: str) -> Any | HttpResponse:
    """Return the row with this slug, or a permanent redirect if it once had it. Raises Http404.

    `rows` holds what the public may see, so a former slug tells nothing of a draft.
    """
    row = rows.filter(slug=slug).first()
    if row:
        return row
    bearer = FormerSlug.objects.bearer_of(slug, among=rows)
    if bearer:
        return redirect(route, bearer.slug, permanent=True)
    raise Http404
