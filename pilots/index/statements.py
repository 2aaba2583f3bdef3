"""What the portal says of itself, cached for one content version."""

from collections.abc import Iterable
from typing import NamedTuple

from pilots.index.per_version import PerVersion
from pilots.models import Statement


class Said(NamedTuple):
    """One thing the portal says of itself; no row: nobody has written it."""

    kind: Statement.Kind
    row: Statement | None


_rows: PerVersion[dict[str, Statement]] = PerVersion()


def statements(version: int | None, kinds: Iterable[Statement.Kind] = Statement.Kind) -> list[Said]:
    """The statements of these kinds, in order. One query, none when nothing changed."""
    rows = _rows.get(version, lambda _old: {row.kind: row for row in Statement.objects.with_texts()})
    return [Said(kind, rows.get(kind)) for kind in kinds]
