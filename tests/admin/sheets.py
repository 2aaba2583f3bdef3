"""Exports, changes and imports spreadsheets as an editor would, in the admin."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots.spreadsheets import reader, writer, xlsx
from pilots.spreadsheets.columns import SheetColumn, column_named, columns
from pilots.spreadsheets.rows import SheetRow
from tests.admin.forms import forms_of

LIST = "admin:pilots_pilot_changelist"


def export(client: Client, kind: str = "xlsx", query: str = "", **data: Any) -> bytes:
    response = client.post(f"{reverse('admin:pilots_pilot_export')}{query}", {"kind": kind, **data})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return response.content


def rows_in(data: bytes) -> list[SheetRow]:
    return [row for _number, row in reader.read(data).rows]


def file_of(*rows: SheetRow | dict[str, str]) -> bytes:
    """An XLSX file with these rows; columns may be given by name."""
    named = [{column_named(str(getattr(key, "name", key))): cell for key, cell in row.items()} for row in rows]
    present = [column for column in columns(["fr"]) if any(column in row for row in named)]
    return xlsx.write({"pilots": writer.sheet_lines(present, named)})  # type: ignore[arg-type]


def with_cells(row: SheetRow, **cells: str) -> SheetRow:
    named = {
        SheetColumn(name, "en") if name in ("title", "summary") else SheetColumn(name): cell
        for name, cell in cells.items()
    }
    return row | named


def look(client: Client, data: bytes, name: str = "pilots.xlsx", made_by: str = "person") -> HttpResponse:
    """Upload a file and return the page that says what it would do."""
    said = {"import_file": SimpleUploadedFile(name, data), "made_by": made_by}
    return client.post(reverse("admin:pilots_pilot_import"), said)


def confirm(client: Client, page: HttpResponse, **changes: str) -> HttpResponse:
    """Send the form that confirms an import."""
    fields = {name: values[0] for name, values in forms_of(page)["confirm_form"].items()}
    return client.post(reverse("admin:pilots_pilot_process_import"), fields | changes)


def text_of(response: Any) -> str:
    """The text of an answer, streamed or not."""
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def carry_on(client: Client, began: Any) -> str:
    """Have an import go on until it is over, as its page does without a script, and return what the page says then."""
    url = began["Location"]
    page = client.get(url)
    while "go_on_form" in page.content.decode():
        client.post(url)
        page = client.get(url)
    return page.content.decode()


def run(client: Client, data: bytes, made_by: str = "person") -> str:
    """Import a file and return the page that says what became of it."""
    return carry_on(client, confirm(client, look(client, data, made_by=made_by)))


def counts(page: HttpResponse) -> dict[str, int]:
    """How many rows are new, changed, unchanged and refused."""
    return page.context["counts"]  # type: ignore[attr-defined]


def batch_in(page: str) -> str:
    """The address of the import that a page leads to."""
    match = re.search(r'"(/admin/pilots/pilot/imports/[0-9a-f-]{36}/)"', page)
    assert match, page[-2000:]
    return match[1]
