"""Editing the further reading of the pages of approaches, groups, stages, audiences and countries."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import FurtherReading
from pilots.models.further_reading import COUNTRY, TERMS


@admin.register(FurtherReading)
class FurtherReadingAdmin(StaleFormAdmin, EntryAdmin):
    """Further reading. It is public as soon as it is saved, wherever its topic is."""

    slug_from = "title"
    list_display = ("title", "author", "year", "topic", "order")
    search_fields = ("slug", "title", "author", "publisher", "translations__covers")
    fieldsets = (
        (None, {"fields": ("title", "original_language", "author", "year", "publisher", "url", "covers")}),
        (
            pgettext_lazy("subject", "About"),
            {
                "fields": (*TERMS, COUNTRY),
                "description": _("Choose exactly one. The page of that topic lists the work."),
            },
        ),
        (_("Key and order"), {"fields": ("slug", "order")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """All works with their topics, so that the list needs no query a row."""
        return super().get_queryset(request).prefetch_related(*(f"{term}__translations" for term in TERMS))

    @admin.display(description=pgettext_lazy("subject", "about"))
    def topic(self, row: FurtherReading) -> str:
        """What the work is about."""
        country: Any = row.country
        return str(next(filter(None, (getattr(row, term) for term in TERMS)), country.name))

    def view_on_site(self, row: Any) -> str | None:
        """Works have no page of their own."""
        return None
