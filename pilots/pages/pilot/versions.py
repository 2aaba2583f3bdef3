"""The public list of an entry's versions: when each appeared, and which parts it changed. Never what they said."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.history.readable_diff import ChangedPart, changed_parts
from pilots.index import content_version
from pilots.models import Pilot, Revision
from pilots.pages.redirects import pilot_or_answer


@dataclass(frozen=True)
class Version:
    """One public version. `changed` is None when the one before it is not in the history."""

    number: int
    at: datetime
    changed: list[ChangedPart] | None = None


def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of one published pilot, the newest first. Four queries."""
    pilot = pilot_or_answer(request, Pilot.objects.published().prefetch_related("translations"), slug, "pilot-versions")
    if not isinstance(pilot, Pilot):
        return pilot
    context = {"pilot": pilot, "versions": versions_of(pilot), "content_version": content_version.current()}
    return render(request, "pilots/versions.html", context)


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
