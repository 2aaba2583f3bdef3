"""Writes what visitors see of the portal's pilots, one JSON object a line, for the peers: `python -m bench.rows file`.

Runs in an environment that names the database. An object holds texts by name, the `facets` as maps from value
to name, and the `lessons`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

RELATIONS = {
    "partner": "partners",
    "activity": "activity_types",
    "audience": "audiences",
    "target": "target_groups",
    "stage": "stages",
}
BATCH = 500


def rows() -> Iterator[dict[str, Any]]:
    """Yield one object for each public pilot, in the order of the list."""
    from pilots.models import Pilot

    related = [f"{relation}__translations" for relation in ("authority", "lessons", *RELATIONS.values())]
    pilots = Pilot.objects.published().order_by("slug").select_related("authority")
    for pilot in pilots.prefetch_related("translations", *related).iterator(BATCH):
        yield row(pilot)


def row(pilot: Any) -> dict[str, Any]:
    """What the peers show of a pilot."""
    from pilots.models.pilot import SECTIONS

    country = pilot.authority.country
    facets = {"country": {country.code: str(country.name)}}
    for facet, relation in RELATIONS.items():
        facets[facet] = {value.slug: value.any_text("name") for value in getattr(pilot, relation).all()}
    texts = {name: pilot.any_text(name) for name in ("title", "summary", *SECTIONS)}
    lessons = [lesson.any_text("text") for lesson in pilot.lessons.all()]
    return {
        "slug": pilot.slug,
        "place": pilot.authority.any_text("name"),
        **texts,
        "facets": facets,
        "lessons": lessons,
    }


def main(target: str) -> None:
    """Write the file; it appears when it is complete."""
    unfinished = Path(f"{target}.part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows())
    unfinished.rename(target)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
