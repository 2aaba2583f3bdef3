"""What the page of a pilot states in short, each fact with where the source says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.browse.value_addresses import address_of
from pilots.browse.wording import in_sentence
from pilots.index.facet_values import AUTHORITY_KIND, COUNTRY, Classified
from pilots.models import Authority, Passage, Pilot
from pilots.models.marked_text import marked_text_of, originals
from pilots.models.partial_date import describe_partial_date
from pilots.pages.mailto import mailto


@dataclass(frozen=True)
class Value:
    """One value of a fact; `heading_only` when the text below the source's heading does not say it."""

    text: str
    url: str = ""
    heading_only: bool = False


@dataclass(frozen=True)
class Fact:
    """A label with its values; no value means that the source does not state it."""

    label: str
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True)
class Pointer:
    """Where the source says what one text or fact says; `names` are what in the value has its own language."""

    label: str
    value: str
    passage: str
    names: tuple[str, ...] = ()


# Each facet with the name of its passages.
CLASSIFIED = (
    ("partner", "partners"),
    ("activity", "activity_types"),
    ("audience", "audiences"),
    ("target", "target_groups"),
    ("stage", "stages"),
)


def facts_of(pilot: Pilot, values: Classified, passages: list[Passage]) -> list[Fact]:
    """The facts of `pilot`, classified by `values`, and where to write to. No query."""
    return [*compared_facts(pilot, values, passages), *reached_at(pilot.authority)]


def compared_facts(pilot: Pilot, values: Classified, passages: list[Passage]) -> list[Fact]:
    """The facts that every pilot has a line for, in the same order. No query."""
    return [*who_and_where(pilot, values), *further_facts(pilot, values, passages)]


def who_and_where(pilot: Pilot, values: Classified) -> list[Fact]:
    """The authority, its kind and its country."""
    labels = ((AUTHORITY_KIND, _("Kind of authority")), (COUNTRY, _("Country")))
    return [
        Fact(_("Authority"), [Value(marked_text_of(pilot.authority, "name"), pilot.authority.get_absolute_url())]),
        *(
            Fact(label, [Value(name, address_of(facet, code)) for code, name in values[facet].items()])
            for facet, label in labels
        ),
    ]


def further_facts(pilot: Pilot, values: Classified, passages: list[Passage]) -> list[Fact]:
    """What a pilot is classified as, when it was, whether it was evaluated."""
    heading_only = {(row.about, row.value) for row in passages if row.rests_on_heading}
    labels = dict(Passage.About.choices)

    def classified(facet: str, about: str) -> Fact:
        return Fact(
            label=capfirst(str(labels[about])),
            values=[
                Value(name, address_of(facet, value), (about, value) in heading_only)
                for value, name in values[facet].items()
            ],
        )

    return [
        *(classified(facet, about) for facet, about in CLASSIFIED),
        Fact(_("Date"), dates_of(pilot)),
        Fact(_("Evaluation"), [Value(capfirst(pilot.get_evaluation_display()))] if pilot.evaluation else []),
    ]


def reached_at(authority: Authority) -> list[Fact]:
    """Where visitors read more of the authority and write to it, as far as the portal has it."""
    website, contact = authority.website, authority.public_contact
    facts = (
        (_("Website of the authority"), website, website),
        (_("Public contact"), contact, mailto(contact)),
    )
    return [Fact(label, [Value(text, url)]) for label, text, url in facts if text]


def not_stated_sentence(labels: Iterable[str]) -> str:
    """What the source is silent on, in one sentence; "" for nothing."""
    names = ", ".join(map(in_sentence, labels))
    return _("The source does not state: %(names)s.") % {"names": names} if names else ""


def dates_of(pilot: Pilot) -> list[Value]:
    """When the pilot took place, as exact as the source."""
    start, end = describe_partial_date(pilot.start), describe_partial_date(pilot.end)
    if start and end and start != end:
        return [Value(_("%(start)s to %(end)s") % {"start": start, "end": end})]
    if end and not start:
        return [Value(_("until %(end)s") % {"end": end})]
    return [Value(start)] if start else []


def pointers_of(
    values: Classified,
    passages: list[Passage],
    organisations: Iterable[Any],
    figures: Iterable[Any],
    terms: Iterable[Any] = (),
) -> list[Pointer]:
    """All pointers into the source except those of lessons, which have their own place. No query."""
    names: dict[tuple[str, str], str] = {
        (about, value): name for facet, about in CLASSIFIED for value, name in values[facet].items()
    }
    order = [about for about, _label in Passage.About.choices]
    rows = sorted(passages, key=lambda row: (order.index(row.about), row.value))
    pointers = [
        Pointer(
            capfirst(row.get_about_display()),
            names.get((row.about, row.value), row.value),
            row.passage,
        )
        for row in rows
    ]
    foreign = originals(terms)
    others = [Pointer(_("Others involved"), marked_text_of(row, "name"), row.passage, foreign) for row in organisations]
    labels = [(row, marked_text_of(row, "label")) for row in figures]
    counted = [Pointer(_("In figures"), f"{row.stated_amount} {label}", row.passage, (label,)) for row, label in labels]
    return pointers + [pointer for pointer in (*others, *counted) if pointer.passage]
