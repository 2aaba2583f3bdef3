"""What the addresses of the API may ask for: what pages may ask, the language of texts, and what changed since when."""

from datetime import UTC, date, datetime, time
from typing import Any

import django_filters
from django.conf import settings
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from pilots.browse.filters import AddressFilterSet, LessonFilterSet, PilotFilterSet
from pilots.browse.parameters import ChoiceFilter, PageFilter
from pilots.browse.selection import Ignored, shorten

LANG, UPDATED_AFTER = "lang", "updated_after"
ORIGINAL = "en"
# Pages have them, and they would say nothing here: the shortlist narrows no list.
OF_PAGES = frozenset({"keep"})


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A day, or a moment with its time zone; without one, in UTC."""

    limit = "one value"
    usual = ""

    def read(self, query: QueryDict, notes: list[str]) -> str:
        """The moment in UTC as ISO 8601; "" where none is given or it is none."""
        value = query.get(self.field_name, "")
        if moment := moment_of(value):
            return moment.isoformat().replace("+00:00", "Z")
        if value:
            note = _("“%(value)s” is no moment, so it is ignored.") % {"value": shorten(value)}
            notes.append(Ignored(note, self.field_name, shorten(value)))
        return self.usual


def moment_of(value: str) -> datetime | None:
    """The moment that is written so, in UTC; None for what is none. A “+” that came as a space is taken for one."""
    written = value.replace(" ", "+")
    try:
        day: date | None = parse_date(written)
        moment = datetime.combine(day, time.min) if day else parse_datetime(written)
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class OneFilterSet(AddressFilterSet):
    """What the address of one thing may ask for."""

    lang = ChoiceFilter(
        tuple(code for code, _name in settings.LANGUAGES),
        usual=ORIGINAL,
        help_text=f"language of texts; `{ORIGINAL}` unless told otherwise, and where a text is not translated",
    )


class ListFilterSet(OneFilterSet):
    """What the address of a list without facets may ask for."""

    per_page = ChoiceFilter((96, 12, 24, 48), help_text="how many on a page; 96 unless told otherwise")
    page = PageFilter(help_text="page of the list")


class ApiFilterSet(PilotFilterSet):
    """The filters of a page without those that only a page has a use for."""

    left_out = OF_PAGES

    lang = OneFilterSet.base_filters[LANG]

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters that narrow, order and page the list."""
        return {name: one for name, one in super().get_filters().items() if name not in cls.left_out}


class PilotListFilterSet(ApiFilterSet):
    """What the list of pilots may be asked for."""

    updated_after = MomentFilter(
        help_text="what was published, changed, renamed or brought back after this moment, such as `2026-01-31` or "
        "`2026-01-31T12:00:00Z`; "
        "what was taken out of the portal after it comes last, marked as deleted, whatever else is asked for"
    )


class LessonListFilterSet(ApiFilterSet, LessonFilterSet):
    """What the list of lessons and working methods may be asked for."""

    per_page = LessonFilterSet.base_filters["per_page"]


class OrganisationListFilterSet(ApiFilterSet):
    """What the lists of partners and authorities may be asked for: whose pilots."""

    left_out = OF_PAGES | {"sort"}

    per_page = ListFilterSet.base_filters["per_page"]
