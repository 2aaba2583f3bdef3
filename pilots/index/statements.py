"""What the portal says of itself, cached for one content version."""

from collections.abc import Iterable
from typing import NamedTuple

from pilots.index.per_version import PerVersion
from pilots.models import Statement


class ShownStatement(NamedTuple):
    """One statement, written or not: then there is no row."""

    kind: Statement.Kind
    row: Statement | None


_rows: PerVersion[dict[str, Statement]] = PerVersion()


def statements(version: int | None, kinds: Iterable[Statement.Kind] = Statement.Kind) -> list[ShownStatement]:
    """The statements of these kinds, in order. One query, none when nothing changed."""
    rows = _rows.get(version, lambda _old: {row.kind: row for row in Statement.objects.with_texts()})
    return [ShownStatement(kind, rows.get(kind)) for kind in kinds]
