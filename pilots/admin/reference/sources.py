"""Editing sources and the glossary."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pilots.admin.reference.entries import EntryAdmin
from pilots.models import GlossaryTerm, Source


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    """Sources."""

    slug_from = "title"
    list_display = ("title", "publisher", "year", "slug")
    search_fields = ("slug", "publisher", "translations__title")
    fieldsets = (
        (
            None,
            {
                "fields": ("title", "publisher", "year", "url", "terms_of_reuse"),
                "description": _("As the source names itself. Leave empty what it does not state."),
            },
        ),
        (_("Key"), {"fields": ("slug",)}),
    )

    def view_on_site(self, row: Any) -> str | None:
        """Sources have no page of their own."""
        return None


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(EntryAdmin):
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
