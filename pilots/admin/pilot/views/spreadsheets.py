"""Pilots to and from spreadsheets: export, the file to fill in, and the pages of an import."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ImportExportMixin

from pilots.models import Pilot
from pilots.spreadsheets import files, xlsx
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


class Exchange(ImportExportMixin):
    """Export and import of pilots, on pages that run under the admin's Content-Security-Policy."""

    import_export_change_list_template = "admin/pilots/pilot/list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the template file."""
        view = self.admin_site.admin_view(self.template_view)
        return [path("import/template/", view, name="pilots_pilot_import_template"), *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the account may import: who may write pilots."""
        return request.user.has_perm("pilots.change_pilot")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether the account may export: who may read pilots here."""
        return request.user.has_perm("pilots.view_pilot")

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer to export the chosen pilots."""
        actions = super().get_actions(request)
        if actions and self.has_export_permission(request):
            words = _("Export to a spreadsheet")
            actions["export_chosen"] = (
                lambda _admin, asked, chosen: self.export_chosen(asked, chosen),
                "export_chosen",
                words,
            )
        return actions

    def export_chosen(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> HttpResponse:
        """Ask for the kind of file for the chosen pilots."""
        entries = sorted({pilot.entry for pilot in pilots})
        form = FormatForm(initial={"entries": ",".join(map(str, entries))})
        return self.export_page(request, form, len(entries))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Ask for the kind of file, then send it: the chosen pilots, or all that the filtered list shows."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = FormatForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            chosen = [int(entry) for entry in form.cleaned_data["entries"].split(",") if entry]
            entries = chosen or self.listed(request)
            try:
                return self.file(request, form.cleaned_data["kind"], entries)
            except UnreadableFile as refusal:
                form.add_error(None, str(refusal))
        return self.export_page(request, form, len(self.listed(request)))

    def listed(self, request: HttpRequest) -> list[int]:
        """Return the entries that the filtered list shows, working copies as what they revise."""
        rows = self.get_export_queryset(request).order_by().values_list("revises", "pk")
        return sorted({revises or pk for revises, pk in rows})[:MOST_EXPORTED]

    def export_page(self, request: HttpRequest, form: FormatForm, count: int) -> HttpResponse:
        """Show the form that asks for the kind of file."""
        words = ngettext("%(n)d pilot will be in the file.", "%(n)d pilots will be in the file.", count) % {"n": count}
        query = request.GET.urlencode()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export pilots"),
            "form": form,
            "opts": self.opts,
            "words": words,
            "export_url": reverse("admin:pilots_pilot_export") + (f"?{query}" if query else ""),
        }
        return TemplateResponse(request, "admin/pilots/pilot/export.html", context)

    def file(self, request: HttpRequest, kind: str, entries: list[int]) -> HttpResponse:
        """Return the file. Raises UnreadableFile when Excel cannot hold it."""
        targets = [target for target in targets_of(entries, request.user).values() if target.is_visible]
        languages = {code for target in targets for code in languages_of(target.content)}
        rows = [row_of(target.content, languages) | {EDIT: target.guard, STATUS: _status(target)} for target in targets]
        lines = files.table(columns(languages), rows)
        if kind == "xlsx":
            return _attached(xlsx.write({files.SHEET: lines}), XLSX, "xlsx")
        data = files.to_csv(lines, "," if kind == "csv" else ";")
        return _attached(data, "text/csv; charset=utf-8", "csv")

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Return the file to fill in."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return _attached(template(), XLSX, "xlsx", name="pilots-template")

    def say(self, request: HttpRequest, words: str, level: int = messages.ERROR) -> HttpResponse:
        """Lead back to the list with a message."""
        self.message_user(request, words, level)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_changelist"))


def _status(target: Target) -> str:
    status = target.row.get_status_display()
    return _("working copy, %(status)s") % {"status": status} if target.row.revises_id else status


def _attached(data: bytes, content_type: str, extension: str, name: str = "") -> HttpResponse:
    name = name or f"pilots-{timezone.localdate():%Y-%m-%d}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
