"""Pilots as the API gives them, read with everything that belongs to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import capfirst
from pyroaring import BitMap

from pilots.browse.profile import profile_of
from pilots.index.facet_values import VOCABULARIES, Named
from pilots.index.pilots import Index
from pilots.index.rows import PilotParts, public_parts, public_pilots
from pilots.models import OrganisationInvolved, Passage, Pilot, Source
from pilots.models.pilot import PROFILE


@dataclass(frozen=True)
class ProfileItem:
    """An item of the profile, stated or not."""

    name: str
    label: str
    pilot: Pilot
    stated: bool
    passage: str = ""
    said_in: str = ""


class Organisation(NamedTuple):
    """Another organisation involved, with the slug of the public partner that it is, "" for none."""

    row: OrganisationInvolved
    partner: str


@dataclass(frozen=True)
class Entry:
    """A public pilot with its texts, its parts, and what it is classified as, by facet.

    `involved` holds the slugs of public partners that took part in it. `version` is that of the content.
    """

    version: int | None
    pilot: Pilot
    parts: PilotParts
    values: dict[str, list[Named]]
    involved: Collection[str]
    source: Source

    @property
    def profile(self) -> list[ProfileItem]:
        """All items of the profile, in order."""
        stated = {item.name: item for item in profile_of(self.pilot, self.parts.passages).stated}
        labels = {name: capfirst(str(Passage.About(name).label)) for name in PROFILE}
        return [
            ProfileItem(name, labels[name], self.pilot, stated=True, passage=item.passage, said_in=item.section)
            if (item := stated.get(name))
            else ProfileItem(name, labels[name], self.pilot, stated=False)
            for name in PROFILE
        ]

    @property
    def organisations(self) -> list[Organisation]:
        """Other organisations involved. A partner that only hidden pilots have is none."""
        slugs = [row.partner.slug if row.partner else "" for row in self.parts.organisations]
        rows = zip(self.parts.organisations, slugs, strict=True)
        return [Organisation(row, slug if slug in self.involved else "") for row, slug in rows]


def entries(public: Index, ids: Iterable[int]) -> list[Entry]:
    """Public pilots in the order of `ids`. Nine queries, one where all of it is cached. Raises ContentChanged."""
    keys = list(ids)
    pilots, parts = public_pilots(public, keys), public_parts(public, keys)
    values = {facet: public.values_of(facet, BitMap(keys)) for facet in VOCABULARIES}
    wanted = {pilot.source_id for pilot in pilots.values()}
    sources: dict[int, Any] = {row.pk: row for row in Source.objects.filter(pk__in=wanted).with_texts()}
    return [
        Entry(
            public.number,
            pilots[pk],
            parts[pk],
            {facet: having.get(pk, []) for facet, having in values.items()},
            public.involved(pk),
            sources[pilots[pk].source_id],
        )
        for pk in keys
    ]
