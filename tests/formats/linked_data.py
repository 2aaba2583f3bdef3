"""Linked data: the catalogue, vocabularies, and what pages say to search engines and to who shares their links."""

import json
from pathlib import Path
from typing import Any

import extruct
import pyshacl
from rdflib import SKOS, Graph
from rdflib.compare import isomorphic

from tests.formats.portal import Portal

SHAPES = Path(__file__).parent / "dcat_ap_subset.ttl"
OPEN_GRAPH = {"og:title", "og:type", "og:url", "og:image", "og:description"}


def rdflib_reads_everything(portal: Portal) -> None:
    for name in ("/data", "/data/vocabularies"):
        turtle = Graph().parse(data=portal.body(f"{name}.ttl"), format="turtle")
        json_ld = Graph().parse(data=portal.body(f"{name}.jsonld"), format="json-ld")
        assert len(turtle) > 50, name
        assert isomorphic(turtle, json_ld), f"{name}: Turtle and JSON-LD differ"
    for name, form in (("vocabularies.ttl", "turtle"), ("catalogue.ttl", "turtle"), ("catalogue.jsonld", "json-ld")):
        assert len(Graph().parse(portal.archive / name, format=form)) > 50, name


def catalogue_has_the_shape_of_dcat_ap(portal: Portal) -> None:
    data = Graph().parse(data=portal.body("/data.ttl"), format="turtle")
    shapes = Graph().parse(SHAPES, format="turtle")
    conforms, _graph, report = pyshacl.validate(data, shacl_graph=shapes, advanced=True, inference="none")
    assert conforms, report
    wrong = Graph().parse(data=portal.body("/data/vocabularies.ttl"), format="turtle")
    assert not pyshacl.validate(wrong, shacl_graph=shapes)[0], "the shapes accept what is no catalogue"


def vocabularies_are_well_formed_skos(portal: Portal) -> None:
    graph = Graph().parse(data=portal.body("/data/vocabularies.ttl"), format="turtle")
    for concept in set(graph.subjects(SKOS.inScheme)):
        languages = [label.language for label in graph.objects(concept, SKOS.prefLabel)]
        assert languages, f"{concept} has no label"
        assert len(set(languages)) == len(languages), f"{concept} has two labels in a language (SKOS, S14)"
        portal.body(str(concept).removeprefix(portal.url))


def pages_say_json_ld_and_open_graph(portal: Portal) -> None:
    for path in ("/", "/pilots/", f"/pilots/{portal.slugs[0]}/", "/data/"):
        found = extruct.extract(portal.text(path), base_url=portal.url + path, syntaxes=["opengraph"])
        said = {name for block in found["opengraph"] for name, _value in block["properties"]}
        assert said >= OPEN_GRAPH, f"{path}: {OPEN_GRAPH - said} missing"
    path = f"/pilots/{portal.slugs[0]}/"
    blocks = extruct.extract(portal.text(path), base_url=portal.url + path, syntaxes=["json-ld"])["json-ld"]
    assert blocks, f"{path} has no JSON-LD"
    kinds = {kind for block in blocks for kind in types_in(block)}
    assert {"Report", "BreadcrumbList"} <= kinds, f"{path}: {kinds}"
    assert "license" not in json.dumps(blocks), f"{path} names a licence"


def types_in(value: Any) -> set[str]:
    """All values of `@type` in a block, however deep."""
    if isinstance(value, list):
        return set().union(*map(types_in, value))
    if not isinstance(value, dict):
        return set()
    own = value.get("@type", [])
    return {*([own] if isinstance(own, str) else own)}.union(*map(types_in, value.values()))
