"""Citations as files for reference managers: RIS, BibTeX, CSL-JSON. Records in, text out, one piece a record."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pilots.citations.record import CitedPilot

# What has a meaning in BibTeX, as it is written there.
ESCAPED = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # BibTeX counts braces behind a backslash too
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


def ris(records: Iterable[CitedPilot], terms: str) -> Iterator[str]:
    """Records as RIS. A comma behind the author tells that it is an organisation, not a person."""
    for record in records:
        lines = (
            ("TY", "RPRT"),
            ("ID", record.slug),
            ("TI", record.title),
            ("AU", f"{record.publisher},"),
            ("PB", record.publisher),
            ("PY", str(record.issued.year)),
            ("DA", f"{record.issued:%Y/%m/%d}"),
            ("ET", record.edition),
            ("LA", record.language),
            ("UR", record.address),
            ("N1", terms),
            ("ER", ""),
        )
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in lines) + "\r\n"


def bibtex(records: Iterable[CitedPilot], terms: str) -> Iterator[str]:
    """Records as BibTeX in UTF-8. Second braces keep an organisation whole, and capitals as they are."""
    for record in records:
        fields = {
            "author": f"{{{record.publisher.translate(ESCAPED)}}}",
            "title": f"{{{record.title.translate(ESCAPED)}}}",
            "institution": record.publisher.translate(ESCAPED),
            "year": str(record.issued.year),
            "month": str(record.issued.month),
            "day": str(record.issued.day),
            "number": record.edition.translate(ESCAPED),
            "language": record.language,
            "url": record.address,
            "note": terms.translate(ESCAPED),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        yield f"@techreport{{{record.slug},\n{lines}\n}}\n\n"


def csl_json(records: Iterable[CitedPilot], terms: str) -> Iterator[str]:
    """Records as CSL-JSON: one array."""
    yield "["
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + json.dumps(record.as_csl() | {"note": terms}, ensure_ascii=False)
    yield "\n]\n"


class CitationFile(NamedTuple):
    """A kind of file: what it is called, its type, and what writes it."""

    name: str
    content_type: str
    write: Callable[[Iterable[CitedPilot], str], Iterator[str]]


# By the end of their addresses.
FILES = {
    "ris": CitationFile("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "bib": CitationFile("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "csl.json": CitationFile("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}


def route_of(page: str, end: str) -> str:
    """The name of the address of the file of a page: “pilots-csl-json”."""
    return f"{page}-{end.replace('.', '-')}"
