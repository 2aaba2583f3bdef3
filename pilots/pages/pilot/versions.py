"""The public list of an entry's versions: when each appeared, and which parts it changed. Never what they said."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_info

from pilots.history.readable_diff import ChangedPart, changed_parts
from pilots.index.pilots import index
from pilots.models import Pilot, Revision
from pilots.models.provenance import MACHINE, ORIGINAL, State
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.languages import LANGUAGES


@dataclass(frozen=True)
class Version:
    """One public version. `changed` is None when the one before it is not in the history."""

    number: int
    at: datetime
    changed: list[ChangedPart] | None = None


@dataclass(frozen=True)
class EntryLanguage:
    """A language that an entry has texts in: its code and name, how many of the original texts, and their state.

    `checked_on` is the day on which a person checked one of them last, None where nobody did.
    """

    code: str
    name: str
    texts: int
    missing: int
    checked: int
    machine_made: int
    outdated: int
    checked_on: date | None


def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of one published pilot, the newest first, and its languages. Four queries."""
    pilot = pilot_or_answer(request, Pilot.objects.published().prefetch_related("translations"), slug, "pilot-versions")
    if not isinstance(pilot, Pilot):
        return pilot
    public = index()
    context = {
        "pilot": pilot,
        "versions": versions_of(pilot),
        "languages": languages_of(pilot),
        "index": public,
        "content_version": public.number,
    }
    return render(request, "pilots/versions.html", context)


def languages_of(pilot: Pilot) -> list[EntryLanguage]:
    """The languages in which visitors see texts of a pilot's own beside the original. No query where it has texts."""
    rows = {row.language_code: row for row in pilot.translations.all()}
    return [_language(pilot, rows, code) for code in LANGUAGES if code != ORIGINAL and _shown(rows, code)]


def _shown(rows: dict[str, Any], language: str) -> list[str]:
    """The names of the texts that visitors see in a language."""
    row = rows.get(language)
    return [name for name in row.get_translated_fields() if getattr(row, name) and row.is_shown(name)] if row else []


def _language(pilot: Pilot, rows: dict[str, Any], language: str) -> EntryLanguage:
    names = _shown(rows, language)
    known = [pilot.standing_in(name, language) for name in names]
    days = [date.fromisoformat(one.checked_on) for one in known if one.checked_on]
    return EntryLanguage(
        code=language,
        name=get_language_info(language)["name_translated"],
        texts=len(names),
        missing=len(set(_shown(rows, ORIGINAL)) - set(names)),
        checked=len(days),
        machine_made=sum(one.made_by == MACHINE for one in known),
        outdated=sum(one.state in (State.OUTDATED_WORDING, State.OUTDATED_MEANING) for one in known),
        checked_on=max(days, default=None),
    )


def versions_of(pilot: Pilot) -> list[Version]:
    """The versions of a public pilot, the newest first. One query.

    Only versions that were public are read, so nothing of a draft can show. A pilot that
    was loaded and never changed has no revision: its one version stands in its own row.
    """
    revisions = list(Revision.objects.of(pilot.pk).versions().order_by("version").only("version", "at", "content"))
    found = [Version(revisions[0].version, revisions[0].at)] if revisions else []  # type: ignore[arg-type]
    for before, after in pairwise(revisions):
        follows = after.version == before.version + 1  # type: ignore[operator]
        parts = changed_parts(before.content, after.content) if follows else None
        found.append(Version(after.version, after.at, parts))  # type: ignore[arg-type]
    if pilot.version and pilot.version_at and pilot.version not in {version.number for version in found}:
        found.append(Version(pilot.version, pilot.version_at))
    return found[::-1]
