"""Editing authorities and partners."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pilots.admin.pilot.numbers import LatitudeInput, LongitudeInput
from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.reference.merging import MergingAdmin
from pilots.admin.reference.stale_forms import StaleFormAdmin
from pilots.content_checks.public_contacts import looks_personal, personal_contact
from pilots.models import Authority, Partner

CONTACT: Any = (
    _("For visitors who ask"),
    {
        "fields": ("website", "public_contact"),
        "description": _("Both are shown to visitors at once. Leave empty what the organisation has not agreed to."),
    },
)


class OrganisationAdmin(StaleFormAdmin, EntryAdmin):
    """Organisations have a page once one of their pilots is published."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 (Django's)
        """Save; say so when the public contact looks like a person's."""
        super().save_model(request, obj, form, change)
        if looks_personal(obj.public_contact):
            self.message_user(request, personal_contact(), messages.WARNING)

    def get_queryset(self, request: HttpRequest) -> Any:
        """All organisations, each with whether it has a public page."""
        return super().get_queryset(request).marked_public()

    def view_on_site(self, row: Any) -> str | None:
        """The organisation's page, if it has one."""
        return row.get_absolute_url() if row.is_public else None


@admin.register(Authority)
class AuthorityAdmin(OrganisationAdmin):
    """Authorities."""

    list_display = ("name", "kind", "country", "slug", "public_page")
    list_filter = ("kind", "country")
    search_fields = ("slug", "other_names", "translations__name", "translations__place")
    coordinates = {"latitude": LatitudeInput, "longitude": LongitudeInput}
    fieldsets = (
        (None, {"fields": ("name", "place", "other_names", "kind", "country")}),
        CONTACT,
        (
            _("On the map"),
            {
                "fields": ("latitude", "longitude"),
                "description": _("Where to set the marker: the town, or the middle of the region."),
            },
        ),
        (_("Address"), {"fields": ("slug",)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Read coordinates as people write them."""
        if db_field.name in self.coordinates:
            kwargs["form_class"] = self.coordinates[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Partner)
class PartnerAdmin(MergingAdmin, OrganisationAdmin):
    """Partners."""

    list_display = ("name", "kind", "country", "slug", "public_page")
    list_filter = ("kind", "country")
    search_fields = ("slug", "original_name", "other_names", "translations__name", "translations__full_name")
    fieldsets = (
        (None, {"fields": ("name", "full_name", "original_name", "original_language", "other_names")}),
        (
            _("Facts"),
            {
                "fields": ("kind", "country"),
                "description": _("Only what the source states. Empty shows as “Not stated in the source”."),
            },
        ),
        CONTACT,
        (_("Address"), {"fields": ("slug",)}),
    )
