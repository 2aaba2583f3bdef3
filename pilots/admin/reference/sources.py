"""Editing sources and the glossary."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.source_texts import SourceTextInline
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import GlossaryTerm, Source


@admin.register(Source)
class SourceAdmin(StaleFormAdmin, EntryAdmin):
    """Sources."""

    slug_from = "title"
    list_display = ("title", "publisher", "year", "slug", "public_page")
    search_fields = ("slug", "publisher", "translations__title")
    fieldsets = (
        (
            None,
            {
                "fields": ("title", "publisher", "year", "url", "terms_of_reuse"),
                "description": _("As the source names itself. Leave empty what it does not state."),
            },
        ),
        (_("Address"), {"fields": ("slug",)}),
    )
    inlines = (SourceTextInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """All sources, each with whether it has a public page."""
        return super().get_queryset(request).marked_public()

    def view_on_site(self, row: Any) -> str | None:
        """The page of a source that a published pilot rests on."""
        return row.get_absolute_url() if row.is_public else None


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(StaleFormAdmin, EntryAdmin):
    """Glossary terms. They are public as soon as they are saved."""

    slug_from = "term"
    list_display = ("term", "meaning", "slug", "public_page")
    search_fields = ("slug", "original", "translations__term", "translations__meaning")
    fieldsets = (
        (
            None,
            {
                "fields": ("term", "meaning", "original", "original_language"),
                "description": _(
                    "A term is public as soon as it is saved, and is explained on every page that uses it."
                ),
            },
        ),
        (_("Address"), {"fields": ("slug",)}),
    )
