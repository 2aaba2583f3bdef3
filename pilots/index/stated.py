"""What is stated of pilots: the items of the implementation profile, whether they were evaluated, a public contact.

Each is a set of ids, as a value of a facet is; but it is no facet of the form, where it would count completeness.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.index.grouped_ids import ids_by_value
from pilots.models import Passage, Pilot
from pilots.models.pilot import PROFILE

STATED = "stated"
EVALUATION, CONTACT = "evaluation", "contact"


def stated_names() -> dict[str, str]:
    """All that can be asked for with its label, whether any pilot states it or not, in order."""
    evaluation: Any = Pilot._meta.get_field(EVALUATION)
    labels = {name: Passage.About(name).label for name in PROFILE} | {EVALUATION: evaluation.verbose_name}
    return {name: capfirst(str(label)) for name, label in labels.items()} | {CONTACT: _("Public contact")}


def stated_rows(pilots: QuerySet[Pilot]) -> list[QuerySet[Any, Any]]:
    """Rows of facet, item and the ids of the pilots that state it."""
    passages = Passage.objects.of_items().filter(pilot__in=pilots)
    evaluated, reached = pilots.exclude(evaluation=""), pilots.exclude(authority__public_contact="")
    partners = Pilot.partners.through.objects.filter(pilot__in=pilots).exclude(partner__public_contact="")
    return [
        ids_by_value(STATED, passages, "about"),
        ids_by_value(STATED, evaluated, EVALUATION, pilot="pk", called=EVALUATION),
        ids_by_value(STATED, reached, "authority", pilot="pk", called=CONTACT),
        ids_by_value(STATED, partners, "partner", called=CONTACT),
    ]
