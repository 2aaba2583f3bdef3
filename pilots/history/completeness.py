"""How complete an entry is, as one figure."""

from collections import defaultdict

from pilots.models import Pilot
from pilots.models.content import MANY, ONE, Content, read_contents

AT_ONCE = 300
TEXTS = ("title", "summary", "background", "objectives", "what_was_done", "results", "prospects")


def completeness(content: Content) -> int:
    """How much of what an entry can say is filled in, in per cent of the fields (0 to 100).

    Each English text, each facet, the authority, the source and the lessons count the same. It says
    how full the entry is, not how good: a source may not say more.
    """
    english = content["texts"].get("en", {})
    filled = [*(english.get(name) for name in TEXTS), *(content[name] for name in (*ONE, *MANY)), content["lessons"]]
    return round(100 * sum(bool(value) for value in filled) / len(filled))


def measure_completeness() -> None:
    """Fill in the figure of entries written past the history; it is never 0, because an entry has an authority.

    One query when there is nothing to do, else thirty at most for each 300 entries.
    """
    ids = list(Pilot.objects.filter(completeness=0).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        by_figure: dict[int, list[int]] = defaultdict(list)
        for pk, content in read_contents(ids[first : first + AT_ONCE]).items():
            by_figure[completeness(content)].append(pk)
        for figure, rows in by_figure.items():
            Pilot.objects.filter(pk__in=rows).update(completeness=figure)
