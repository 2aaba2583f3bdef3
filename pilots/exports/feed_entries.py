"""The entries of feeds: pilots, and lessons, with what is new of each in a sentence that repeats no former words."""

from collections.abc import Iterable
from heapq import nlargest
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.exports.feed_writers import FeedEntry
from pilots.history.lesson_dates import LessonDates, lesson_dates
from pilots.history.public_changes import latest_changes
from pilots.history.readable_diff import ChangedPart
from pilots.index.lessons import LessonIndex, lesson_index
from pilots.index.pilots import Index
from pilots.index.rows import public_lessons, public_pilots
from pilots.models import Lesson, Pilot
from pilots.models.pilot import NEWEST_VERSION
from pilots.models.translation import current_language
from pilots.templatetags.translations import unchecked_in_words
from prepare_portal.phrases import all_of

# The entries of a feed: readers ask for it often, and keep what they have.
MOST_ENTRIES = 50
MOST_NAMED = 6  # parts of an entry that changed


def pilot_entries(public: Index, ids: list[int], site: str) -> list[FeedEntry]:
    """The pilots that changed last, in the order of `ids`. Five queries."""
    if len(ids) > MOST_ENTRIES:
        kept = set(islice(_newest_first(set(ids)), MOST_ENTRIES))
        ids = [pk for pk in ids if pk in kept]
    pilots, changes = public_pilots(public, ids, may_miss=True), latest_changes(ids)
    unchecked = public.unchecked(current_language())
    return [_pilot_entry(pilots[pk], changes.get(pk), site, unchecked) for pk in ids if pk in pilots]


def lesson_entries(public: Index, ids: list[int], site: str) -> list[FeedEntry]:
    """The lessons that changed last, of the pilots that did, in the order of `ids`. Seven queries or so."""
    ids, unchecked = _of_newest_pilots(lesson_index(public), ids), public.unchecked(current_language())
    lessons = public_lessons(public, ids, may_miss=True)
    dates = lesson_dates({lesson.pilot_id for lesson in lessons.values()})
    entries = [
        _lesson_entry(lessons[pk], dates.get((lessons[pk].pilot_id, lessons[pk].number)), site, unchecked)
        for pk in ids
        if pk in lessons
    ]
    latest = set(nlargest(MOST_ENTRIES, range(len(entries)), key=lambda place: entries[place].updated))
    return [entry for place, entry in enumerate(entries) if place in latest]


def _newest_first(pilots: set[int]) -> Iterable[int]:
    """These of the public pilots, the one with the newest version first. One query."""
    newest = Pilot.objects.published().order_by(NEWEST_VERSION.desc(), "pk").values_list("pk", flat=True)
    return (pk for pk in newest.iterator() if pk in pilots)


def _of_newest_pilots(public: LessonIndex, ids: list[int]) -> list[int]:
    """As many of these lessons, in their order, as a feed has, and what else their pilots have. One query."""
    wanted, kept = BitMap(ids), BitMap()
    for pilot in _newest_first(set(public.pilots_of(wanted))):
        kept |= BitMap(public.rows.ids[public.rows.of_pilot(pilot)]) & wanted
        if len(kept) >= MOST_ENTRIES:
            break
    return [pk for pk in ids if pk in kept]


def _pilot_entry(pilot: Pilot, changes: list[ChangedPart] | None, site: str, unchecked: BitMap) -> FeedEntry:
    summary, language = pilot.text_in("summary", current_language())
    published: Any = pilot.published_at  # which public pilots have, by a constraint
    return FeedEntry(
        key=f"{_namespace(site)}:pilot:{pilot.pk}",
        address=site + pilot.get_absolute_url(),
        title=_("%(title)s (%(authority)s)") % _names(pilot),
        news=" ".join(filter(None, [news_of(pilot, changes), note_on(pilot, unchecked)])),
        summary=summary,
        language=pilot.text_in("title", current_language())[1],
        summary_language=language,
        published=published,
        updated=max(pilot.version_at or published, published),
    )


def _lesson_entry(lesson: Lesson, dates: LessonDates | None, site: str, unchecked: BitMap) -> FeedEntry:
    text, language = lesson.text_in("text", current_language())
    pilot: Any = lesson.pilot
    published = (dates and dates.published) or pilot.published_at
    updated = max(dates.updated if dates else pilot.version_at or published, published)
    day = date_format(updated, "DATE_FORMAT")
    news = _("Changed on %(day)s.") % {"day": day} if updated > published else _("New on %(day)s.") % {"day": day}
    return FeedEntry(
        key=f"{_namespace(site)}:lesson:{pilot.pk}-{lesson.number}",
        address=site + lesson.get_absolute_url(),
        title=_("%(lesson)s: %(title)s (%(authority)s)") % {"lesson": lesson.name, **_names(pilot)},
        news=" ".join(filter(None, [news, note_on(pilot, unchecked)])),
        summary=text,
        language=pilot.text_in("title", current_language())[1],
        summary_language=language,
        published=published,
        updated=updated,
    )


def _namespace(site: str) -> str:
    """What the ids of entries begin with (RFC 4151)."""
    return f"tag:{urlsplit(site).hostname},2026"


def _names(pilot: Pilot) -> dict[str, str]:
    authority: Any = pilot.authority
    rows = {"title": (pilot, "title"), "authority": (authority, "name")}
    return {name: row.text_in(field, current_language())[0] for name, (row, field) in rows.items()}


def note_on(pilot: Pilot, unchecked: BitMap) -> str:
    """That nobody has checked the translation of the page of a pilot, if it is one of the `unchecked`; else ""."""
    return unchecked_in_words(pilot) if pilot.pk in unchecked else ""


def news_of(pilot: Pilot, changes: list[ChangedPart] | None) -> str:
    """What is new of a pilot, in a sentence: never what it said before."""
    if pilot.version <= 1:
        return _("New entry.")
    day = date_format(pilot.version_at, "DATE_FORMAT") if pilot.version_at else ""
    version = _("Version %(number)d of %(day)s.") % {"number": pilot.version, "day": day}
    if changes is None:
        return version
    if not changes:
        compared = _("It was compared with its source again; nothing changed.")
        return f"{version} {compared}"
    parts = [f"{part.label} ({part.how})" for part in changes[:MOST_NAMED]]
    left = len(changes) - len(parts)
    named = all_of([*parts, *([_("%(n)d more") % {"n": left}] if left else [])])
    changed = _("What is not as before: %(parts)s.") % {"parts": named}
    return f"{version} {changed}"
