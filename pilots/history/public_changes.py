"""What the public version of entries changed, by the names of its parts: never what they said."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, OuterRef, Subquery

from pilots.history.readable_diff import ChangedPart, changed_parts
from pilots.models import Pilot, Revision


def latest_changes(ids: Collection[int]) -> dict[int, list[ChangedPart]]:
    """Which parts the present public version of each pilot changed; only those whose last two versions are kept.

    One query. Only versions that were public are read.
    """
    present = Pilot.objects.published().filter(pk=OuterRef("entry_id")).order_by().values("version")[:1]
    rows = Revision.objects.versions().filter(entry_id__in=list(ids)).annotate(present=Subquery(present))
    latest: dict[int, dict[int, Revision]] = defaultdict(dict)
    for row in rows.filter(version__gte=F("present") - 1, version__lte=F("present")).order_by():
        latest[row.entry_id][row.version - row.present] = row
    return {
        pk: changed_parts(found[-1].content, found[0].content) for pk, found in latest.items() if {-1, 0} <= {*found}
    }
