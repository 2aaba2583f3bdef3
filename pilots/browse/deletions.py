"""Pilots that were public and are gone, as harvesters are told: which, and since when. Nothing of what they said."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from pilots.index.per_version import PerVersion
from pilots.models import Pilot, Revision
from pilots.models.revision import PUBLIC_THEN, WAS_PUBLIC


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
    found = {pk: Deletion(pk, slug, at) for pk, slug, at in _last_public_revisions()}
    for pk, slug, at in Pilot.objects.withdrawn().order_by().values_list("pk", "slug", "public_change_at"):
        found[pk] = Deletion(pk, found[pk].slug if pk in found else slug, at)
    return sorted(found.values(), key=lambda one: (one.deleted_at, one.id))


def _last_public_revisions() -> "QuerySet[Revision, tuple[int, str, datetime]]":
    """The slug in the last public revision of each entry that is not public now, and when it left.

    A row that is there knows better when. One that is gone left with its next revision; with the last, if it was
    deleted while it was public; and if it was withdrawn before there was a history, before anybody could be told.
    """
    own = Revision.objects.filter(row=F("entry_id")).order_by()
    public = own.filter(WAS_PUBLIC)
    last = public.filter(entry_id=OuterRef("entry_id")).order_by("-pk").values("pk")[:1]
    following = own.filter(entry_id=OuterRef("entry_id"), pk__gt=OuterRef("pk")).order_by("pk").values("at")[:1]
    gone = public.exclude(entry_id__in=Pilot.objects.published().order_by().values("pk")).filter(pk=Subquery(last))
    left = Case(When(PUBLIC_THEN, then=Coalesce(Subquery(following), F("at"))), default=F("at"))
    return gone.values_list("entry_id", "content__slug", left)
