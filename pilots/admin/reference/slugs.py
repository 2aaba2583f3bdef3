"""Former addresses: shown, and given up when they are no longer wanted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pilots.admin.pilot.lookups import ListedLookups
from pilots.models import FormerSlug
from pilots.security_log import Event, record


class ByKind(admin.SimpleListFilter):
    """By the kind of entry that had the slug."""

    title, parameter_name = _("kind"), "model"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = FormerSlug.objects.order_by("model").values_list("model", flat=True).distinct()
        return [(model, capfirst(FormerSlug(model=model).kind)) for model in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(model=self.value()) if self.value() else queryset


@admin.register(FormerSlug)
class FormerSlugAdmin(ListedLookups, admin.ModelAdmin):
    """Slugs that entries had before. The portal writes them; editors may only delete them."""

    list_display = fields = ("slug", "kind", "entry")
    list_filter = (ByKind,)
    search_fields = ("slug",)
    ordering = ("model", "slug")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one: it is noted when a slug is changed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: FormerSlug | None = None) -> bool:
        """Nobody changes one: where an address once led is a fact."""
        return False

    def delete_model(self, request: HttpRequest, obj: FormerSlug) -> None:
        """Give the address up: visitors find nothing there any more."""
        record(Event.ROW_DELETED, by=request.user, kind="formerslug", row=obj.pk)
        super().delete_model(request, obj)

    @admin.display(description=_("kind"), ordering="model")
    def kind(self, row: FormerSlug) -> str:
        return capfirst(row.kind)

    @admin.display(description=_("entry"), ordering="object_id")
    def entry(self, row: FormerSlug) -> int:
        return row.object_id
