"""The security log, for administrators to read. Nobody changes it here, and what is in it goes with its time alone."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.admin.pilot.lookups import ListedLookups
from pilots.models import SecurityEvent
from pilots.security_log import Event
from prepare_portal.phrases import labelled

LABELS = dict(Event.choices)
DETAIL_LABELS = {
    "batch": gettext_lazy("number of the change"),
    "count": gettext_lazy("how many"),
    "days": gettext_lazy("days"),
    "deleted": gettext_lazy("deleted"),
    "encrypted": gettext_lazy("encrypted"),
    "entries": gettext_lazy("entries"),
    "entry": gettext_lazy("entry"),
    "fields": gettext_lazy("fields"),
    "files": gettext_lazy("files"),
    "gained": gettext_lazy("gained"),
    "group": gettext_lazy("group"),
    "how": gettext_lazy("how"),
    "kind": gettext_lazy("kind"),
    "limit": gettext_lazy("limit"),
    "lost": gettext_lazy("lost"),
    "made_at": gettext_lazy("made at"),
    "page": gettext_lazy("page"),
    "release": gettext_lazy("release of the portal"),
    "row": gettext_lazy("row"),
    "rows": gettext_lazy("rows"),
    "second_factor": gettext_lazy("second factor"),
    "step": gettext_lazy("step"),
    "unpublished": gettext_lazy("unpublished"),
    "version": gettext_lazy("version"),
}


class ByEvent(admin.SimpleListFilter):
    """By what happened, of what did happen. One query."""

    title, parameter_name = gettext_lazy("what happened"), "event"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = set(SecurityEvent.objects.order_by().values_list("event", flat=True).distinct())
        return [(event.value, capfirst(event.label)) for event in Event if event.value in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(event=self.value()) if self.value() in LABELS else queryset


class ByAccount(admin.SimpleListFilter):
    """By who did it or had it done to them. Accounts that are deleted stay, as they were called. Two queries."""

    title, parameter_name = gettext_lazy("account"), "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named: dict[int, str] = {}
        for pk, name in (("actor_id", "actor_name"), ("account_id", "account_name")):
            rows = SecurityEvent.objects.order_by().exclude(**{pk: None})
            named |= dict(rows.values_list(pk, name).distinct())
        return [(str(pk), name) for pk, name in sorted(named.items(), key=lambda row: (row[1].casefold(), row[0]))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        pk = self.value()
        if pk is None or pk not in {key for key, _name in self.lookup_choices}:
            return queryset
        return queryset.filter(actor_id=pk) | queryset.filter(account_id=pk)


class ByTime(admin.SimpleListFilter):
    """By how long ago it was."""

    title, parameter_name = gettext_lazy("when"), "days"
    spans = (
        ("1", gettext_lazy("In the last day")),
        ("7", gettext_lazy("In the last seven days")),
        ("30", gettext_lazy("In the last thirty days")),
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.spans

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        days = self.value()
        if days not in dict(self.spans):
            return queryset
        return queryset.filter(at__gt=timezone.now() - timedelta(days=int(days)))


@admin.register(SecurityEvent)
class SecurityEventAdmin(ListedLookups, admin.ModelAdmin):
    """Who did what, the latest first. Not even superusers add, change or delete anything here."""

    list_display = fields = ("at", "what", "actor_name", "account_name", "told")
    list_filter = (ByTime, ByEvent, ByAccount)
    search_fields = ("event", "actor_name", "account_name")
    ordering = ("-at", "-pk")
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, by its name."""
        return super().changelist_view(request, {"title": _("Security log"), **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SecurityEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SecurityEvent | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what happened"), ordering="event")
    def what(self, row: SecurityEvent) -> str:
        """In words; the name of the event where a newer release wrote it."""
        return capfirst(str(LABELS.get(row.event, row.event)))

    @admin.display(description=gettext_lazy("details"))
    def told(self, row: SecurityEvent) -> str:
        lines = (
            (labelled(capfirst(str(DETAIL_LABELS.get(name, name))), _in_words(value)),)
            for name, value in row.details.items()
        )
        return format_html_join("; ", "{}", lines)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, list) else str(value)
