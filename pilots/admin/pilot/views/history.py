"""What an entry said before: the list of its revisions, and any two of them compared."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.history.readable_diff import compare
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.access import may_read, readable_revisions
from pilots.models.content import Content, read_content

PER_PAGE = 25
NOW, PUBLIC = "now", "public"


@dataclass(frozen=True)
class Side:
    """One of two contents that are compared: its name in the address, what it is called, and what it says."""

    key: str
    label: str
    content: Content


def history_of(user: Any, entry: int) -> QuerySet[Revision]:
    """Return the revisions of an entry that the history shows to `user`."""
    # What a new working copy says is what the entry says: its first revision tells it, this one tells nothing.
    told = Revision.objects.of(entry).exclude(~Q(row=F("entry")), kind=Kind.FOUND)
    return readable_revisions(user, told)


def with_those_before(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Return revisions with `before`: the id of the one that each is to be compared with, or None.

    That is the one before of the same row, and for the first of a working copy what the entry said then.
    """
    same_row = revisions.filter(row=OuterRef("row"), edit__lt=OuterRef("edit")).order_by("-edit")
    entry = revisions.filter(row=OuterRef("entry"), at__lt=OuterRef("at")).order_by("-at", "-pk")
    return revisions.annotate(before=Coalesce(Subquery(same_row.values("pk")[:1]), Subquery(entry.values("pk")[:1])))


def label_of(revision: Revision) -> str:
    """Return what a revision is called: when it was made and what was done."""
    words = {"when": date_format(revision.at, "j F Y, H:i"), "what": revision.get_kind_display()}
    if revision.version:
        return _("Version %(version)d, %(when)s: %(what)s") % {**words, "version": revision.version}
    return _("%(when)s: %(what)s") % words


class History(admin.ModelAdmin):
    """Gives each pilot its history."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that compares."""
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<int:pk>/history/compare/", view, name="pilots_pilot_compare"), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """List what was done to an entry and its working copies, the newest first. Queries do not depend on it."""
        pilot = self.readable_pilot(request, object_id)
        revisions = history_of(request.user, pilot.entry)
        found = with_those_before(revisions).defer("content").order_by("-at", "-pk")  # what was found is kept late
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = self.page_about(request, pilot, _("History"))
        context |= {
            "page": page,
            "standing": self.standing(request, pilot),
            "can_bring_back": self.target(request, pilot),
        }
        return TemplateResponse(request, "admin/pilots/pilot/history.html", {**context, **(extra_context or {})})

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what differs between two revisions, or one of them and what is there now."""
        pilot = self.readable_pilot(request, str(pk))
        old, new = (self.side(request, pilot, request.GET.get(name, "")) for name in ("old", "new"))
        if old is None or new is None:
            self.message_user(request, _("Choose two revisions to compare."))
            return HttpResponseRedirect(reverse("admin:pilots_pilot_history", args=[pilot.pk]))
        context = self.page_about(request, pilot, _("What changed"))
        context |= {"old": old, "new": new, "comparison": compare(old.content, new.content)}
        return TemplateResponse(request, "admin/pilots/pilot/compare.html", context)

    def readable_pilot(self, request: HttpRequest, pk: str) -> Pilot:
        """Return the pilot, if the account may read it. Raises Http404."""
        pilot = self.get_object(request, pk)
        if pilot is None or not self.has_view_or_change_permission(request, pilot):
            raise Http404
        found: Pilot = pilot
        return found

    def page_about(self, request: HttpRequest, pilot: Pilot, title: str) -> dict[str, Any]:
        """Return what every page about one pilot shows."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(pilot),
            "pilot": pilot,
            "opts": self.opts,
        }

    def standing(self, request: HttpRequest, pilot: Pilot) -> list[tuple[str, str]]:
        """Return what there is now to compare with: by its name in the address, and what it is called."""
        entry = pilot.revises or pilot
        present = [(NOW, _("What the working copy says now") if self.work(request, pilot) else _("What it says now"))]
        if entry.is_public and self.work(request, pilot):
            return [*present, (PUBLIC, _("What visitors see now"))]
        return [(PUBLIC, _("What visitors see now"))] if entry.is_public else present

    def work(self, request: HttpRequest, pilot: Pilot) -> Pilot | None:
        """Return the working copy that the account may read, if there is one."""
        copy = pilot if pilot.revises_id else pilot.copy
        return copy if copy and may_read(request.user, copy) else None

    def side(self, request: HttpRequest, pilot: Pilot, key: str) -> Side | None:
        """Return one side of a comparison; None when none is named. Raises Http404 for what is not there."""
        if not key:
            return None
        if key in dict(self.standing(request, pilot)):
            row = (pilot.revises or pilot) if key == PUBLIC else (self.work(request, pilot) or pilot)
            return Side(key, dict(self.standing(request, pilot))[key], read_content(row))
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise Http404
        revision = history_of(request.user, pilot.entry).filter(pk=int(key)).first()
        if revision is None:
            raise Http404
        return Side(key, label_of(revision), revision.content)

    def target(self, request: HttpRequest, pilot: Pilot) -> Pilot | None:
        """Return the row that an earlier revision would be brought back into, or None if the account may not."""
        row = self.work(request, pilot) or pilot
        return row if workflow.may_write(request.user, row) else None
