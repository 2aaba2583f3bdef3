"""Feeds of any filter: what is new and what changed, for who wants to be told."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet
from pilots.browse.refusals import refuse_ignored
from pilots.browse.take_away import query_of
from pilots.exports.answers import File, FileType, address_of, answer, file_name
from pilots.exports.feed_writers import ATOM, JSON_FEED, Feed, FeedEntry, to_atom, to_json_feed
from pilots.history.public_changes import latest_changes
from pilots.history.readable_diff import ChangedPart
from pilots.index.pilots import Index
from pilots.index.rows import public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import Pilot
from pilots.models.translation import current_language
from prepare_portal.context import origin

# The entries of a feed: readers ask for it often, and keep what they have.
MOST_ENTRIES = 50
MOST_NAMED = 6  # parts of an entry that changed
WRITERS: dict[str, tuple[FileType, Callable[[Feed], bytes]]] = {
    "atom": (FileType("atom", ATOM, is_kept=False), to_atom),
    "json": (FileType("feed.json", JSON_FEED, is_kept=False), to_json_feed),
}


def feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The pilots that match the address, at most those that changed last, in its order. About ten queries."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    site, version = origin(request), found.index.number if found.is_complete else None
    terms, (file_type, write) = terms_of_reuse(version, site), WRITERS[kind]
    entries = _entries(found.index, found.matches[0 : found.count], site)
    title = (
        _("PREPARE pilots: %(chosen)s") % {"chosen": found.chosen_words} if found.chosen_words else _("PREPARE pilots")
    )
    made = Feed(
        address=address_of(request, query_of(found.selection)),
        page=f"{site}{reverse('pilots')}{query_of(found.selection)}",
        title=title,
        description=_("New and changed pilots on preventing radicalisation in probation and release"),
        author=_("PREPARE pilots"),
        language=current_language(),
        terms=str(terms),
        updated=max((entry.updated for entry in entries), default=_today()),
        entries=entries,
    )
    name = file_name("pilots", found.selection)
    return answer(request, File(file_type, name, version, 1, terms, lambda: iter([write(made)])))


def _entries(public: Index, ids: list[int], site: str) -> list[FeedEntry]:
    """The pilots that changed last, in the order of `ids`. Five queries."""
    dates = Pilot.objects.published().filter(version_at__isnull=False).order_by("-version_at", "pk")
    if len(ids) > MOST_ENTRIES:
        wanted = set(ids)
        latest = (pk for pk in dates.values_list("pk", flat=True).iterator() if pk in wanted)
        kept = {pk for pk, _place in zip(latest, range(MOST_ENTRIES), strict=False)}
        ids = [pk for pk in ids if pk in kept]
    pilots, changes = public_pilots(public, ids, may_miss=True), latest_changes(ids)
    return [_entry(pilots[pk], changes.get(pk), site) for pk in ids if pk in pilots]


def _entry(pilot: Pilot, changes: list[ChangedPart] | None, site: str) -> FeedEntry:
    title, language = pilot.text_in("title", current_language())
    published = pilot.published_at or _today()
    return FeedEntry(
        key=f"tag:{urlsplit(site).hostname},2026:pilot:{pilot.pk}",
        address=site + pilot.get_absolute_url(),
        title=_("%(title)s (%(authority)s)")
        % {"title": title, "authority": pilot.authority.text_in("name", current_language())[0]},
        news=news_of(pilot, changes),
        summary=pilot.text_in("summary", current_language())[0],
        language=language,
        published=published,
        updated=max(pilot.version_at or published, published),
    )


def news_of(pilot: Pilot, changes: list[ChangedPart] | None) -> str:
    """What is new of a pilot, in a sentence: never what it said before."""
    if pilot.version <= 1:
        return _("New entry.")
    day = date_format(pilot.version_at, "DATE_FORMAT") if pilot.version_at else ""
    version = _("Version %(number)d of %(day)s.") % {"number": pilot.version, "day": day}
    if changes is None:
        return version
    if not changes:
        return f"{version} {_('It was compared with its source again; nothing changed.')}"
    parts = [f"{part.label} ({part.how})" for part in changes[:MOST_NAMED]]
    left = len(changes) - len(parts)
    named = get_text_list([*parts, *([_("%(n)d more") % {"n": left}] if left else [])], _("and"))
    return f"{version} {_('What is not as before: %(parts)s.') % {'parts': named}}"


def _today() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
