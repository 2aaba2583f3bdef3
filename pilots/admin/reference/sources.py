"""Editing sources and the glossary."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from pilots.admin.pilot.parts import LabelledDeletionFormSet, LimitedInline
from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import GlossaryTerm, Source, SourceText
from pilots.models.access import readable_pilots
from pilots.models.numbered_text import NumberedText
from pilots.models.source_text import pointers_beyond


class SourceTextInline(LimitedInline, admin.StackedInline):
    """The text of a source, as pointers count it."""

    model = SourceText
    formset = LabelledDeletionFormSet
    max_num = 1
    fields = ("text", "may_be_shown", "numbered")
    readonly_fields = ("numbered",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.reader = request.user
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description=_("numbering"))
    def numbered(self, row: SourceText) -> SafeString:
        """The saved text with its numbers, and the pointers that do not fit it, of readable pilots. Four queries."""
        if row.pk is None:
            return mark_safe(_("Shown once the text is saved."))  # noqa: S308 (ours)
        text = NumberedText(row.text)
        pilots = readable_pilots(self.reader, row.source.pilots.all())
        context = {"text": text, "misfits": pointers_beyond(text, pilots)}
        return render_to_string("admin/pilots/numbered_text.html", context)


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
