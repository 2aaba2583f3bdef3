"""The rows of public pilots and lessons with what cards and links say of them, cached for one content version."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.index.per_version import PerVersion, VersionedCache
from pilots.index.pilots import Index
from pilots.models import Authority, GlossaryTerm, KeyFigure, Lesson, OrganisationInvolved, Partner, Passage, Pilot
from pilots.models.translation import best_text, current_language, give_texts, shown
from prepare_portal.collation import in_order

ON_CARDS = ("partner", "activity")  # facets
MANY = 1000  # authorities
OVERHEAD = 8_000  # bytes that Django and Python need around the texts of a row, roughly


class ContentChanged(Http404):
    """A row was public when the page was begun, and is not any more. Who makes the page again succeeds."""

    def __init__(self) -> None:
        super().__init__(_("This page changed while it was made. Please reload it."))


def size_of(row: Any) -> int:
    """How many bytes a row and its texts take, roughly."""
    texts = (value for text in row.translations.all() for value in vars(text).values() if isinstance(value, str))
    return OVERHEAD + 2 * sum(map(len, texts))


PILOTS: VersionedCache[Pilot] = VersionedCache(5_000, 16 * 1024 * 1024, size_of)
LESSONS: VersionedCache[Lesson] = VersionedCache(5_000, 16 * 1024 * 1024, size_of)


def public_pilots(public: Index, ids: Iterable[int], *, may_miss: bool = False) -> dict[int, Pilot]:
    """Pilots by id, with their texts, their authorities and their values of the facets that cards show.

    Three queries, none where all of them are cached. All requests share the rows, so nobody may change one. Raises
    ContentChanged when one of them is not public any more, unless it `may_miss` some.
    """
    return _cached_rows(PILOTS, public, ids, _read_pilots, may_miss=may_miss)


def public_lessons(public: Index, ids: Iterable[int], *, may_miss: bool = False) -> dict[int, Lesson]:
    """Lessons by id, with their texts and their pilots as `public_pilots` does. Five queries, or none."""
    return _cached_rows(LESSONS, public, ids, _read_lessons, may_miss=may_miss)


class PilotParts(NamedTuple):
    """What belongs to a public pilot, whose id is `pk`: each in its order, with its texts."""

    pk: int
    passages: list[Passage]
    organisations: list[OrganisationInvolved]
    figures: list[KeyFigure]
    lessons: list[Lesson]


PARTS: VersionedCache[PilotParts] = VersionedCache(
    1_000, 8 * 1024 * 1024, lambda parts: sum(map(size_of, parts.lessons))
)


def public_parts(public: Index, ids: Iterable[int]) -> dict[int, PilotParts]:
    """What belongs to public pilots, by their ids. Five queries, none where all of it is cached.

    Raises ContentChanged when one of them is not public any more.
    """
    return _cached_rows(PARTS, public, ids, _read_parts)


def _read_parts(public: Index, ids: list[int]) -> list[PilotParts]:
    found = {pk: PilotParts(pk, [], [], [], []) for pk in ids}
    for passage in Passage.objects.filter(pilot__in=ids):
        found[passage.pilot_id].passages.append(passage)
    for organisation in OrganisationInvolved.objects.filter(pilot__in=ids).with_texts("partner"):
        found[organisation.pilot_id].organisations.append(organisation)
    for figure in KeyFigure.objects.filter(pilot__in=ids).with_texts():
        found[figure.pilot_id].figures.append(figure)
    for lesson in Lesson.objects.filter(pilot__in=ids).with_texts():
        found[lesson.pilot_id].lessons.append(lesson)
    # Asked last: what was withdrawn after the page was begun is not shown once more.
    return [found[pk] for pk in Pilot.objects.published().filter(pk__in=ids).values_list("pk", flat=True)]


class PilotOrganisations(NamedTuple):
    """The partners that took part in a public pilot, whose id is `pk`, under the names they have there."""

    pk: int
    rows: list[OrganisationInvolved]


PARTNERS: VersionedCache[Partner] = VersionedCache(5_000, 8 * 1024 * 1024, size_of)
ORGANISATIONS: VersionedCache[PilotOrganisations] = VersionedCache(
    5_000, 8 * 1024 * 1024, lambda one: OVERHEAD + sum(map(size_of, one.rows))
)


def public_partners(public: Index, ids: Iterable[int]) -> dict[int, Partner]:
    """Public partners by id, with their texts. One query, none where all of them are cached."""
    return _cached_rows(PARTNERS, public, ids, _read_partners, may_miss=True)


def organisations_of(public: Index, ids: Iterable[int]) -> list[OrganisationInvolved]:
    """In which of these public pilots partners took part, with texts. One query, none where all are cached."""
    return [row for one in _cached_rows(ORGANISATIONS, public, ids, _read_organisations).values() for row in one.rows]


def _read_partners(_public: Index, ids: list[int]) -> list[Partner]:
    return Partner.objects.public().filter(pk__in=ids).with_texts()


def _read_organisations(_public: Index, ids: list[int]) -> list[PilotOrganisations]:
    found = {pk: PilotOrganisations(pk, []) for pk in ids}
    for row in OrganisationInvolved.objects.filter(pilot__in=ids, partner__isnull=False).with_texts():
        found[row.pilot_id].rows.append(row)
    return list(found.values())


class AuthorityPlace(NamedTuple):
    """Where an authority is, whose slug is `pk`: place and name in the page's language, degrees or None."""

    pk: str
    place: str
    name: str
    country: str
    position: tuple[Any, Any]


