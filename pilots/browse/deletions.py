"""Pilots that were public and are gone, as harvesters are told: which, and since when. Nothing of what they said."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, Max, OuterRef, QuerySet, Subquery, When
from django.db.models.fields.json import KT
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


def last_public_change(version: int | None) -> datetime | None:
    """When visitors last saw an entry come, change or go. One query, two more when something changed."""
    latest: dict[str, Any] = Pilot.objects.published().order_by().aggregate(at=Max("public_change_at"))
    gone = [one.deleted_at for one in deletions(version)[-1:]]
    return max(filter(None, [latest["at"], *gone]), default=None)


def _read() -> list[Deletion]:
    found = {pk: Deletion(pk, slug, at) for pk, slug, at in _last_public_revisions()}
    for pk, slug, at in _withdrawn():
        found[pk] = Deletion(pk, found[pk].slug if pk in found else slug, at)
    return sorted(found.values(), key=lambda one: (one.deleted_at, one.id))


def _withdrawn() -> "QuerySet[Pilot, tuple[int, str, datetime]]":
    """The rows that were public, when they left, and the oldest slug that is known of each.

    It counts for those that left before there was a history: a later one may have been given to a hidden draft.
    """
    first = Revision.objects.filter(entry_id=OuterRef("pk"), row=OuterRef("pk")).order_by("pk")
    slug = Coalesce(Subquery(first.values(said=KT("content__slug"))[:1]), F("slug"), output_field=CharField())
    return Pilot.objects.withdrawn().order_by().values_list("pk", slug, "public_change_at")


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
