"""The public vocabularies, read for SKOS."""

from rdflib import Graph

from pilots.browse.filters import PilotFilterSet
from pilots.exports.dataset.concepts import Concept, Scheme, concept_graph
from pilots.exports.dataset.pilot_tables import FACETS
from pilots.exports.dataset.snapshot import Snapshot
from pilots.index.facet_values import VOCABULARIES
from pilots.metadata.organisations import vocabulary_address


def vocabulary_graph(now: Snapshot) -> Graph:
    """All vocabularies with the values that public pilots have. One query each."""
    return concept_graph([_scheme(now, facet) for facet in FACETS], now.terms)


def scheme_title(facet: str) -> str:
    return str(PilotFilterSet.base_filters[facet].label)


def _scheme(now: Snapshot, facet: str) -> Scheme:
    model, _field = VOCABULARIES[facet]
    concepts = []
    for row in model.objects.public().with_texts():
        texts = list(row.translations.all())
        names = {text.language_code: text.shown("name") for text in texts}
        meanings = {text.language_code: text.shown("description") for text in texts}
        concepts.append(Concept(now.absolute(row.get_absolute_url()), row.slug, names, meanings))
    return Scheme(now.absolute(vocabulary_address(facet)), scheme_title(facet), concepts)
