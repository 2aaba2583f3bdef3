"""The portal as a catalogue with one dataset, for Europe's data portals (DCAT-AP 3). Plain values in, a graph out."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from pilots.exports.dataset.written import Edition

SPDX, VCARD = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
EU, MEDIA = "http://publications.europa.eu/resource/authority/", "https://www.iana.org/assignments/media-types/"
# Facts of the dataset in words of the Publications Office: justice and public safety, changed as entries change.
JUSTICE, IRREGULAR, PUBLIC = f"{EU}data-theme/JUST", f"{EU}frequency/IRREG", f"{EU}access-right/PUBLIC"
LANGUAGES = {"en": "ENG", "fr": "FRA", "es": "SPA", "nl": "NLD", "sv": "SWE"}


@dataclass(frozen=True)
class Distribution:
    """A form in which the data can be had: its full address, its type for HTTP and for the Publications Office.

    What is not one file is had from a `service`, by its address.
    """

    address: str
    title: str
    description: str
    media_type: str
    file_type: str
    size: int | None = None
    sha256: str = ""
    service: str = ""


@dataclass(frozen=True)
class Service:
    """The API: where it begins, where it is described for programs, and where for people."""

    title: str
    address: str
    description: str
    page: str


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue says. `countries` are ISO 3166-1 alpha-3 codes, `contact` is a mailbox."""

    edition: Edition
    languages: Iterable[str]
    countries: Iterable[str]
    keywords: Iterable[str]
    contact: str
    distributions: list[Distribution]
    service: Service


def catalogue_graph(catalogue: Catalogue) -> Graph:
    """The catalogue, its dataset with all distributions, and the service. No licence: nobody has set one."""
    graph, edition = Graph(), catalogue.edition
    graph.bind("spdx", SPDX)
    graph.bind("vcard", VCARD)
    at, dataset = URIRef(f"{edition.home}#catalogue"), URIRef(f"{edition.home}#dataset")
    service = URIRef(catalogue.service.address)
    graph.add((at, RDF.type, DCAT.Catalog))
    graph.add((at, DCAT.dataset, dataset))
    graph.add((at, DCAT.service, service))
    graph.add((at, FOAF.homepage, _typed(graph, edition.home, FOAF.Document)))
    themes = _typed(graph, f"{EU}data-theme", SKOS.ConceptScheme)
    graph.add((themes, DCTERMS.title, Literal("Data theme", lang="en")))
    graph.add((at, DCAT.themeTaxonomy, themes))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    for resource in (at, dataset):
        _add_common(graph, resource, catalogue)
    for resource in (dataset, service):
        _add_subject(graph, resource, catalogue)
    _add_dataset(graph, dataset, catalogue)
    for distribution in catalogue.distributions:
        _add_distribution(graph, dataset, distribution, catalogue)
    _add_service(graph, service, dataset, catalogue)
    return graph


def _typed(graph: Graph, address: str, kind: URIRef) -> URIRef:
    """What an address names, with its class: catalogues check ranges without asking elsewhere what a thing is."""
    at = URIRef(address)
    graph.add((at, RDF.type, kind))
    return at


def _add_common(graph: Graph, at: URIRef, catalogue: Catalogue) -> None:
    """What catalogue and dataset both say."""
    edition = catalogue.edition
    graph.add((at, DCTERMS.title, Literal(edition.title, lang="en")))
    graph.add((at, DCTERMS.description, Literal(edition.description, lang="en")))
    graph.add((at, DCTERMS.publisher, _publisher(graph, edition)))
    graph.add((at, DCTERMS.modified, Literal(edition.changed_at, datatype=XSD.dateTime)))
    graph.add((at, DCTERMS.rights, _rights(graph, edition)))
    for code in filter(None, map(LANGUAGES.get, catalogue.languages)):
        graph.add((at, DCTERMS.language, _typed(graph, f"{EU}language/{code}", DCTERMS.LinguisticSystem)))
    for country in catalogue.countries:
        graph.add((at, DCTERMS.spatial, _typed(graph, f"{EU}country/{country}", DCTERMS.Location)))


def _publisher(graph: Graph, edition: Edition) -> URIRef:
    publisher = _typed(graph, f"{edition.home}#publisher", FOAF.Agent)
    graph.add((publisher, FOAF.name, Literal(edition.publisher, lang="en")))
    return publisher


