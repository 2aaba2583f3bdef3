"""Rows of facet, value and the ids of the pilots that have it: one row for each value, not for each pilot."""

from typing import Any

from django.db.models import Aggregate, CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast


class JoinedIds(Aggregate):
    """The ids of a group in one text, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same for PostgreSQL."""
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **extra)


def ids_by_value(
    facet: str, rows: QuerySet[Any], value: str, *, pilot: str = "pilot", called: str = ""
) -> QuerySet[Any, Any]:
    """The rows of one facet, to be joined with those of others. `value` and `pilot` are columns of `rows`.

    Where a value is `called` by one name, whatever it is, several rows can have that name.
    """
    grouped = rows.order_by().values(value).annotate(ids=JoinedIds(pilot))
    return grouped.values_list(text(facet), text(called) if called else Cast(value, CharField()), "ids")


def text(value: str) -> Value:
    return Value(value, output_field=CharField())
