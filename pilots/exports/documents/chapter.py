"""One pilot in a pack: what its page says of it, in the same order, each with where the source says so."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.exports.documents.entries import PackedEntry
from pilots.exports.documents.pack import (
    Block,
    Cell,
    HeadingBlock,
    Labelled,
    LabelledBlock,
    Line,
    ListBlock,
    Run,
    TableBlock,
    TextBlock,
    line,
    prose,
)
from pilots.models import Passage
from pilots.models.marked_text import pieces
from pilots.models.passage import describe_passage
from pilots.models.translation import current_language
from pilots.templatetags.translations import state_in_words
from prepare_portal.phrases import series_of


def chapter(entry: PackedEntry, site: str) -> Iterator[Block]:
    """The pilot of `entry` in full; `site` is what addresses begin with. No query."""
    pilot = entry.pilot
    yield HeadingBlock(1, text_of(pilot, "title"))
    yield TextBlock((*text_of(pilot.authority, "name"), Run(f" · {pilot.authority.country.name}")), "lead")
    yield glance(entry)
    yield from written(pilot, "summary")
    yield from said_in(entry.summary_said_in)
    yield HeadingBlock(2, line(_("Facts")))
    yield facts(entry)
    for section in entry.sections:
        yield HeadingBlock(2, line(section.label))
        yield from SECTION_WRITERS.get(section.name, text_section)(entry, section)
    if entry.not_stated:
        yield TextBlock(line(entry.not_stated), "hint")
    yield from record(pilot, site)


def text_of(row: Any, field: str) -> Line:
    """A text of a row as one line, with its language where that is not the page's."""
    text, stored_in = row.text_in(field, current_language())
    return (Run(" ".join(text.split()), marked(row.language_of(field, stored_in))),)


def marked(language: str) -> str:
    """The language of a run; "" for the document's."""
    return "" if language == current_language() else language


def written(row: Any, field: str) -> tuple[TextBlock | ListBlock, ...]:
    """A text of a row as paragraphs and lists, and what a translation is that is missing or old."""
    text, language = row.text_in(field, current_language())
    state, _is_old = state_in_words(row, field)
    return (*prose(text, marked(language)), *((TextBlock(line(state), "hint"),) if state else ()))


def said_in(pointer: str) -> Iterator[TextBlock]:
    """Where the source says so; nothing without a pointer."""
    if pointer:
        yield TextBlock(line(_("Source: %(said_in)s") % {"said_in": describe_passage(pointer)}), "pointer")


def not_stated() -> Run:
    return Run(_("Not stated in the source"), look="quiet")


def glance(entry: PackedEntry) -> LabelledBlock:
    """The five short answers."""
    return LabelledBlock(
        tuple(
            Labelled(
                line(answer.label), (TextBlock(marked_line("\n".join(answer.lines), answer.names) or (not_stated(),)),)
            )
            for answer in entry.at_a_glance
        ),
        is_beside=True,
    )


def marked_line(words: str, names: Iterable[str] = ()) -> Line:
    """Words that may know their language, or have names in them that do."""
    return tuple(Run(said, marked(language)) for said, language in pieces(words, names) if said)


def facts(entry: PackedEntry) -> TableBlock:
    """The facts, stated or not, each value with its pointer."""
    pointers = {(one.label, one.value): describe_passage(one.passage) for one in entry.pointers}
    title = (_("Title"), [(*text_of(entry.pilot, "title"), *in_brackets(pointers.get((_("Title"), ""), "")))])
    rows = [title]
    rows += [
        (fact.label, [fact_line(fact.label, value, pointers) for value in fact.values]) for fact in entry.all_facts
    ]
    others = [(*text_of(row, "name"), *in_brackets(describe_passage(row.passage))) for row in entry.organisations]
    rows.append((_("Others involved"), others))
    return TableBlock(
        (_("Fact"), _("What the source states")),
        tuple(((line(label),), tuple(lines) or ((not_stated(),),)) for label, lines in rows),
        (3, 10),
    )


def fact_line(label: str, value: Any, pointers: dict[tuple[str, str], str]) -> Line:
    """One value of a fact, where the source says so, and whether only its heading does."""
    if label == _("Date"):
        ends = [capfirst(str(about.label)) for about in (Passage.About.START, Passage.About.END)]
        said = series_of(dict.fromkeys(pointers[end, ""] for end in ends if (end, "") in pointers))
    else:
        said = pointers.get((label, value.text)) or pointers.get((label, ""), "")
    return (
        *marked_line(value.text),
        *in_brackets(_("from the heading") if value.heading_only else ""),
        *in_brackets(said),
    )


