"""Tables and places: CSV, XLSX, Data Package, CSV on the Web, GeoJSON."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import geojson_validator
import openpyxl
from csvw import TableGroup
from frictionless import Checklist, Package
from loguru import logger

from tests.formats.portal import NotRunHere, Portal

AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"

logger.remove()  # geojson_validator tells all that it does
CSVS = ("/pilots.csv", "/lessons.csv", "/partners.csv", "/matrix.csv", "/pilots.csv?country=FR")


def csv_is_strict(portal: Portal) -> None:
    for path in CSVS:
        lines = list(csv.reader(io.StringIO(portal.text(path), newline=""), strict=True))
        assert lines[0], path
        assert len(set(lines[0])) == len(lines[0]), f"{path}: a heading is there twice"
        assert {len(line) for line in lines} == {len(lines[0])}, f"{path}: lines differ in length"
    assert len(list(csv.reader(io.StringIO(portal.text("/pilots.csv"), newline="")))) == portal.total + 1


def frictionless_reads_the_archive(portal: Portal) -> None:
    package = Package(str(portal.archive / "datapackage.json"))
    report = package.validate(checklist=Checklist(pick_errors=[]))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:5]
    assert len(package.resources) > 20


def csvw_reads_the_archive(portal: Portal) -> None:
    group = TableGroup.from_file(str(portal.archive / "csv-metadata.json"))
    for table in group.tables:
        rows = list(table.iterdicts(strict=True))
        assert rows or table.local_name.endswith("_texts.csv"), table.local_name
        assert table.check_primary_key(), f"{table.local_name}: keys"
    assert group.check_referential_integrity(), "a reference leads nowhere"


def openpyxl_reads_workbooks(portal: Portal) -> None:
    for path, least in (("/pilots.xlsx", portal.total), ("/lessons.xlsx", 1)):
        book = openpyxl.load_workbook(io.BytesIO(portal.body(path)))
        sheet = book.worksheets[0]
        assert sheet.max_row > least, path
        assert sheet.freeze_panes, f"{path}: the heading is not frozen"
        assert len(book.worksheets) == 3, f"{path}: columns and about are missing"
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not formulas, f"{path}: formulas in {formulas[:3]}"


def libreoffice_opens_tables(portal: Portal) -> None:
    plain = portal.folder / "plain.csv"
    plain.write_text("a,b\r\n1,2\r\n")
    if not converted(plain, AS_CSV):
        raise NotRunHere("LibreOffice is here without Calc, and opens no table")
    for path in ("/pilots.csv", "/pilots.xlsx", "/lessons.xlsx"):
        source = portal.file(path)
        made = converted(source, AS_CSV)
        assert made, f"LibreOffice cannot open {path}"
        rows = list(csv.reader(io.StringIO(made.read_text(encoding="utf-8"), newline="")))
        assert len(rows) > (portal.total if "pilots" in path else 1), f"{path}: {len(rows)} rows"


def geojson_is_valid(portal: Portal) -> None:
    for path in ("/map.geojson", "/map.geojson?country=FR"):
        collection = portal.json(path)
        wrong = geojson_validator.validate_structure(collection)
        assert not wrong, f"{path}: {wrong}"
        placed = [one for one in collection["features"] if one["geometry"]]
        problems = geojson_validator.validate_geometries({**collection, "features": placed})
        assert not problems["invalid"], f"{path}: {problems}"
    assert len(portal.json("/map.geojson")["features"]) == portal.total


def converted(source: Path, form: str) -> Path | None:
    """The file as LibreOffice reads it, in another form; None where it cannot. Raises NotRunHere."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise NotRunHere("LibreOffice is not installed")
    target = source.parent / "converted"
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    command = [office, "--headless", profile, "--convert-to", form, "--outdir", str(target), str(source)]
    subprocess.run(command, capture_output=True, timeout=300, check=False)
    return next(target.glob("*"), None)
