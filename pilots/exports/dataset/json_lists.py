"""Lists as JSON, each row as the API gives it, all pages in one."""

from collections.abc import Iterator

from django.http import QueryDict
from rest_framework.renderers import JSONRenderer

from pilots.api import views
from pilots.api.query import ApiQuery
from pilots.api.resources import ListResource
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.table import BATCH_SIZE

LISTS: dict[str, type[ListResource]] = {
    "pilots": views.Pilots,
    "lessons": views.Lessons,
    "partners": views.Partners,
    "authorities": views.Authorities,
    "vocabularies": views.Vocabularies,
    "glossary": views.Glossary,
    "sources": views.Sources,
}


def to_json(name: str, now: Snapshot) -> Iterator[bytes]:
    """Yield the list of this name, one entry a line. Raises ContentChanged where a pilot was hidden meanwhile."""
    view = LISTS[name]()
    query = ApiQuery(QueryDict(), view.filters)
    keys = view.keys(query)
    total = len(keys)
    yield b'{"total": %d,\n"terms": %s,\n"results": [' % (total, _json(now.terms._asdict()))
    between = b"\n"
    for start in range(0, total, BATCH_SIZE):
        rows = view.rows(query, list(keys[start : start + BATCH_SIZE]))
        for row in view.serialized(rows, query, now.site, many=True):
            yield between + _json(row)
            between = b",\n"
    yield b"\n]}\n"


def _json(value: object) -> bytes:
    return bytes(JSONRenderer().render(value))
