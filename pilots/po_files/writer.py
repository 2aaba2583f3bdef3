"""Makes a PO file of the texts of entries in one language. Takes plain values and asks the database for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

import polib

from pilots.history.differences import Path
from pilots.history.earlier_wordings import OUTDATED
from pilots.history.translated_texts import TranslatedText
from pilots.models.provenance import fingerprint
from pilots.po_files.reader import WAS

HEADER = {
    "Project-Id-Version": "PREPARE pilots",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "X-Source-Language": "en",
}


@dataclass(frozen=True)
class ExportedText:
    """One text of the entry with this slug. `remarks` are for the translator; `earlier` is the English it rests on."""

    slug: str
    text: TranslatedText
    remarks: tuple[str, ...] = ()
    earlier: str = ""


def address_of(slug: str, path: Path) -> str:
    """What a text is found by again, in every language: “avignon texts/title”, “stage:prison texts/name”."""
    place = (*path[:-3], path[-1]) if path[:-3] else ("texts", path[-1])
    return f"{slug} {'/'.join(place)}"


def to_po(texts: Iterable[ExportedText], language: str) -> bytes:
    """The file. A text without English cannot be in it; what is out of date or not checked is marked as fuzzy."""
    file = polib.POFile(wrapwidth=0)  # wrapping breaks long words with escapes
    file.metadata = {**HEADER, "Language": language}
    file.extend(_entry(exported) for exported in texts if exported.text.original)
    return str(file).encode()


def _entry(exported: ExportedText) -> polib.POEntry:
    text = exported.text
    # Tools keep the places of a text, and show them to nobody who does not ask for them.
    said_then = f"{WAS}{fingerprint(text.text)}"
    is_outdated = text.state in OUTDATED
    return polib.POEntry(
        msgctxt=address_of(exported.slug, text.path),
        msgid=text.original,
        msgstr=text.text,
        comment="\n".join(exported.remarks),
        occurrences=[(said_then, "")],
        flags=["fuzzy"] if text.may_be_confirmed else [],
        previous_msgid=(exported.earlier or None) if is_outdated else None,
    )
