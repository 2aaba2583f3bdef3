"""The pages that give back what an account typed and could not save."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from pilots.form_store import RESTORE, RESTORED, TooLarge, store, typed_in
from pilots.models import UnsavedForm


def unsaved_list(request: HttpRequest) -> HttpResponse:
    """List what is stored for the account. One query."""
    rows = UnsavedForm.objects.of(request.user).defer("fields")
    return _page(request, "list", {"title": _("What you typed and did not save"), "rows": rows})


def unsaved_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was typed into one form, and offer it back; or throw it away. Three queries."""
    unsaved = UnsavedForm.objects.of(request.user).filter(pk=pk).first()
    if unsaved is None:
        return HttpResponseRedirect(reverse("admin:unsaved-forms"))
    if "sure_to_discard" in request.POST:
        unsaved.delete()
        messages.info(request, _("What you typed is thrown away."))
        return HttpResponseRedirect(reverse("admin:unsaved-forms"))
    context = {
        "title": _("What you typed is not saved yet"),
        "subtitle": unsaved.title,
        "unsaved": unsaved,
        "typed": typed_in(unsaved.fields),
        "sent": [*unsaved.fields, (RESTORE, "1"), (RESTORED, unsaved.pk)],
        "changed_since": changed_since(unsaved),
    }
    return _page(request, "form", context)


def changed_since(unsaved: UnsavedForm) -> LogEntry | None:
    """The last change that somebody else made since then to the row of the form, if it is a row's. One query."""
    try:
        match = resolve(unsaved.address.partition("?")[0])
    except Resolver404:
        return None
    if "object_id" not in match.kwargs:
        return None
    model = str(match.url_name).removeprefix("pilots_").partition("_")[0]
    changes = LogEntry.objects.filter(content_type__model=model, object_id=match.kwargs["object_id"])
    since = changes.filter(action_time__gt=unsaved.kept_at).exclude(user=unsaved.user_id)
    return since.select_related("user").order_by("-action_time").first()


def store_typed(request: HttpRequest, words: str = "") -> HttpResponse | None:
    """Store what was sent and cannot be saved any more, and lead to it. None when nothing was typed.

    `words` say why, where it is not that the row was deleted.
    """
    is_typed = any(typed_in((name, value) for value in values) for name, values in request.POST.lists())
    try:
        unsaved = store(request) if is_typed else None
    except TooLarge:
        return None
    if unsaved is None or unsaved.user_id != request.user.pk:
        return None
    messages.warning(request, words or _("The entry is not there any more, so nothing was saved."))
    return HttpResponseRedirect(reverse("admin:unsaved-form", args=[unsaved.pk]))


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"admin/unsaved/{name}.html", admin.site.each_context(request) | context)
