"""Who worked with whom as GraphML. Plain values in, bytes out; nodes and edges come as they are found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/graphml+xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


@dataclass(frozen=True)
class GraphNode:
    """A partner or an authority, by `kind`."""

    key: str
    kind: str
    name: str
    country: str
    address: str
    translation: str  # what is known of the name, if it is one


@dataclass(frozen=True)
class GraphEdge:
    """A pilot that a partner and an authority share; `role` says how the partner took part."""

    partner: str
    authority: str
    pilot: str
    title: str
    role: str
    address: str
    translation: str  # of the title


NODE_DATA = ("kind", "name", "country", "address", "translation")
EDGE_DATA = ("pilot", "title", "role", "address", "translation")


def to_graphml(parts: Iterable[GraphNode | GraphEdge], about: dict[str, str]) -> Iterator[bytes]:
    """Yield the graph; what is said `about` it are data of the graph itself."""
    keys = [
        *(f'<key id="g-{name}" for="graph" attr.name="{name}" attr.type="string"/>' for name in about),
        *(f'<key id="n-{name}" for="node" attr.name="{name}" attr.type="string"/>' for name in NODE_DATA),
        *(f'<key id="e-{name}" for="edge" attr.name="{name}" attr.type="string"/>' for name in EDGE_DATA),
    ]
    said = "".join(_data(f"g-{name}", text) for name, text in about.items())
    yield f'{HEAD}{"".join(keys)}\n<graph edgedefault="undirected">{said}\n'.encode()
    for part in parts:
        yield f"{_node(part) if isinstance(part, GraphNode) else _edge(part)}\n".encode()
    yield b"</graph>\n</graphml>\n"


def _node(node: GraphNode) -> str:
    data = "".join(_data(f"n-{name}", getattr(node, name)) for name in NODE_DATA)
    return f"<node id={quoteattr(node.key)}>{data}</node>"


def _edge(edge: GraphEdge) -> str:
    data = "".join(_data(f"e-{name}", getattr(edge, name)) for name in EDGE_DATA)
    return f"<edge source={quoteattr(edge.partner)} target={quoteattr(edge.authority)}>{data}</edge>"


def _data(key: str, text: str) -> str:
    return f"<data key={quoteattr(key)}>{escape(text)}</data>" if text else ""
