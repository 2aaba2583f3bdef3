"""The public pilots as sets of ids, one for each value of a facet, and in their orders.

Counts for every choice are intersections of such sets, which are compressed bitmaps (pyroaring; Lemire
and others, "Roaring Bitmaps", 2018): exact, and microseconds each. A process caches them as long as the
number of the content stays the same; after a change it reads the changed pilots again, not the others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from pyroaring import BitMap

from pilots.index.content_version import current
from pilots.index.facet_values import (
    CODES,
    FACET_NAMES,
    INVOLVED,
    SET_NAMES,
    VOCABULARIES,
    Classified,
    Named,
    read_names,
)
from pilots.index.grouped_ids import ids_by_value
from pilots.index.order import Order, OrderFacts
from pilots.index.per_version import PerVersion
from pilots.index.stated import stated_rows
from pilots.index.unchecked import UNCHECKED, unchecked_rows
from pilots.models import ContentChange, OrganisationInvolved, Pilot
from pilots.models.content_version import EVERYTHING, NAMES
from pilots.models.translation import best_text, current_language

MANY = 1000  # changed pilots from which on reading all of them again is quicker

Sets = dict[str, dict[str, BitMap]]


@dataclass(frozen=True)
class Index:
    """All public pilots at one number of the content. Never changed once made."""

    facts: dict[int, OrderFacts]
    sets: Sets
    named: dict[str, dict[str, Named]]
    orders: dict[str, Order]
    public: BitMap
    number: int | None = None

    @cached_property
    def authorities(self) -> Counter[str]:
        """How many public pilots each authority has, by its slug."""
        return Counter(authority for authority, _pilot in self.orders["place"].keys)

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
        if pilot is None:
            if language not in self._known_in:
                self._known_in[language] = self._read_known(language, None)
            return self._known_in[language]
        return self._read_known(language, pilot)

    @cached_property
    def _known_in(self) -> dict[str, Classified]:
        """The values that public pilots have, by the language of their names: most pages ask for them."""
        return {}

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
        if language not in self._unchecked_in:
            self._unchecked_in[language] = self._read_unchecked(language)
        return self._unchecked_in[language]

    @cached_property
    def _unchecked_in(self) -> dict[str, BitMap]:
        return {}

    def _read_unchecked(self, language: str) -> BitMap:
        if settings.HIDE_UNCHECKED_TRANSLATIONS:
            return BitMap()
        called = (
            self.sets[facet].get(key, BitMap())
            for facet, values in self.named.items()
            for key, value in values.items()
            if language in value.unchecked
        )
        return BitMap.union(self.sets[UNCHECKED].get(language, BitMap()), *called)

    def _values(self, facet: str, keys: Iterable[str], language: str) -> dict[str, str]:
        named = (self.named[facet][key] for key in keys if key in self.named[facet])
        in_order = sorted(named, key=lambda value: value.place(language))
        return {value.slug: best_text(value.names, language)[0] or value.slug for value in in_order}


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
    named = read_names() if NAMES in changed else old.named
    pilots = [pk for pk in changed if pk > 0]
    return with_changed(replace(old, named=named), pilots) if pilots else replace(old, named=named)


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
    place = Order.of(facts, lambda pilot: pilot.place)
    newest = Order.of(facts, lambda pilot: pilot.published)
    orders = {"place": place, "-place": place.reversed(), "newest": newest}
    return Index(facts, read_sets(public, facts), read_names(), orders, BitMap(facts))


def with_changed(old: Index, pilots: list[int]) -> Index:
    """`old` with these pilots as they are now, or without them. Two queries."""
    public = Pilot.objects.published().filter(pk__in=pilots).order_by()
    latest = read_facts(public)
    before = [old.facts[pk] for pk in pilots if pk in old.facts]
    facts = {pk: fact for pk, fact in old.facts.items() if pk not in set(pilots)} | latest
    place = old.orders["place"].changed((fact.place for fact in before), ((latest[pk].place, pk) for pk in latest))
    newest = old.orders["newest"].changed(
        (fact.published for fact in before), ((latest[pk].published, pk) for pk in latest)
    )
    changed, sets = BitMap(pilots), read_sets(public, latest)
    merged: Sets = {facet: {key: ids - changed for key, ids in values.items()} for facet, values in old.sets.items()}
    for facet, values in sets.items():
        for key, having in values.items():
            merged[facet][key] = merged[facet].get(key, BitMap()) | having
    orders = {"place": place, "-place": place.reversed(), "newest": newest}
    return replace(old, facts=facts, sets=merged, orders=orders, public=BitMap(facts))


def read_facts(pilots: QuerySet[Pilot]) -> dict[int, OrderFacts]:
    """The facts of pilots by id. One query."""
    codes = (coded.field for coded in CODES.values())
    rows = pilots.values_list("pk", "slug", "authority__slug", Cast("published_at", TextField()), *codes)
    same: dict[str, str] = {}  # many pilots share an authority: one text for all of them
    return {
        pk: OrderFacts(
            place=(same.setdefault(authority, authority), slug),
            published=(-moment(published), slug),
            country=country,
            authority_kind=same.setdefault(kind, kind),
        )
        for pk, slug, authority, published, country, kind in rows
    }


def moment(written: str) -> int:
    """A time as the database writes it (year first, in UTC) as a number that grows with time."""
    digits = "".join(char for char in written[:26] if char.isdigit())
    return int(digits.ljust(20, "0"))


def read_sets(pilots: QuerySet[Pilot], facts: dict[int, OrderFacts]) -> Sets:
    """The pilots that have each value of each facet. One query."""
    sets: Sets = {facet: {} for facet in (*SET_NAMES, INVOLVED, UNCHECKED)}
    for facet in CODES:
        by_code: dict[str, list[int]] = defaultdict(list)
        for pk, fact in facts.items():
            by_code[getattr(fact, facet)].append(pk)
        sets[facet] = {code: BitMap(ids) for code, ids in by_code.items()}
    rows = [_classified(facet, field, pilots) for facet, (_model, field) in VOCABULARIES.items()]
    rows += [_involved(pilots), *stated_rows(pilots), *unchecked_rows(pilots)]
    for facet, value, ids in rows[0].union(*rows[1:], all=True):
        sets[facet][value] = sets[facet].get(value, BitMap()) | BitMap(map(int, ids.split(",")))
    return sets


def _classified(facet: str, field: str, pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    relation: Any = Pilot._meta.get_field(field)
    ties = relation.remote_field.through.objects.filter(pilot__in=pilots)
    return ids_by_value(facet, ties, relation.m2m_reverse_field_name())


def _involved(pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    return ids_by_value(
        INVOLVED, OrganisationInvolved.objects.filter(pilot__in=pilots, partner__isnull=False), "partner"
    )
