"""What a pack says beside its pilots: its cover, their facts side by side, questions, words, citations, terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilots.browse.comparison import MOST_COMPARED, short_names
from pilots.citations.record import CitedPilot, cited
from pilots.citations.styles import STYLES, citation
from pilots.exports.documents.chapter import chapter, marked, not_stated, text_of, with_address
from pilots.exports.documents.entries import PackedEntry, packed_entries
from pilots.exports.documents.pack import (
    Block,
    Cell,
    Cover,
    HeadingBlock,
    Labelled,
    LabelledBlock,
    Line,
    ListBlock,
    Pack,
    Run,
    TableBlock,
    TextBlock,
    line,
)
from pilots.exports.documents.side_by_side import compared_facts
from pilots.exports.translations import note_on_file
from pilots.index.pilots import Index
from pilots.index.rows import glossary_terms
from pilots.index.terms import Terms
from pilots.models import Pilot, Source
from pilots.models.translation import current_language
from pilots.pages.pilot.questions import QUESTIONS
from pilots.templatetags.texts import shortened, used_terms
from pilots.templatetags.translations import unchecked_in_words
from prepare_portal.phrases import all_of

HEAD = 70  # characters at the head of a page
ALL_STYLES = 1  # pilots for which every style of citation is written out; to make one takes 30 ms


@dataclass(frozen=True)
class Asked:
    """What a pack is asked for: its pilots in their order, its title, the question in words, where it is kept."""

    public: Index
    pilots: Sequence[Pilot]
    title: str
    question: str
    address: str
    site: str
    only_differences: bool = False
    language: str = field(default_factory=current_language)


def pack_of(asked: Asked, terms: Terms) -> Pack:
    """The document. Ten queries, two for cached rows. Raises ContentChanged."""
    entries = packed_entries(asked.public, [pilot.pk for pilot in asked.pilots])
    return Pack(
        title=asked.title,
        short_title=shortened(asked.title, HEAD),
        language=asked.language,
        author=_("PREPARE pilots"),
        day=timezone.localdate(),
        cover=cover(asked),
        blocks=tuple(_blocks(asked, entries, terms)),
        contents=_("Contents"),
        depth=2 if len(entries) == 1 else 1,
        page_of=_("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    )


def _blocks(asked: Asked, entries: list[PackedEntry], terms: Terms) -> Iterator[Block]:
    if len(entries) > 1:
        yield HeadingBlock(1, line(_("Side by side")))
        yield from side_by_side(asked, entries)
    for entry in entries:
        yield from chapter(entry, asked.site)
    yield from questions(entries)
    yield from words(asked.public, entries)
    yield from sources(entries, asked.site)
    yield from how_to_cite(asked)
    yield HeadingBlock(1, line(_("What may be reused")))
    yield TextBlock(line(terms.sentence))
    yield TextBlock(with_address(_("This stands at %(address)s"), terms.address), "hint")


def cover(asked: Asked) -> Cover:
    """What was asked for, on which day, and where it is kept."""
    only = asked.pilots[0] if len(asked.pilots) == 1 else None
    about = [
        (_("Question"), line(asked.question)),
        (_("Day"), line(date_format(timezone.localdate(), "DATE_FORMAT"))),
        (_("Address"), (Run(asked.address, link=asked.address),)),
        (
            _("About this pack"),
            line(
                _(
                    "It says what the portal says: what a source states of each pilot, and in which passage. "
                    "What the source does not state is said to be not stated; nothing is added."
                )
            ),
        ),
    ]
    if note := note_on_file(asked.public, (pilot.pk for pilot in asked.pilots)):
        about.append((_("Translation"), line(unchecked_in_words(only) if only else note)))
    return Cover(
        kicker=_("Briefing pack"),
        title=text_of(only, "title") if only else line(asked.title),
        lead=place_of(only) if only else line("\n".join(short_names(asked.pilots)) if few(asked.pilots) else ""),
        about=LabelledBlock(
            tuple(Labelled(line(label), (TextBlock(value),)) for label, value in about), is_beside=True
        ),
    )


def few(pilots: Sequence[Pilot]) -> bool:
    """Whether so many pilots stand side by side in columns."""
    return len(pilots) <= MOST_COMPARED


def place_of(pilot: Pilot) -> Line:
    return (*text_of(pilot.authority, "name"), Run(f" · {pilot.authority.country.name}"))


def side_by_side(asked: Asked, entries: list[PackedEntry]) -> Iterator[Block]:
    """The facts of a few pilots in columns, with what they share; of many, their five short answers in rows."""
    if few(asked.pilots):
        yield from compared_facts(asked.public, asked.pilots, only_differences=asked.only_differences)
        return
    answers = [entry.at_a_glance for entry in entries]
    heads = [answer.label for answer in answers[0] if answer.label != _("Where")]
    places = short_names(asked.pilots)

    def row(place: str, entry: PackedEntry) -> tuple[Cell, ...]:
        cells = [
            tuple(map(line, answer.lines)) or ((not_stated(),),)
            for answer in entry.at_a_glance
            if answer.label != _("Where")
        ]
        return ((line(place), line(str(entry.pilot.authority.country.name), "quiet")), *cells)

    rows = tuple(row(place, entry) for place, entry in zip(places, entries, strict=True))
    yield TableBlock((_("Where"), *heads), rows, (3, 4, 5, 3, 5))


def questions(entries: list[PackedEntry]) -> Iterator[Block]:
    """What the source does not state, as questions to the people of each pilot."""
    asked = {name: [entry for entry in entries if name not in entry.stated] for name in QUESTIONS}
    asked = {name: silent for name, silent in asked.items() if silent}
    yield HeadingBlock(1, line(_("Questions to ask")))
    if not asked:
        yield TextBlock(line(_("The source says something on everything that is asked here.")))
        return
    yield TextBlock(line(_("What the source does not state, as questions to the people who ran it.")), "hint")
    if len(entries) == 1:
        yield ListBlock(tuple(line(str(QUESTIONS[name])) for name in asked), is_numbered=True)
        return
    places = dict(zip((entry.pilot.pk for entry in entries), short_names(one.pilot for one in entries), strict=True))

    def whom(silent: list[PackedEntry]) -> str:
        others = [places[entry.pilot.pk] for entry in entries if entry not in silent]
        if not others:
            return _("All")
        if len(others) < len(silent):
            return _("All but %(places)s") % {"places": all_of(others)}
        return ", ".join(places[entry.pilot.pk] for entry in silent)

    rows = tuple(((line(str(QUESTIONS[name])),), (line(whom(silent)),)) for name, silent in asked.items())
    yield TableBlock((_("Question"), _("To whom")), rows, (3, 2))


def words(public: Index, entries: list[PackedEntry]) -> Iterator[Block]:
    """The terms of the glossary that the pilots use."""
    written = [row for one in entries for row in (one.pilot, *one.lessons, *one.figures, *one.organisations)]
    used = used_terms(glossary_terms(public.number), written)
    if not used:
        return
    yield HeadingBlock(1, line(_("Words and abbreviations")))
    items = []
    for term in used:
        original: Line = ()
        if term.original:
            original = (Run(" ("), Run(term.original, marked(term.original_language)), Run(")"))
        items.append(Labelled(text_of(term, "term"), (TextBlock((*text_of(term, "meaning"), *original)),)))
    yield LabelledBlock(tuple(items))


def sources(entries: list[PackedEntry], site: str) -> Iterator[Block]:
    """What the pilots rest on, and how their pointers count. One query."""
    found = Source.objects.filter(pk__in={entry.pilot.source_id for entry in entries}).with_texts()
    yield HeadingBlock(1, line(_("Source") if len(found) == 1 else _("Sources")))
    for source in found:
        more = [one for one in (source.publisher, str(source.year or "")) if one]
        yield TextBlock((*text_of(source, "title"), Run("".join(f", {one}" for one in more))))
        yield TextBlock(with_address(_("In the portal: %(address)s"), site + source.get_absolute_url()), "hint")
        terms = text_of(source, "terms_of_reuse")
        said = terms if terms[0].text else (not_stated(),)
        yield TextBlock((Run(_("What it says on its reuse:") + " "), *said), "hint")
    counted = _(
        "Passages give the paragraph and the sentence. Paragraphs are counted through the whole text, "
        "headings included."
    )
    yield TextBlock(line(counted), "hint")


def how_to_cite(asked: Asked) -> Iterator[Block]:
    """One pilot in every style; several in the first."""
    today = timezone.localdate()
    records = [cited(pilot, asked.site) for pilot in asked.pilots]
    yield HeadingBlock(1, line(_("How to cite")))
    if len(records) <= ALL_STYLES:
        yield LabelledBlock(
            tuple(Labelled(line(STYLES[key][0]), (TextBlock(as_cited(key, records[0], today)),)) for key in STYLES),
            is_beside=True,
        )
        return
    first = next(iter(STYLES))
    yield TextBlock(line(_("In the style %(style)s.") % {"style": STYLES[first][0]}), "hint")
    yield ListBlock(tuple(as_cited(first, record, today) for record in records))


def as_cited(style: str, record: CitedPilot, today: date) -> Line:
    """A citation, its address as a link."""
    before, address, after = citation(style, record, today).partition(record.address)
    return (Run(before), Run(address, link=address), Run(after)) if address else line(before)
