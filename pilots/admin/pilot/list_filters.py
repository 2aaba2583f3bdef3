"""What the list of pilots can be filtered by."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pilots.admin.pilot.tasks import tasks_of
from pilots.admin.translating.standing import TO_DO, lacks
from pilots.content_checks.fields import name_of_language
from pilots.models import ActivityType, Authority, Partner, Pilot
from pilots.models.roles import LANGUAGES
from pilots.models.translation import current_language
from prepare_portal.collation import in_order
from prepare_portal.phrases import labelled


class ByTask(admin.SimpleListFilter):
    """Narrows the list of pilots to one kind of work."""

    title, parameter_name = _("what is to do"), "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, task.title) for name, task in tasks_of(request.user).items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The pilots of the chosen task; the list keeps its own order."""
        task = tasks_of(request.user).get(self.value() or "")
        return task.narrow(queryset, request.user) if task else queryset


class ByTranslation(admin.SimpleListFilter):
    """By how some of an entry's texts stand in a language."""

    title, parameter_name = _("translation"), "translation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (
                f"{language}:{state}",
                labelled(name_of_language(language), label),
            )
            for language in LANGUAGES
            for state, label in TO_DO.items()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        language, _sep, state = (self.value() or "").partition(":")
        return queryset.filter(lacks(language, state)) if language in LANGUAGES and state in TO_DO else queryset


class ByName(admin.SimpleListFilter):
    """Filters the list by something named, in one query for all names."""

    model: Any
    field: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = self.model.objects.all().with_texts()
        named = [(row.slug, row.text_in("name", current_language())[0]) for row in rows]
        return named if "order" in self.model._meta.ordering else sorted(named, key=lambda row: in_order(row[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        return queryset.filter(**{f"{self.field}__slug": self.value()}) if self.value() else queryset


class ByPartner(ByName):
    """By partner."""

    title, parameter_name, model, field = _("partner"), "partner", Partner, "partners"


class ByActivityType(ByName):
    """By activity type."""

    title, parameter_name, model, field = _("activity type"), "activity", ActivityType, "activity_types"


class ByCountry(admin.SimpleListFilter):
    """By country of the authority."""

    title, parameter_name = _("country"), "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = Authority.objects.order_by().values_list("country", flat=True).distinct()
        return sorted(((code, str(countries.name(code))) for code in codes), key=lambda row: in_order(row[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        return queryset.filter(authority__country=self.value()) if self.value() else queryset
