"""Graphs as Turtle and JSON-LD, the same bytes for the same graph in every process."""

import json
from typing import Any

from rdflib import Graph

TURTLE, JSON_LD = "text/turtle", "application/ld+json"


def to_turtle(graph: Graph) -> bytes:
    return graph.serialize(format="turtle").encode()


def to_json_ld(graph: Graph) -> bytes:
    """The graph with its full names, without a context to be fetched from anywhere."""
    nodes = json.loads(graph.serialize(format="json-ld"))
    return (json.dumps(_in_order(nodes), ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(value: Any) -> Any:
    """rdflib writes what has no order as its hash tables have it, which differs from process to process."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


WRITERS = {TURTLE: to_turtle, JSON_LD: to_json_ld}
