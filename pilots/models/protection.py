"""Refuses to delete what a pilot still uses, and says which pilot."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.models.translation import Slugged, SluggedQuerySet
from prepare_portal.phrases import all_of

NAMED_IN_MESSAGE = 10


class UsedByPilotsQuerySet(SluggedQuerySet):
    """Rows that pilots point at."""

    def public(self) -> Self:
        """Those that a published pilot uses. No other is ever shown to visitors."""
        return self.filter(self._used_in_public())

    def marked_public(self) -> Self:
        """The rows with `is_public`: whether a published pilot uses them. No query more."""
        return self.annotate(is_public=self._used_in_public())

    def _used_in_public(self) -> Exists:
        relation: Any = self.model._meta.get_field("pilots")
        published = relation.related_model.objects.published()
        return Exists(published.filter(**{relation.remote_field.name: OuterRef("pk")}))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows, or none: raises ProtectedError when a pilot uses one of them."""
        with transaction.atomic():
            rows = list(self.select_for_update().order_by("pk"))
            for row in rows:
                row.refuse_if_used()
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class UsedByPilots(Slugged):
    """A row that pilots point at under the reverse name `pilots`; it cannot go while one does."""

    objects = UsedByPilotsQuerySet.as_manager()

    class Meta:
        abstract = True

    def users(self) -> list[Any]:
        """The pilots that keep this row from being deleted, drafts included. Two queries."""
        return list(self.pilots.order_by("slug").prefetch_related("translations"))

    def refuse_if_used(self) -> None:
        """Raise ProtectedError, its message naming the pilots, when one uses this row."""
        users = self.users()
        if users:
            raise ProtectedError(use_message(self, users), set(users))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; raises ProtectedError when a pilot uses it."""
        with transaction.atomic():
            # Locked first, so that no pilot can start to use it between the look and the deletion.
            type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
            self.refuse_if_used()
            return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]


def use_message(row: models.Model, users: list[Any]) -> str:
    """A sentence that says which pilots use `row`, and what to do."""
    names = [str(pilot) for pilot in users[:NAMED_IN_MESSAGE]]
    if len(users) > NAMED_IN_MESSAGE:
        more = len(users) - NAMED_IN_MESSAGE
        names.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return _("“%(row)s” cannot be deleted because it is used by: %(pilots)s. Change it there first.") % {
        "row": row,
        "pilots": all_of(names),
    }
