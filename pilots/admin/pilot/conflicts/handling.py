"""Two editors, one entry: the second one sees what the first saved, and decides; nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.pilot.conflicts.decisions import Decisions, with_texts_anew
from pilots.admin.pilot.conflicts.deleted_rows import ghost_of, opened_by
from pilots.admin.pilot.conflicts.pending_edit import Kept, Standing, look
from pilots.admin.pilot.conflicts.rebase_formsets import settle
from pilots.admin.pilot.saving import KeptChanges, Typed
from pilots.admin.wording import everything_in, label_of, names_of, said
from pilots.history.merge import Unit, on_screen
from pilots.history.record import Kind, lock
from pilots.models import Pilot, Revision
from pilots.models.access import readable_revisions
from pilots.models.content import Content, UnknownValues, read_content
from pilots.unsaved import is_restoring, typed_in

# What an error page of ours is answered with: the request is in order, but not with what is saved.
CONFLICT = 409
BUTTONS = ("_submit", "_publish", "_continue")
MOST_REVISIONS = 20
SURE_TO_DISCARD = "sure_to_discard"
UNSURE = gettext_lazy("To throw away what you typed, tick the box beside the button first.")


class Conflicts(KeptChanges):
    """Refuses a save over somebody else's words, with a page that keeps what was typed and puts both together."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that puts two versions together."""
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="pilots_pilot_merge"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show or save the form; the row is locked first, so that nothing changes between looking and saving."""
        if request.method != "POST" or not object_id or not (object_id.isascii() and object_id.isdigit()):
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            row = _locked(object_id)
            seen = request.POST.get("seen_edit", "")
            if row is None and (opened := opened_by(request.user, object_id, seen)):
                return self.gone(request, opened, *args, **kwargs)
            if row and seen != str(row.edit):
                request.POST = settle(request.POST, row)  # type: ignore[assignment]
            return super().changeform_view(request, object_id, *args, **kwargs)

    def action_checkbox(self, obj: Any) -> SafeString:
        """Return the box that chooses a row of the list, with what the list has seen of it."""
        seen = format_html('<input type="hidden" name="edit-{}" value="{}">', obj.pk, obj.edit)
        return format_html("{}{}", super().action_checkbox(obj), seen)

    def saved_elsewhere(self, request: HttpRequest, typed: Typed) -> HttpResponse:
        """Put what was typed into a new working copy, unless somebody else wrote meanwhile: then ask."""
        row = typed.pilot
        present = read_content(row)
        if not typed.is_stale and ((row.is_public and row.copy is None) or typed.content == present):
            return super().saved_elsewhere(request, typed)
        opened = readable_revisions(request.user).filter(row=row.pk, edit=typed.seen_edit).first()
        base = opened.content if opened else (None if typed.is_stale else present)
        return self.conflict(request, self._kept(request, typed, row.entry, base, present))

    def _kept(self, request: HttpRequest, typed: Typed, entry: int, base: Content | None, present: Content) -> Kept:
        language = self._language(request)  # not that of the row, which was read anew
        content = typed.content
        if base is not None:
            content = on_screen(content, base=base, present=present, language=language)
        row, user = typed.pilot.pk, request.user.pk
        return Kept(user, entry, row, typed.seen_edit, content, typed.note, language)  # type: ignore[arg-type]

    def gone(self, request: HttpRequest, opened: Revision, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed into the form of a row that is no longer there.

        The row is made once more as the form found it, the form fills it, and all of that is rolled back.
        """
        try:
            with transaction.atomic():
                ghost, data = ghost_of(opened, request)
                request.POST = data  # type: ignore[assignment]
                before = read_content(ghost)
                super(KeptChanges, self).changeform_view(request, str(ghost.pk), *args, **kwargs)
                transaction.set_rollback(True)
        except Typed as typed:
            typed.seen_edit = opened.edit
            if opened.on_working_copy:
                typed.content["slug"] = before["slug"] = opened.slug
            kept = self._kept(request, typed, opened.entry, opened.content, before)
            return self.conflict(request, kept)
        except (UnknownValues, ValidationError, IntegrityError):
            pass
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {"reason": _("The entry was deleted."), "typed": typed_in(pairs)}
        return self._page(request, opened.title, context)

    def conflict(self, request: HttpRequest, kept: Kept) -> HttpResponse:
        """Answer a save that came too late: with the page that asks, or at once if nothing was typed."""
        standing = look(request.user, kept)
        merged = standing.merged()
        if standing.target and standing.may_be_saved and not merged.conflicts and not merged.only_mine:
            words = _("You changed nothing that is not saved already. This is what “%(pilot)s” says now.")
            self.message_user(request, words % {"pilot": standing.target}, messages.INFO)
            return self.lead_to(request, standing.target)
        return self.conflict_page(request, standing)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what was decided, unless somebody was quicker again: then ask again."""
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[pk]))
        if not self.has_change_permission(request):
            raise PermissionDenied
        kept = Kept.read(request.POST.get("kept", ""), user=request.user, entry=pk)
        if "_discard" in request.POST and SURE_TO_DISCARD in request.POST:
            self.message_user(request, _("What you typed is thrown away."), messages.INFO)
            return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[pk]))
        with transaction.atomic():
            _locked(str(pk))
            return self._decide(request, look(request.user, kept))

    def _decide(self, request: HttpRequest, standing: Standing) -> HttpResponse:
        """Save by the decisions on the page, or show it again with what is to be mended."""
        merged = standing.merged()
        units = [*merged.conflicts, *merged.only_theirs, *merged.only_mine]
        decisions = Decisions(merged, names_of(units), request.POST)
        looks_only = "_look" in request.POST or is_restoring(request)
        if not standing.may_be_saved or request.POST.get("seen") != standing.seen or looks_only:
            standing.kept = standing.kept.saying(with_texts_anew(standing.kept.content, request.POST))
            again = "" if looks_only else _("The entry was changed again. This is how it stands now.")
            return self.conflict_page(request, standing, error=UNSURE if "_discard" in request.POST else again)
        if "_discard" in request.POST:
            return self.conflict_page(request, standing, decisions, UNSURE)
        if "_overwrite" in request.POST:
            if "sure" not in request.POST:
                error = _("To replace what others saved, tick the box beside the button first.")
                return self.conflict_page(request, standing, decisions, error)
            return self._save(request, standing, standing.kept.content, decisions)
        if not decisions.is_valid():
            error = _("Some fields are not decided yet. They are marked below.")
            return self.conflict_page(request, standing, decisions, error)
        return self._save(request, standing, merged.content(decisions.decided()), decisions)

    def _save(self, request: HttpRequest, standing: Standing, content: Content, decisions: Decisions) -> HttpResponse:
        kept, target = standing.kept, standing.target
        assert target is not None  # noqa: S101 (nothing may be saved without one)
        try:
            saved = workflow.rewrite(
                target,
                content,
                by=request.user,
                kind=Kind.CHANGED,
                note=kept.note,
                seen_edit=target.edit,
                slug=content["slug"],
            )
        except UnknownValues as unknown:
            error = _("These values are not there any more: %(values)s. Keep what is saved, or start again.")
            return self.conflict_page(request, standing, decisions, error % {"values": unknown})
        except (workflow.Refused, PermissionDenied, ValidationError) as refusal:
            return self.conflict_page(
                request, standing, decisions, " ".join(getattr(refusal, "messages", [str(refusal)]))
            )
        except IntegrityError:
            error = _("The values do not fit together like this. Decide otherwise.")
            return self.conflict_page(request, standing, decisions, error)
        self.message_user(
            request, _("“%(pilot)s” is saved, with what you decided.") % {"pilot": saved}, messages.SUCCESS
        )
        return self.after_saving(request, saved) or self.lead_to(request, saved)

    def conflict_page(
        self, request: HttpRequest, standing: Standing, decisions: Decisions | None = None, error: Any = ""
    ) -> HttpResponse:
        """Show who saved what meanwhile, and ask what to take. Nothing is written."""
        merged, revisions = standing.merged(), standing.meanwhile().select_related("actor")
        typed = everything_in(standing.kept.content)
        names = names_of([*merged.conflicts, *merged.only_theirs, *merged.only_mine, *typed])
        decisions = decisions or Decisions(merged, names)
        context = {
            "standing": standing,
            "reason": standing.reason,
            "error": error,
            "questions": list(decisions.questions()),
            "settled": [_row(unit, names, ours=False) for unit in merged.only_theirs]
            + [_row(unit, names, ours=True) for unit in merged.only_mine],
            "typed": [{"label": label_of(unit), "text": said(unit.mine, names)} for unit in typed],
            "revisions": revisions[:MOST_REVISIONS],
            "more_revisions": max(revisions.count() - MOST_REVISIONS, 0),
            "kept": standing.kept.signed(),
            "then": [name for name in BUTTONS if name in request.POST],
            "may_recover": standing.target is None and workflow.is_reviewer(request.user),
            "sure": "sure" in request.POST and bool(error),
        }
        return self._page(request, str(standing.target) if standing.may_be_saved else "", context)

    def _page(self, request: HttpRequest, subtitle: str, context: dict[str, Any]) -> HttpResponse:
        if context.get("reason"):
            title = _("What you typed cannot be saved now")
        else:
            title = _("Somebody else saved this entry while you were writing")
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "subtitle": subtitle}
        return TemplateResponse(request, "admin/pilots/pilot/conflict.html", common | context, status=CONFLICT)


def _locked(object_id: str) -> Pilot | None:
    """Return the row, locked with its working copy or with what it revises until the transaction ends."""
    if len(object_id) > 18:
        return None
    try:
        row = lock(Pilot.objects.get(pk=object_id))
        list(Pilot.objects.select_for_update(of=("self",)).filter(revises=row))
    except Pilot.DoesNotExist:
        return None
    return row


def _row(unit: Unit, names: Any, *, ours: bool) -> dict[str, Any]:
    """Return what the page shows of a field that needs no decision."""
    after = unit.mine if ours else unit.theirs
    return {"label": label_of(unit), "before": said(unit.base, names), "after": said(after, names), "is_mine": ours}
