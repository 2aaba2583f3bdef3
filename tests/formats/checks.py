"""Makes every check on the portal at an address, says a line for each, and fails when one did.

Run by the readers' Python: `.venv-formats/bin/python -m tests.formats.checks http://127.0.0.1:8000 [part of a name]`.
"""

import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

from tests.formats import api, citations, documents, feeds, linked_data, tables
from tests.formats.portal import NotRunHere, Portal

CHECKS: list[Callable[[Portal], None]] = [
    *(tables.csv_is_strict, tables.frictionless_reads_the_archive, tables.csvw_reads_the_archive),
    *(tables.openpyxl_reads_workbooks, tables.libreoffice_opens_tables, tables.geojson_is_valid),
    *(linked_data.rdflib_reads_everything, linked_data.catalogue_has_the_shape_of_dcat_ap),
    *(linked_data.vocabularies_are_well_formed_skos, linked_data.pages_say_json_ld_and_open_graph),
    *(citations.rispy_reads_ris, citations.bibtexparser_reads_bibtex),
    *(citations.csl_json_has_the_shape_of_its_schema, citations.citeproc_writes_references),
    *(feeds.feedparser_reads_atom, feeds.json_feed_has_what_it_must),
    *(documents.packs_are_tagged_pdf, documents.pdftotext_reads_packs_in_order),
    *(documents.page_validation_finds_pdf_ua_and_pdf_a, documents.outloud_reads_packs_without_an_error),
    documents.word_packs_open,
    *(api.openapi_spec_validator_accepts_the_description, api.openapi_pydantic_reads_the_description),
    api.schemathesis_finds_no_failure,
]


def outcome(check: Callable[[Portal], None], portal: Portal) -> str:
    """Make a check; return "ok", "NOT RUN" or "FAILED", with the reason printed below."""
    reason = ""
    try:
        check(portal)
        said = "ok"
    except NotRunHere as error:
        said, reason = "NOT RUN", str(error)
    except Exception as error:  # noqa: BLE001 (whatever a reader raises is what it found)
        said, reason = "FAILED", f"{error}\n{traceback.format_exc(limit=-2)}"
    print(f"  {said:8} {check.__name__.replace('_', ' ')} {reason}", flush=True)
    return said


def main(url: str, part: str = "") -> int:
    """Make all checks, or those with `part` in their names; return the exit status."""
    warnings.simplefilter("ignore")  # what readers say of themselves
    with tempfile.TemporaryDirectory(prefix="portal-formats-") as folder:
        portal = Portal(url, Path(folder))
        found = [outcome(check, portal) for check in CHECKS if part in check.__name__]
    counts = ", ".join(f"{found.count(said)} {said}" for said in ("ok", "FAILED", "NOT RUN"))
    print(f"  {counts}")
    return 1 if "FAILED" in found or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
