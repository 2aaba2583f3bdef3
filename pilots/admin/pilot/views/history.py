"""What an entry said before: the list of its revisions, and any two of them compared."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.pilot.views.base import PilotView
from pilots.content_checks.fields import name_of_language
from pilots.history.one_language import changed_in, only_in
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


def readable_states(user: Any, entry: int) -> QuerySet[Revision]:
    """All that an entry and its working copies said, as far as `user` may read it. No query yet."""
    return readable_revisions(user, Revision.objects.of(entry))


def history_of(user: Any, entry: int) -> QuerySet[Revision]:
    # What a new working copy says is what the entry says: its first revision says it, this one says nothing.
    return readable_states(user, entry).exclude(~Q(row=F("entry_id")), kind=Kind.FOUND)


def with_those_before(user: Any, entry: int) -> Any:
    """The readable states with `before`: the id of the one that each is to be compared with, or None.

    That is the one before of the same row, and for the first of a working copy what the entry said then: as the entry
    itself keeps it, or, of one that was never changed, as the copy found it.
    """
    earlier = Q(row=OuterRef("row"), edit_count__lt=OuterRef("edit_count"))
    shown, every = history_of(user, entry), readable_states(user, entry)
    same_row = shown.filter(earlier).order_by("-edit_count")
    of_entry = shown.filter(row=OuterRef("entry_id"), at__lt=OuterRef("at")).order_by("-at", "-pk")
    found = every.filter(earlier, kind=Kind.FOUND)
    either = (Subquery(rows.values("pk")[:1]) for rows in (same_row, of_entry, found))
    return every.annotate(before=Coalesce(*either))


def revision_label(revision: Revision) -> str:
    """What a revision is called: when it was made and what was done."""
    words = {"when": date_format(revision.at, "DATETIME_FORMAT"), "what": revision.get_kind_display()}
    if revision.version:
        return _("Version %(version)d, %(when)s: %(what)s") % {**words, "version": revision.version}
    return _("%(when)s: %(what)s") % words


def readable_copy(user: Any, pilot: Pilot) -> Pilot | None:
    """The working copy, if there is one that `user` may read."""
    copy = pilot if pilot.revises_id else pilot.copy
    return copy if copy and may_read(user, copy) else None


def restore_target(user: Any, pilot: Pilot) -> Pilot | None:
    """The row that an earlier revision would be brought back into, or None if the account may not."""
    row = readable_copy(user, pilot) or pilot
    return row if workflow.may_write(user, row) else None


def present_sides(user: Any, pilot: Pilot) -> dict[str, str]:
    """What there is now to compare with: what it is called, by its name in the address."""
    entry, copy = pilot.revises or pilot, readable_copy(user, pilot)
    now = {NOW: _("What the working copy says now") if copy else _("What it says now")}
    public = {PUBLIC: _("What visitors see now")}
    if entry.is_public:
        return now | public if copy else public
    return now


def chosen_language(request: HttpRequest) -> str:
    """The language whose changes alone are asked for, "" for all. Raises Http404 for one that the portal lacks."""
    language = request.GET.get("language", "")
    if language and language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def language_choices() -> list[tuple[str, str]]:
    """What the history can be narrowed to, by code and name."""
    return [("", _("All languages")), *((code, name_of_language(code)) for code, _name in settings.LANGUAGES)]


class HistoryView(PilotView):
    """What was done to an entry and its working copies, the newest first, in all languages or one.

    Queries do not depend on it.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user, pilot = request.user, self.pilot
        every = with_those_before(user, pilot.entry_id)
        # What was found is kept late.
        found = every.filter(pk__in=history_of(user, pilot.entry_id).values("pk")).order_by("-at", "-pk")
        language = chosen_language(request)
        if language:
            found = found.filter(pk__in=changed_in(every.values_list("pk", "before", "content").iterator(), language))
        context = {
            "page": Paginator(found.defer("content"), PER_PAGE).get_page(request.GET.get("page")),
            "present_sides": [*present_sides(user, pilot).items()],
            "may_restore": restore_target(user, pilot),
            "language": language,
            "languages": language_choices(),
            "narrowed": f"&language={language}" if language else "",
        }
        return self.page("pilot/history", self.about(_("History")) | context)


class CompareView(PilotView):
    """What differs between two revisions, or one of them and what is there now."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        old, new = (self.side(request.GET.get(name, "")) for name in ("old", "new"))
        if old is None or new is None:
            messages.info(request, _("Choose two revisions to compare."))
            return redirect("admin:pilots_pilot_history", self.pilot.pk)
        language = chosen_language(request)
        contents = [only_in(side.content, language) if language else side.content for side in (old, new)]
        context = {
            "old": old,
            "new": new,
            "comparison": compare(*contents),
            "only_in": name_of_language(language) if language else "",
            "narrowed": f"&language={language}" if language else "",
        }
        return self.page("pilot/compare", self.about(_("What changed")) | context)

    def side(self, key: str) -> Side | None:
        """One side of a comparison; None when none is named. Raises Http404 for what is not there."""
        if not key:
            return None
        user, pilot = self.request.user, self.pilot
        if label := present_sides(user, pilot).get(key):
            row = (pilot.revises or pilot) if key == PUBLIC else (readable_copy(user, pilot) or pilot)
            return Side(key, label, read_content(row))
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise Http404
        revision = readable_states(user, pilot.entry_id).filter(pk=int(key)).first()
        if revision is None:
            raise Http404
        return Side(key, revision_label(revision), revision.content)
