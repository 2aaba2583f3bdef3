"""Who worked with whom: the pilots that match, partner by partner."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.find.browse import Narrowed
from pilots.find.shortlist import give_authorities
from pilots.models import OrganisationInvolved, Partner, Pilot


@dataclass(frozen=True)
class Involved:
    """A pilot in which a partner took part without being its partner, under the names of `organisations`."""

    pilot: Pilot
    organisations: tuple[OrganisationInvolved, ...]


@dataclass(frozen=True)
class Company:
    """A partner with the pilots it was the partner of, and those in which it took part otherwise."""

    partner: Partner
    pilots: list[Pilot]
    involved: list[Involved]


# Key of a pilot → under which names a partner took part in it.
TookPart = dict[int, tuple[OrganisationInvolved, ...]]


class Partnerships(Narrowed):
    """Everything the network shows for one address. Raises BadAddress."""

    origin: ClassVar[str] = "partners"

    @cached_property
    def pilots(self) -> list[Pilot]:
        """The pilots that match, by authority. Two queries."""
        rows: list[Pilot] = self.filter.qs.with_texts("authority")
        give_authorities(rows)
        return sorted(rows, key=lambda pilot: (pilot.authority.slug, pilot.slug))

    @cached_property
    def companies(self) -> list[Company]:
        """The partners of the pilots that match, from A to Z. Three queries beside the pilots' own."""
        return companies_of(self.pilots, self.filter.qs)

    @cached_property
    def partners(self) -> list[Partner]:
        """Those of them that were the partner of one of the pilots; the others only took part."""
        return [company.partner for company in self.companies if company.pilots]

    @cached_property
    def count(self) -> int:
        """How many pilots match; counted from those fetched."""
        return len(self.pilots)

    @property
    def heading(self) -> str:
        """The heading of the page: how many partners, of how many."""
        numbers = {"count": len(self.partners), "total": len(self.known["partner"])}
        if self.selection:
            words = ngettext("%(count)d of %(total)d partner", "%(count)d of %(total)d partners", numbers["total"])
        else:
            words = ngettext("%(count)d partner", "%(count)d partners", numbers["count"])
        return _("Who worked with whom: %(partners)s") % {"partners": words % numbers}


def companies_of(pilots: list[Pilot], rows: QuerySet[Pilot]) -> list[Company]:
    """Return the public partners of `pilots`, from A to Z; `rows` finds the same pilots. Three queries."""
    ids = rows.order_by().values("pk")
    worked: dict[int, set[int]] = defaultdict(set)
    for partner, pilot in Pilot.partners.through.objects.filter(pilot__in=ids).values_list("partner", "pilot"):
        worked[partner].add(pilot)
    involved = took_part(OrganisationInvolved.objects.filter(pilot__in=ids))
    partners = Partner.objects.public().filter(pk__in=worked.keys() | involved.keys())
    return [company(row, pilots, worked[row.pk], involved.get(row.pk, {})) for row in partners.with_texts()]


def company(partner: Partner, pilots: list[Pilot], worked: set[int], involved: TookPart) -> Company:
    """Return a partner with those of `pilots` whose partner it was, and those in which it was `involved` only."""
    return Company(
        partner,
        [pilot for pilot in pilots if pilot.pk in worked],
        [Involved(pilot, involved[pilot.pk]) for pilot in pilots if pilot.pk in involved and pilot.pk not in worked],
    )


def took_part(rows: Any) -> dict[int, TookPart]:
    """Return for each partner in which pilots it is one of the other organisations, `rows`. One query."""
    found: dict[int, TookPart] = defaultdict(dict)
    for row in rows.filter(partner__isnull=False).with_texts():
        found[row.partner_id][row.pilot_id] = (*found[row.partner_id].get(row.pilot_id, ()), row)
    return dict(found)
