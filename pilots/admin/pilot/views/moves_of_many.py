"""A move of many pilots at once: it asks first, says how many and which, and can be undone as one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from pilots import workflow
from pilots.history.record import lock
from pilots.models import Pilot
from pilots.models.access import readable_pilots, readable_revisions
from pilots.models.text_fields import LineInput
from pilots.unsaved import is_sent
from pilots.workflow.rules import ARCHIVE, PUBLISH, RESTORE, SUBMIT, WITHDRAW, Move

MOST = 5000
NAMED = 10
Seen = list[tuple[int, int]]


@dataclass(frozen=True)
class MoveOfMany:
    """One move: the question, what it means, the button, what it does."""

    question: Any
    meaning: str | Promise
    button: str | Promise
    move: Move
    do: Callable[..., Pilot]


MOVES = {
    "submit": MoveOfMany(
        ngettext_lazy("Send %(n)d pilot for review?", "Send %(n)d pilots for review?", "n"),
        gettext_lazy("Reviewers are told of each. Nobody but they can change it until it comes back."),
        gettext_lazy("Send for review"),
        SUBMIT,
        workflow.submit,
    ),
    "publish": MoveOfMany(
        ngettext_lazy("Publish %(n)d pilot?", "Publish %(n)d pilots?", "n"),
        gettext_lazy("Visitors see each at once. A working copy takes the place of what is public now."),
        gettext_lazy("Publish"),
        PUBLISH,
        workflow.publish,
    ),
    "withdraw": MoveOfMany(
        ngettext_lazy("Withdraw %(n)d pilot?", "Withdraw %(n)d pilots?", "n"),
        gettext_lazy("Each disappears from every public page at once and becomes a draft."),
        gettext_lazy("Withdraw"),
        WITHDRAW,
        workflow.withdraw,
    ),
    "archive": MoveOfMany(
        ngettext_lazy("Archive %(n)d pilot?", "Archive %(n)d pilots?", "n"),
        gettext_lazy("Each is hidden from visitors and kept for the record."),
        gettext_lazy("Archive"),
        ARCHIVE,
        workflow.archive,
    ),
    "restore": MoveOfMany(
        ngettext_lazy("Restore %(n)d pilot from the archive?", "Restore %(n)d pilots from the archive?", "n"),
        gettext_lazy("Each becomes a draft."),
        gettext_lazy("Restore from the archive"),
        RESTORE,
        workflow.restore,
    ),
}


class ManyForm(forms.Form):
    """Asks why; carries the rows that were chosen, each with its number of changes as the list showed it."""

    note = LineInput(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history of each, for editors only. You may leave it empty."),
    )
    rows = forms.RegexField(rf"^\d{{1,18}}:\d{{1,9}}(,\d{{1,18}}:\d{{1,9}}){{0,{MOST - 1}}}$", widget=forms.HiddenInput)

    def clean_rows(self) -> Seen:
        """Return the rows with their numbers of changes."""
        pairs = [pair.split(":") for pair in self.cleaned_data["rows"].split(",")]
        return [(int(pk), int(edit)) for pk, edit in pairs]


def ask_about(request: HttpRequest, name: str, pilots: QuerySet[Pilot]) -> HttpResponse:
    """Show the page that asks, for the pilots that were chosen in the list. Two queries."""
    seen = [(pk, request.POST.get(f"edit-{pk}", edit)) for pk, edit in pilots.values_list("pk", "edit")]
    if len(seen) > MOST:
        words = _("Choose at most %(n)d pilots at once.") % {"n": MOST}
        messages.error(request, words)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_changelist"))
    form = ManyForm(initial={"rows": ",".join(f"{pk}:{edit}" for pk, edit in seen)})
    return _page(request, name, form, [pk for pk, _edit in seen])


def move_many(request: HttpRequest, name: str) -> HttpResponse:
    """Move each pilot for itself: one that is refused does not hold up the others."""
    if name not in MOVES:
        raise Http404
    if not request.user.has_perm(MOVES[name].move.right):
        raise PermissionDenied
    form = ManyForm(request.POST or None)
    seen = form.cleaned_data.get("rows") if form.is_bound and not form.errors.get("rows") else None
    if not seen:
        messages.warning(request, _("Choose pilots in the list first, then the action."))
        return HttpResponseRedirect(reverse("admin:pilots_pilot_changelist"))
    if not (is_sent(request) and form.is_valid()):
        return _page(request, name, form, [pk for pk, _edit in seen])
    return _move_all(request, MOVES[name], seen, form.cleaned_data["note"])


def _move_all(request: HttpRequest, act: MoveOfMany, seen: Seen, note: str) -> HttpResponse:
    batch, moved, refusals = uuid4(), 0, []
    readable = readable_pilots(request.user)
    pilots = readable.in_bulk([pk for pk, _edit in seen])
    for pk, edit in seen:
        if pk not in pilots:
            refusals.append(_("One of the pilots is not there any more."))
            continue
        try:
            with transaction.atomic():
                act.do(_as_seen(pilots[pk], edit, request.user), by=request.user, note=note, batch=batch)
        except (workflow.Refused, PermissionDenied) as refusal:
            refusals.append(str(refusal))
        else:
            moved += 1
    _say(request, moved, Pilot.Status(act.move.after).label, refusals)
    if not moved or not request.user.has_perm("pilots.change_pilot"):
        return HttpResponseRedirect(reverse("admin:pilots_pilot_changelist"))
    return HttpResponseRedirect(reverse("admin:pilots_pilot_batch", args=[batch]))


def _as_seen(pilot: Pilot, edit: int, user: Any) -> Pilot:
    """Lock the row and return it. Raises Conflict when it was changed since the list was shown."""
    try:
        row = lock(pilot)
    except Pilot.DoesNotExist as error:
        raise workflow.Conflict(_("“%(pilot)s” is not there any more.") % {"pilot": pilot}) from error
    if row.edit != edit:
        latest = readable_revisions(user).filter(row=row.pk).first()
        words = _("“%(pilot)s” was changed by %(who)s since the list was shown. Look at it first.")
        raise workflow.Conflict(words % {"pilot": pilot, "who": latest.actor_name if latest else "–"})
    return row


def _say(request: HttpRequest, moved: int, status: Any, refusals: list[str]) -> None:
    """Say how many were moved, and the first of what was refused."""
    for refusal in refusals[:NAMED]:
        messages.error(request, refusal)
    if len(refusals) > NAMED:
        more = len(refusals) - NAMED
        words = ngettext("%(n)d more stays as it is.", "%(n)d more stay as they are.", more)
        messages.error(request, words % {"n": more})
    if moved:
        words = ngettext("%(n)d pilot is now “%(status)s”.", "%(n)d pilots are now “%(status)s”.", moved)
        messages.success(request, words % {"n": moved, "status": status})


def _page(request: HttpRequest, name: str, form: ManyForm, rows: list[int]) -> HttpResponse:
    act = MOVES[name]
    pilots = readable_pilots(request.user).filter(pk__in=rows).order_by("slug")
    chosen = list(pilots.select_related("revises").prefetch_related("translations"))
    moving = [pilot for pilot in chosen if pilot.status in act.move.before]
    staying = [pilot for pilot in chosen if pilot.status not in act.move.before]
    context = {
        **admin.site.each_context(request),
        "title": act.question % {"n": len(moving)},
        "opts": Pilot._meta,
        "act": act,
        "form": form,
        "address": reverse("admin:pilots_pilot_move_many", args=[name]),
        "moving": (moving[:NAMED], moving[NAMED:]),
        "staying": (staying[:NAMED], staying[NAMED:]),
    }
    return TemplateResponse(request, "admin/pilots/pilot/many.html", context)
