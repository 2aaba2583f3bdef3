"""Bringing back what an entry said before, and entries that were deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.confirm import AdminView
from pilots.admin.pilot.views.base import ConfirmPilotPage
from pilots.admin.pilot.views.history import PER_PAGE, history_of, restore_target, revision_label
from pilots.history.labels import missing_values_message
from pilots.history.readable_diff import compare
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import Content, UnknownValues, find_rows, read_content


def deleted_entries() -> QuerySet[Revision]:
    """The last revision of each entry that was deleted, the last deleted first."""
    later = Revision.objects.filter(row=OuterRef("row"), edit_count__gt=OuterRef("edit_count"))
    there = Pilot.objects.filter(pk=OuterRef("entry_id"))
    return Revision.objects.filter(~Exists(later), ~Exists(there), kind=Kind.DELETED).order_by("-pk")


class RestoreView(ConfirmPilotPage):
    """Shows what would change, then makes the draft or working copy say what it said in a revision."""

    template_name = "admin/pilots/pilot/restore.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the revision and the row that it would go into. Raises Http404 and PermissionDenied."""
        super().setup(request, *args, **kwargs)
        self.wanted = get_object_or_404(history_of(request.user, self.pilot.entry_id), pk=kwargs["revision"])
        target = restore_target(request.user, self.pilot)
        if target is None:
            raise PermissionDenied(_("Your account may not change “%(pilot)s” now.") % {"pilot": self.pilot})
        self.target = target
        self.content = self.wanted.content | {"slug": target.public_slug}  # an address is changed by its own button

    def get_initial(self) -> dict[str, Any]:
        """What the page shows of the row, and what is brought back as the note."""
        return {"seen_edit": self.target.edit_count, "note": revision_label(self.wanted)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What would change, or why it cannot be done."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        refused = " ".join(form.non_field_errors()) if form.is_bound else ""
        return (
            context
            | self.about(_("Bring back an earlier revision"))
            | {
                "problem": lost_values(self.content) or refused,
                "target": self.target,
                "label": revision_label(self.wanted),
                "comparison": compare(read_content(self.target), self.content),
            }
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Bring it back; lead a reviewer on to publish it, others to the form. Raises Refused."""
        row = restore_content(self.target, self.content, self.request.user, form.cleaned_data)
        words = _("“%(pilot)s” says again what it said then.") % {"pilot": row}
        if row.revises_id:
            words = _("The working copy says again what it said then. Visitors see it once the copy is published.")
        messages.success(self.request, words)
        if row.revises_id and workflow.is_reviewer(self.request.user):
            return redirect("admin:pilots_pilot_move", row.pk, "publish")
        return redirect("admin:pilots_pilot_change", row.pk)


class ReviewersView(AdminView):
    """A page about deleted entries, for reviewers."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raise PermissionDenied unless the account may recover entries."""
        super().setup(request, *args, **kwargs)
        if not workflow.is_reviewer(request.user):
            raise PermissionDenied(_("Only reviewers recover deleted entries."))


class DeletedView(ReviewersView):
    """The entries that were deleted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(deleted_entries(), PER_PAGE).get_page(request.GET.get("page"))
        return self.page("pilot/deleted", {"title": _("Deleted entries"), "page": page})


class RecoverView(ReviewersView):
    """Brings a deleted entry back as a draft."""

    def post(self, request: HttpRequest, revision: int) -> HttpResponse:
        wanted = get_object_or_404(Revision, pk=revision)
        try:
            pilot = workflow.recover(wanted, by=request.user)
        except workflow.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:pilots_pilot_deleted")
        words = _("“%(pilot)s” is a draft again. Look through it before you publish it.") % {"pilot": wanted.title}
        messages.success(request, words)
        return redirect("admin:pilots_pilot_change", pilot.pk)


def restore_content(target: Pilot, content: Content, by: Any, said: dict[str, Any]) -> Pilot:
    """Make `target`, or its working copy when it is public, say `content`, and return the row. Raises Refused."""
    seen_edit, note = said["seen_edit"], said["note"]
    try:
        return workflow.rewrite(target, content, by=by, kind=Kind.REVERTED, note=note, seen_edit=seen_edit)
    except UnknownValues as error:
        raise workflow.Refused(missing_values_message(error)) from error
    except Pilot.DoesNotExist as error:
        words = _("Somebody published or deleted it meanwhile. Look at the history again.")
        raise workflow.Conflict(words) from error


def lost_values(content: Content) -> str:
    """A sentence that names the values of `content` that are not there any more, or ""."""
    try:
        find_rows(content)
    except UnknownValues as error:
        return missing_values_message(error)
    return ""