def _rights(graph: Graph, edition: Edition) -> URIRef:
    rights = _typed(graph, edition.terms.address, DCTERMS.RightsStatement)
    graph.add((rights, RDFS.label, Literal(edition.terms.sentence, lang="en")))
    return rights


def _add_dataset(graph: Graph, at: URIRef, catalogue: Catalogue) -> None:
    graph.add((at, DCTERMS.identifier, Literal(str(at))))
    graph.add((at, URIRef(f"{DCAT}version"), Literal(catalogue.edition.version)))  # younger than rdflib's list
    graph.add((at, DCAT.landingPage, URIRef(catalogue.edition.home)))
    graph.add((at, DCTERMS.accrualPeriodicity, _typed(graph, IRREGULAR, DCTERMS.Frequency)))


def _add_subject(graph: Graph, at: URIRef, catalogue: Catalogue) -> None:
    """What dataset and service both say: what they are about, who may have them, who answers for them."""
    theme = _typed(graph, JUSTICE, SKOS.Concept)
    graph.add((theme, SKOS.prefLabel, Literal("Justice, legal system and public safety", lang="en")))
    graph.add((at, DCAT.theme, theme))
    graph.add((at, DCTERMS.publisher, _publisher(graph, catalogue.edition)))
    graph.add((at, DCTERMS.accessRights, _typed(graph, PUBLIC, DCTERMS.RightsStatement)))
    graph.add((URIRef(PUBLIC), RDFS.label, Literal("public", lang="en")))
    for keyword in catalogue.keywords:
        graph.add((at, DCAT.keyword, Literal(keyword, lang="en")))
    graph.add((at, DCAT.contactPoint, _contact(graph, catalogue)))


def _contact(graph: Graph, catalogue: Catalogue) -> URIRef:
    contact = URIRef(f"{catalogue.edition.home}#contact")
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(catalogue.edition.publisher, lang="en")))
    graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{catalogue.contact}")))
    return contact


def _add_distribution(graph: Graph, dataset: URIRef, one: Distribution, catalogue: Catalogue) -> None:
    at, media = URIRef(f"{one.address}#distribution"), _typed(graph, f"{MEDIA}{one.media_type}", DCTERMS.MediaType)
    graph.add((dataset, DCAT.distribution, at))
    graph.add((at, RDF.type, DCAT.Distribution))
    graph.add((at, DCTERMS.title, Literal(one.title, lang="en")))
    graph.add((at, DCTERMS.description, Literal(one.description, lang="en")))
    graph.add((at, DCAT.accessURL, URIRef(one.address)))
    if one.service:
        graph.add((at, DCAT.accessService, URIRef(one.service)))
    else:
        graph.add((at, DCAT.downloadURL, URIRef(one.address)))
    graph.add((at, DCAT.mediaType, media))
    graph.add((at, DCTERMS["format"], _typed(graph, f"{EU}file-type/{one.file_type}", DCTERMS.MediaTypeOrExtent)))
    graph.add((at, DCTERMS.rights, URIRef(catalogue.edition.terms.address)))
    graph.add((at, DCTERMS.modified, Literal(catalogue.edition.changed_at, datatype=XSD.dateTime)))
    if one.file_type == "ZIP":
        graph.add((at, DCAT.packageFormat, media))
    if one.size is not None:
        graph.add((at, DCAT.byteSize, Literal(one.size, datatype=XSD.nonNegativeInteger)))
        checksum = URIRef(f"{one.address}#checksum")
        graph.add((at, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(one.sha256, datatype=XSD.hexBinary)))


def _add_service(graph: Graph, at: URIRef, dataset: URIRef, catalogue: Catalogue) -> None:
    service = catalogue.service
    graph.add((at, RDF.type, DCAT.DataService))
    graph.add((at, DCTERMS.title, Literal(service.title, lang="en")))
    graph.add((at, DCAT.endpointURL, URIRef(service.address)))
    graph.add((at, DCAT.endpointDescription, URIRef(service.description)))
    graph.add((at, FOAF.page, URIRef(service.page)))
    graph.add((at, DCAT.servesDataset, dataset))
    graph.add((at, DCTERMS.rights, URIRef(catalogue.edition.terms.address)))
