"""Pilots that were public and are gone, as harvesters are told: which, and since when. Nothing of what they said."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pilots.browse.formerly_public import WAS_PUBLIC
from pilots.index.per_version import PerVersion
from pilots.models import Pilot, Revision


class Deletion(NamedTuple):
    """A pilot that left the public: its id, the slug it had there last, and when."""

    id: int
    slug: str
    deleted_at: datetime


_deletions: PerVersion[list[Deletion]] = PerVersion()


def deletions(version: int | None) -> list[Deletion]:
    """All of them, the first to go first. Two queries, none when nothing changed."""
    return _deletions.get(version, lambda _old: _read())


def _read() -> list[Deletion]:
    found = {pk: Deletion(pk, slug, at) for pk, slug, at in _from_history()}
    for pk, slug, at in _without_history():
        found.setdefault(pk, Deletion(pk, slug, at))
    return sorted(found.values(), key=lambda one: (one.deleted_at, one.id))


def _from_history() -> "QuerySet[Revision, tuple[int, str, datetime]]":
    """The last public revision of each entry that is not public now, with when the next one was made.

    Where there is no next one, it was deleted while it was public, at that very revision.
    """
    own = Revision.objects.filter(row=F("entry_id")).order_by()
    public = own.filter(WAS_PUBLIC)
    last = public.filter(entry_id=OuterRef("entry_id")).order_by("-pk").values("pk")[:1]
    following = own.filter(entry_id=OuterRef("entry_id"), pk__gt=OuterRef("pk")).order_by("pk").values("at")[:1]
    gone = public.exclude(entry_id__in=Pilot.objects.published().order_by().values("pk")).filter(pk=Subquery(last))
    at = Coalesce(Subquery(following), F("at"), output_field=DateTimeField())
    return gone.values_list("entry_id", "content__slug", at)


def _without_history() -> "QuerySet[Pilot, tuple[int, str, datetime]]":
    """What was withdrawn before there was a history: nothing but the row tells."""
    withdrawn = Pilot.objects.withdrawn().order_by()
    return withdrawn.exclude(pk__in=Revision.objects.order_by().values("entry_id")).values_list(
        "pk", "slug", "updated_at"
    )
