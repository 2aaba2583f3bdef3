"""Editing the synonyms of the search."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilots.admin.pilot.lookups import ListedLookups
from pilots.admin.unsaved import keep_typed
from pilots.models import SynonymSet
from pilots.unsaved import is_restoring, not_saved_yet


@admin.register(SynonymSet)
class SynonymSetAdmin(ListedLookups):
    """Synonyms. Each search takes a change in at once."""

    list_display = ("__str__", "slug")
    list_per_page = 50
    search_fields = ("slug", "words")
    fieldsets = (
        (
            None,
            {
                "fields": ("words",),
                "description": _("Who searches for one of these words also finds entries with any of the others."),
            },
        ),
        (_("Key"), {"fields": ("slug",)}),
    )

    class Media:
        js = ("js/admin/names.js", "js/admin/unsaved.js")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the form; one that only gives back what was typed is never saved."""
        form = super().get_form(request, *args, **kwargs)
        return not_saved_yet(form) if is_restoring(request) else form

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *args: Any) -> Any:
        """Keep what was typed for a set that is gone."""
        return keep_typed(request) or super()._get_obj_does_not_exist_redirect(request, *args)  # type: ignore[misc]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Fill in the key of a new set as its words are typed."""
        return {} if obj else {"slug": ("words",)}
