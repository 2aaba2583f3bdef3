"""Pilots that were public once and are not now: the archive, what was withdrawn, what was deleted.

Their addresses were cited, so visitors are told that a pilot is no longer published, and nothing else of it.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from pilots.browse.selection import NOTES_SHOWN, Ignored, shorten
from pilots.models import FormerSlug, Pilot, Revision
from pilots.models.revision import WAS_PUBLIC


def formerly_public(slugs: Collection[str]) -> set[str]:
    """Which of `slugs` once led to a public pilot, and lead to none now. Five queries at most, none for none.

    An address that an entry had before it was published, or was given after it was withdrawn, was never public.
    """
    if not slugs:
        return set()
    present = dict(Pilot.objects.withdrawn().filter(slug__in=slugs).values_list("slug", "pk"))
    entries = _former_addresses(slugs) | present
    history = Revision.objects.filter(entry_id__in=set(entries.values())).order_by()
    addresses = set(
        history.filter(WAS_PUBLIC, content__slug__in=list(entries)).values_list("entry_id", "content__slug")
    )
    with_history = set(history.values_list("entry_id", flat=True).distinct()) if present else set()
    # A pilot that was withdrawn before there was a history has left nothing but its row.
    return {slug for slug, entry in entries.items() if (entry, slug) in addresses} | {
        slug for slug, entry in present.items() if entry not in with_history
    }


def _former_addresses(slugs: Collection[str]) -> dict[str, int]:
    """The ids of pilots that had one of these slugs, and are not public now. Two queries."""
    former = dict(FormerSlug.objects.filter(model="pilot", slug__in=slugs).values_list("slug", "object_id"))
    public = set(Pilot.objects.published().filter(pk__in=former.values()).values_list("pk", flat=True))
    return {slug: entry for slug, entry in former.items() if entry not in public}


def notes_on_missing(slugs: Collection[str], parameter: str = "keep") -> list[Ignored]:
    """A note on each of the first few of `slugs`, none of which is the slug of a public pilot.

    As many queries as `formerly_public`.
    """
    withdrawn = formerly_public(slugs)
    return [
        Ignored(_note(slug, is_withdrawn=slug in withdrawn), parameter, shorten(slug))
        for slug in list(slugs)[:NOTES_SHOWN]
    ]


def _note(slug: str, *, is_withdrawn: bool) -> str:
    words = (
        _("The pilot “%(slug)s” is no longer published, so it is left out.")
        if is_withdrawn
        else _("There is no pilot “%(slug)s”, so it is left out.")
    )
    return words % {"slug": shorten(slug)}
