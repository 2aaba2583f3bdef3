"""Reads the PO file that a translator sends back."""

from collections.abc import Iterator
from dataclasses import dataclass

import polib
from django.utils.translation import gettext as _

LARGEST = 5 * 1024 * 1024  # bytes
MOST_ENTRIES = 2_000  # in one file, values and organisations included
MOST_LINES = 60_000  # that are read: four for a text whose lines are not wrapped
LONGEST = 50_000  # characters of one string as the file writes it: twice what a text may have, and room for wrapping
WAS = "was="  # before the fingerprint of what a text said when it was exported, where other files name lines of code
LONGEST_PLACE = 60
# What is read of the lines that begin with “#”: flags, and entries that are not used any more, whose flags are theirs.
READ_REMARKS = ("#,", "#~", f"#: {WAS}")


class UnreadablePo(ValueError):
    """A file that cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class SentText:
    """One text of a file: where it belongs, which English it stands beside, what it is to say.

    `was` is the fingerprint of what it said when it was exported, "" where a tool did not keep it.
    """

    address: str
    original: str
    text: str
    is_fuzzy: bool
    was: str = ""

    @property
    def slug(self) -> str:
        return self.address.partition(" ")[0]


class _Lines(str):
    """A file's text whose lines end where PO has them end, and not at every character that Unicode breaks lines at."""

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - the signature of `str`
        return self.split("\n")


def read_po(data: bytes, language: str) -> list[SentText]:
    """The texts of a file in this language. Raises UnreadablePo."""
    if len(data) > LARGEST:
        raise UnreadablePo(_("The file is larger than 5 MB. Split it in two."))
    if b"\0" in data:
        raise _unreadable()
    try:
        # The library opens what names a file; with a line before it, nothing that is sent does.
        lines = "\n".join(["#", *_read_lines(data.decode("utf-8-sig"))])
        file = polib.pofile(_Lines(lines), encoding="utf-8")
    except UnreadablePo:
        raise
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise _unreadable() from error
    found = [
        SentText(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, _was(entry))
        for entry in file
        if entry.msgctxt and not entry.obsolete
    ]
    if len({one.slug for one in found}) > MOST_ENTRIES:
        raise UnreadablePo(_("The file has more than 2,000 pilots. Split it in two."))
    if not found:
        raise UnreadablePo(_("No text of an entry is in this file. Export it again, and change that file."))
    if _language_of(file) != language:
        raise UnreadablePo(_("The header of this file names another language than the one that you chose, or none."))
    return found


def _read_lines(text: str) -> Iterator[str]:
    """The lines that say something here. Raises UnreadablePo for more, or longer strings, than a file of texts has.

    The library takes time that grows with the square of remarks and of strings in many lines.
    """
    length = count = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        said = line.strip()
        if not said or (said[0] == "#" and not said.startswith(READ_REMARKS)):
            continue
        goes_on = said.removeprefix("#~").lstrip()[:1] == '"'
        length = (length if goes_on else 0) + len(said)
        count += 1
        if count > MOST_LINES:
            raise UnreadablePo(_("The file has more texts than can be read at once. Split it in two."))
        if length > LONGEST:
            raise _unreadable()
        yield said[:LONGEST_PLACE] if said.startswith("#:") else said


def _unreadable() -> UnreadablePo:
    return UnreadablePo(_("This is no PO file that can be read. Export it again, and change that file."))


def _was(entry: polib.POEntry) -> str:
    places = [place for place, _line in entry.occurrences if place.startswith(WAS)]
    return places[0].removeprefix(WAS) if len(places) == 1 else ""


def _language_of(file: polib.POFile) -> str:
    """The language that the header names, without the country that some tools add: “fr” of “fr_BE”."""
    said = str(file.metadata.get("Language", ""))
    return said.replace("_", "-").partition("-")[0].strip().lower()
