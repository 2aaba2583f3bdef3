"""How far entries are translated, counted from what each row keeps: conditions, orders and words for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import IntegerField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext_lazy

from pilots.history.translated_texts import UNCHECKED, Counts
from pilots.models import Pilot
from pilots.models.access import readable_pilots
from pilots.models.provenance import State
from pilots.models.roles import LANGUAGES

# How texts can stand, the worst first, and what is said of it.
TO_DO: dict[str, str | Promise] = {
    State.OUTDATED_MEANING.value: State.OUTDATED_MEANING.label,
    State.OUTDATED_WORDING.value: State.OUTDATED_WORDING.label,
    State.MISSING.value: State.MISSING.label,
    UNCHECKED: pgettext_lazy("texts", "not checked"),
}


@dataclass(frozen=True)
class Cell:
    """How the texts of one entry stand in one language."""

    language: str
    counts: Counts

    @property
    def words(self) -> str:
        """The numbers in words: “12 up to date, 2 out of date in meaning, 15 not checked”."""
        return words_for(self.counts)

    @property
    def is_done(self) -> bool:
        return not any(self.counts.get(state) for state in TO_DO)


def words_for(counts: Counts) -> str:
    """The numbers of a language in words; a dash when no text was counted."""
    said = [_counted(state, counts[state]) for state in (State.CURRENT.value, *TO_DO) if counts.get(state)]
    return ", ".join(said) or "–"


def _counted(state: str, n: int) -> str:
    """How many texts stand so: English has one form for one and many, other languages have two."""
    words = {
        State.CURRENT.value: ngettext("%(n)d up to date", "%(n)d up to date", n),
        State.OUTDATED_MEANING.value: ngettext("%(n)d out of date in meaning", "%(n)d out of date in meaning", n),
        State.OUTDATED_WORDING.value: ngettext("%(n)d out of date in wording", "%(n)d out of date in wording", n),
        State.MISSING.value: ngettext("%(n)d missing", "%(n)d missing", n),
        UNCHECKED: ngettext("%(n)d not checked", "%(n)d not checked", n),
    }
    return words[state] % {"n": n}


def lacks(language: str, state: str) -> Q:
    """The condition for rows in which some text stands so in `language`."""
    return Q(**{f"translation_counts__{language}__{state}__gt": 0})


def lacks_any(languages: Iterable[str], states: Iterable[str]) -> Q:
    """The condition for rows in which some text stands in one of these ways in one of these languages."""
    return reduce(or_, (lacks(language, state) for language in languages for state in states))


def worst_first(languages: list[str]) -> list[Any]:
    """The order for rows in which those stand first whose texts in `languages` need most."""

    def total(state: str) -> Any:
        return reduce(add, (_number(language, state) for language in languages))

    return [*(total(state).desc() for state in TO_DO), "slug"]


def _number(language: str, state: str) -> Any:
    return Coalesce(Cast(KT(f"translation_counts__{language}__{state}"), IntegerField()), 0)


def to_translate(user: Any) -> QuerySet[Pilot]:
    """A row for each entry, with the newest words that `user` may read: its working copy or itself. No query more."""
    rows = readable_pilots(user)
    revised = rows.filter(revises__isnull=False).values("revises")
    return rows.exclude(status=Pilot.Status.ARCHIVED).exclude(pk__in=revised)


def cells_of(pilot: Pilot, languages: list[str]) -> list[Cell]:
    """How an entry stands in each language."""
    return [Cell(language, pilot.translation_counts.get(language, {})) for language in languages]


def in_order(own: list[str]) -> list[str]:
    """All languages, one's own first."""
    return [*own, *(language for language in LANGUAGES if language not in own)]
