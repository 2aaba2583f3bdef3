"""Editing the words pilots are classified by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.merging import MergingAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.models import ActivityType, Audience, Stage, TargetGroup


class TermAdmin(StaleFormAdmin, MergingAdmin, EntryAdmin):
    """One vocabulary."""

    list_display = ("name", "slug", "order", "public_page")
    list_editable = ("order",)
    search_fields = ("slug", "translations__name")
    fieldsets = (
        (None, {"fields": ("name", "description")}),
        (
            _("Address and order"),
            {
                "fields": ("slug", "order"),
                "description": _(
                    "The slug stands in the address of its page and of filtered lists. After a change the old one "
                    "still works."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """All values, each with whether visitors can see it."""
        return super().get_queryset(request).marked_public()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the box for the order, which stands in the list without a label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "order":
            field.widget.attrs["aria-label"] = field.label
        return field

    def view_on_site(self, row: Any) -> str | None:
        """The page of this value, if a published pilot has it."""
        return row.get_absolute_url() if row.is_public else None


@admin.register(ActivityType)
class ActivityTypeAdmin(TermAdmin):
    """Activity types."""


@admin.register(Audience)
class AudienceAdmin(TermAdmin):
    """Audiences."""


@admin.register(TargetGroup)
class TargetGroupAdmin(TermAdmin):
    """Target groups."""


@admin.register(Stage)
class StageAdmin(TermAdmin):
    """Stages."""
