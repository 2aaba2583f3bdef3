"""What changed after a moment: pilots that are public, then those that are not any more."""

from bisect import bisect_right
from datetime import datetime

from pyroaring import BitMap

from pilots.api.query import ApiQuery
from pilots.browse.deletions import Deletion, deletions
from pilots.models import Pilot


class PilotsAndDeletions:
    """The pilots that match and changed after the moment that is asked for, in their order; then all deletions since.

    A deletion cannot be told by what the pilot was classified as, so no filter leaves any out. Three queries.
    """

    def __init__(self, query: ApiQuery) -> None:
        moment = query.updated_after
        assert moment  # noqa: S101 (whoever makes this looked)
        changed = _changed_after(moment)
        self.order, self.tiers = query.matches.order, [tier & changed for tier in query.matches.tiers]
        self.living = sum(map(len, self.tiers))
        gone = deletions(query.public.number)
        self.gone = gone[bisect_right(gone, moment, key=lambda one: one.deleted_at) :]

    def __len__(self) -> int:
        return self.living + len(self.gone)

    def __getitem__(self, part: slice) -> list[int | Deletion]:
        rows: list[int | Deletion] = [*self.order.part(self.tiers, part.start, min(part.stop, self.living))]
        return rows + self.gone[max(part.start - self.living, 0) : max(part.stop - self.living, 0)]


def _changed_after(moment: datetime) -> BitMap:
    """The public pilots that visitors saw change after `moment`. One query."""
    changed = Pilot.objects.published().filter(public_change_at__gt=moment)
    return BitMap(changed.order_by().values_list("pk", flat=True))
