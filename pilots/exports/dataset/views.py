"""The page about the archive, the archive itself, and what describes both to programs."""

import logging
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from rdflib import Graph

from pilots.api.filters import ORIGINAL
from pilots.browse.refusals import refuse_parameters
from pilots.exports.answers import MOST_WHOLE, File, FileType, answer, long_answer, marked
from pilots.exports.dataset import background, kept, rdf
from pilots.exports.dataset.catalogue import catalogue_graph
from pilots.exports.dataset.described import describe, description, edition_of
from pilots.exports.dataset.flat import flat_tables
from pilots.exports.dataset.pilot_tables import FACETS, pilot_tables
from pilots.exports.dataset.readme import citation
from pilots.exports.dataset.reference_tables import reference_tables
from pilots.exports.dataset.snapshot import NEVER, Snapshot, snapshot
from pilots.exports.dataset.vocabularies import scheme_title, vocabulary_graph
from pilots.exports.pilot_table import public_languages
from pilots.index.terms import terms_of_reuse
from pilots.metadata.organisations import vocabulary_anchor
from pilots.pages import errors

ZIP = FileType("zip", "application/zip")
TURTLE = FileType("ttl", rdf.TURTLE, is_attachment=False)
JSON_LD = FileType("jsonld", rdf.JSON_LD, is_attachment=False)
NAME = "prepare-pilots"
MOST_AT_ONCE = 1024 * 1024  # bytes
PATIENCE = 1  # seconds that a visitor waits while the archive is made for another

logger = logging.getLogger(__name__)


def data_page(request: HttpRequest) -> HttpResponse:
    """Offer everything public, and say what it is. Two queries where the archive is kept, else about a hundred."""
    now = snapshot()
    found = _archive(now)
    tables = [*pilot_tables(now), *reference_tables(now), *flat_tables(now)]
    context = {
        "archive": found,
        "description": description(),
        "tables": [(PurePosixPath(table.path), table.title) for table in tables],
        "vocabularies": [(vocabulary_anchor(facet), scheme_title(facet)) for facet in FACETS],
        "changed_at": now.changed_at if now.changed_at != NEVER else None,
        "citation": citation(edition_of(now, found.written.version)) if found else "",
        "count": len(now.pilots),
        "terms": terms_of_reuse(now.public.number, now.site).sentence,
    }
    response = render(request, "pilots/data.html", context)
    if not found:
        response.headers["Cache-Control"] = "no-store"
    return response


def archive(request: HttpRequest) -> HttpResponseBase:
    """The archive of the present version, 503 while it is made. Two queries where it is kept."""
    refuse_parameters(request.GET)
    now = snapshot()
    found = _archive(now)
    if not found:
        if len(now.pilots) > MOST_WHOLE:
            background.make_soon()
        return errors.being_made(request)
    tag = f'"{found.written.sha256}"'
    name = f"{NAME}-{found.written.version}"
    languages = public_languages(now.public.number)
    file = File(ZIP, name, now.public.number, len(now.pilots), now.terms, found.chunks, languages=languages)
    if unchanged := get_conditional_response(request, etag=tag):
        return marked(unchanged, file, tag)
    try:
        return _sent(request, file, tag, found.written.size)
    except FileNotFoundError:  # it was replaced by the next one meanwhile
        return errors.being_made(request)


def _sent(request: HttpRequest, file: File, tag: str, size: int) -> HttpResponseBase:
    """The archive in an answer: a small one whole, which is then cached as pages are. Raises FileNotFoundError."""
    if size > MOST_AT_ONCE:
        return long_answer(request, file, tag, size)
    return marked(HttpResponse(b"".join(file.chunks()), content_type=ZIP.media_type), file, tag)


def catalogue(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The portal as a catalogue (DCAT-AP), cached once it can name the archive. Two queries where that is kept."""
    refuse_parameters(request.GET)
    now = snapshot()
    found = _archive(now)

    def graph() -> Graph:
        edition = edition_of(now, found.written.version if found else now.day)
        return catalogue_graph(describe(now, edition, found.written if found else None))

    version = now.public.number if found else None
    return answer(request, File(kind, f"{NAME}-catalogue", version, 1, now.terms, _written(graph, kind)))


def vocabularies(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """What pilots are classified by (SKOS). Six queries."""
    refuse_parameters(request.GET)
    now = snapshot()
    chunks, number = _written(lambda: vocabulary_graph(now), kind), now.public.number
    languages = public_languages(number)
    return answer(request, File(kind, f"{NAME}-vocabularies", number, 1, now.terms, chunks, languages=languages))


def _written(make: Callable[[], Graph], kind: FileType) -> Callable[[], Iterator[bytes]]:
    """What writes a graph in English, for who does not have it."""

    def chunks() -> Iterator[bytes]:
        with override(ORIGINAL):
            body = rdf.WRITERS[kind.media_type](make())
        yield body

    return chunks


def _archive(now: Snapshot) -> kept.Kept | None:
    """The archive of this version; where there are few pilots, it is made while the visitor waits.

    None where it would be of no known version, where others make it for longer than a thread can be spared, and where
    it cannot be put into its folder.
    """
    try:
        found = kept.kept(now)
        if found or now.public.number is None or len(now.pilots) > MOST_WHOLE:
            return found
        return kept.keep(PATIENCE)
    except (BlockingIOError, kept.StillChanging):
        return None
    except OSError as error:
        logger.warning("The archive could not be kept: %s", error)
        return None
