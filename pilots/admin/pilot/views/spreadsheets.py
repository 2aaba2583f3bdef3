"""Pilots as spreadsheets: export, and the file to fill in."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ExportMixin

from pilots.admin.confirm import AdminView
from pilots.models import Pilot
from pilots.security_log import Event, record
from pilots.spreadsheets import reader, writer, xlsx
from pilots.spreadsheets.columns import EDIT, STATUS, columns
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.rows import languages_of, row_of
from pilots.spreadsheets.targets import Target, targets_of
from pilots.spreadsheets.template import template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "xlsx": gettext_lazy("Excel (XLSX)"),
    "csv": gettext_lazy("CSV with commas"),
    "csv-semicolons": gettext_lazy("CSV with semicolons, as Excel opens it in much of Europe"),
}
MOST_EXPORTED = 5000


class FormatForm(forms.Form):
    """Asks for the kind of file. `entries` are the chosen pilots, empty for all that the list shows."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of file"), choices=[*FORMATS.items()], initial="xlsx", widget=forms.RadioSelect
    )
    entries = forms.RegexField(r"^(\d{1,18}(,\d{1,18}){0,4999})?$", required=False, widget=forms.HiddenInput)


@admin.action(description=gettext_lazy("Export to a spreadsheet"), permissions=["change"])
def export_chosen(model_admin: Any, request: HttpRequest, pilots: QuerySet[Pilot]) -> HttpResponse:
    """Ask for the kind of file for the chosen pilots."""
    entries = sorted({pilot.entry_id for pilot in pilots})
    page = ExportView(model_admin=model_admin)
    page.setup(request)
    return page.ask(FormatForm(initial={"entries": ",".join(map(str, entries))}), len(entries))


class ExportView(AdminView):
    """Asks for the kind of file, then sends it: the chosen pilots, or all that the filtered list shows."""

    right = "pilots.view_pilot"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(FormatForm(), len(self.listed()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FormatForm(request.POST)
        if form.is_valid():
            chosen = [int(entry) for entry in form.cleaned_data["entries"].split(",") if entry]
            try:
                return export(form.cleaned_data["kind"], chosen or self.listed(), request.user)
            except UnreadableFile as refusal:
                form.add_error(None, str(refusal))
        return self.ask(form, len(self.listed()))

    def listed(self) -> list[int]:
        """The entries that the filtered list shows, working copies as what they revise."""
        # The library's way to the rows of a filtered list without its pages.
        pilots = ExportMixin.get_export_queryset(self.model_admin, self.request)
        rows = pilots.order_by().values_list("revises", "pk")
        return sorted({revises or pk for revises, pk in rows})[:MOST_EXPORTED]

    def ask(self, form: FormatForm, count: int) -> HttpResponse:
        """Show the form that asks for the kind of file."""
        words = ngettext("%(n)d pilot will be in the file.", "%(n)d pilots will be in the file.", count) % {"n": count}
        query = self.request.GET.urlencode()
        address = reverse("admin:pilots_pilot_export") + (f"?{query}" if query else "")
        context = {"title": _("Export pilots"), "form": form, "words": words, "export_url": address}
        return self.page("pilot/export", context)


class ImporterView(AdminView):
    """A page for whoever may import: who may write pilots."""

    right = "pilots.change_pilot"


class TemplateView(ImporterView):
    """The file to fill in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _attached(template(), XLSX, "xlsx", name="pilots-template")


def export(kind: str, entries: list[int], user: Any) -> HttpResponse:
    """The file, with what `user` may see. Raises UnreadableFile when Excel cannot hold it."""
    targets = [target for target in targets_of(entries, user).values() if target.is_visible]
    languages = {code for target in targets for code in languages_of(target.content)}
    rows = [row_of(target.content, languages) | {EDIT: target.guard, STATUS: _status(target)} for target in targets]
    lines = writer.sheet_lines(columns(languages), rows)
    if kind == "xlsx":
        response = _attached(xlsx.write({reader.SHEET: lines}), XLSX, "xlsx")
    else:
        data = writer.to_csv(lines, "," if kind == "csv" else ";")
        response = _attached(data, "text/csv; charset=utf-8", "csv")
    unpublished = sum(not target.row.is_public for target in targets)
    record(Event.EXPORTED, by=user, kind=kind, entries=len(targets), unpublished=unpublished)
    return response


def _status(target: Target) -> str:
    status = target.row.get_status_display()
    return _("working copy, %(status)s") % {"status": status} if target.row.revises_id else status


def _attached(data: bytes, content_type: str, extension: str, name: str = "") -> HttpResponse:
    name = name or f"pilots-{timezone.localdate():%Y-%m-%d}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
