"""How drf-spectacular describes the views: parameters from their filter sets, answers from their serializers."""

from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer, inline_serializer
from rest_framework import serializers

from pilots.api.answers import LinksSerializer, TermsSerializer
from pilots.api.filters import MomentFilter
from pilots.api.pilot_serializers import DeletionSerializer, HarvestedSerializer, PilotSerializer
from pilots.api.problems import PROBLEM
from pilots.api.resources import ListResource, OneResource
from pilots.browse.parameters import ChoiceFilter, FacetFilter, PageFilter, WordsFilter
from pilots.browse.selection import LONGEST_SEARCH, MOST_VALUES

ERRORS = {
    400: "A parameter or value that the resource does not have; `parameter` names it.",
    404: "There is no such thing, or no such page of the list.",
    410: "A pilot that was public and is not any more.",
    503: "The database does not answer; Retry-After says when to ask again.",
}
# At least one letter or digit, and no NUL.
A_WORD = "^[^\\u0000]*[0-9A-Za-z\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff][^\\u0000]*$"


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="a sentence for people")
    parameter = serializers.CharField(required=False, help_text="the parameter that is wrong, where it is one")


class Schema(AutoSchema):
    """Reads what a `ListResource` or `OneResource` declares."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0] or "root"]

    def get_operation_id(self) -> str:
        return type(self.view).__name__

    def get_override_parameters(self) -> list[Any]:
        filters = getattr(self.view, "filters", None)
        return [parameter(name, one) for name, one in filters.base_filters.items()] if filters else []

    def get_response_serializers(self) -> Any:
        wrong = [code for code in ERRORS if code != 410 or type(self.view).__name__ == "OnePilot"]
        errors = {(code, PROBLEM): OpenApiResponse(ProblemSerializer, description=ERRORS[code]) for code in wrong}
        return {200: answer_of(self.view), **errors}


def parameter(name: str, one: Any) -> OpenApiParameter:
    """A filter as OpenAPI describes a parameter."""
    return OpenApiParameter(
        name,
        type=schema_of(one),
        description=one.extra["help_text"],
        explode=True if isinstance(one, FacetFilter) else None,
        style="form" if isinstance(one, FacetFilter) else None,
    )


def schema_of(one: Any) -> dict[str, Any]:
    """What a filter takes, as JSON Schema."""
    if isinstance(one, FacetFilter):
        return {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": MOST_VALUES}
    if isinstance(one, ChoiceFilter):
        return {"type": "string", "enum": list(one.values)}
    if isinstance(one, PageFilter):
        return {"type": "integer", "minimum": 1, "default": 1}
    if isinstance(one, WordsFilter):
        return {"type": "string", "pattern": A_WORD, "maxLength": LONGEST_SEARCH}
    if isinstance(one, MomentFilter):
        return {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
    raise TypeError(one)


def answer_of(view: Any) -> Any:
    """The serializer of what a view answers."""
    if isinstance(view, ListResource):
        return _list_of(view.serializer_class)
    return _one_of(view.serializer_class) if isinstance(view, OneResource) else {"type": "object"}


@cache
def _one_of(serializer: type[serializers.Serializer]) -> type[serializers.Serializer]:
    name = serializer.__name__.replace("Serializer", "AnswerSerializer")
    return type(name, (serializer,), {"terms": TermsSerializer(), "__doc__": serializer.__doc__})


@cache
def _list_of(serializer: type[serializers.BaseSerializer]) -> serializers.BaseSerializer:
    results: Any = serializer(many=True)
    if serializer is HarvestedSerializer:
        either = [PilotSerializer, DeletionSerializer]
        results = PolymorphicProxySerializer("PilotOrDeletion", either, resource_type_field_name=None, many=True)
    fields = {
        "total": serializers.IntegerField(help_text="how many match, on all pages"),
        "page": serializers.IntegerField(),
        "pages": serializers.IntegerField(),
        "per_page": serializers.IntegerField(),
        "content_version": serializers.IntegerField(
            allow_null=True, help_text="number of the public content; where pages have different ones, begin again"
        ),
        "links": LinksSerializer(),
        "terms": TermsSerializer(),
        "results": results,
    }
    return inline_serializer(serializer.__name__.replace("Serializer", "List"), fields)
