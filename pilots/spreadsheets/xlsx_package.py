"""Reads the parts of an XLSX file piece by piece, and stops before they cost too much.

What a file says of its own size is not believed: bytes are counted as they are unpacked, elements as they
are met, and no single tag or text may be so long that the parser has to keep megabytes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from pilots.spreadsheets.errors import UnreadableFile

MOST_MEMBERS = 1000
LARGEST_UNPACKED = 40 * 1024 * 1024  # bytes
MOST_ELEMENTS = 1_000_000  # 2,000 pilots in five languages have half as many; a million take a second
LONGEST_STRETCH = 512 * 1024  # bytes without the end of a tag; a cell has 32,767 characters at most
PIECE = 64 * 1024
ENTRY = b"PK\x01\x02"  # begins each entry of the list of members
ENCRYPTED, FINAL = 1, True
# How members are packed. Others that a packed file may use unpack with as much memory as the file asks for.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a packed file raises where its bytes are wrong.
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError)

Attributes = dict[str, str]


def too_large() -> UnreadableFile:
    """The refusal of a file that unpacks to too much."""
    return UnreadableFile(
        _(
            "The file unpacks to more than a table of 2,000 pilots can need. Copy the filled rows into a new "
            "workbook as text, or save it as CSV."
        )
    )


def damaged() -> UnreadableFile:
    """The refusal of a file whose bytes are wrong."""
    return UnreadableFile(_("The file is damaged. Save it again as XLSX."))


class Package:
    """The members of a packed file. Raises UnreadableFile as soon as too much is unpacked."""

    def __init__(self, data: bytes) -> None:
        if data.count(ENTRY) > MOST_MEMBERS:
            raise too_large()
        try:
            self.packed = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise damaged() from error
        self.bytes_left, self.elements_left = LARGEST_UNPACKED, MOST_ELEMENTS

    def __contains__(self, name: str) -> bool:
        return name in self.packed.NameToInfo

    def pieces(self, name: str) -> Iterator[bytes]:
        member = self.packed.getinfo(name)
        if member.flag_bits & ENCRYPTED:
            raise UnreadableFile(_("The file is protected by a password. Save it without one, then choose it again."))
        if member.compress_type not in METHODS:
            raise damaged()
        try:
            with self.packed.open(member) as unpacked:
                while piece := unpacked.read(PIECE):
                    self.bytes_left -= len(piece)
                    if self.bytes_left < 0:
                        raise too_large()
                    yield piece
        except UnreadableFile:
            raise
        except DAMAGE as error:
            raise damaged() from error

    def parse(self, name: str, reader: "ElementHandler") -> Iterator[None]:
        """Have `reader` read a member; pauses after each piece of it."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.counted(reader.start)
        parser.EndElementHandler = lambda tag: reader.end(local(tag))
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _refuse_entities
        stretch = 0
        try:
            for piece in self.pieces(name):
                end = piece.rfind(b">")
                stretch = len(piece) - end - 1 if end >= 0 else stretch + len(piece)
                if stretch > LONGEST_STRETCH:
                    raise too_large()
                parser.Parse(piece)
                yield
            parser.Parse(b"", FINAL)
        except UnreadableFile:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that it cannot read
            raise damaged() from error
        yield

    def read(self, name: str, reader: "ElementHandler") -> None:
        """Have `reader` read all of a member, if there is one."""
        if name in self:
            for _piece in self.parse(name, reader):
                pass

    def counted(self, start: Callable[[str, Attributes], None]) -> Callable[[str, Attributes], None]:
        def count(tag: str, attributes: Attributes) -> None:
            self.elements_left -= 1
            if self.elements_left < 0:
                raise too_large()
            start(local(tag), attributes)

        return count


class ElementHandler:
    """Is told the elements of a member, by their names without a prefix: so Strict Open XML reads the same."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take text between tags."""


def local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_entities(*declared: Any) -> None:
    raise UnreadableFile(_("The file declares its own XML entities, which no spreadsheet does. Save it again as XLSX."))
