"""Counts beside options, made by the database: for rows that the index of pilots does not hold."""

from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value

from pilots.find.filters import TOTAL, Counts


def counts_by_value(rows: dict[str, QuerySet[Any]], paths: dict[str, str], public: QuerySet[Any]) -> Counts:
    """Return how many of `rows` each (facet, value) has, and as `TOTAL` how many `public` are. One query.

    `rows` are those to count for each facet, `paths` the way from a row to the facet's values.
    """
    counted: list[QuerySet[Any, Any]] = [
        some.values_list(_text(name), F(paths[name])).annotate(n=Count("pk", distinct=True))
        for name, some in rows.items()
    ]
    counted.append(public.values_list(*map(_text, TOTAL)).annotate(n=Count("pk", distinct=True)))
    return {(facet, value): n for facet, value, n in counted[0].union(*counted[1:], all=True)}


def counts_of(choices: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of the named querysets holds, those that hold any. One query, none for no names."""
    rows = [chosen.values_list(_text(name)).annotate(n=Count("pk")) for name, chosen in choices.items()]
    counts = rows[0].union(*rows[1:], all=True) if rows else []
    return {name: n for name, n in counts if n}


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
