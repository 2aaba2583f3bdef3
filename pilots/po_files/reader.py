"""Reads the PO file that a translator sends back."""

from dataclasses import dataclass

import polib
from django.utils.translation import gettext as _

LARGEST = 5 * 1024 * 1024  # bytes
MOST_LINES = 100_000


class UnreadablePo(ValueError):
    """A file that cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class SentText:
    """One text of a file: where it belongs, which English it stands beside, what it is to say."""

    address: str
    original: str
    text: str
    is_fuzzy: bool

    @property
    def slug(self) -> str:
        return self.address.partition(" ")[0]


class _Lines(str):
    """A file's text whose lines end where PO has them end, and not at every character that Unicode breaks lines at."""

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - the signature of `str`
        return self.split("\n")


def read_po(data: bytes, language: str) -> list[SentText]:
    """The texts of a file in this language. Raises UnreadablePo."""
    if len(data) > LARGEST or data.count(b"\n") > MOST_LINES:
        raise UnreadablePo(_("The file is larger than 5 MB. Split it in two."))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        # The library opens what names a file; with a line before it, nothing that is sent does.
        file = polib.pofile(_Lines(f"#\n{text}"), encoding="utf-8")
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise UnreadablePo(_("This is no PO file that can be read. Export it again, and change that file.")) from error
    found = [
        SentText(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy)
        for entry in file
        if entry.msgctxt and not entry.obsolete
    ]
    if not found:
        raise UnreadablePo(_("No text of an entry is in this file. Export it again, and change that file."))
    if _language_of(file) != language:
        raise UnreadablePo(_("The header of this file names another language than the one that you chose, or none."))
    return found


def _language_of(file: polib.POFile) -> str:
    """The language that the header names, without the country that some tools add: “fr” of “fr_BE”."""
    said = str(file.metadata.get("Language", ""))
    return said.replace("_", "-").partition("-")[0].strip().lower()
