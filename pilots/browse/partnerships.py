"""Who worked with whom: the pilots that match, partner by partner."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest, nsmallest
from itertools import accumulate
from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from pilots.browse.filtered_page import FilteredPage
from pilots.index.facet_values import INVOLVED
from pilots.index.pilots import PLACE, Index
from pilots.index.rows import organisations_of, public_partners, public_pilots
from pilots.models import OrganisationInvolved, Partner, Pilot
from pilots.models.translation import current_language
from prepare_portal.collation import in_order

PARTNER = "partner"
# More lines than this are a tangle, and higher than three screens.
MOST_LINES = 40
# More pilots than this nobody looks through on one page, nor could it be made in a part of a second.
MOST_LISTED = 500


def of_each(total: int, parts: int) -> int:
    """How many pilots of each of so many parts a page shows: all, unless they are more than `MOST_LISTED`."""
    return total if total <= MOST_LISTED else MOST_LISTED // parts


@dataclass(frozen=True)
class PilotInvolved:
    """A pilot in which a partner took part without being its partner, under the names of `organisations`."""

    pilot: Pilot
    organisations: tuple[OrganisationInvolved, ...]


@dataclass(frozen=True)
class PartnerPilots:
    """A partner with the pilots it was the partner of, and those in which it took part otherwise.

    Of many these are the first: `count` and `count_involved` say of how many. `query` leads to the list of its own.
    """

    partner: Partner
    pilots: list[Pilot]
    involved: list[PilotInvolved]
    count: int
    count_involved: int = 0
    query: str = ""

    def named(self, pilot: Pilot) -> tuple[OrganisationInvolved, ...]:
        """The names under which it took part in a pilot."""
        return next((one.organisations for one in self.involved if one.pilot.pk == pilot.pk), ())


# Key of a pilot → under which names a partner took part in it.
TookPart = dict[int, tuple[OrganisationInvolved, ...]]
# Key of a partner in the index, slug of an authority.
Ends = tuple[str, str]


@dataclass(frozen=True)
class PartnerTies:
    """The pilots of partners, by their keys in the index: `worked` as the partner, `involved` otherwise only."""

    worked: dict[str, BitMap]
    involved: dict[str, BitMap]

    @property
    def partners(self) -> set[str]:
        return self.worked.keys() | self.involved.keys()

    @property
    def pilots(self) -> BitMap:
        return BitMap.union(BitMap(), *self.worked.values(), *self.involved.values())

    def __len__(self) -> int:
        return sum(map(len, self.worked.values())) + sum(map(len, self.involved.values()))

    def count(self, key: str) -> tuple[int, int]:
        """How many pilots of each kind a partner has."""
        return len(self.worked.get(key, ())), len(self.involved.get(key, ()))

    def only(self, key: str) -> "PartnerTies":
        return PartnerTies({key: self.worked.get(key, BitMap())}, {key: self.involved.get(key, BitMap())})

    def partnerships(self, public: Index) -> dict[Ends, int]:
        """How many pilots each partnership has."""
        facts = public.facts
        counts = {key: Counter([facts[pk].authority for pk in pilots]) for key, pilots in self.worked.items()}
        return {(key, authority): n for key, some in counts.items() for authority, n in some.items()}

    def of(self, chosen: Iterable[Ends], public: Index) -> "PartnerTies":
        ends: dict[str, set[str]] = defaultdict(set)
        for key, authority in chosen:
            ends[key].add(authority)
        worked = {
            key: BitMap(pk for pk in self.worked[key] if public.facts[pk].authority in own) for key, own in ends.items()
        }
        return PartnerTies(worked, {})

    def first(self, number: int, public: Index) -> "PartnerTies":
        """The first so many pilots of each partner, its own before others."""
        worked = {key: first_of(pilots, number, public) for key, pilots in self.worked.items()}
        left = {key: number - len(worked.get(key, ())) for key in self.involved}
        return PartnerTies(worked, {key: first_of(pilots, left[key], public) for key, pilots in self.involved.items()})


def first_of(pilots: BitMap, number: int, public: Index) -> BitMap:
    """The first so many of `pilots`, by place."""
    return pilots if len(pilots) <= number else BitMap(nsmallest(number, pilots, key=public.order(PLACE).key))


def ties_of(pilots: BitMap, public: Index) -> PartnerTies:
    """The ties that these pilots have to public partners. No query."""
    worked = {key: having & pilots for key, having in public.sets[PARTNER].items() if having}
    others = {key: (having & pilots) - worked[key] for key, having in public.sets[INVOLVED].items() if key in worked}
    return PartnerTies(*({key: some for key, some in ties.items() if some} for ties in (worked, others)))


def strongest(ties: PartnerTies, pilots: dict[Ends, int], public: Index) -> PartnerTies:
    """The ties of the partnerships with the most pilots, as many as can be drawn; `pilots` says how many."""
    partners = public.named[PARTNER]
    least = min(nlargest(MOST_LINES, pilots.values()), default=0)  # those with fewer are not drawn: no need to sort
    order = sorted(
        (ends for ends, n in pilots.items() if n >= least),
        key=lambda ends: (-pilots[ends], -len(ties.worked[ends[0]]), partners[ends[0]].slug, ends[1]),
    )
    fitting = accumulate(pilots[ends] for ends in order)
    return ties.of((ends for ends, so_far in zip(order, fitting, strict=True) if so_far <= MOST_LINES), public)


class Partnerships(FilteredPage):
    """Everything the network shows for one address. Raises InvalidQuery."""

    origin: ClassVar[str] = "partners"

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        # Who worked with whom in the pilots that match
        self.ties = ties_of(self.matches.ids, self.index)
        if not self.is_whole:
            self.sentence = self.found_in_part()

    @cached_property
    def drawn(self) -> PartnerTies:
        """The ties to draw: all, unless they are too many."""
        if len(self.ties) <= MOST_LINES:
            return self.ties
        return strongest(self.ties, self._by_ends, self.index)

    @cached_property
    def listed(self) -> PartnerTies:
        return self.ties.first(of_each(len(self.ties), len(self.ties.partners) or 1), self.index)

    @property
    def is_whole(self) -> bool:
        """Whether the list has every tie."""
        return len(self.listed) == len(self.ties)

    @cached_property
    def partnerships(self) -> int:
        """How many partnerships there are, where they are too many to draw; else 0."""
        return 0 if self.drawn is self.ties else len(self._by_ends)

    @cached_property
    def _by_ends(self) -> dict[Ends, int]:
        return self.ties.partnerships(self.index)

    @cached_property
    def companies(self) -> list[PartnerPilots]:
        """The partners of the pilots that match, from A to Z, each with those to list. Four queries."""
        companies = self._read.companies(self.listed)
        return [replace(one, query=self.list_with({PARTNER: one.partner.slug})) for one in companies]

    @property
    def drawn_companies(self) -> list[PartnerPilots]:
        """The partners that are drawn, each with the pilots to draw."""
        return self._read.companies(self.drawn)

    @cached_property
    def _read(self) -> "TiesRead":
        return TiesRead(self.ties, pilots_of(self.index, self.drawn.pilots | self.listed.pilots), self.index)

    @cached_property
    def heading(self) -> str:
        """The heading of the page: how many partners, of how many. Those that only took part are not counted."""
        numbers = {"count": len(self.ties.worked), "total": len(self.known[PARTNER])}
        if not self.selection:
            words = ngettext("%(count)d partner", "%(count)d partners", numbers["count"])
        elif numbers["total"] == 1:
            words = _("%(count)d of %(total)d partner")
        else:
            words = ngettext("%(count)d of %(total)d partners", "%(count)d of %(total)d partners", numbers["count"])
        return words % numbers


class TiesRead:
    """What is read of `ties`: their partners, and how these took part in some of the pilots. Two queries, or none."""

    def __init__(self, ties: PartnerTies, pilots: list[Pilot], public: Index) -> None:
        self.ties, self.pilots = ties, pilots
        self.involved = took_part(organisations_of(public, [pilot.pk for pilot in pilots]))
        partners = public_partners(public, map(int, ties.partners)).values()
        self.partners = sorted(partners, key=lambda one: in_order(one.text_in("name", current_language())[0]))

    def companies(self, shown: PartnerTies) -> list[PartnerPilots]:
        """The partners of the ties that are `shown`, from A to Z. No query."""
        keys = shown.partners
        return [self._company(partner, shown, str(partner.pk)) for partner in self.partners if str(partner.pk) in keys]

    def _company(self, partner: Partner, shown: PartnerTies, key: str) -> PartnerPilots:
        named = self.involved.get(partner.pk, {})
        others = {pk: named[pk] for pk in shown.involved.get(key, ()) if pk in named}
        return partner_pilots(partner, self.pilots, shown.worked.get(key, BitMap()), others, self.ties.count(key))


def pilots_of(public: Index, ids: Iterable[int]) -> list[Pilot]:
    """These public pilots by place, with their texts. Three queries, none for those that are cached."""
    key, rows = public.order(PLACE).key, public_pilots(public, ids, may_miss=True)
    return [rows[pk] for pk in sorted(rows, key=key)]


def partner_pilots(
    partner: Partner, pilots: list[Pilot], worked: BitMap, involved: TookPart, of: tuple[int, int] = (0, 0)
) -> PartnerPilots:
    """A partner with those of `pilots` whose partner it was, and those in which it was `involved` only.

    `of` is how many of each there are, shown or not.
    """
    own = [pilot for pilot in pilots if pilot.pk in worked]
    others = [PilotInvolved(one, involved[one.pk]) for one in pilots if one.pk in involved and one.pk not in worked]
    return PartnerPilots(partner, own, others, max(of[0], len(own)), max(of[1], len(others)))


def took_part(rows: Iterable[OrganisationInvolved]) -> dict[int, TookPart]:
    """For each partner, in which pilots it is one of the other organisations, `rows`."""
    found: dict[int, TookPart] = defaultdict(dict)
    for row in rows:
        found[row.partner_id][row.pilot_id] = (*found[row.partner_id].get(row.pilot_id, ()), row)
    return dict(found)
