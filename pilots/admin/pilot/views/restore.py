"""Bringing back what an entry said before, and entries that were deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.pilot.views.history import PER_PAGE, History, history_of, label_of
from pilots.admin.pilot.views.moves import NoteForm
from pilots.history.labels import gone
from pilots.history.readable_diff import compare
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import Content, UnknownValues, find_rows, read_content
from pilots.unsaved import is_sent


def deleted_entries() -> QuerySet[Revision]:
    """Return the last revision of each entry that was deleted, the last deleted first."""
    later = Revision.objects.filter(row=OuterRef("row"), edit__gt=OuterRef("edit"))
    there = Pilot.objects.filter(pk=OuterRef("entry"))
    return Revision.objects.filter(~Exists(later), ~Exists(there), kind=Kind.DELETED).order_by("-pk")


class BringingBack(History):
    """Gives each revision a page that brings it back, and reviewers a list of deleted entries."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        wrap = self.admin_site.admin_view
        back, gone, recover = (wrap(view) for view in (self.bring_back_view, self.deleted_view, self.recover_view))
        return [
            path("<int:pk>/history/<int:revision>/bring-back/", back, name="pilots_pilot_bring_back"),
            path("deleted/", gone, name="pilots_pilot_deleted"),
            path("deleted/<int:revision>/recover/", recover, name="pilots_pilot_recover"),
            *super().get_urls(),
        ]

    def bring_back_view(self, request: HttpRequest, pk: int, revision: int) -> HttpResponse:
        """Show what would change, then make the draft or working copy say what it said in a revision."""
        pilot = self.readable_pilot(request, str(pk))
        wanted = get_object_or_404(history_of(request.user, pilot.entry), pk=revision)
        target = self.target(request, pilot)
        if target is None:
            raise PermissionDenied(_("Your account may not change “%(pilot)s” now.") % {"pilot": pilot})
        content = wanted.content | {"slug": target.public_slug}  # an address is changed by its own button
        form = NoteForm(request.POST or None, initial={"seen_edit": target.edit, "note": label_of(wanted)})
        problem = lost_values(content)
        if is_sent(request) and form.is_valid() and not problem:
            row, problem = bring_back(target, content, request.user, form.cleaned_data)
            if row:
                return self.lead_on(request, row)
        context = self.page_about(request, pilot, _("Bring back an earlier revision"))
        context |= {"form": form, "problem": problem, "target": target, "label": label_of(wanted)}
        context["comparison"] = compare(read_content(target), content)
        status = 409 if problem and request.method == "POST" else 200
        return TemplateResponse(request, "admin/pilots/pilot/bring_back.html", context, status=status)

    def lead_on(self, request: HttpRequest, row: Pilot) -> HttpResponse:
        """Say what was brought back, and lead a reviewer on to publish it, others to the form."""
        words = _("“%(pilot)s” says again what it said then.") % {"pilot": row}
        if row.revises_id:
            words = _("The working copy says again what it said then. Visitors see it once the copy is published.")
        self.message_user(request, words, messages.SUCCESS)
        if row.revises_id and workflow.is_reviewer(request.user):
            return HttpResponseRedirect(reverse("admin:pilots_pilot_move", args=[row.pk, "publish"]))
        return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[row.pk]))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List the entries that were deleted, for reviewers."""
        require_reviewer(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted entries"),
            "opts": self.opts,
            "page": Paginator(deleted_entries(), PER_PAGE).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/pilots/pilot/deleted.html", context)

    def recover_view(self, request: HttpRequest, revision: int) -> HttpResponse:
        """Bring a deleted entry back as a draft."""
        require_reviewer(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        wanted = get_object_or_404(Revision, pk=revision)
        try:
            pilot = workflow.recover(wanted, by=request.user)
        except workflow.Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:pilots_pilot_deleted"))
        words = _("“%(pilot)s” is a draft again. Look through it before you publish it.") % {"pilot": wanted.title}
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[pilot.pk]))


def bring_back(target: Pilot, content: Content, by: Any, said: dict[str, Any]) -> tuple[Pilot | None, str]:
    """Make `target`, or its working copy when it is public, say `content`; return the row, or None and why not."""
    seen_edit, note = said["seen_edit"], said["note"]
    try:
        with transaction.atomic():
            row = workflow.rewrite(target, content, by=by, kind=Kind.REVERTED, note=note, seen_edit=seen_edit)
    except workflow.Refused as refusal:
        return None, str(refusal)
    except UnknownValues as error:
        return None, gone(error)
    except ValidationError as error:
        return None, " ".join(error.messages)
    except Pilot.DoesNotExist:
        return None, _("Somebody published or deleted it meanwhile. Look at the history again.")
    return row, ""


def lost_values(content: Content) -> str:
    """Return a sentence that names the values of `content` that are not there any more, or ""."""
    try:
        find_rows(content)
    except UnknownValues as error:
        return gone(error)
    return ""


def require_reviewer(request: HttpRequest) -> None:
    """Raise PermissionDenied unless the account may recover entries."""
    if not workflow.is_reviewer(request.user):
        raise PermissionDenied(_("Only reviewers recover deleted entries."))
