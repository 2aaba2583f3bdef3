"""Citations: RIS, BibTeX and CSL-JSON, of one pilot, a list and a shortlist."""

import json
from pathlib import Path

import bibtexparser
import jsonschema
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from tests.formats.portal import Portal

# Of the Citation Style Language project (MIT licence).
SCHEMA = Path(__file__).parent / "csl-data.json"


def rispy_reads_ris(portal: Portal) -> None:
    records = rispy.loads(portal.text("/pilots.ris"))
    assert len(records) == portal.total
    for record in records:
        assert record["type_of_reference"] == "RPRT"
        assert record["title"]
        assert record["authors"]
        assert record["urls"][0].startswith(portal.url)
    assert len(rispy.loads(portal.text(f"/pilots/{portal.slugs[0]}.ris"))) == 1


def bibtexparser_reads_bibtex(portal: Portal) -> None:
    library = bibtexparser.parse_string(portal.text("/pilots.bib"))
    assert not library.failed_blocks, library.failed_blocks[:3]
    assert len(library.entries) == portal.total
    for entry in library.entries:
        assert {"title", "author", "year", "url"} <= set(entry.fields_dict), entry.key


def csl_json_has_the_shape_of_its_schema(portal: Portal) -> None:
    schema = json.loads(SCHEMA.read_text())
    records = portal.json("/pilots.csl.json")
    jsonschema.validate(records, schema)
    assert len(records) == portal.total
    jsonschema.validate(portal.json(f"/shortlist.csl.json?keep={portal.slugs[0]}"), schema)


def citeproc_writes_references(portal: Portal) -> None:
    records = portal.json("/pilots.csl.json")[:20]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    book = CitationStylesBibliography(style, CiteProcJSON(records), formatter.plain)
    for record in records:
        book.register(Citation([CitationItem(record["id"])]))
    written = [str(entry) for entry in book.bibliography()]
    assert len(written) == len(records)
    assert all(any(record["title"] in one for one in written) for record in records)
