"""Briefing packs as PDF and Word."""

import io
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import docx
import page
import pypdf

from tests.formats.portal import NotRunHere, Portal
from tests.formats.tables import converted


def packs(portal: Portal, end: str) -> list[str]:
    """The addresses of a pack of one pilot, of a shortlist and of a comparison."""
    one, two, *_others = portal.slugs
    keep = "&".join(f"keep={slug}" for slug in portal.slugs[:9])
    return [f"/pilots/{one}.{end}", f"/shortlist.{end}?{keep}", f"/compare.{end}?pilot={one}&pilot={two}"]


def packs_are_tagged_pdf(portal: Portal) -> None:
    for path in packs(portal, "pdf"):
        reader = pypdf.PdfReader(io.BytesIO(portal.body(path)))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], f"{path} is not tagged"
        assert root["/StructTreeRoot"]["/K"], f"{path} has no structure"
        assert str(root["/Lang"]).startswith("en"), f"{path} says no language"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], f"{path} does not show its title"
        assert reader.metadata.title, f"{path} has no title"
        assert reader.outline, f"{path} has no bookmarks"
        metadata = root["/Metadata"].get_data().decode()
        assert "pdfuaid:part" in metadata, f"{path} does not claim PDF/UA"
        assert "pdfaid:part" in metadata, f"{path} does not claim PDF/A"
        sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}
        assert sizes == {(595, 842)}, f"{path} is not A4: {sizes}"


def pdftotext_reads_packs_in_order(portal: Portal) -> None:
    if not shutil.which("pdftotext"):
        raise NotRunHere("pdftotext is not installed")
    pilot = portal.json(f"/api/v1/pilots/{portal.slugs[0]}/")
    file = portal.file(f"/pilots/{portal.slugs[0]}.pdf")
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, text=True)
    said = " ".join(done.stdout.split())
    beginnings = [pilot["title"]["text"][:30], pilot["summary"]["text"][:30]]
    beginnings.append((pilot["sections"]["what_was_done"]["text"] or pilot["summary"]["text"])[:30])
    places = [said.find(" ".join(words.split())) for words in beginnings]
    assert -1 not in places, f"{beginnings[places.index(-1)]!r} is not in the text of {file.name}"
    assert places == sorted(places), f"{file.name} is read in another order: {places}"


# By chance, compressed data ends with a carriage return, which this rule takes for the beginning of the line's end
# behind it.
ENDS_WITH_A_CARRIAGE_RETURN = "PDFA2A-STREAM-LENGTH-001"
# Heads of tables that are repeated on the next page are artifacts, so that nobody hears them twice; this rule takes
# long ones for prose that is left out.
REPEATED_HEADS = "TAG-002"


def page_validation_finds_pdf_ua_and_pdf_a(portal: Portal) -> None:
    for path in packs(portal, "pdf"):
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
            report = page.validate_pdf_bytes(portal.body(path), profile=profile)
            assert report.rules.total, f"{path}: no rule of {profile.value} was tried"
            broken = {it.rule_id for it in report.failures} - {ENDS_WITH_A_CARRIAGE_RETURN}
            assert not broken, f"{path} ({profile.value}): {broken}"


def outloud_reads_packs_without_an_error(portal: Portal) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    for path in packs(portal, "pdf"):
        command = [outloud, "--no-info", "--skip", REPEATED_HEADS, "--fail-on", "error", portal.file(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path}: {done.stdout[-600:]}{done.stderr[-300:]}"


def word_packs_open(portal: Portal) -> None:
    for path in packs(portal, "docx"):
        document = docx.Document(io.BytesIO(portal.body(path)))
        levels = [int(it.style.name[-1]) for it in document.paragraphs if it.style.name.startswith("Heading ")]
        assert levels, f"{path} has no headings"
        assert levels[0] == 1, f"{path} begins with a heading of level {levels[0]}"
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{path}: a level is left out"
    made = converted(portal.file(packs(portal, "docx")[0]), "txt:Text")
    assert made, "LibreOffice cannot open the pack"
    assert len(made.read_text(encoding="utf-8", errors="replace").split()) > 200