def in_brackets(words: str) -> Line:
    return (Run(f" ({words})", look="quiet"),) if words else ()


def text_section(entry: PackedEntry, section: Any) -> Iterator[Block]:
    if section.name == "prospects":
        yield TextBlock(line(_("Plans and hopes, as the source states them. They are not results.")), "hint")
    yield from written(entry.pilot, section.name)
    yield from said_in(section.said_in)


def figures(entry: PackedEntry, _section: Any) -> Iterator[Block]:
    def row(figure: Any) -> tuple[Cell, ...]:
        said = describe_passage(figure.passage)
        return ((line(figure.stated_amount),), (text_of(figure, "label"),), (line(said, "quiet"),))

    yield TableBlock((_("Number"), _("What it counts"), _("Passage")), tuple(map(row, entry.figures)), (3, 6, 4))


def lessons(entry: PackedEntry, _section: Any) -> Iterator[Block]:
    yield TextBlock(line(_("The source names few lessons as such.")), "hint")
    yield numbered(entry.learnt)


def methods(entry: PackedEntry, _section: Any) -> Iterator[Block]:
    yield TextBlock(line(_("Working methods that the source reports, without calling them lessons.")), "hint")
    yield numbered(entry.methods)


def numbered(rows: Iterable[Any]) -> LabelledBlock:
    """Lessons or working methods under their names."""

    def label(row: Any) -> Line:
        return line(row.name) if row.is_method else (Run(row.name), Run(f" · {row.get_kind_display()}", look="quiet"))

    return LabelledBlock(tuple(Labelled(label(row), (*written(row, "text"), *said_in(row.passage))) for row in rows))


def profile(entry: PackedEntry, _section: Any) -> Iterator[Block]:
    """The implementation profile: items with their own text, or where the entry says it; the names of the rest."""
    found = entry.profile
    words = ngettext(
        "The source states %(stated)d of %(total)d things that somebody needs to know who wants to repeat it.",
        "The source states %(stated)d of %(total)d things that somebody needs to know who wants to repeat it.",
        len(found.stated),
    )
    yield TextBlock(line(words % {"stated": len(found.stated), "total": found.total}), "hint")
    if found.stated:
        yield LabelledBlock(
            tuple(
                Labelled(line(capfirst(str(item.label))), (*item_text(entry.pilot, item), *said_in(item.passage)))
                for item in found.stated
            )
        )
    if found.unstated:
        names = series_of(found.unstated)
        yield TextBlock(line(_("Not stated: %(names)s.") % {"names": names}), "hint")


def item_text(pilot: Any, item: Any) -> tuple[TextBlock | ListBlock, ...]:
    if item.field:
        return written(pilot, item.field)
    if item.section:
        return (TextBlock(line(_("See “%(text)s”") % {"text": capfirst(str(item.section_label))})),)
    return (TextBlock(line(_("Stated in the source only"))),)


def record(pilot: Any, site: str) -> Iterator[TextBlock]:
    """Which version this is, when it was compared with its source, where it is kept."""
    said = []
    if pilot.version and pilot.version_at:
        words = _("Version %(number)s, %(date)s.")
        said.append(words % {"number": pilot.version, "date": date_format(pilot.version_at, "YEAR_MONTH_FORMAT")})
    if pilot.reviewed_on:
        words = _("Last compared with its source on %(date)s.")
        said.append(words % {"date": date_format(pilot.reviewed_on, "DATE_FORMAT")})
    else:
        said.append(_("No date of a comparison with its source is recorded."))
    said.append(_("Entry last changed on %(date)s.") % {"date": date_format(pilot.updated_at, "DATE_FORMAT")})
    kept = with_address(_("This entry is kept at %(address)s"), site + pilot.get_absolute_url())
    yield TextBlock((Run(f"{' '.join(said)} "), *kept), "hint")


def with_address(words: str, address: str) -> Line:
    """A sentence that has `%(address)s` in it, with the address as a link."""
    before, after = words.split("%(address)s")
    return (Run(before), Run(address, link=address), Run(after))


SECTION_WRITERS = {"figures": figures, "lessons": lessons, "methods": methods, "profile": profile}
