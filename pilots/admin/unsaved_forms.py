"""The pages that give back what an account typed and could not save."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from pilots.form_store import RESTORE, RESTORED, TooLarge, store, typed_in
from pilots.models import Revision, UnsavedForm
from pilots.models.access import readable_revisions


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


@dataclass(frozen=True)
class LaterChange:
    """Who changed the row of a form after it was sent, and when."""

    who: str
    at: datetime


def changed_since(unsaved: UnsavedForm) -> LaterChange | None:
    """The last change that somebody else made since then to the row of the form, if it is a row's. One query or two."""
    try:
        match = resolve(unsaved.address.partition("?")[0])
    except Resolver404:
        return None
    key = str(match.kwargs.get("object_id", match.kwargs.get("pk", "")))
    model = str(match.url_name).removeprefix("pilots_").partition("_")[0]
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return _entry_changed(unsaved, int(key)) if model == "pilot" else _row_changed(unsaved, model, key)


def _entry_changed(unsaved: UnsavedForm, pk: int) -> LaterChange | None:
    """The same of an entry or a working copy, as its history knows it; a check of a translation is no change."""
    rows = Revision.objects.filter(Q(row=pk) | Q(entry_id=pk), at__gt=unsaved.kept_at).exclude(actor_name="")
    others = readable_revisions(unsaved.user, rows.exclude(actor=unsaved.user_id).exclude(kind=Revision.Kind.CONFIRMED))
    last = others.order_by("-at").first()
    return LaterChange(last.actor_name, last.at) if last else None


def _row_changed(unsaved: UnsavedForm, model: str, key: str) -> LaterChange | None:
    """The same of what has no history, as the admin's log knows it."""
    changes = LogEntry.objects.filter(content_type__model=model, object_id=key, action_time__gt=unsaved.kept_at)
    others = changes.exclude(user=unsaved.user_id).select_related("user")
    last = others.order_by("-action_time").first()
    return LaterChange(str(last.user), last.action_time) if last else None


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
