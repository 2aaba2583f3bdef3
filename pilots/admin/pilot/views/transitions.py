"""The buttons that move a pilot through the workflow: each leads to a page that asks, then does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.pilot.views.base import ConfirmPilotPage, NoteForm, SeenForm
from pilots.admin.pilot.views.checks import BEFORE_PUBLISHING, checks_of
from pilots.admin.unsaved_forms import store_typed
from pilots.models import Pilot
from pilots.models.slugs import SlugFormField
from pilots.models.text_fields import ProseInput
from pilots.workflow.rules import ARCHIVE, PUBLISH, RESTORE, SEND_BACK, SUBMIT, TAKE_BACK, WITHDRAW, Transition

Status = Pilot.Status


class ReasonForm(NoteForm):
    """Asks what is to be changed."""

    note = ProseInput(
        label=gettext_lazy("What is to be changed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=gettext_lazy("The writer reads this. Visitors never do."),
    )


class TimeForm(SeenForm):
    """Asks when."""

    at = forms.SplitDateTimeField(
        label=gettext_lazy("Publish at"),
        widget=AdminSplitDateTime,
        help_text=gettext_lazy("In UTC: Paris, Madrid and Stockholm are one hour ahead in winter, two in summer."),
    )


class AddressForm(NoteForm):
    """Asks for the new address."""

    slug = SlugFormField(
        label=gettext_lazy("New slug"),
        max_length=80,
        help_text=gettext_lazy("The last part of the address. The old address leads on to the new one."),
    )


@dataclass(frozen=True)
class Button:
    """One move as the form offers it: its label, what it means, who is offered it, what it asks and does."""

    label: str | Promise
    meaning: str | Promise
    is_offered: Callable[[Any, Pilot], bool]
    do: Callable[[Pilot, Any, dict[str, Any]], Any]
    form: type[SeenForm] = NoteForm


def _can(move: Any) -> Callable[[Any, Pilot], bool]:
    return lambda user, pilot: pilot.status in move.before and workflow.may_make(user, pilot, move)


def _own(move: Any) -> Callable[[Any, Pilot], bool]:
    return lambda user, pilot: (
        _can(move)(user, pilot)
        and (workflow.is_reviewer(user) or pilot.is_written_by(user) or workflow.may_edit(user, pilot))
    )


def _with_note(move: Callable[..., Any]) -> Callable[[Pilot, Any, dict[str, Any]], Any]:
    return lambda pilot, user, said: move(pilot, by=user, note=said["note"])


BUTTONS: dict[str, Button] = {
    "submit": Button(
        gettext_lazy("Send for review"),
        gettext_lazy("Reviewers are told that it waits for them. You cannot change it until it comes back."),
        _own(SUBMIT),
        _with_note(workflow.submit),
    ),
    "take-back": Button(
        gettext_lazy("Take back from review"),
        gettext_lazy("It becomes a draft again, so that you can go on writing."),
        _own(TAKE_BACK),
        _with_note(workflow.take_back),
    ),
    "send-back": Button(
        gettext_lazy("Send back"),
        gettext_lazy("It becomes a draft again, and its writer is told why."),
        _can(SEND_BACK),
        lambda pilot, user, said: workflow.send_back(pilot, by=user, reason=said["note"]),
        ReasonForm,
    ),
    "publish": Button(
        pgettext_lazy("button", "Publish"),
        gettext_lazy("Visitors see it at once. A working copy takes the place of what is public now."),
        _can(PUBLISH),
        _with_note(workflow.publish),
    ),
    "schedule": Button(
        gettext_lazy("Publish later"),
        gettext_lazy("It is published by itself at the time you give."),
        lambda user, pilot: _can(PUBLISH)(user, pilot) and pilot.publish_at is None,
        lambda pilot, user, said: workflow.schedule(pilot, at=said["at"], by=user),
        TimeForm,
    ),
    "unschedule": Button(
        gettext_lazy("Do not publish later"),
        gettext_lazy("The planned publication is called off."),
        lambda user, pilot: _can(PUBLISH)(user, pilot) and pilot.publish_at is not None,
        lambda pilot, user, _said: workflow.unschedule(pilot, by=user),
    ),
    "withdraw": Button(
        gettext_lazy("Withdraw"),
        gettext_lazy("It disappears from every public page at once and becomes a draft."),
        lambda user, pilot: pilot.is_public and _can(WITHDRAW)(user, pilot),
        _with_note(workflow.withdraw),
    ),
    "rename": Button(
        gettext_lazy("Change the address"),
        gettext_lazy("Others may have cited the old address; it will lead on to the new one for good."),
        lambda user, pilot: pilot.is_public and workflow.is_reviewer(user),
        lambda pilot, user, said: workflow.rename(pilot, said["slug"], by=user, note=said["note"]),
        AddressForm,
    ),
    "archive": Button(
        gettext_lazy("Archive"),
        gettext_lazy("It is hidden from visitors and kept for the record."),
        lambda user, pilot: pilot.revises_id is None and _can(ARCHIVE)(user, pilot),
        _with_note(workflow.archive),
    ),
    "restore": Button(
        gettext_lazy("Restore from the archive"),
        gettext_lazy("It becomes a draft."),
        _can(RESTORE),
        _with_note(workflow.restore),
    ),
    "discard": Button(
        gettext_lazy("Throw the working copy away"),
        gettext_lazy("What is public stays as it is. The history keeps what the copy said, for editors."),
        lambda user, pilot: pilot.revises_id is not None and workflow.may_discard(user, pilot),
        lambda pilot, user, _said: workflow.discard(pilot, by=user),
    ),
}

MOVES: dict[str, Transition] = {
    "submit": SUBMIT,
    "take-back": TAKE_BACK,
    "send-back": SEND_BACK,
    "publish": PUBLISH,
    "schedule": PUBLISH,
    "unschedule": PUBLISH,
    "withdraw": WITHDRAW,
    "archive": ARCHIVE,
    "restore": RESTORE,
}


def buttons_for(user: Any, pilot: Pilot) -> dict[str, Button]:
    """The moves that `user` can make with `pilot` now, by name. No query."""
    return {name: button for name, button in BUTTONS.items() if button.is_offered(user, pilot)}


def why_not(user: Any, pilot: Pilot, name: str) -> str:
    """The reason for which `user` is not offered a move, and what to do."""
    move = MOVES.get(name)
    if move and not workflow.may_make(user, pilot, move):
        return _("Your account may not do it. Ask a reviewer.")
    if name == "schedule" and pilot.publish_at:
        words = _("Its publication is planned for %(at)s (UTC) already. To choose another time, call that off first.")
        return words % {"at": date_format(pilot.publish_at, "DATETIME_FORMAT")}
    if name == "unschedule" and pilot.publish_at is None:
        return _("No publication of it is planned.")
    if (move and pilot.status not in move.before) or not move:
        kind = _("a working copy") if pilot.revises_id else _("an entry")
        return _("It is %(kind)s with the status “%(status)s”.") % {"kind": kind, "status": pilot.get_status_display()}
    if pilot.revises_id:
        return _("It is a working copy.")
    return _("It is for its writer and for reviewers.")


class TransitionView(ConfirmPilotPage):
    """Asks for what a move needs, then makes it."""

    button: Button

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the move and the pilot. Raises PermissionDenied for who reads no pilots here, Http404."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        if kwargs["name"] not in BUTTONS:
            raise Http404
        self.button = BUTTONS[kwargs["name"]]
        super().setup(request, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Lead back to the entry, saying why, if the move cannot be made now; a reason that was typed is kept."""
        if self.button.is_offered(request.user, self.pilot):
            return super().dispatch(request, *args, **kwargs)
        reason = why_not(request.user, self.pilot, kwargs["name"])
        said = {"move": self.button.label, "pilot": self.pilot, "reason": reason}
        words = _("“%(move)s” is not possible for “%(pilot)s”. %(reason)s") % said
        if response := store_typed(request, words):
            return response
        messages.error(request, words)
        return redirect("admin:pilots_pilot_change", self.pilot.pk)

    def get_form_class(self) -> Any:
        """The form that this move asks with."""
        return self.button.form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows: where somebody decides to publish, what the checks find as well."""
        context, name = self.ask(self.button, **kwargs), self.kwargs["name"]
        if name not in BEFORE_PUBLISHING:
            return context
        return context | checks_of(self.request, self.pilot) | {"came_from": name}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the move, say so, and lead on to the entry. Raises Conflict."""
        pilot, name, entry = self.pilot, str(self.pilot), self.pilot.entry_id
        with transaction.atomic():
            self.as_seen(form)
            try:
                self.button.do(pilot, self.request.user, form.cleaned_data)
            except (workflow.Refused, PermissionDenied) as refusal:
                note_if_denied(self.request, refusal)
                messages.error(self.request, str(refusal))
                return redirect("admin:pilots_pilot_change", pilot.pk)
        words = {"move": self.button.label, "pilot": name}
        messages.info(self.request, _("%(move)s: “%(pilot)s”. Done.") % words)
        is_left = Pilot.objects.filter(pk=pilot.pk).exists()
        return redirect("admin:pilots_pilot_change", pilot.pk if is_left else entry)
