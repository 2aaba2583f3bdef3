"""Since when lessons stand in public, and when one last changed, told by the versions of their pilots."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from pilots.models import Revision


class LessonDates(NamedTuple):
    """When a version first had a lesson, None if the first version that is kept has it; when one last changed it."""

    published: datetime | None
    updated: datetime


def lesson_dates(pilots: Collection[int]) -> dict[tuple[int, int], LessonDates]:
    """The dates of all lessons in kept versions of these pilots, by the pilot's id and the number. One query."""
    rows = Revision.objects.versions().filter(entry_id__in=list(pilots)).order_by("entry_id", "version")
    dates: dict[tuple[int, int], LessonDates] = {}
    before: dict[int, dict[str, Any]] = defaultdict(dict)
    for pilot, at, lessons in rows.values_list("entry_id", "at", "content__lessons"):
        is_first = pilot not in before
        for number, said in (lessons or {}).items():
            known = dates.get((pilot, int(number)))
            if known is None:
                dates[pilot, int(number)] = LessonDates(None if is_first else at, at)
            elif said != before[pilot].get(number):
                dates[pilot, int(number)] = known._replace(updated=at)
        before[pilot] = lessons or {}
    return dates
