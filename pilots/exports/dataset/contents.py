"""What goes into the archive, in which order."""

import hashlib
import json
from collections.abc import Iterator
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pilots.api.filters import ORIGINAL
from pilots.exports.dataset import rdf
from pilots.exports.dataset.archive import Archive, data_digest
from pilots.exports.dataset.catalogue import catalogue_graph
from pilots.exports.dataset.csvw import csv_metadata
from pilots.exports.dataset.datapackage import data_package
from pilots.exports.dataset.described import describe, edition_of, title
from pilots.exports.dataset.flat import flat_tables
from pilots.exports.dataset.json_lists import LISTS, to_json
from pilots.exports.dataset.pilot_tables import pilot_tables
from pilots.exports.dataset.readme import readme, terms_text
from pilots.exports.dataset.reference_tables import reference_tables
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.dataset.table import DataTable, to_csv
from pilots.exports.dataset.vocabularies import vocabulary_graph
from pilots.exports.dataset.written import Edition, Written, WrittenFile
from pilots.exports.geojson import MEDIA_TYPE as GEOJSON
from pilots.exports.geojson import to_geojson
from pilots.exports.places import features

JSON, MARKDOWN, TEXT = "application/json", "text/markdown", "text/plain"
Described = list[tuple[DataTable, WrittenFile]]


def write_archive(now: Snapshot, file: IO[bytes]) -> Written:
    """Write everything public into `file`, in English, in bounded memory. Raises ContentChanged."""
    archive = Archive(file, now.changed_at)
    with override(ORIGINAL), archive.zip:
        tables = _write_data(archive, now)
        edition = edition_of(now, f"{now.day}-{data_digest(archive.files)}")
        _write_descriptions(archive, now, edition, tables)
        archive.write_checksums()
    file.flush()
    size = file.tell()
    file.seek(0)
    return Written(edition.version, size, hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]


def _write_data(archive: Archive, now: Snapshot) -> Described:
    tables = [*pilot_tables(now), *reference_tables(now), *flat_tables(now)]
    written = [(table, archive.write(table.path, table.title, "text/csv", to_csv(table))) for table in tables]
    for name in LISTS:
        what = _("the list /api/v1/%(name)s/, as the API gives it") % {"name": name}
        archive.write(f"json/{name}.json", what, JSON, to_json(name, now))
    archive.write("pilots.geojson", _("pilots at the places of their authorities"), GEOJSON, _geojson(now))
    turtle = rdf.to_turtle(vocabulary_graph(now))
    archive.write("vocabularies.ttl", _("what pilots are classified by (SKOS)"), rdf.TURTLE, [turtle])
    return written


def _write_descriptions(archive: Archive, now: Snapshot, edition: Edition, tables: Described) -> None:
    graph = catalogue_graph(describe(now, edition, archive=None))
    package, columns = data_package(edition, tables), csv_metadata(edition, [table for table, _file in tables])
    archive.write("datapackage.json", _("the tables, for Frictionless programs"), JSON, [_pretty(package)])
    archive.write("csv-metadata.json", _("the tables, for CSV on the Web"), JSON, [_pretty(columns)])
    archive.write("catalogue.ttl", _("the dataset, for catalogues (DCAT-AP)"), rdf.TURTLE, [rdf.to_turtle(graph)])
    archive.write("catalogue.jsonld", _("the same as JSON-LD"), rdf.JSON_LD, [rdf.to_json_ld(graph)])
    archive.write("TERMS.txt", _("what may be reused"), TEXT, [terms_text(edition).encode()])
    archive.write("README.md", "", MARKDOWN, [readme(edition, archive.files).encode()])


def _geojson(now: Snapshot) -> Iterator[bytes]:
    about = {
        "title": title(),
        "address": now.absolute(reverse("map-geojson")),
        "day": now.day,
        "terms": now.terms._asdict(),
    }
    return to_geojson(features(now.public, list(now.public.order("place").ids), now.site), about)


def _pretty(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
