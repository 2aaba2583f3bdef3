"""Editing the synonyms of the search."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilots.admin.reference.restorable import RestorableAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import SynonymSet


@admin.register(SynonymSet)
class SynonymSetAdmin(StaleFormAdmin, RestorableAdmin):
    """Synonyms. Each search takes a change in at once."""

    list_display = ("__str__", "language", "slug")
    list_filter = ("language",)
    list_per_page = 50
    search_fields = ("slug", "words")
    fieldsets = (
        (
            None,
            {
                "fields": ("language", "words"),
                "description": _("Who searches for one of these words also finds entries with any of the others."),
            },
        ),
        (_("Key"), {"fields": ("slug",)}),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Fill in the key of a new set as its words are typed."""
        return {} if obj else {"slug": ("words",)}
