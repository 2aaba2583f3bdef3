"""The page that shows what two editors did to one entry, and asks what to keep."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import AdminView, reason_of
from pilots.admin.pilot.conflicts.decisions import Decisions, with_texts_anew
from pilots.admin.pilot.conflicts.labels import everything_in, names_of, said, unit_label
from pilots.admin.pilot.conflicts.pending_edit import ConflictState, PendingEdit, conflict_state
from pilots.form_store import is_restoring, typed_in
from pilots.history.merge import MergeUnit
from pilots.history.record import Kind, lock
from pilots.models import Pilot
from pilots.models.content import Content, UnknownValues

# What an error page of ours is answered with: the request is in order, but not with what is saved.
CONFLICT = 409
BUTTONS = ("_submit", "_publish", "_continue")
MOST_REVISIONS = 20
SURE_TO_DISCARD = "sure_to_discard"
UNSURE = gettext_lazy("To throw away what you typed, tick the box beside the button first.")


class MergeView(AdminView):
    """Answers a save that came too late, and saves what was decided then."""

    @classmethod
    def answer(cls, model_admin: Any, request: HttpRequest, edit: PendingEdit) -> HttpResponse:
        """Answer a save that came too late: with the page that asks, or at once if nothing was typed."""
        page = cls(model_admin=model_admin)
        page.setup(request)
        state = conflict_state(request.user, edit)
        merged = state.merged()
        if state.target and state.may_be_saved and not merged.conflicts and not merged.only_mine:
            words = _("You changed nothing that is not saved already. This is what “%(pilot)s” says now.")
            messages.info(request, words % {"pilot": state.target})
            return page.lead_to(state.target)
        if state.is_only_checked and not merged.conflicts:
            return page.save(state, state.known(merged.content()), words=_("“%(pilot)s” is saved."))
        return page.ask(state)

    @classmethod
    def show_typed(cls, model_admin: Any, request: HttpRequest, title: str) -> HttpResponse:
        """Show what was typed into the form of a deleted row that cannot be made again, field by field."""
        page = cls(model_admin=model_admin)
        page.setup(request)
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        return page.conflict_page(title, {"reason": _("The entry was deleted."), "typed": typed_in(pairs)})

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("admin:pilots_pilot_change", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what was decided, unless somebody was quicker again: then ask again."""
        if not self.model_admin.has_change_permission(request):
            raise PermissionDenied
        edit = PendingEdit.read(request.POST.get("kept", ""), user=request.user, entry=pk)
        if "_discard" in request.POST and SURE_TO_DISCARD in request.POST:
            messages.info(request, _("What you typed is thrown away."))
            return self.get(request, pk)
        with transaction.atomic():
            lock_entry(str(pk))
            return self.decide(conflict_state(request.user, edit))

    def decide(self, state: ConflictState) -> HttpResponse:
        """Save by the decisions on the page, or show it again with what is to be mended."""
        sent, merged = self.request.POST, state.merged()
        units = [*merged.conflicts, *merged.only_theirs, *merged.only_mine]
        decisions = Decisions(merged, names_of(units), sent)
        looks_only = "_look" in sent or is_restoring(self.request)
        if not state.may_be_saved or sent.get("seen") != state.seen or looks_only:
            state.edit = state.edit.saying(with_texts_anew(state.edit.content, sent))
            again = "" if looks_only else _("The entry was changed again. This is how it stands now.")
            return self.ask(state, error=UNSURE if "_discard" in sent else again)
        if "_discard" in sent:
            return self.ask(state, decisions, UNSURE)
        if "_overwrite" in sent:
            if "sure" not in sent:
                error = _("To replace what others saved, tick the box beside the button first.")
                return self.ask(state, decisions, error)
            return self.save(state, state.known(state.edit.content), decisions)
        if not decisions.is_valid():
            return self.ask(state, decisions, _("Some fields are not decided yet. They are marked below."))
        return self.save(state, state.known(merged.content(decisions.decided())), decisions)

    def save(
        self, state: ConflictState, content: Content, decisions: Decisions | None = None, words: str = ""
    ) -> HttpResponse:
        """Save `content`, or show the page again with why not."""
        by, target = self.request.user, state.target
        assert target is not None  # noqa: S101 (nothing may be saved without one)
        said = {"seen_edit": target.edit_count, "slug": content["slug"], "note": state.edit.note}
        try:
            saved = workflow.rewrite(target, content, by=by, kind=Kind.CHANGED, is_carried=True, **said)
        except UnknownValues as unknown:
            error = _("These values are not there any more: %(values)s. Keep what is saved, or start again.")
            return self.ask(state, decisions, error % {"values": unknown})
        except (workflow.Refused, PermissionDenied, ValidationError) as refusal:
            note_if_denied(self.request, refusal)
            return self.ask(state, decisions, reason_of(refusal))
        except IntegrityError:
            return self.ask(state, decisions, _("The values do not fit together like this. Decide otherwise."))
        words = words or _("“%(pilot)s” is saved, with what you decided.")
        messages.success(self.request, words % {"pilot": saved})
        return self.model_admin.after_saving(self.request, saved) or self.lead_to(saved)

    def lead_to(self, pilot: Pilot) -> HttpResponse:
        way: HttpResponse = self.model_admin.lead_to(self.request, pilot)
        return way

    def ask(self, state: ConflictState, decisions: Decisions | None = None, error: Any = "") -> HttpResponse:
        """Show who saved what meanwhile, and ask what to take. Nothing is written."""
        merged, revisions = state.merged(), state.meanwhile().select_related("actor")
        typed = everything_in(state.edit.content)
        names = names_of([*merged.conflicts, *merged.only_theirs, *merged.only_mine, *typed])
        decisions = decisions or Decisions(merged, names)
        context = {
            "state": state,
            "reason": state.reason,
            "error": error,
            "questions": list(decisions.questions()),
            "settled": [_row(unit, names, ours=False) for unit in merged.only_theirs]
            + [_row(unit, names, ours=True) for unit in merged.only_mine],
            "typed": [{"label": unit_label(unit), "text": said(unit.mine, names)} for unit in typed],
            "revisions": revisions[:MOST_REVISIONS],
            "more_revisions": max(revisions.count() - MOST_REVISIONS, 0),
            "kept": state.edit.signed(),
            "then": [name for name in BUTTONS if name in self.request.POST],
            "may_recover": state.target is None and workflow.is_reviewer(self.request.user),
            "sure": "sure" in self.request.POST and bool(error),
        }
        return self.conflict_page(str(state.target) if state.may_be_saved else "", context)

    def conflict_page(self, subtitle: str, context: dict[str, Any]) -> HttpResponse:
        if context.get("reason"):
            title = _("What you typed cannot be saved now")
        else:
            title = _("Somebody else saved this entry while you were writing")
        return self.page("pilot/conflict", {"title": title, "subtitle": subtitle, **context}, status=CONFLICT)


def lock_entry(object_id: str) -> Pilot | None:
    """The row, locked with its working copy or with what it revises until the transaction ends."""
    if len(object_id) > 18:
        return None
    try:
        row = lock(Pilot.objects.get(pk=object_id))
        list(Pilot.objects.select_for_update(of=("self",)).filter(revises=row))
    except Pilot.DoesNotExist:
        return None
    return row


def _row(unit: MergeUnit, names: Any, *, ours: bool) -> dict[str, Any]:
    """What the page shows of a field that needs no decision."""
    after = unit.mine if ours else unit.theirs
    return {"label": unit_label(unit), "before": said(unit.base, names), "after": said(after, names), "is_mine": ours}
