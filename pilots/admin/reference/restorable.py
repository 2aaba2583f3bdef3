"""Forms of the admin that give back what was typed and could not be saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from pilots.admin.pilot.lookups import ListedLookups
from pilots.admin.unsaved_forms import store_typed
from pilots.form_store import is_restoring, not_saved_yet
from pilots.security_log import Event, record


class RestorableAdmin(ListedLookups):
    """An admin whose form can be shown again with what was typed into it."""

    class Media:
        js = ("js/admin/names.js", "js/admin/unsaved.js")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; one that only gives back what was typed is never saved."""
        form = super().get_form(request, *args, **kwargs)
        return not_saved_yet(form) if is_restoring(request) else form

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a row that has no history; the security log keeps which one it was."""
        record(Event.ROW_DELETED, by=request.user, kind=obj._meta.model_name, row=obj.pk)
        super().delete_model(request, obj)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *args: Any) -> HttpResponse:
        """Lead to what was typed when a colleague deleted the row meanwhile, else say that it was deleted."""
        return store_typed(request) or super()._get_obj_does_not_exist_redirect(request, *args)  # type: ignore[misc]
