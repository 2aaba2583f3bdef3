"""The pages of an import: the file, what it would do, the import itself while it runs, and undoing it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import NoteField
from pilots.admin.pilot.views.import_run import show_import
from pilots.admin.pilot.views.spreadsheets import ImporterView
from pilots.admin.pilot.views.uploads import forget_upload, store_upload, stored_upload
from pilots.admin.translating.makers import MAKERS, MadeByField
from pilots.history.record import Kind
from pilots.models.access import readable_revisions
from pilots.spreadsheets.changed_fields import MOST_SHOWN, changed_fields
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.import_preview import ImportPreview, preview_import
from pilots.spreadsheets.reader import LARGEST, Sheet, read
from pilots.workflow import batches


class FileForm(forms.Form):
    """Asks for the file."""

    import_file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("XLSX or CSV, at most 5 MB and 2,000 pilots. Nothing is written before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    made_by = MadeByField()


class ConfirmImportForm(forms.Form):
    """Asks why; carries which file was looked at, who made its translations, and what it would have done then."""

    note = NoteField()
    made_by = MadeByField(widget=forms.HiddenInput)
    upload = forms.RegexField(r"^[a-z0-9]{32}$", widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class ImportPreviewPage(ImporterView):
    """A page that shows what an import would do."""

    def look(self, sheet: Sheet, found: ImportPreview, said: dict[str, Any], *, message: str = "") -> HttpResponse:
        """Show what an import would do, with the form to confirm it unless a row is refused."""
        refused = found.of("refused")
        form = ConfirmImportForm(initial=said | {"seen": found.fingerprint})
        context = {
            "title": _("What the import would do"),
            "message": message,
            "made_by": MAKERS[said["made_by"]],
            "notes": sheet.notes,
            "form": form if found.steps and not refused else None,
            "counts": {what: len(found.of(what)) for what in ("new", "changed", "unchanged", "refused")},
            "refused": refused,
            "untold": sum(verdict.untold for verdict in refused),
            "new": found.of("new"),
            "changed": changed_fields(found.of("changed")),
            "unchanged": found.of("unchanged"),
            "without_fields": max(0, len(found.of("changed")) - MOST_SHOWN),
        }
        return self.page("pilot/import_preview", context, status=409 if message else 200)


class ImportView(ImportPreviewPage):
    """Asks for the file, then shows what it would do. Nothing is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file, and show what it would do."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        upload = form.cleaned_data["import_file"]
        data = upload.read(LARGEST + 1)
        try:
            sheet = read(data)
        except UnreadableFile as refusal:
            form.add_error("import_file", str(refusal))
            return self.ask(form)
        key = store_upload(data, user=request.user, name=upload.name)
        said = {"upload": key, "made_by": form.cleaned_data["made_by"]}
        return self.look(sheet, preview_import(sheet, request.user), said)

    def ask(self, form: FileForm) -> HttpResponse:
        return self.page("pilot/import", {"form": form, "title": _("Import pilots")})


class ProcessImportView(ImportPreviewPage):
    """Imports what was looked at, and shows how far it is; looks again if it would do something else now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page that asks for the file."""
        messages.error(request, _("The file is not kept any more. Choose it again."))
        return redirect("admin:pilots_pilot_import")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Import, all or nothing, if the file still does what was looked at."""
        form = ConfirmImportForm(request.POST)
        stored = stored_upload(form.cleaned_data["upload"], user=request.user) if form.is_valid() else None
        if stored is None:
            return self.get(request)
        try:
            sheet = read(stored[0])
        except UnreadableFile:  # which was no table when it was looked at
            return self.get(request)
        found = preview_import(sheet, request.user)
        said = form.cleaned_data
        if found.of("refused") or not found.steps or found.fingerprint != said["seen"]:
            words = _("Something was changed since you looked at this. Nothing was imported. Look at it again.")
            return self.look(sheet, found, said, message=words)
        how: dict[str, Any] = {"note": said["note"] or stored[1], "made_by": said["made_by"]}
        batch, total = uuid4(), len(found.steps)
        under_way = batches.carry_out(found.steps, by=request.user, kind=Kind.IMPORTED, batch=batch, **how)

        def finish() -> dict[str, Any]:
            forget_upload(said["upload"])
            return {"batch": batch, "total": total}

        return show_import(self, under_way, total, again=reverse("admin:pilots_pilot_import"), finish=finish)


class BatchesView(ImporterView):
    """What was done to many pilots as one act."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(batches.batches_of(request.user), 50).get_page(request.GET.get("page", "")[:9])
        undone = batches.undone_batches([found["batch"] for found in page])
        rows = [found | {"is_undone": found["batch"] in undone, "what": Kind(found["kind"]).label} for found in page]
        context = {"title": _("Imports and changes of many pilots"), "rows": rows, "page": page}
        return self.page("pilot/imports", context)


class BatchView(ImporterView):
    """Which pilots belong to one act, and a button that undoes it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the act. Raises Http404, PermissionDenied."""
        super().setup(request, *args, **kwargs)
        self.found = batches.batches_of(request.user).filter(batch=kwargs["batch"]).first()
        if self.found is None:
            raise Http404

    def get(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        found = self.found
        context = {
            "title": _("Undo this import") if found["kind"] == Kind.IMPORTED else _("Undo this change"),
            "found": found,
            "what": Kind(found["kind"]).label,
            "is_move": found["kind"] in batches.MOVED,
            "is_undone": bool(batches.undone_batches([batch])),
            "rows": readable_revisions(request.user).filter(batch=batch, kind=found["kind"]).order_by("pk"),
        }
        return self.page("pilot/batch", context)

    def post(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Undo it, and say so."""
        try:
            count = batches.undo(batch, by=request.user)
        except (workflow.Refused, PermissionDenied) as refusal:
            note_if_denied(request, refusal)
            messages.error(request, str(refusal))
            return redirect("admin:pilots_pilot_batch", batch)
        words = ngettext("%(n)d pilot is as it was before.", "%(n)d pilots are as they were before.", count)
        messages.success(request, words % {"n": count})
        return redirect("admin:pilots_pilot_imports")