PLACES: VersionedCache[AuthorityPlace] = VersionedCache(20_000)


def authority_places(public: Index, slugs: Iterable[str]) -> dict[str, AuthorityPlace]:
    """Where authorities are, by their slugs. One query, none where all of them are cached."""
    return _cached_rows(PLACES, public, slugs, _read_places, may_miss=True)


def _read_places(_public: Index, slugs: list[str]) -> list[AuthorityPlace]:
    facts = ("slug", "country", "latitude", "longitude")
    texts = ("translations__language_code", shown("translations__place"), shown("translations__name"))
    places: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    names: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    rows = Authority.objects.order_by().values_list(*facts, *texts)
    # To name thousands takes longer than to read them all, and a database takes only so many names.
    for *authority, language, place, name in rows if len(slugs) > MANY else rows.filter(slug__in=slugs):
        places[tuple(authority)][language], names[tuple(authority)][language] = place, name
    present, wanted = current_language(), set(slugs)
    return [
        AuthorityPlace(key[0], best_text(place, present)[0], best_text(names[key], present)[0], str(key[1]), key[2:])
        for key, place in places.items()
        if key[0] in wanted
    ]


_glossary: PerVersion[list[GlossaryTerm]] = PerVersion()


def glossary_terms(version: int | None) -> list[GlossaryTerm]:
    """The terms of the glossary from A to Z, with their texts. One query, none when nothing changed."""
    return _glossary.get(version, lambda _old: _read_glossary(), key=current_language())


def _read_glossary() -> list[GlossaryTerm]:
    terms = GlossaryTerm.objects.with_texts()
    return sorted(terms, key=lambda term: in_order(term.text_in("term", current_language())[0]))


def _cached_rows(
    cache: VersionedCache[Any],
    public: Index,
    ids: Iterable[Any],
    read: Callable[[Index, list[Any]], list[Any]],
    *,
    may_miss: bool = False,
) -> dict[Any, Any]:
    language = current_language()
    rows = {pk: cache.get(public.number, (language, pk)) for pk in ids}
    missing = [pk for pk, row in rows.items() if row is None]
    for row in read(public, missing) if missing else ():
        rows[row.pk] = row
        cache.put(public.number, (language, row.pk), row)
    found = {pk: row for pk, row in rows.items() if row}
    if len(found) < len(rows) and not may_miss:
        raise ContentChanged
    return found


def _read_pilots(public: Index, ids: list[int]) -> list[Pilot]:
    pilots = list(Pilot.objects.published().filter(pk__in=ids).order_by().select_related("authority"))
    give_texts(pilots)
    give_texts([pilot.authority for pilot in pilots])
    values = {facet: public.values_of(facet, BitMap(ids)) for facet in ON_CARDS}
    for pilot in pilots:
        pilot.values_on_card = {facet: by_pilot.get(pilot.pk, []) for facet, by_pilot in values.items()}
    return pilots


def _read_lessons(public: Index, ids: list[int]) -> list[Lesson]:
    lessons = list(Lesson.objects.public().filter(pk__in=ids).order_by())
    give_texts(lessons)
    rows = public_pilots(public, {lesson.pilot_id for lesson in lessons}, may_miss=True)
    present = [lesson for lesson in lessons if lesson.pilot_id in rows]
    for lesson in present:
        lesson.pilot = rows[lesson.pilot_id]
    return present
