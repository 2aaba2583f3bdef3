"""How complete an entry is, as one figure."""

import json
from collections import defaultdict

from django.db.models import Q

from pilots.history.translated_texts import count_states
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
    """Fill in what is counted of entries written past the history: how complete they are, how far translated.

    Neither is ever empty, because an entry has an authority, and is counted in each language. One query when there
    is nothing to do, else twenty for each 300 entries and one for each two that differ.
    """
    uncounted = Q(completeness=0) | Q(translation_counts={})
    ids = list(Pilot.objects.filter(uncounted).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        alike: dict[tuple[int, str], list[int]] = defaultdict(list)
        for pk, content in read_contents(ids[first : first + AT_ONCE]).items():
            alike[completeness(content), json.dumps(count_states(content))].append(pk)
        for (figure, counts), rows in alike.items():
            Pilot.objects.filter(pk__in=rows, completeness=0).update(completeness=figure)
            Pilot.objects.filter(pk__in=rows).update(translation_counts=json.loads(counts))
