"""Parts that somebody deleted while another had them on a form: what was typed comes in as new parts.

A form names its parts by their ids. When a colleague deleted one, or when publishing or restoring made
the rows anew, Django would answer “Select a valid choice” and go no further.
"""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from pilots.admin.pilot.parts import FewRows
from pilots.models import Passage, Pilot
from pilots.models.content import PARTS

KEYS: dict[str, tuple[Any, tuple[str, ...]]] = {
    **{name: (model, ("number",)) for name, model in PARTS.items()},
    "passages": (Passage, ("about", "value")),
}
MOST_ROWS = FewRows.max_num + 50


def settle(data: QueryDict, row: Pilot) -> QueryDict:
    """Return what a form sent, its parts named as they are now in `row`. One query for each kind of parts.

    A part that is gone takes the row that has its number now, if that is not on the form, else it
    becomes a new row. Numbers and ids that no form of ours sends are left as they are, to be refused.
    """
    settled = data.copy()
    for name in KEYS:
        counts = [data.get(f"{name}-{which}_FORMS", "") for which in ("INITIAL", "TOTAL")]
        if all(count.isascii() and count.isdigit() and len(count) < 4 for count in counts):
            initial, total = map(int, counts)
            if initial <= total <= MOST_ROWS:
                _settle_kind(settled, name, range(initial), range(initial, total), row)
    return settled


def _settle_kind(data: QueryDict, name: str, shown: range, added: range, row: Pilot) -> None:
    model, natural = KEYS[name]
    present = {
        str(pk): tuple(map(str, key)) for pk, *key in model.objects.filter(pilot=row).values_list("pk", *natural)
    }
    ids = {index: data.get(f"{name}-{index}-id", "") for index in shown}
    gone = [index for index, pk in ids.items() if pk not in present and pk.isascii() and pk.isdigit()]
    if not gone:
        return
    free = {key: pk for pk, key in present.items() if pk not in ids.values()}
    for index in gone:
        key = tuple(data.get(f"{name}-{index}-{field}", "") for field in natural)
        ids[index] = free.pop(key, "")
        data[f"{name}-{index}-id"] = ids[index]
        if not ids[index]:
            data[f"{name}-{index}-vanished"] = "yes"
    vanished = [index for index in gone if not ids[index]]
    _reorder(data, name, [*(index for index in shown if index not in vanished), *vanished, *added])
    data[f"{name}-INITIAL_FORMS"] = str(len(shown) - len(vanished))


def _reorder(data: QueryDict, name: str, order: Iterable[int]) -> None:
    """Give the rows of one kind of parts the places of `order`."""
    rows: dict[str, dict[str, list[str]]] = {}
    for key in [key for key in data if key.startswith(f"{name}-")]:
        index, _sep, field = key.removeprefix(f"{name}-").partition("-")
        if index.isdigit():
            rows.setdefault(index, {})[field] = data.getlist(key)
            del data[key]
    for place, row in enumerate(order):
        for field, values in rows.get(str(row), {}).items():
            data.setlist(f"{name}-{place}-{field}", values)
