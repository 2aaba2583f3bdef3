"""Pilots as GeoJSON (RFC 7946): one feature a pilot, at the place of its authority, or nowhere if that is not known."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

MEDIA_TYPE = "application/geo+json"


def to_geojson(features: Iterable[dict[str, Any]], about: dict[str, Any]) -> Iterator[bytes]:
    """Yield a collection of `features`, one a line, with what is said `about` it."""
    yield b'{"type": "FeatureCollection",\n'
    for name, said in about.items():
        yield f"{_json(name)}: {_json(said)},\n".encode()
    yield b'"features": ['
    between = "\n"
    for feature in features:
        yield f"{between}{_json(feature)}".encode()
        between = ",\n"
    yield b"\n]}\n"


def feature(key: str, position: tuple[Any, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """A feature; `position` is latitude and longitude in degrees (WGS 84), which GeoJSON has the other way round."""
    latitude, longitude = position
    known = latitude is not None and longitude is not None
    geometry = {"type": "Point", "coordinates": [float(longitude), float(latitude)]} if known else None
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
