"""The description of the API for programs, as OpenAPI 3.1."""

from copy import deepcopy
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from pilots.api.answers import terms
from pilots.api.filters import LessonListFilterSet
from pilots.api.query import ApiQuery
from pilots.browse.filters import AddressFilterSet
from pilots.index.facet_values import Classified
from prepare_portal.context import origin
from prepare_portal.languages import ORIGINAL


def openapi(request: HttpRequest) -> JsonResponse:
    """Describe every resource, with the values that filters take at present. One query."""
    query = ApiQuery(request.GET, AddressFilterSet)
    said = with_values(described(), LessonListFilterSet.known(query.public))
    info = said["info"] | {"termsOfService": terms(request, query)["address"]}
    site = {"url": origin(request)}
    return JsonResponse({**said, "info": info, "servers": [site]}, json_dumps_params={"ensure_ascii": False})


@cache
def described() -> dict[str, Any]:
    """All that does not depend on who asks; made once a process."""
    patterns = [path("api/v1/", include("pilots.api.urls"))]
    with override(ORIGINAL):
        schema: dict[str, Any] = SchemaGenerator(patterns=patterns).get_schema(request=None, public=True)
    return schema


def with_values(schema: dict[str, Any], known: Classified) -> dict[str, Any]:
    """The description with the values of each facet that has any: all others are refused."""
    said = deepcopy(schema)
    for operations in said["paths"].values():
        for one in operations["get"].get("parameters", []):
            if one["schema"].get("type") == "array" and known[one["name"]]:
                one["schema"]["items"]["enum"] = list(known[one["name"]])
    return said
