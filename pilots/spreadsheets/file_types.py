"""What kind of file was chosen, told by what it holds and not by its name."""

import codecs
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.spreadsheets.errors import UnreadableFile

PROTECTED = "EncryptedPackage".encode("utf-16-le")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
BEGINNINGS = {
    b"%PDF": gettext_lazy("a PDF"),
    b"{\\rtf": gettext_lazy("a text in RTF"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"\x1f\x8b": gettext_lazy("a packed file (GZ)"),
    b"7z\xbc\xaf": gettext_lazy("a packed file (7Z)"),
    b"Rar!": gettext_lazy("a packed file (RAR)"),
    b"ID;P": gettext_lazy("a table in SYLK"),
    b"\t\x02\x06\0": gettext_lazy("a very old Excel file (XLS)"),
    OLD_EXCEL: gettext_lazy("an old Excel file (XLS)"),
}
# Members that other packed files have.
MEMBERS = {
    b"META-INF/manifest.xml": gettext_lazy("an OpenDocument file (ODS)"),
    b"xl/workbook.bin": gettext_lazy("a binary Excel file (XLSB)"),
    b"word/document.xml": gettext_lazy("a Word document"),
    b"ppt/presentation.xml": gettext_lazy("a presentation"),
    b"Index/Document.iwa": gettext_lazy("a file of Numbers or Pages"),
}
MARKUP = {
    "urn:schemas-microsoft-com:office:spreadsheet": gettext_lazy("an Excel file of 2003 (XML)"),
    "<html": gettext_lazy("a web page (HTML)"),
    "<!doctype": gettext_lazy("a web page (HTML)"),
    "<table": gettext_lazy("a web page (HTML)"),
    "mime-version:": gettext_lazy("a web page (MHTML)"),
    "<?xml": gettext_lazy("an XML file"),
}
LOOKED_AT = 2000  # characters
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MOST_CONTROL = 20  # that came along with what was copied; more of them are no text
CONTROL = re.compile("[\x01-\x08\x0e-\x1a]")


def refuse_other_kinds(data: bytes) -> None:
    """Raise UnreadableFile, with what the file is and what to do, if it is neither XLSX nor a table of text."""
    if data.startswith(OLD_EXCEL) and PROTECTED in data:
        raise UnreadableFile(_("The file is protected by a password. Save it without one, then choose it again."))
    kind = next((kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning)), None)
    if data.startswith(b"PK"):
        kind = next((kind for member, kind in MEMBERS.items() if member in data), None)
    elif not kind:
        beginning = data[:LOOKED_AT].decode("latin-1").replace("\0", "").lstrip("ï»¿ÿþ \r\n\t").lower()
        is_markup = beginning.startswith(("<", "mime-version:"))
        kind = next((kind for sign, kind in MARKUP.items() if is_markup and sign in beginning), None)
    if kind:
        raise UnreadableFile(_("This file is %(kind)s. Save it as XLSX or CSV, then choose it again.") % {"kind": kind})


def decoded(data: bytes, notes: list[str]) -> str:
    """The text of a CSV file: in UTF-8, in what Excel calls Unicode text, or else in Windows-1252."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "") or _wide(data) or "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        notes.append(_("The file is not in UTF-8, so it was read as Windows-1252. Look at the accents below."))
    if "\0" in text or len(CONTROL.findall(text, 0, LOOKED_AT)) > MOST_CONTROL:
        raise UnreadableFile(
            _("This is neither an XLSX nor a CSV file. Save it as one of the two, then choose it again.")
        )
    return text


def _wide(data: bytes) -> str:
    """The encoding of text with two bytes a letter that does not say so: every other byte is 0."""
    first, second = data[:LOOKED_AT:2], data[1:LOOKED_AT:2]
    if len(data) % 2 or not second:
        return ""
    if second.count(0) > len(second) * 0.6:
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > len(first) * 0.6 else ""
