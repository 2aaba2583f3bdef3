"""Feeds of any filter: what is new and what changed, for who wants to be told."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.browse.deletions import last_public_change
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import LessonFilterSet, PilotFilterSet
from pilots.browse.refusals import refuse_ignored
from pilots.browse.take_away import query_of
from pilots.exports.answers import File, FileType, address_of, answer, file_name
from pilots.exports.feed_entries import lesson_entries, pilot_entries
from pilots.exports.feed_writers import ATOM, JSON_FEED, Feed, FeedEntry, to_atom, to_json_feed
from pilots.exports.tables import LessonsFound
from pilots.index.terms import terms_of_reuse
from pilots.models.translation import current_language
from prepare_portal.context import origin

WRITERS: dict[str, tuple[FileType, Callable[[Feed], bytes]]] = {
    "atom": (FileType("atom", ATOM, is_attachment=False), to_atom),
    "json": (FileType("feed.json", JSON_FEED, is_attachment=False), to_json_feed),
}
# When the feed of a portal last changed that never had a public pilot.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def pilot_feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The pilots that match the address, at most those that changed last, in its order. About ten queries."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    entries = pilot_entries(found.index, found.matches[0 : found.count], origin(request))
    description = _("New and changed pilots on preventing radicalisation in probation and release")
    return _feed(request, kind, found, entries, _("PREPARE pilots"), description)


def lesson_feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The lessons and working methods that match the address, as pilots. About ten queries."""
    found = LessonsFound(request.GET, LessonFilterSet)
    refuse_ignored(request.GET, found.selection, LessonFilterSet.base_filters)
    entries = lesson_entries(found.index, found.matches[0 : found.count], origin(request))
    description = _("New and changed lessons and working methods of pilots on preventing radicalisation")
    return _feed(request, kind, found, entries, _("PREPARE pilots, lessons and working methods"), description)


def _feed(
    request: HttpRequest, kind: str, found: FilteredPage, entries: list[FeedEntry], name: str, description: str
) -> HttpResponseBase:
    site, version = origin(request), found.index.number if found.is_complete else None
    terms, (file_type, write) = terms_of_reuse(version, site), WRITERS[kind]
    newest = max((entry.updated for entry in entries), default=None) or last_public_change(found.index.number)
    title = _("%(name)s: %(chosen)s") % {"name": name, "chosen": found.chosen_words} if found.chosen_words else name
    made = Feed(
        address=address_of(request, query_of(found.selection)),
        page=f"{site}{reverse(found.origin)}{query_of(found.selection)}",
        title=title,
        description=description,
        author=_("PREPARE pilots"),
        language=current_language(),
        terms=terms,
        updated=newest or NEVER,
        entries=entries,
    )
    file = File(file_type, file_name(found.origin, found.selection), version, 1, terms, lambda: iter([write(made)]))
    return answer(request, file)
