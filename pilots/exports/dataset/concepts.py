"""Vocabularies as concept schemes (SKOS). The address of a concept is that of its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef


@dataclass(frozen=True)
class Concept:
    """A value: its address and slug, its names and meanings by language."""

    address: str
    slug: str
    names: dict[str, str]
    meanings: dict[str, str]


@dataclass(frozen=True)
class Scheme:
    """A vocabulary: its address, its title in English, its values."""

    address: str
    title: str
    concepts: list[Concept]


def concept_graph(schemes: Iterable[Scheme], terms: tuple[str, str]) -> Graph:
    """The vocabularies; `terms` are the sentence on what may be reused, and where it stands."""
    graph, rights = Graph(), URIRef(terms[1])
    graph.add((rights, RDF.type, DCTERMS.RightsStatement))
    graph.add((rights, RDFS.label, Literal(terms[0], lang="en")))
    for scheme in schemes:
        at = URIRef(scheme.address)
        graph.add((at, RDF.type, SKOS.ConceptScheme))
        graph.add((at, DCTERMS.title, Literal(scheme.title, lang="en")))
        graph.add((at, DCTERMS.rights, rights))
        for concept in scheme.concepts:
            _add(graph, concept, at)
    return graph


def _add(graph: Graph, concept: Concept, scheme: URIRef) -> None:
    at = URIRef(concept.address)
    graph.add((at, RDF.type, SKOS.Concept))
    graph.add((at, SKOS.inScheme, scheme))
    graph.add((at, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, at))
    graph.add((at, SKOS.notation, Literal(concept.slug)))
    for predicate, texts in ((SKOS.prefLabel, concept.names), (SKOS.definition, concept.meanings)):
        for language, text in texts.items():
            if text:
                graph.add((at, predicate, Literal(text, lang=language)))
