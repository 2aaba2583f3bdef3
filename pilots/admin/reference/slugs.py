"""Former addresses: shown, and given up when they are no longer wanted."""

from django.contrib import admin
from django.http import HttpRequest

from pilots.admin.pilot.lookups import ListedLookups
from pilots.models import FormerSlug


@admin.register(FormerSlug)
class FormerSlugAdmin(ListedLookups, admin.ModelAdmin):
    """Slugs that entries had before. The portal writes them; editors may only delete them."""

    list_display = ("slug", "model", "object_id")
    list_filter = ("model",)
    search_fields = ("slug",)
    ordering = ("model", "slug")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one: it is noted when a slug is changed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: FormerSlug | None = None) -> bool:
        """Nobody changes one: where an address once led is a fact."""
        return False
