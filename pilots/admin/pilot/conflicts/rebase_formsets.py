"""Parts that somebody deleted while another had them on a form: what was typed comes in as new parts.

A form names its parts by their ids. When a colleague deleted one, or when publishing or restoring made
the rows anew, Django would answer “Select a valid choice” and go no further.
"""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from pilots.admin.pilot.parts import DELETED_ROW, LimitedInline
from pilots.models import Passage, Pilot
from pilots.models.content import PARTS

KEYS: dict[str, tuple[Any, tuple[str, ...]]] = {
    **{name: (model, ("number",)) for name, model in PARTS.items()},
    "passages": (Passage, ("about", "value")),
}
MOST_ROWS = LimitedInline.max_num + 50


def rebase_formset(data: QueryDict, name: str, row: Pilot) -> QueryDict:
    """What a form sent, one kind of its parts named as they are now in `row`. One query.

    A part that was deleted takes the row that has its number now, if that is not on the form, else it
    becomes a new row. Numbers and ids that no form of ours sends are left as they are, to be refused.
    """
    counts = [data.get(f"{name}-{which}_FORMS", "") for which in ("INITIAL", "TOTAL")]
    if not all(count.isascii() and count.isdigit() and len(count) < 4 for count in counts):
        return data
    initial, total = map(int, counts)
    rebased = data.copy()
    if initial <= total <= MOST_ROWS:
        _rebase(rebased, name, range(initial), range(initial, total), row)
    return rebased


def _rebase(data: QueryDict, name: str, shown: range, added: range, row: Pilot) -> None:
    model, natural = KEYS[name]
    present = {
        str(pk): tuple(map(str, key)) for pk, *key in model.objects.filter(pilot=row).values_list("pk", *natural)
    }
    ids = {index: data.get(f"{name}-{index}-id", "") for index in shown}
    deleted = [index for index, pk in ids.items() if pk not in present and pk.isascii() and pk.isdigit()]
    if not deleted:
        return
    free = {key: pk for pk, key in present.items() if pk not in ids.values()}
    for index in deleted:
        key = tuple(data.get(f"{name}-{index}-{field}", "") for field in natural)
        ids[index] = free.pop(key, "")
        data[f"{name}-{index}-id"] = ids[index]
        if not ids[index]:
            data[f"{name}-{index}-{DELETED_ROW}"] = "yes"
    new = [index for index in deleted if not ids[index]]
    _reorder(data, name, [*(index for index in shown if index not in new), *new, *added])
    data[f"{name}-INITIAL_FORMS"] = str(len(shown) - len(new))


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
