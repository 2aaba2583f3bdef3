"""Exports, changes and imports PO files as a translator would, in the admin."""

from typing import Any

import polib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots.models import Pilot
from pilots.models.content import Content, read_content
from pilots.models.provenance import fingerprint
from tests.admin.forms import forms_of
from tests.admin.sheets import text_of
from tests.factories import PublishedPilotFactory

RECORD = {"by": "machine", "of": fingerprint("Who did what.")}
PO_FILES = "admin:pilots_pilot_import_po"


def translated(slug: str = "avignon", make: Any = PublishedPilotFactory, **fields: Any) -> Pilot:
    """An entry whose summary a machine translated into French and Spanish."""
    pilot: Pilot = make(slug=slug, **{"title": "A title", "summary": "Who did what."} | fields)
    for language in ("fr", "es"):
        pilot.create_translation(language, title="", summary=f"Qui a fait quoi ({language}).")
    pilot.translations.exclude(language_code="en").update(provenance={"summary": RECORD})
    return pilot


def export(client: Client, pilot: Pilot | None = None, language: str = "fr", **query: str) -> polib.POFile:
    """What is exported of one entry or of all, without names and descriptions."""
    file = export_all(client, pilot, language, **query)
    for name in names_in(file):
        file.remove(name)
    return file


def export_all(client: Client, pilot: Pilot | None = None, language: str = "fr", **query: str) -> polib.POFile:
    name = "admin:pilots_pilot_export_entry_po" if pilot else "admin:pilots_pilot_export_po"
    response = client.get(reverse(name, args=[pilot.pk, language] if pilot else [language]), query)
    assert response.status_code == 200
    assert ".po" in response["Content-Disposition"]
    return polib.pofile(response.content.decode())


def names_in(file: polib.POFile) -> list[polib.POEntry]:
    """The names and descriptions in a file, which the factories make, too."""
    return [entry for entry in file if ":" in entry.msgctxt]


def look(client: Client, file: Any, language: str = "fr", made_by: str = "person") -> HttpResponse:
    data = file if isinstance(file, bytes) else str(file).encode()
    fields = {"po_file": SimpleUploadedFile("texts.po", data), "language": language, "made_by": made_by}
    return client.post(reverse(PO_FILES), fields)


def confirm(client: Client, page: Any, **changes: str) -> Any:
    """Send the form that confirms an import, and wait for the end of the answer: its text is `said`."""
    fields = {name: values[0] for name, values in forms_of(page)["confirm_form"].items()}
    answer: Any = client.post(reverse("admin:pilots_pilot_process_po"), fields | changes)
    answer.said = text_of(answer)
    return answer


def outcome(page: Any) -> tuple[int, int, int, int]:
    """How many texts change, stay, are left out and are refused."""
    found = page.context["found"]
    return len(found.changed), found.unchanged, found.unfinished, len(found.untaken)


def asked(page: Any) -> tuple[int, int]:
    """How many texts are found right as they stand, and how many were changed since the file was exported."""
    found = page.context["found"]
    return len(found.confirmed), len(found.overtaken)


def mend(entry: polib.POEntry, text: str = "") -> None:
    """Do what a translator does: write another text, if there is one, and take the mark away."""
    entry.msgstr, entry.flags = text or entry.msgstr, []


def refusals(page: Any) -> dict[str, str]:
    return {one.address: one.reason for one in page.context["untaken"]}


def copy_of(pilot: Pilot) -> Content:
    return read_content(Pilot.objects.get(revises=pilot))
