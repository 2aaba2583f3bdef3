"""Pilots as the API gives them, read with everything that belongs to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.text import capfirst

from pilots.browse.classification import values_by_pilot
from pilots.browse.profile import profile_of
from pilots.index.facet_values import INVOLVED, Classified
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
    """A public pilot with its texts, its parts, and what it is classified as."""

    pilot: Pilot
    parts: PilotParts
    values: Classified
    source: Source

    @property
    def updated_at(self) -> datetime | None:
        """When it last changed for the public."""
        return self.pilot.version_at or self.pilot.published_at

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
        public = self.values[INVOLVED]
        slugs = [row.partner.slug if row.partner else "" for row in self.parts.organisations]
        rows = zip(self.parts.organisations, slugs, strict=True)
        return [Organisation(row, slug if slug in public else "") for row, slug in rows]


def entries(public: Index, ids: Iterable[int]) -> list[Entry]:
    """Public pilots in the order of `ids`. Nine queries, one where all of it is cached. Raises ContentChanged."""
    keys = list(ids)
    pilots, parts = public_pilots(public, keys), public_parts(public, keys)
    values = values_by_pilot(keys, public)
    wanted = {pilot.source_id for pilot in pilots.values()}
    sources: dict[int, Any] = {row.pk: row for row in Source.objects.filter(pk__in=wanted).with_texts()}
    return [Entry(pilots[pk], parts[pk], values[pk], sources[pilots[pk].source_id]) for pk in keys]
