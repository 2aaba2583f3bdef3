"""The resources of the API: each says what it lists and how a row is read; all else is `resources`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap
from rest_framework.response import Response
from rest_framework.views import APIView

from pilots.api.entries import Entry, entries
from pilots.api.filters import LessonListFilterSet, OrganisationListFilterSet, PilotListFilterSet
from pilots.api.harvest import PilotsAndDeletions
from pilots.api.organisation_serializers import (
    AuthoritySerializer,
    GlossaryTermSerializer,
    PartnerSerializer,
    SourceSerializer,
    VocabularySerializer,
)
from pilots.api.pilot_serializers import HarvestedSerializer, LessonSerializer, PilotSerializer
from pilots.api.problems import problem
from pilots.api.query import ApiQuery
from pilots.api.resources import ListResource, OneResource, Resource
from pilots.api.vocabularies import vocabulary, vocabulary_names
from pilots.browse.deletions import Deletion
from pilots.browse.filters import AddressFilterSet
from pilots.browse.formerly_public import formerly_public
from pilots.index.facet_values import INVOLVED
from pilots.index.pilots import Index
from pilots.index.rows import public_lessons, public_partners
from pilots.models import Authority, GlossaryTerm, Lesson, Partner, Pilot, Source
from prepare_portal.context import origin

PARTNER = "partner"


class Pilots(ListResource):
    """Public pilots, as the list of the site finds and orders them."""

    filters, serializer_class = PilotListFilterSet, HarvestedSerializer

    def keys(self, query: ApiQuery) -> Any:
        return PilotsAndDeletions(query) if query.updated_after else query.matches

    def rows(self, query: ApiQuery, keys: list[Any]) -> list[Entry | Deletion]:
        gone = [key for key in keys if isinstance(key, Deletion)]
        return [*entries(query.public, [key for key in keys if not isinstance(key, Deletion)]), *gone]


class OnePilot(OneResource):
    """One public pilot."""

    serializer_class, route = PilotSerializer, "api-pilot"

    def find(self, query: ApiQuery, slug: str) -> Entry | None:
        pk = Pilot.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
        return entries(query.public, [pk])[0] if pk else None

    def missing(self, slug: str) -> HttpResponse:
        if moved := self.renamed(slug, Pilot.objects.published()):
            return moved
        if formerly_public([slug]):
            return problem(410, _("This pilot was public and is not any more."))
        return super().missing(slug)


class Lessons(ListResource):
    """Lessons and working methods of public pilots, as the library of the site finds and orders them."""

    filters, serializer_class = LessonListFilterSet, LessonSerializer

    def keys(self, query: ApiQuery) -> Any:
        return query.matches

    def rows(self, query: ApiQuery, keys: list[int]) -> list[Lesson]:
        return list(public_lessons(query.public, keys).values())


class PartnerResource(Resource):
    """What both views of partners say of their pilots."""

    serializer_class = PartnerSerializer

    def context(self, query: ApiQuery) -> dict[str, Any]:
        return {
            "pilots": lambda row: slugs_of(query.public, query.public.sets[PARTNER].get(str(row.pk))),
            "involved": lambda row: slugs_of(query.public, query.public.sets[INVOLVED].get(str(row.pk))),
        }


class Partners(PartnerResource, ListResource):
    """Partners of the pilots that match, and those that took part in one otherwise; by slug."""

    filters = OrganisationListFilterSet

    def keys(self, query: ApiQuery) -> list[int]:
        public, ids = query.public, query.matches.ids
        partner, involved = public.sets[PARTNER], public.sets[INVOLVED]
        found = {
            named.slug: int(key)
            for key, named in public.named[PARTNER].items()
            if partner.get(key) and ids.intersect(partner[key] | involved.get(key, BitMap()))
        }
        return [found[slug] for slug in sorted(found)]

    def rows(self, query: ApiQuery, keys: list[int]) -> list[Partner]:
        return list(public_partners(query.public, keys).values())


class OnePartner(PartnerResource, OneResource):
    """One partner."""

    route = "api-partner"

    def find(self, query: ApiQuery, slug: str) -> Partner | None:
        return next(iter(Partner.objects.public().filter(slug=slug).with_texts()), None)

    def missing(self, slug: str) -> HttpResponse:
        return self.renamed(slug, Partner.objects.public()) or super().missing(slug)


class AuthorityResource(Resource):
    """What both views of authorities say of their pilots."""

    serializer_class = AuthoritySerializer

    def context(self, query: ApiQuery) -> dict[str, Any]:
        return {"pilots": lambda row: slugs_of(query.public, BitMap(query.public.pilots_of_authority(row.slug)))}


class Authorities(AuthorityResource, ListResource):
    """Authorities of the pilots that match; by slug."""

    filters = OrganisationListFilterSet

    def keys(self, query: ApiQuery) -> list[str]:
        if not query.selection:
            return list(query.public.authorities)
        return sorted({query.public.facts[pk].authority for pk in query.matches.ids})

    def rows(self, query: ApiQuery, keys: list[str]) -> list[Authority]:
        return Authority.objects.public().filter(slug__in=keys).with_texts()


class OneAuthority(AuthorityResource, OneResource):
    """One authority."""

    route = "api-authority"

    def find(self, query: ApiQuery, slug: str) -> Authority | None:
        return next(iter(Authority.objects.public().filter(slug=slug).with_texts()), None)

    def missing(self, slug: str) -> HttpResponse:
        return self.renamed(slug, Authority.objects.public()) or super().missing(slug)


class Vocabularies(ListResource):
    """What pilots and lessons are classified by: the values that filters take."""

    serializer_class = VocabularySerializer

    def keys(self, query: ApiQuery) -> list[str]:
        return vocabulary_names()

    def rows(self, query: ApiQuery, keys: list[str]) -> list[Any]:
        return [vocabulary(name, query.public) for name in keys]


class OneVocabulary(OneResource):
    """One vocabulary."""

    serializer_class, route = VocabularySerializer, "api-vocabulary"

    def find(self, query: ApiQuery, slug: str) -> Any | None:
        return vocabulary(slug, query.public) if slug in vocabulary_names() else None


class Glossary(ListResource):
    """All terms of the glossary; by slug."""

    serializer_class = GlossaryTermSerializer

    def keys(self, query: ApiQuery) -> Any:
        return GlossaryTerm.objects.order_by("slug").values_list("pk", flat=True)

    def rows(self, query: ApiQuery, keys: list[int]) -> list[GlossaryTerm]:
        return GlossaryTerm.objects.filter(pk__in=keys).with_texts()


class OneTerm(OneResource):
    """One term of the glossary."""

    serializer_class, route = GlossaryTermSerializer, "api-term"

    def find(self, query: ApiQuery, slug: str) -> GlossaryTerm | None:
        return next(iter(GlossaryTerm.objects.filter(slug=slug).with_texts()), None)


class Sources(ListResource):
    """The texts that public pilots are written from; by slug."""

    serializer_class = SourceSerializer

    def keys(self, query: ApiQuery) -> Any:
        return Source.objects.public().order_by("slug").values_list("pk", flat=True)

    def rows(self, query: ApiQuery, keys: list[int]) -> list[Source]:
        return Source.objects.filter(pk__in=keys).with_texts()


class OneSource(OneResource):
    """One source."""

    serializer_class, route = SourceSerializer, "api-source"

    def find(self, query: ApiQuery, slug: str) -> Source | None:
        return next(iter(Source.objects.public().filter(slug=slug).with_texts()), None)

    def missing(self, slug: str) -> HttpResponse:
        return self.renamed(slug, Source.objects.public()) or super().missing(slug)


class Root(APIView):
    """Where everything is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        ApiQuery(request.GET, AddressFilterSet)
        lists = ("pilots", "lessons", "partners", "authorities", "vocabularies", "glossary", "sources")
        site = origin(request)
        routes = {name: f"api-{name}" for name in lists} | {"openapi": "api-openapi", "documentation": "api"}
        return Response({name: f"{site}{reverse(route)}" for name, route in routes.items()})


def slugs_of(public: Index, ids: BitMap | None) -> list[str]:
    """The slugs of these of the public pilots, from A to Z."""
    return sorted(public.facts[pk].slug for pk in (ids or BitMap()) & public.public)
