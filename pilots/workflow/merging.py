"""Two values of a vocabulary, or two partners, that turn out to be one are made one, in every pilot."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.history.record import Kind, change, lock
from pilots.models import FormerSlug, Passage, Pilot
from pilots.models.access import is_reviewer
from pilots.models.content import Content
from pilots.models.protection import UsedByPilots
from pilots.security_log import Event, record
from pilots.workflow.rules import Actor, Conflict, Refused, save


def relation_of(value: UsedByPilots) -> str:
    """The field of a pilot that holds values of this kind, such as “stages”."""
    relation: Any = value._meta.get_field("pilots")
    return str(relation.remote_field.name)


def may_merge(user: Any, model: Any) -> bool:
    """Whether `user` may make two values of this kind one: a reviewer, as it changes every pilot with them."""
    app, name = model._meta.app_label, model._meta.model_name
    return is_reviewer(user) and bool(user.has_perms([f"{app}.change_{name}", f"{app}.delete_{name}"]))


def pilots_with(value: UsedByPilots) -> list[Pilot]:
    """The rows that name a value, in the order in which they are locked: each before its working copy."""
    facet = relation_of(value)
    named = Q(**{facet: value}) | Q(passages__about=facet, passages__value=value.slug)
    if facet == "partners":
        named |= Q(organisations_involved__partner=value)
    rows = Pilot.objects.filter(pk__in=Pilot.objects.filter(named).order_by().values("pk"))
    return sorted(
        rows.select_related("revises").prefetch_related("translations"), key=lambda row: (row.entry_id, row.pk)
    )


def merge(
    old: UsedByPilots, into: UsedByPilots, *, by: Actor, note: str = "", seen: list[tuple[int, int]] | None = None
) -> UUID:
    """Make every pilot that names `old` name `into`, delete `old`, and return the batch of the revisions.

    The address of `old` leads on to `into`. A public pilot gets a new version, as what visitors see
    changes. `seen` lists the rows, with their numbers of changes, that the caller looked at: Conflict is
    raised when they are others now. All or nothing; raises Refused or PermissionDenied.
    """
    if not may_merge(by, type(old)):
        raise PermissionDenied(_("Your account may not make two values one."))
    if type(old) is not type(into) or old.pk == into.pk:
        raise Refused(_("Choose another value of the same kind."))
    batch = uuid4()
    with transaction.atomic():
        # Pilots before values, as whoever writes a pilot locks them: so two never wait for each other.
        rows = [lock(row) for row in pilots_with(old)]
        _lock_values(old, into)
        now = [(row.pk, row.edit_count) for row in rows]
        if now != [(row.pk, row.edit_count) for row in pilots_with(old)] or seen not in (None, now):
            raise Conflict(_("A pilot was changed since you looked at this, so nothing was done. Look at it again."))
        words = _("“%(old)s” is the same as “%(into)s”.") % {"old": old, "into": into}
        for row in rows:
            _follow(row, old, into, by=by, note=f"{words} {note}".strip(), batch=batch)
        record(Event.ROW_DELETED, by=by, kind=str(old._meta.model_name), row=old.pk)
        _lead_on(old, into)
    return batch


def _lock_values(old: UsedByPilots, into: UsedByPilots) -> None:
    values = type(old)._default_manager.select_for_update().filter(pk__in=[old.pk, into.pk]).order_by("pk")
    if len(values) != 2:
        raise Conflict(_("One of the two is not there any more. Look at the list again."))


def _follow(row: Pilot, old: UsedByPilots, into: UsedByPilots, *, by: Actor, note: str, batch: UUID) -> None:
    with change(row, kind=Kind.MERGED, by=by, note=note, batch=batch, always=True) as under_way:
        under_way.write(merged(under_way.before, relation_of(old), old.slug, into.slug))
        if under_way.row.is_public:
            under_way.version = under_way.row.version + 1
            save(under_way.row, version=under_way.version, version_at=timezone.now())


def merged(content: Content, facet: str, old: str, into: str) -> Content:
    """The content with `into` wherever it named `old`; of two pointers to the source, one with both."""
    here = {into if slug == old else slug for slug in content[facet]}
    found = content | {facet: sorted(here), "passages": dict(content["passages"])}
    pointer = found["passages"].pop(f"{facet}/{old}", None)
    if pointer:
        present = found["passages"].get(f"{facet}/{into}")
        found["passages"][f"{facet}/{into}"] = _both(present, pointer) if present else pointer
    if facet == "partners":
        involved = content["organisations_involved"].items()
        found["organisations_involved"] = {
            number: part | {"partner": into if part["partner"] == old else part["partner"]} for number, part in involved
        }
    return found


def _both(one: Content, other: Content) -> Content:
    """A pointer to all passages of both, those of `one` alone when they are too many for the field."""
    places = list(dict.fromkeys(place.strip() for said in (one, other) for place in said["passage"].split(",")))
    joined = ", ".join(places)
    longest = Passage._meta.get_field("passage").max_length or 0
    return {
        "passage": joined if len(joined) <= longest else one["passage"],
        "rests_on_heading": one["rests_on_heading"] and other["rests_on_heading"],
    }


def _lead_on(old: UsedByPilots, into: UsedByPilots) -> None:
    """Delete `old`; its address and those that it had before lead to `into`, which takes over its further reading."""
    former = FormerSlug.objects.filter(model=old._meta.model_name)
    former.filter(object_id=old.pk).update(object_id=into.pk)
    if readings := getattr(old, "further_reading", None):
        readings.update(**{readings.field.name: into})
    slug = old.slug
    old.delete()
    FormerSlug.objects.remember(into, old=slug)
