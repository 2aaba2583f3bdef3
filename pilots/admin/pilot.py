"""Editing pilots: the form, the list, and the actions that move them through the workflow."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pilots import workflow
from pilots.admin.entries import EntryAdmin
from pilots.admin.parts import KeyFigureInline, LessonInline, OrganisationInvolvedInline, PassageInline
from pilots.models import ActivityType, Authority, Partner, Pilot


class ByName(admin.SimpleListFilter):
    """Filters the list by something named, in one query for all names."""

    model: Any
    field: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the values with their names."""
        return [
            (row.slug, row.text_in("name", get_language() or "en")[0]) for row in self.model.objects.all().with_texts()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        """Return the pilots with the chosen value."""
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
        """Return the countries that have authorities."""
        codes = Authority.objects.order_by("country").values_list("country", flat=True).distinct()
        return [(str(code), str(countries.name(code))) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        """Return the pilots of the chosen country."""
        return queryset.filter(authority__country=self.value()) if self.value() else queryset


@admin.register(Pilot)
class PilotAdmin(EntryAdmin):
    """Pilots."""

    slug_from = "title"
    list_display = ("title", "authority", "status", "changed_on", "public_page")
    list_filter = ("status", ByCountry, ByPartner, ByActivityType)
    search_fields = ("slug", "translations__title", "translations__summary", "authority__translations__name")
    ordering = ("slug",)
    actions = ("submit", "publish", "withdraw", "archive", "restore")
    autocomplete_fields = ("authority", "partners", "activity_types", "audiences", "target_groups", "stages", "source")
    readonly_fields = ("status", "published_at", "created_at", "updated_at")
    inlines = (LessonInline, KeyFigureInline, OrganisationInvolvedInline, PassageInline)
    fieldsets = (
        (
            None,
            {
                "fields": ("title", "summary"),
                "description": _(
                    "Write what the source says, in your own plain words. Leave empty what it does not say: "
                    "visitors then read “Not stated in the source”."
                ),
            },
        ),
        (
            _("Who and what"),
            {"fields": ("authority", "partners", "activity_types", "audiences", "target_groups", "stages")},
        ),
        (_("Texts"), {"fields": ("background", "objectives", "what_was_done", "results", "prospects")}),
        (_("When, and how it is known"), {"fields": (("start", "end"), "evaluation", "source", "reviewed_on")}),
        (
            _("Address and status"),
            {
                "fields": ("slug", ("status", "published_at"), ("created_at", "updated_at")),
                "description": _(
                    "The status is changed in the list of pilots: tick the pilot, choose “Publish” or another action, "
                    "and press “Go”. Changes to a published pilot are public as soon as they are saved."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pilot]:
        """Return all pilots with what the list shows."""
        return super().get_queryset(request).select_related("authority").prefetch_related("authority__translations")

    def view_on_site(self, row: Pilot) -> str | None:
        """Return the pilot's page, if it is published."""
        return row.get_absolute_url() if row.is_public else None

    @admin.display(description=_("last changed"), ordering="updated_at")
    def changed_on(self, row: Pilot) -> date:
        """Return the day of the last change."""
        return row.updated_at.date()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the account may change what the public sees."""
        return request.user.has_perm("pilots.publish_pilot")

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> None:
        """Move the chosen drafts to review."""
        self._move_all(request, pilots, workflow.submit)

    @admin.action(description=_("Publish: visible to everybody at once"), permissions=["publish"])
    def publish(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> None:
        """Publish the chosen pilots."""
        self._move_all(request, pilots, workflow.publish)

    @admin.action(description=_("Withdraw: back to draft, hidden from visitors"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> None:
        """Withdraw the chosen pilots."""
        self._move_all(request, pilots, workflow.withdraw)

    @admin.action(description=_("Archive: hidden from visitors, kept for the record"), permissions=["publish"])
    def archive(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> None:
        """Archive the chosen pilots."""
        self._move_all(request, pilots, workflow.archive)

    @admin.action(description=_("Restore from the archive as a draft"), permissions=["publish"])
    def restore(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> None:
        """Bring the chosen pilots back from the archive."""
        self._move_all(request, pilots, workflow.restore)

    def _move_all(self, request: HttpRequest, pilots: QuerySet[Pilot], move: Callable[..., Pilot]) -> None:
        """Move each pilot for itself: one that is refused does not hold up the others."""
        moved = []
        for pilot in pilots:
            try:
                moved.append(move(pilot, by=request.user))
            except (workflow.Refused, PermissionDenied) as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
        if moved:
            status = moved[0].get_status_display()
            text = ngettext("%(n)d pilot is now “%(status)s”.", "%(n)d pilots are now “%(status)s”.", len(moved))
            self.message_user(request, text % {"n": len(moved), "status": status}, messages.SUCCESS)
