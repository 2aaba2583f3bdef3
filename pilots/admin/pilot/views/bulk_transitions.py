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
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import ConfirmPage, NoteField
from pilots.history.record import lock
from pilots.models import Pilot
from pilots.models.access import readable_pilots, readable_revisions
from pilots.workflow.rules import ARCHIVE, PUBLISH, RESTORE, SUBMIT, WITHDRAW, Transition

MOST = 5000
NAMED = 10
Seen = list[tuple[int, int]]


@dataclass(frozen=True)
class BulkTransition:
    """One move: the question, what it means, the button, what it does."""

    question: Any
    meaning: str | Promise
    button: str | Promise
    move: Transition
    do: Callable[..., Pilot]


MOVES = {
    "submit": BulkTransition(
        ngettext_lazy("Send %(n)d pilot for review?", "Send %(n)d pilots for review?", "n"),
        gettext_lazy("Reviewers are told of each. Nobody but they can change it until it comes back."),
        gettext_lazy("Send for review"),
        SUBMIT,
        workflow.submit,
    ),
    "publish": BulkTransition(
        ngettext_lazy("Publish %(n)d pilot?", "Publish %(n)d pilots?", "n"),
        gettext_lazy("Visitors see each at once. A working copy takes the place of what is public now."),
        gettext_lazy("Publish"),
        PUBLISH,
        workflow.publish,
    ),
    "withdraw": BulkTransition(
        ngettext_lazy("Withdraw %(n)d pilot?", "Withdraw %(n)d pilots?", "n"),
        gettext_lazy("Each disappears from every public page at once and becomes a draft."),
        gettext_lazy("Withdraw"),
        WITHDRAW,
        workflow.withdraw,
    ),
    "archive": BulkTransition(
        ngettext_lazy("Archive %(n)d pilot?", "Archive %(n)d pilots?", "n"),
        gettext_lazy("Each is hidden from visitors and kept for the record."),
        gettext_lazy("Archive"),
        ARCHIVE,
        workflow.archive,
    ),
    "restore": BulkTransition(
        ngettext_lazy("Restore %(n)d pilot from the archive?", "Restore %(n)d pilots from the archive?", "n"),
        gettext_lazy("Each becomes a draft."),
        gettext_lazy("Restore from the archive"),
        RESTORE,
        workflow.restore,
    ),
}


class BulkTransitionForm(forms.Form):
    """Asks why; carries the rows that were chosen, each with its number of changes as the list showed it."""

    note = NoteField(help_text=gettext_lazy("Kept in the history of each, for editors only. You may leave it empty."))
    rows = forms.RegexField(rf"^\d{{1,18}}:\d{{1,9}}(,\d{{1,18}}:\d{{1,9}}){{0,{MOST - 1}}}$", widget=forms.HiddenInput)

    def clean_rows(self) -> Seen:
        pairs = [pair.split(":") for pair in self.cleaned_data["rows"].split(",")]
        return [(int(pk), int(edit)) for pk, edit in pairs]


def _action(name: str, description: Any, *, permission: str = "publish") -> Any:
    """The action of the list that leads to the page of a move."""

    def ask(model_admin: Any, request: HttpRequest, pilots: QuerySet[Pilot]) -> HttpResponse:
        return _ask_about(model_admin, request, name, pilots)

    ask.__name__ = name
    return admin.action(ask, permissions=[permission], description=description)


TRANSITION_ACTIONS = (
    _action("submit", gettext_lazy("Submit for review"), permission="change"),
    _action("publish", gettext_lazy("Publish: visible to everybody at once")),
    _action("withdraw", gettext_lazy("Withdraw: back to draft, hidden from visitors")),
    _action("archive", gettext_lazy("Archive: hidden from visitors, kept for the record")),
    _action("restore", gettext_lazy("Restore from the archive as a draft")),
)


def _ask_about(model_admin: Any, request: HttpRequest, name: str, pilots: QuerySet[Pilot]) -> HttpResponse:
    """Show the page that asks, for the pilots that were chosen in the list. Two queries."""
    seen = [(pk, request.POST.get(f"edit-{pk}", edit)) for pk, edit in pilots.values_list("pk", "edit_count")]
    if len(seen) > MOST:
        messages.error(request, _("Choose at most %(n)d pilots at once.") % {"n": MOST})
        return redirect("admin:pilots_pilot_changelist")
    rows = ",".join(f"{pk}:{edit}" for pk, edit in seen)
    return BulkTransitionView.ask_about(model_admin, request, {"rows": rows}, name=name)


class BulkTransitionView(ConfirmPage):
    """Asks, then moves each pilot independently: one that is refused does not hold up the others."""

    form_class = BulkTransitionForm
    template_name = "admin/pilots/pilot/bulk_transition.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the move. Raises Http404, and PermissionDenied for whoever may not make it."""
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in MOVES:
            raise Http404
        self.act = MOVES[kwargs["name"]]
        if not request.user.has_perm(self.act.move.right):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the list, in which pilots are chosen."""
        messages.warning(request, _("Choose pilots in the list first, then the action."))
        return redirect("admin:pilots_pilot_changelist")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask again, if it is known about which pilots."""
        return self.get(self.request) if "rows" in form.errors else super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        return _move_all(self.request, self.act, form.cleaned_data["rows"], form.cleaned_data["note"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which pilots would be moved, and which are chosen and stay."""
        context = super().get_context_data(**kwargs)
        rows = [pair.partition(":")[0] for pair in context["form"]["rows"].value().split(",") if pair]
        pilots = readable_pilots(self.request.user).filter(pk__in=rows).order_by("slug")
        chosen = list(pilots.select_related("revises").prefetch_related("translations"))
        moving = [pilot for pilot in chosen if pilot.status in self.act.move.before]
        staying = [pilot for pilot in chosen if pilot.status not in self.act.move.before]
        return context | {
            "title": self.act.question % {"n": len(moving)},
            "act": self.act,
            "address": reverse("admin:pilots_pilot_move_many", args=[self.kwargs["name"]]),
            "moving": (moving[:NAMED], moving[NAMED:]),
            "staying": (staying[:NAMED], staying[NAMED:]),
        }


def _move_all(request: HttpRequest, act: BulkTransition, seen: Seen, note: str) -> HttpResponse:
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
            note_if_denied(request, refusal)
            refusals.append(str(refusal))
        else:
            moved += 1
    _say(request, moved, Pilot.Status(act.move.after).label, refusals)
    if not moved or not request.user.has_perm("pilots.change_pilot"):
        return redirect("admin:pilots_pilot_changelist")
    return redirect("admin:pilots_pilot_batch", batch)


def _as_seen(pilot: Pilot, edit: int, user: Any) -> Pilot:
    """Lock the row and return it. Raises Conflict when it was changed since the list was shown."""
    try:
        row = lock(pilot)
    except Pilot.DoesNotExist as error:
        raise workflow.Conflict(_("“%(pilot)s” is not there any more.") % {"pilot": pilot}) from error
    if row.edit_count != edit:
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
