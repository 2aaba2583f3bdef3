"""Editing what the portal says of itself."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import Statement


@admin.register(Statement)
class StatementAdmin(StaleFormAdmin, EntryAdmin):
    """Statements about the portal. They are public as soon as they are saved."""

    search_fields = ("kind", "translations__text")
    list_display = ("kind", "text", "public_page")
    fieldsets = (
        (
            None,
            {
                "fields": ("kind", "text"),
                "description": _(
                    "Shown on the page about the portal, in part at the foot of every page, as soon as it is saved. "
                    "What nobody has written is shown as not stated."
                ),
            },
        ),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Fill in nothing: a statement has no slug."""
        return {}

    def view_on_site(self, row: Any) -> str | None:
        """Where visitors read it."""
        return f"{reverse('about')}#{row.kind}"
