"""The visitor's shortlist: pilots whose slugs the address carries, in the order they were chosen."""

from collections.abc import Iterable
from dataclasses import replace

from pilots.browse.formerly_public import notes_on_missing
from pilots.browse.selection import Selection
from pilots.models import Authority, FormerSlug, Pilot
from pilots.models.translation import has_texts


def pilots_named(slugs: Iterable[str]) -> dict[str, Pilot]:
    """The public pilots among `slugs`, each with its texts and those of its authority, by the slug that names it.

    Former slugs find their pilot too. No query for no slugs, two for known ones, four with unknown ones.
    """
    slugs = list(slugs)
    if not slugs:
        return {}
    named = {pilot.slug: pilot for pilot in _with_texts(slug__in=slugs)}
    unknown = [slug for slug in slugs if slug not in named]
    former = FormerSlug.objects.filter(model="pilot", slug__in=unknown) if unknown else ()
    ids = {row.slug: row.object_id for row in former}
    bearers = {pilot.pk: pilot for pilot in (_with_texts(pk__in=ids.values()) if ids else ())}
    named |= {slug: bearers[pk] for slug, pk in ids.items() if pk in bearers}
    give_authorities(named.values())
    return {slug: named[slug] for slug in slugs if slug in named}


def with_shortlist(selection: Selection) -> tuple[list[Pilot], Selection]:
    """The pilots of the shortlist, and the selection with what there is of it. No query for none."""
    if not selection.keep:
        return [], selection
    named = pilots_named(selection.keep)
    pilots = list({pilot.slug: pilot for pilot in named.values()}.values())
    notes = (*selection.notes, *notes_on_missing([slug for slug in selection.keep if slug not in named]))
    return pilots, replace(selection, keep=tuple(pilot.slug for pilot in pilots), notes=notes)


def give_authorities(pilots: Iterable[Pilot]) -> None:
    """Put the authorities, with their texts, into `pilots`. One query, none where the texts are there."""
    without = [pilot for pilot in pilots if not has_texts(pilot.authority)]
    if without:
        ids = {pilot.authority_id for pilot in without}
        authorities = {row.pk: row for row in Authority.objects.filter(pk__in=ids).with_texts()}
        for pilot in without:
            pilot.authority = authorities.get(pilot.authority_id, pilot.authority)


def _with_texts(**which: object) -> list[Pilot]:
    return Pilot.objects.published().filter(**which).with_texts("authority")
