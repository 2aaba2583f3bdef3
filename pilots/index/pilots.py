"""The public pilots as sets of ids, one for each value of a facet, and in their orders.

Counts for every choice are intersections of such sets, which are compressed bitmaps (pyroaring; Lemire
and others, "Roaring Bitmaps", 2018): exact, and microseconds each. A process caches them as long as the
number of the content stays the same; after a change it reads the changed pilots again, not the others.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Any

from django.conf import settings
from pyroaring import BitMap

from pilots.index.authority_names import AuthorityNames
from pilots.index.content_version import current
from pilots.index.facet_values import (
    AUTHORITY,
    CODES,
    FACET_NAMES,
    INVOLVED,
    WORK,
    Classified,
    Named,
    read_names,
)
from pilots.index.order import ID, KeyOf, Order, OrderFacts
from pilots.index.per_version import PerVersion
from pilots.index.reading import Sets, read_facts, read_sets
from pilots.index.unchecked import TRANSLATED, UNCHECKED
from pilots.models import ContentChange, Pilot
from pilots.models.content_version import EVERYTHING, NAMES
from pilots.models.marked_text import marked_text_of
from pilots.models.provenance import ORIGINAL
from pilots.models.translation import current_language

PLACE, PLACE_BACKWARDS, NEWEST = "place", "-place", "newest"
MANY = 1000  # changed pilots from which on reading all of them again is quicker


@dataclass(frozen=True)
class Index:
    """All public pilots at one number of the content. Never changed once made."""

    facts: dict[int, OrderFacts]
    sets: Sets
    named: dict[str, dict[str, Named]]
    authority_names: AuthorityNames
    works: tuple[Named, ...]  # further reading
    grouped: Order  # by the slug of the authority, then by their own
    newest: Order
    public: BitMap
    number: int | None = None

    @cached_property
    def authorities(self) -> Counter[str]:
        """How many public pilots each authority has, by its slug, in the order of slugs."""
        return Counter(map(attrgetter("authority"), map(self.facts.__getitem__, self.grouped.ids)))

    def pilots_of_authority(self, slug: str) -> "array[int]":
        return self.grouped.beginning(slug)

    def authorities_in_order(self, language: str = "") -> list[str]:
        """The authorities by their names in short, by the rules of a language, usually the page's."""
        language, names = language or current_language(), self.authority_names
        return sorted(self.authorities, key=lambda slug: names.place(slug, language))

    def order(self, sort: str, language: str = "") -> Order:
        """One of the list's orders: by place in a language, usually the page's; backwards; the newest first."""
        key = sort, "" if sort == NEWEST else language or current_language()
        return self._once(key, lambda: self._make_order(*key))

    def _make_order(self, sort: str, language: str) -> Order:
        make: dict[str, Callable[[], Order]] = {
            PLACE: lambda: self._by_place(language),
            PLACE_BACKWARDS: lambda: self.order(PLACE, language).reversed(),
            NEWEST: lambda: self.newest,
        }
        return make[sort]()

    def _by_place(self, language: str) -> Order:
        """Authority by authority, the pilots of one by their slugs: no pilot is sorted anew for a language."""
        ends = dict(zip(self.authorities, accumulate(self.authorities.values()), strict=True))
        ids, facts, names = array(ID), self.facts, self.authority_names
        for slug in self.authorities_in_order(language):
            ids += self.grouped.ids[ends[slug] - self.authorities[slug] : ends[slug]]
        return Order(ids, lambda pk: (names.place(facts[pk].authority, language), facts[pk].slug))

    def having(self, facet: str, values: Iterable[str]) -> BitMap:
        """The pilots with any of these values, given as slugs or codes."""
        sets = self.sets[facet]
        if facet in self.named:
            sets = {named.slug: sets[key] for key, named in self.named[facet].items() if key in sets}
        return BitMap.union(BitMap(), *(sets[value] for value in values if value in sets))

    def counts(self, facet: str, among: BitMap) -> dict[str, int]:
        """How many of the pilots `among` have each value of a facet, those at 0 included."""
        sets, named = self.sets[facet], self.named.get(facet)
        slugs = {key: key if named is None else named[key].slug for key in sets if named is None or key in named}
        return {slug: among.intersection_cardinality(sets[key]) for key, slug in slugs.items()}

    def known(self, pilot: int | None = None) -> Classified:
        """For each facet, the values that public pilots have (or one of them), with their names, in order."""
        language = current_language()
        if pilot is None:  # most pages ask for them
            return self._once(("known", language), lambda: self._read_known(language, None))
        return self._read_known(language, pilot)

    def _read_known(self, language: str, pilot: int | None) -> Classified:
        known: Classified = {}
        for facet in FACET_NAMES:
            sets = self.sets[facet].items()
            keys = [key for key, pilots in sets if pilots and (pilot is None or pilot in pilots)]
            known[facet] = CODES[facet].named(keys) if facet in CODES else self._values(facet, keys, language)
        return known

    def values_of(self, facet: str, rows: BitMap) -> dict[int, list[Named]]:
        """Which values of a facet `rows` have, by id and in order; what has none is left out."""
        named, found = self.named[facet], defaultdict(list)
        having = ((named[key], ids) for key, ids in self.sets[facet].items() if key in named and rows.intersect(ids))
        for value, ids in sorted(having, key=lambda pair: pair[0].place(current_language())):
            for pk in rows & ids:
                found[pk].append(value)
        return found

    def involved(self, pilot: int) -> dict[str, str]:
        """The public partners that took part in a pilot, its own ones too, with their names, in order."""
        public = self.sets["partner"]
        keys = [key for key, pilots in self.sets[INVOLVED].items() if pilot in pilots and public.get(key)]
        return self._values("partner", keys, current_language())

    def unchecked(self, language: str) -> BitMap:
        """The pilots of which something is shown in a language that nobody has checked; none in English."""
        return self._once((UNCHECKED, language), lambda: self._read_unchecked(language))

    def has_unchecked_works(self, language: str) -> bool:
        """Whether visitors read something of further reading in a language that nobody has checked."""
        return not settings.HIDE_UNCHECKED_TRANSLATIONS and any(language in work.unchecked for work in self.works)

    def translated(self, language: str) -> BitMap:
        """The pilots of which a text of their own is shown in a language; all in English."""
        return self.public if language == ORIGINAL else self.sets[TRANSLATED].get(language, BitMap())

    def _once(self, key: tuple[str, str], make: Callable[[], Any]) -> Any:
        """What is made when it is first asked for in a language."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def _made(self) -> dict[tuple[str, str], Any]:
        return {}

    def _read_unchecked(self, language: str) -> BitMap:
        if settings.HIDE_UNCHECKED_TRANSLATIONS:
            return BitMap()
        having = [(facet, facet) for facet in self.named] + [("partner", INVOLVED)]
        called = (
            self.sets[kind].get(key, BitMap())
            for facet, kind in having
            for key, value in self.named[facet].items()
            if language in value.unchecked
        )
        named = self.authority_names.unchecked(language)
        theirs = BitMap(pk for pk, fact in self.facts.items() if fact.authority in named) if named else BitMap()
        return BitMap.union(self.sets[UNCHECKED].get(language, BitMap()), theirs, *called)

    def _values(self, facet: str, keys: Iterable[str], language: str) -> dict[str, str]:
        named = (self.named[facet][key] for key in keys if key in self.named[facet])
        in_order = sorted(named, key=lambda value: value.place(language))
        return {value.slug: marked_text_of(value, "name") or value.slug for value in in_order}


_index: PerVersion[Index] = PerVersion()


def index() -> Index:
    """The index of what is public now. One query when nothing changed, else five or so more."""
    return index_at(current())


def index_at(number: int | None) -> Index:
    """The index at the version that a page was begun at. No query, unless nothing may be cached."""
    return _index.get(number, lambda old: replace(renewed(old), number=number))


def renewed(old: Index | None) -> Index:
    """`old` with what has changed since; everything is read anew where that is quicker."""
    changed = changed_since(old.number) if old else None
    if old is None or changed is None:
        return read_index()
    present = replace(old, **_names()) if NAMES in changed else old
    pilots = [pk for pk in changed if pk > 0]
    return with_changed(present, pilots) if pilots else present


def changed_since(number: int | None) -> list[int] | None:
    """The pilots that changed after `number`, and NAMES if these did. One query.

    None when everything is to be read again: after too many changes, or when the numbers were set back.
    """
    if number is None:
        return None
    changed = list(ContentChange.objects.filter(number__gt=number).values_list("pk", flat=True)[: MANY + 1])
    return None if not changed or len(changed) > MANY or EVERYTHING in changed else changed


def read_index() -> Index:
    """The index of all public pilots. Three queries."""
    public = Pilot.objects.published().order_by()
    facts = read_facts(public)
    grouped, newest = (Order.of(facts, key) for key in _keys(facts))
    return Index(facts, read_sets(public, facts), **_names(), grouped=grouped, newest=newest, public=BitMap(facts))


def _names() -> dict[str, Any]:
    """What an index holds of names. One query."""
    named = read_names()
    authorities = {one.slug: one for one in named.pop(AUTHORITY).values()}
    works = tuple(named.pop(WORK).values())
    return {"named": named, "authority_names": AuthorityNames(authorities), "works": works}


def _keys(facts: dict[int, OrderFacts]) -> tuple[KeyOf, KeyOf]:
    """What pilots are grouped by, and what the newest come first by."""
    return lambda pk: (facts[pk].authority, facts[pk].slug), lambda pk: (facts[pk].published, facts[pk].slug)


def with_changed(old: Index, pilots: list[int]) -> Index:
    """`old` with these pilots as they are now, or without them. Two queries."""
    public = Pilot.objects.published().filter(pk__in=pilots).order_by()
    latest = read_facts(public)
    changed, sets = BitMap(pilots), read_sets(public, latest)
    facts = {pk: fact for pk, fact in old.facts.items() if pk not in changed} | latest
    by_authority, by_age = _keys(facts)
    grouped = old.grouped.changed(changed, latest, by_authority)
    newest = old.newest.changed(changed, latest, by_age)
    merged: Sets = {facet: {key: ids - changed for key, ids in values.items()} for facet, values in old.sets.items()}
    for facet, values in sets.items():
        for key, having in values.items():
            merged[facet][key] = merged[facet].get(key, BitMap()) | having
    return replace(old, facts=facts, sets=merged, grouped=grouped, newest=newest, public=BitMap(facts))
