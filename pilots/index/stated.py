"""What the source states of pilots: the items of the implementation profile, and whether they were evaluated.

Each is a set of ids, as a value of a facet is; but it is no facet of the form, where it would count completeness.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from pilots.index.grouped_ids import ids_by_value
from pilots.models import Passage, Pilot
from pilots.models.pilot import PROFILE

STATED = "stated"
EVALUATION = "evaluation"


def stated_names() -> dict[str, str]:
    """All that can be asked for with its label, whether any pilot states it or not, in order."""
    evaluation: Any = Pilot._meta.get_field(EVALUATION)
    labels = {name: Passage.About(name).label for name in PROFILE} | {EVALUATION: evaluation.verbose_name}
    return {name: capfirst(str(label)) for name, label in labels.items()}


def stated_rows(pilots: QuerySet[Pilot]) -> list[QuerySet[Any, Any]]:
    """Rows of facet, item and the ids of the pilots that state it."""
    passages = Passage.objects.filter(pilot__in=pilots, about__in=PROFILE)
    evaluated = pilots.exclude(evaluation="")
    return [
        ids_by_value(STATED, passages, "about"),
        ids_by_value(STATED, evaluated, EVALUATION, pilot="pk", called=EVALUATION),
    ]
