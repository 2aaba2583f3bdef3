"""Lessons and working methods as a table, one a row."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django_countries import countries

from pilots.exports.table import TableColumn, batches
from pilots.exports.translations import standing
from pilots.index.pilots import Index
from pilots.index.rows import public_lessons
from pilots.models import Lesson
from pilots.models.provenance import ORIGINAL

LEARNT, METHOD = "what was learnt", "how they worked"


def lesson_columns(languages: Iterable[str]) -> list[TableColumn]:
    """The columns, the same for every filter. Their names are part of the format, and never translated."""
    texts = [TableColumn(_text_name(code), _("the lesson or method, in this language")) for code in languages]
    return [
        TableColumn("pilot", _("slug of the pilot")),
        TableColumn("number", _("number of the lesson within its pilot; it stays the same"), "number"),
        TableColumn("group", _("“what was learnt” or “how they worked”: the source calls few things a lesson")),
        TableColumn("kind", _("helped, hard or insight for what was learnt; method for how they worked")),
        *texts,
        TableColumn(
            "translations", _("one language a line: by a machine or a person, the day it was checked, and if it is old")
        ),
        TableColumn("passage", _("paragraph and sentences of the source it rests on")),
        TableColumn("pilot title", _("title of the pilot")),
        TableColumn("authority", _("slug of the public authority that ran the pilot")),
        TableColumn("country", _("country of the authority (ISO 3166-1 alpha-2)")),
        TableColumn("country name", _("name of that country")),
        TableColumn("address", _("address of the lesson on the page of its pilot")),
        TableColumn("terms", _("where it stands what may be reused")),
    ]


def _text_name(language: str) -> str:
    return "text" if language == "en" else f"text ({language})"


def lesson_lines(
    public: Index, ids: Iterable[int], languages: Iterable[str], site: str, terms: str
) -> Iterator[list[str]]:
    """Yield a line for each lesson, in this order. Five queries for those of each batch that are not cached."""
    codes = list(languages)
    for some in batches(ids):
        lessons = public_lessons(public, some, may_miss=True)
        for lesson in (lessons[pk] for pk in some if pk in lessons):
            yield _line(lesson, codes, site, terms)


def _line(lesson: Lesson, languages: list[str], site: str, terms: str) -> list[str]:
    pilot, texts = lesson.pilot, {row.language_code: row.shown("text") for row in lesson.translations.all()}
    country = pilot.authority.country.code
    return [
        pilot.slug,
        str(lesson.number),
        METHOD if lesson.is_method else LEARNT,
        lesson.kind,
        *(texts.get(code, "") for code in languages),
        "\n".join(standing(lesson, "text", code) for code in languages if code != ORIGINAL and texts.get(code)),
        lesson.passage,
        pilot.text_in("title", "en")[0],
        pilot.authority.slug,
        country,
        str(countries.name(country)),
        f"{site}{lesson.get_absolute_url()}",
        terms,
    ]
