"""Gives entries their figure of completeness that were written past the history: loaded, made, or from before."""

from collections import defaultdict

from pilots.content_checks.completeness import completeness
from pilots.models import Pilot
from pilots.models.content import read_contents

AT_ONCE = 300


def measure_completeness() -> None:
    """Fill in the figure where it was never worked out: an entry has an authority, so it is never 0.

    One query when there is nothing to do, else thirty at most for each 300 entries.
    """
    ids = list(Pilot.objects.filter(completeness=0).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        by_figure: dict[int, list[int]] = defaultdict(list)
        for pk, content in read_contents(ids[first : first + AT_ONCE]).items():
            by_figure[completeness(content)].append(pk)
        for figure, rows in by_figure.items():
            Pilot.objects.filter(pk__in=rows).update(completeness=figure)
