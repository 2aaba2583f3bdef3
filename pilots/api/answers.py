"""What the answers of all resources have in common: pages of a list, links between them, the terms."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.response import Response

from pilots.api.query import ApiQuery
from pilots.browse.selection import DEEPEST_ENTRY
from pilots.index.terms import terms_of_reuse
from prepare_portal.context import origin

RELATIONS = ("first", "previous", "next", "last")
# As IANA registers them, for Link headers.
REGISTERED = {"previous": "prev"}


class TermsSerializer(serializers.Serializer):
    """What may be reused."""

    sentence = serializers.CharField()
    address = serializers.URLField()


class LinksSerializer(serializers.Serializer):
    """Other pages of the list; the Link header has the same."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.URLField(allow_null=True) for name in RELATIONS}


def terms(request: HttpRequest, query: ApiQuery) -> dict[str, str]:
    """The terms, as each answer has them. One query, none when nothing changed."""
    return terms_of_reuse(query.public.number, origin(request))._asdict()


def page_of_list(request: HttpRequest, query: ApiQuery, page: Page[Any], results: list[Any]) -> Response:
    """A page of a list, with links to the others in the body and in the Link header (RFC 8288)."""
    last = min(page.paginator.num_pages, DEEPEST_ENTRY // page.paginator.per_page)
    numbers = {
        "first": 1,
        "previous": page.number - 1 if page.number > 1 else None,
        "next": page.number + 1 if page.number < last else None,
        "last": last,
    }
    address = f"{origin(request)}{request.path}"
    links = {name: number and address + query.selection.query(number) for name, number in numbers.items()}
    body = {
        "total": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "per_page": page.paginator.per_page,
        "content_version": query.public.number,
        "links": links,
        "terms": terms(request, query),
        "results": results,
    }
    named = (f'<{url}>; rel="{REGISTERED.get(name, name)}"' for name, url in links.items() if url)
    return Response(body, headers={"Link": ", ".join(named)})
