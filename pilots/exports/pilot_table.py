"""Pilots as a table: the columns of an import without `edit`, and where each pilot is and what may be reused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.exports.table import TableColumn, batches
from pilots.index.per_version import PerVersion
from pilots.models import Partner, Pilot
from pilots.models.content import PARTS, Content, read_contents, text_fields
from pilots.models.provenance import ORIGINAL, State, is_machine_made, is_unchecked, record_in, state_of
from pilots.models.translation import shown_texts
from pilots.spreadsheets.cell_texts import cell_of
from pilots.spreadsheets.columns import (
    ADDRESS,
    EDIT,
    FOR_VISITORS,
    PASSAGES,
    SLUG,
    STATUS,
    TERMS,
    TRANSLATIONS,
    VERSION,
    SheetColumn,
    columns,
)
from pilots.spreadsheets.rows import form_of

_languages: PerVersion[tuple[str, ...]] = PerVersion()


def sheet_columns(version: int | None) -> list[SheetColumn]:
    """The columns of the table, the same for every filter. One query, none when nothing changed.

    A language has columns as soon as one public pilot has texts in it.
    """
    return [column for column in columns(public_languages(version)) if column != EDIT] + [*FOR_VISITORS]


def public_languages(version: int | None) -> tuple[str, ...]:
    """The languages in which public pilots have texts, in the order of the settings. One query, or none."""
    return _languages.get(version, lambda _old: _read_languages())


def _read_languages() -> tuple[str, ...]:
    texts: Any = Pilot._parler_meta.root_model
    rows = texts.objects.filter(shown_texts(Pilot), master__in=Pilot.objects.published().order_by()).order_by()
    present = {"en", *rows.values_list("language_code", flat=True).distinct()}
    return tuple(code for code, _name in settings.LANGUAGES if code in present)


def explained(sheet: Iterable[SheetColumn]) -> list[TableColumn]:
    """The columns with what stands in each."""
    return [TableColumn(one.name, _meaning(one), _kind(one)) for one in sheet]


def pilot_lines(ids: Iterable[int], sheet: Sequence[SheetColumn], site: str, terms: str) -> Iterator[list[str]]:
    """Yield a line for each pilot, in this order. Seventeen queries for each `BATCH_SIZE` of them.

    A pilot that is withdrawn while others are read is left out.
    """
    cells = [cell_of(column) for column in sheet]
    for some in batches(ids):
        contents = read_contents(some)
        _forget_hidden_partners(contents.values())
        if settings.HIDE_UNCHECKED_TRANSLATIONS:
            _forget_unchecked_texts(contents.values())
        # Asked last: what is not public any more when its texts are read is not handed out.
        facts = Pilot.objects.published().filter(pk__in=some).values_list("pk", "slug", "status", "version")
        public = {pk: _shown(slug, status, version, site, terms) for pk, slug, status, version in facts}
        for pk in some:
            if pk in public:
                content = contents[pk] | public[pk]
                content[TRANSLATIONS.field] = _state_of_translations(content)
                yield [cell(content) for cell in cells]


def _state_of_translations(content: Content) -> str:
    """Of each language, how many texts a machine made, how many a person checked, how many are old and missing."""
    rows = [content, *(part for name in PARTS for part in content[name].values())]
    languages = {language for row in rows for language in row["texts"]} - {ORIGINAL}
    return "\n".join(f"{language}: {_counted(rows, language)}" for language in sorted(languages))


def _counted(rows: Sequence[Content], language: str) -> str:
    counts: Counter[str] = Counter()
    for row in rows:
        for name, original in row["texts"].get(ORIGINAL, {}).items():
            text, record = row["texts"].get(language, {}).get(name, ""), record_in(row, language, name)
            state = state_of(original, record_in(row, ORIGINAL, name), text, record)
            counts["missing"] += not text
            counts["machine"] += bool(text) and is_machine_made(record)
            counts["checked"] += bool(text) and not is_unchecked(record)
            counts["outdated"] += bool(record.get("of")) and bool(text) and state != State.CURRENT
    return ", ".join(f"{name} {counts[name]}" for name in ("machine", "checked", "outdated", "missing"))


def _forget_hidden_partners(contents: Iterable[Content]) -> None:
    """Take out of organisations involved which partner they are, where only hidden pilots have it. One query."""
    parts = [part for content in contents for part in content["organisations_involved"].values()]
    public = Partner.objects.public().filter(slug__in={part["partner"] for part in parts if part["partner"]})
    slugs = set(public.values_list("slug", flat=True))
    for part in parts:
        part["partner"] = part["partner"] if part["partner"] in slugs else ""


def _forget_unchecked_texts(contents: Iterable[Content]) -> None:
    for row in (row for content in contents for row in (content, *_parts(content))):
        row["texts"] = {
            language: {
                field: text
                for field, text in texts.items()
                if language == ORIGINAL or not is_unchecked(record_in(row, language, field))
            }
            for language, texts in row["texts"].items()
        }


def _parts(content: Content) -> Iterator[Content]:
    return (part for name in PARTS for part in content[name].values())


def _shown(slug: str, status: str, version: int, site: str, terms: str) -> Content:
    """What visitors' tables say of a pilot beside its content, by the fields of their columns."""
    address = site + reverse("pilot", args=[slug])
    return {STATUS.field: status, ADDRESS.field: address, VERSION.field: str(version or ""), TERMS.field: terms}


def _kind(column: SheetColumn) -> str:
    return "date" if column.is_date else "number" if column == VERSION else "text"


def _meaning(column: SheetColumn) -> str:
    known = {
        SLUG: _("last part of the address of the pilot’s page; it stays the same"),
        STATUS: _("“published”: tables for visitors have nothing else"),
        PASSAGES: _("where the source says it, one claim a line: %(form)s") % {"form": form_of(PASSAGES)},
        ADDRESS: _("address of the pilot’s page"),
        VERSION: _("number of the public version of the entry"),
        TRANSLATIONS: _(
            "one language a line: how many texts a machine translated, a person checked, are older than the English, "
            "and are missing; it stands for texts and parts"
        ),
        TERMS: _("where it stands what may be reused"),
    }
    if column in known:
        return known[column]
    if column.field in PARTS:
        return _("one a line: %(form)s; \\| is a bar, \\n a line break") % {"form": form_of(column)}
    label = _label(column)
    if column.language:
        return _("%(text)s, in %(language)s; empty: not stated in the source") % {
            "text": label,
            "language": dict(settings.LANGUAGES)[column.language],
        }
    if column.is_date:
        return _("%(date)s, as exact as it is known: 2019, 2019-05 or 2019-05-17 (ISO 8601)") % {"date": label}
    if column.field == "evaluation":
        return _("whether an evaluation is reported: %(values)s; empty: not stated; no rating") % {
            "values": ", ".join(value for value in Pilot.Evaluation.values if value)
        }
    return _("%(field)s, as slugs; several with “; ” between them") % {"field": label}


def _label(column: SheetColumn) -> str:
    model: Any = Pilot._parler_meta.root_model if column.field in text_fields(Pilot) else Pilot
    return str(model._meta.get_field(column.field).verbose_name)
