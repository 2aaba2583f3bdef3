"""Pilots that an address names one by one: those on the shortlist, those to be compared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.browse.filters import DIFFERENCES, PILOT, AddressFilterSet, ComparisonFilterSet, ShortlistFilterSet
from pilots.browse.formerly_public import notes_on_missing
from pilots.browse.selection import Ignored, Selection, read_slugs
from pilots.browse.shortlist import pilots_named
from pilots.index.per_version import PerVersion
from pilots.index.pilots import Index, index
from pilots.models import Authority, Pilot
from pilots.models.marked_text import marked_text_of
from pilots.models.translation import best_text, current_language, shown
from prepare_portal.collation import in_order
from prepare_portal.phrases import all_of, quoted

MOST_COMPARED = 4
# Beyond this, pilots are looked for in the list, not in a field that offers them all.
MOST_OFFERED = 1_000


@dataclass(frozen=True)
class ComparisonColumn:
    """A pilot of a comparison, what it is called in short, and the query string of the comparison without it."""

    pilot: Pilot
    place: str
    query_without: str


class ShortlistPage:
    """The shortlist of an address, for a page of its own. Raises InvalidQuery.

    Two queries, none when no pilot is named, up to nine when one of them is not known by this name.
    """

    def __init__(self, query: QueryDict, filters: type[AddressFilterSet] = ShortlistFilterSet) -> None:
        pilots = {PILOT: {slug: slug for slug in read_slugs(query, PILOT)}} if PILOT in filters.base_filters else {}
        selection = filters.read(query, pilots)
        slugs = [*selection.chosen.get(PILOT, ()), *selection.keep]
        self._named = pilots_named(slugs)
        missing = dict.fromkeys(slug for slug in slugs if slug not in self._named)
        self.shortlist = self._public(selection.keep)
        self.selection = replace(
            selection,
            keep=tuple(pilot.slug for pilot in self.shortlist),
            notes=(*selection.notes, *notes_on_missing(missing)),
        )

    @cached_property
    def index(self) -> Index:
        """What is public. One query."""
        return index()

    @property
    def here(self) -> str:
        """The query string of this very page."""
        return self.selection.query()

    def _public(self, slugs: Iterable[str]) -> list[Pilot]:
        """The pilots by these names, each once, in the order given."""
        return list({self._named[slug].pk: self._named[slug] for slug in slugs if slug in self._named}.values())


class ComparisonPage(ShortlistPage):
    """The pilots that an address compares, in its order, and the shortlist it carries on.

    As many queries as `ShortlistPage`.
    """

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, ComparisonFilterSet)
        chosen = self.selection.chosen.get(PILOT, [])
        found = self._public(chosen)
        self.pilots, left_out = found[:MOST_COMPARED], found[MOST_COMPARED:]
        notes = [Ignored(too_many(left_out), PILOT)] if left_out else []
        if len(found) == 1 and len(names := [name for name in chosen if name in self._named]) > 1:
            notes.append(Ignored(same_pilot(names), PILOT))
        present = {PILOT: [pilot.slug for pilot in self.pilots]}
        self.selection = replace(self.selection, chosen=present, notes=(*self.selection.notes, *notes))

    @property
    def is_full(self) -> bool:
        """Whether no further pilot can be added."""
        return len(self.pilots) >= MOST_COMPARED

    @property
    def only_differences(self) -> bool:
        """Whether the visitor wants to see only what differs."""
        return self.selection.extra.get("show") == DIFFERENCES

    @property
    def everything(self) -> str:
        """The query string of the whole comparison."""
        return replace(self.selection, extra={}).query()

    @property
    def differences(self) -> str:
        """The query string of the comparison without what is the same."""
        return replace(self.selection, extra={"show": DIFFERENCES}).query()

    @cached_property
    def places(self) -> list[str]:
        """What the pilots are called in short."""
        return short_names(self.pilots)

    @property
    def columns(self) -> list[ComparisonColumn]:
        """The pilots as the table heads its columns with them."""
        return [
            ComparisonColumn(pilot, place, self.selection.without(PILOT, pilot.slug).query())
            for pilot, place in zip(self.pilots, self.places, strict=True)
        ]

    @property
    def unseen(self) -> list[tuple[str, str]]:
        """What the form has to carry on, as parameters."""
        return [
            *((PILOT, pilot.slug) for pilot in self.pilots),
            *self.selection.shortlist_pairs(),
            *self.selection.extra.items(),
        ]


def comparison(slugs: Iterable[str], keep: tuple[str, ...] = ()) -> str:
    """The query string that compares pilots and carries the shortlist on."""
    return Selection(chosen={PILOT: list(slugs)}, keep=keep).query()


def short_names(pilots: Iterable[Pilot]) -> list[str]:
    """What each pilot's authority is called in short, with the title where two are called the same."""
    language = current_language()
    said = [(short_name(pilot), pilot.text_in("title", language)[0]) for pilot in pilots]
    places = [place for place, _title in said]
    return [
        place if places.count(place) == 1 else _("%(place)s (%(title)s)") % {"place": place, "title": title}
        for place, title in said
    ]


def same_pilot(slugs: list[str]) -> str:
    """The note on a pilot that an address compares with itself, by names it has or had."""
    names = all_of(map(quoted, slugs))
    return _("%(names)s are addresses of the same pilot.") % {"names": names}


def short_name(pilot: Pilot) -> str:
    """What the authority of a pilot is called in short: mostly its place."""
    return marked_text_of(pilot.authority, pilot.authority.short_name_field)


def too_many(left_out: list[Pilot]) -> str:
    """The note on pilots for which there is no room."""
    return _("At most %(most)d pilots fit side by side, so this is left out: %(places)s.") % {
        "most": MOST_COMPARED,
        "places": all_of(short_names(left_out)),
    }


@dataclass(frozen=True)
class PilotOption:
    """A pilot to choose from many: its country, its authority in short, its title, and the language of that."""

    slug: str
    country: str
    place: str
    title: str
    language: str


_pilot_options: PerVersion[list[PilotOption]] = PerVersion()


def pilot_options(public: Index) -> list[PilotOption]:
    """All public pilots by place; none of them where they are too many. Two queries, or none."""
    if len(public.public) > MOST_OFFERED:
        return []
    return _pilot_options.get(public.number, lambda _old: _read_options(), key=current_language())


def _read_options() -> list[PilotOption]:
    public = Pilot.objects.published().order_by("slug")
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    places: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for slug, code, title in public.values_list("slug", "translations__language_code", shown("translations__title")):
        titles[slug][code] = title
    texts = [shown(f"authority__translations__{text}") for text in ("place", "name")]
    authority = ("authority__country", "authority__kind", "authority__translations__language_code", *texts)
    for slug, country, kind, code, place, name in public.values_list("slug", *authority):
        short = {"place": place, "name": name}[Authority.short_name_field_of(kind)]
        places[slug, country][code] = short
    language = current_language()
    options = [
        PilotOption(slug, country, best_text(named, language)[0], *best_text(titles[slug], language))
        for (slug, country), named in places.items()
    ]
    return sorted(options, key=lambda option: in_order(option.place))


def option_of(pilot: Pilot) -> PilotOption:
    language = current_language()
    return PilotOption(pilot.slug, pilot.authority.country.code, short_name(pilot), *pilot.text_in("title", language))
