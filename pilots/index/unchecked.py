"""Of which pilots something is shown in which language, and of which something that nobody has checked.

A set of ids for each language, as for a value of a facet: made of the pilot's own texts, the second also of its parts.
The database looks into what is known of each text, and gives ids alone. What authorities, partners and values are
called is added to the second when it is asked for: there are fewer of them than pilots, and their names change
without these.
"""

from typing import Any

from django.db.models import QuerySet

from pilots.index.grouped_ids import ids_by_value
from pilots.models import KeyFigure, Lesson, OrganisationInvolved, Pilot
from pilots.models.translation import seen_texts, unchecked_texts

UNCHECKED, TRANSLATED = "unchecked", "translated"
LANGUAGE = "language_code"


def unchecked_rows(pilots: QuerySet[Pilot]) -> list[QuerySet[Any, Any]]:
    """Rows of facet, language and the ids of the pilots with a text in it that nobody has checked."""
    parts = [_texts_of(model).filter(master__pilot__in=pilots) for model in (Lesson, KeyFigure, OrganisationInvolved)]
    return [
        ids_by_value(UNCHECKED, _texts_of(Pilot).filter(master__in=pilots), LANGUAGE, pilot="master"),
        *(ids_by_value(UNCHECKED, rows, LANGUAGE, pilot="master__pilot") for rows in parts),
    ]


def translated_rows(pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    """Rows of facet, language and the ids of the pilots with a text of their own in it that visitors see."""
    texts = Pilot._parler_meta.root_model.objects.filter(seen_texts(Pilot), master__in=pilots)
    return ids_by_value(TRANSLATED, texts, LANGUAGE, pilot="master")


def _texts_of(model: Any) -> QuerySet[Any]:
    texts: QuerySet[Any] = model._parler_meta.root_model.objects.filter(unchecked_texts(model))
    return texts
