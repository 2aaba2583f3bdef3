"""The two kinds of views that all resources are: a list in pages, and one thing."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.response import Response
from rest_framework.views import APIView

from pilots.api.answers import page_of_list, terms
from pilots.api.filters import ListFilterSet, OneFilterSet
from pilots.api.query import ApiQuery
from pilots.browse.filters import AddressFilterSet
from pilots.browse.listing import page_of
from pilots.browse.retry import retry_if_changed
from pilots.models import FormerSlug
from prepare_portal.context import origin


class Resource(APIView):
    """What a list and its items share: the serializer, and what it is told beside each row."""

    serializer_class: ClassVar[Any]
    filters: ClassVar[type[AddressFilterSet]]

    def context(self, query: ApiQuery) -> dict[str, Callable[..., Any]]:
        """Functions that the serializer calls for a row."""
        return {}

    def serialized(self, rows: Any, query: ApiQuery, site: str, *, many: bool = False) -> Any:
        return self.serializer_class(rows, many=many, context={"site": site, **self.context(query)}).data


class ListResource(Resource):
    """A list in pages."""

    filters = ListFilterSet

    def keys(self, query: ApiQuery) -> Any:
        """What pages are cut from: a sequence of ids, or rows."""
        raise NotImplementedError

    def rows(self, query: ApiQuery, keys: list[Any]) -> list[Any]:
        """The rows of one page."""
        return keys

    @method_decorator(retry_if_changed)
    def get(self, request: HttpRequest) -> HttpResponse:
        query = ApiQuery(request.GET, self.filters)
        with override(query.language):  # words and order are of this language; what is refused is said in English
            keys = self.keys(query)
        page = page_of(keys, query.selection)
        with override(query.language):
            results = self.serialized(self.rows(query, list(page)), query, origin(request), many=True)
            response = page_of_list(request, query, page, results)
        response.headers["Content-Language"] = query.language
        if not query.is_complete:
            response.headers["Cache-Control"] = "no-store"
        return response


class OneResource(Resource):
    """One thing, by its slug."""

    filters = OneFilterSet
    route: ClassVar[str]

    def find(self, query: ApiQuery, slug: str) -> Any | None:
        """The public thing with this slug, None when there is none."""
        raise NotImplementedError

    def missing(self, slug: str) -> HttpResponse:
        """What is answered where there is none. Raises Http404."""
        raise Http404(_("There is nothing of this name."))

    @method_decorator(retry_if_changed)
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        query = ApiQuery(request.GET, self.filters)
        with override(query.language):
            found = self.find(query, slug)
            if found is None:
                return self.missing(slug)
            said = self.serialized(found, query, origin(request)) | {"terms": terms(request, query)}
        return Response(said, headers={"Content-Language": query.language})

    def renamed(self, slug: str, rows: QuerySet[Any]) -> HttpResponse | None:
        """A permanent redirect where a row of `rows`, which are public, had this slug. Two queries."""
        bearer = FormerSlug.objects.bearer_of(slug, among=rows)
        return redirect(self.route, bearer.slug, permanent=True) if bearer else None
