"""The matrix and the comparison as tables: every number, every fact that the page shows."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.browse.comparison import ComparisonPage
from pilots.browse.filters import ComparisonFilterSet, MatrixFilterSet
from pilots.browse.matrix import Matrix
from pilots.browse.profile import StatedItem
from pilots.browse.refusals import refuse_ignored
from pilots.browse.retry import retry_if_changed
from pilots.browse.selection import InvalidQuery
from pilots.browse.take_away import query_of
from pilots.exports.answers import CSV, File, answer, file_name, kept_address
from pilots.exports.delimited import to_csv
from pilots.exports.table import Table, TableColumn
from pilots.exports.translations import named
from pilots.index.terms import terms_of_reuse
from pilots.models import KeyFigure, Lesson, OrganisationInvolved
from pilots.models.translation import current_language
from pilots.pages.comparison.differences import Item
from pilots.pages.comparison.side_by_side import SideBySide
from pilots.pages.comparison.view import FEWEST_COMPARED
from pilots.pages.pilot.facts import Value
from pilots.templatetags.translations import unchecked_in_words
from prepare_portal.context import origin

MATRIX = (
    *("rows", "row", "row name", "columns", "column", "column name", "pilots", "address", "terms"),
    "translations",
)
NOT_STATED = "not stated"


def matrix(request: HttpRequest) -> HttpResponseBase:
    """Each cell of the matrix, one a line, the empty ones and those for which the page has no room too.

    As many queries as the page.
    """
    found = Matrix(request.GET, is_whole=True)
    refuse_ignored(request.GET, found.selection, MatrixFilterSet.base_filters)
    version = found.index.number if found.is_complete else None
    terms = terms_of_reuse(version, origin(request))
    lines, count = _cells(found, origin(request), terms.address), len(found.row_heads) * len(found.columns)
    table = Table("matrix", [TableColumn(name, "") for name in MATRIX], lines, count, [])
    name = file_name("matrix", found.selection)
    address = kept_address(request, found.selection, query_of(found.selection))
    return answer(request, File(CSV, name, version, count, terms, lambda: to_csv(table), address))


def _cells(found: Matrix, site: str, terms: str) -> Iterator[list[str]]:
    rows, columns = (_unchecked(found, facet.name) for facet in (found.row_facet, found.column_facet))
    for row in found.row_heads:
        for column in found.columns:
            cell = found.cell(row, column)
            yield [
                *(found.row_facet.name, row.value or NOT_STATED, row.name),
                *(found.column_facet.name, column.value or NOT_STATED, column.name),
                str(cell.count),
                f"{site}{reverse('pilots')}{cell.query}" if cell.query else "",
                terms,
                named(
                    [("row name", rows.get(row.value or "", "")), ("column name", columns.get(column.value or "", ""))]
                ),
            ]


def _unchecked(found: Matrix, facet: str) -> dict[str, str]:
    """What is known of the values of a facet that nobody has checked in the page's language, by their slugs."""
    language = current_language()
    if not found.index.unchecked(language):
        return {}
    values = found.index.named.get(facet, {}).values()
    return {value.slug: f"{language}: not checked" for value in values if language in value.unchecked}


@retry_if_changed
def comparison(request: HttpRequest) -> HttpResponseBase:
    """Pilots side by side: a line for each row of the page, a column for each pilot. As many queries as the page."""
    compared = ComparisonPage(request.GET)
    refuse_ignored(request.GET, compared.selection, ComparisonFilterSet.base_filters)
    if len(compared.pilots) < FEWEST_COMPARED:
        raise InvalidQuery(_("A comparison needs two pilots."), "pilot")
    version = compared.index.number
    terms, shown = terms_of_reuse(version, origin(request)), SideBySide(compared)
    lines = [
        [row.row.label, *("; ".join(map(_words, cell)) or _("Not stated in the source") for cell in row.row.cells)]
        for row in (*shown.facts, *shown.texts)
    ]
    addresses = [origin(request) + pilot.get_absolute_url() for pilot in compared.pilots]
    pilots = BitMap(pilot.pk for pilot in compared.pilots)
    unchecked = compared.index.unchecked(current_language()) & pilots
    if unchecked:
        notes = [unchecked_in_words(pilot) if pilot.pk in unchecked else "" for pilot in compared.pilots]
        lines.append([_("Translation"), *notes])
    lines += [[_("Address"), *addresses], [_("What may be reused"), *[terms.address] * len(addresses)]]
    columns = [TableColumn(name, "") for name in ("fact", *(pilot.slug for pilot in compared.pilots))]
    table = Table("comparison", columns, lines, len(lines), [])
    name = "-".join(["comparison", *(pilot.slug for pilot in compared.pilots)])[:120]
    return answer(request, File(CSV, name, version, 1, terms, lambda: to_csv(table)))


def _words(item: Item) -> str:
    """What the page shows of one thing that is stated of a pilot, as text."""
    content = item.content
    if isinstance(content, Lesson):
        return content.text_in("text", current_language())[0]
    if isinstance(content, KeyFigure):
        return f"{content.stated_amount} {content.text_in('label', current_language())[0]}".strip()
    if isinstance(content, Value):
        return content.text
    first, second = content
    if isinstance(first, OrganisationInvolved):
        return first.text_in("name", current_language())[0]
    if isinstance(second, StatedItem) and not second.field:
        return (
            _("See “%(text)s”") % {"text": second.section_label} if second.section else _("Stated in the source only")
        )
    field = second.field if isinstance(second, StatedItem) else second
    return first.text_in(field, current_language())[0]
