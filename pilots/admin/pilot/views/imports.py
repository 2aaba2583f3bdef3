"""The pages of an import: the file, what it would do, the import itself while it runs, and undoing it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import NoteField
from pilots.admin.pilot.views.import_progress import over_at, under_way_at
from pilots.admin.pilot.views.spreadsheets import ImporterView
from pilots.admin.site import BY_ITSELF
from pilots.admin.translating.makers import MAKERS, MadeByField
from pilots.history.record import Kind
from pilots.models.access import readable_revisions
from pilots.spreadsheets.changed_fields import MOST_SHOWN, changed_fields
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.import_preview import ImportPreview, preview_import
from pilots.spreadsheets.reader import LARGEST, Sheet, read
from pilots.workflow import batches, import_runs


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
    """Asks why; carries which import was looked at."""

    note = NoteField()
    run = forms.UUIDField(widget=forms.HiddenInput)


class ImportView(ImporterView):
    """Asks for the file, then shows what it would do. No entry is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what the file would do, and keep that until it is confirmed."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        upload, made_by = form.cleaned_data["import_file"], form.cleaned_data["made_by"]
        try:
            sheet = read(upload.read(LARGEST + 1))
        except UnreadableFile as refusal:
            form.add_error("import_file", str(refusal))
            return self.ask(form)
        found, confirm = preview_import(sheet, request.user), None
        if found.steps and not found.of("refused"):
            run = import_runs.prepare(found.steps, by=request.user, note=upload.name[:200], made_by=made_by)
            confirm = ConfirmImportForm(initial={"run": run.batch})
        return self.look(sheet, found, confirm, made_by)

    def ask(self, form: FileForm) -> HttpResponse:
        return self.page("pilot/import", {"form": form, "title": _("Import pilots")})

    def look(self, sheet: Sheet, found: ImportPreview, confirm: ConfirmImportForm | None, made_by: str) -> HttpResponse:
        """Show what an import would do, with the form to confirm it unless a row is refused."""
        refused = found.of("refused")
        context = {
            "title": _("What the import would do"),
            "made_by": MAKERS[made_by],
            "notes": sheet.notes,
            "form": confirm,
            "counts": {what: len(found.of(what)) for what in ("new", "changed", "unchanged", "refused")},
            "refused": refused,
            "untold": sum(verdict.untold for verdict in refused),
            "new": found.of("new"),
            "changed": changed_fields(found.of("changed")),
            "unchanged": found.of("unchanged"),
            "archived": found.of("archived"),
            "without_fields": max(0, len(found.of("changed")) - MOST_SHOWN),
        }
        return self.page("pilot/import_preview", context)


class ProcessImportView(ImporterView):
    """Begins to import what was looked at."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page that asks for the file."""
        messages.error(request, _("The file is not kept any more. Choose it again."))
        return redirect("admin:pilots_pilot_import")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Confirm it, and lead to where it is."""
        form = ConfirmImportForm(request.POST)
        said = form.cleaned_data if form.is_valid() else {}
        if not (said and import_runs.begin(said["run"], by=request.user, note=said["note"])):
            return self.get(request)
        return redirect("admin:pilots_pilot_import_run", said["run"])


class BatchesView(ImporterView):
    """What was done to many pilots as one act."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(batches.batches_of(request.user), 50).get_page(request.GET.get("page", "")[:9])
        undone = batches.undone_batches([found["batch"] for found in page])
        rows = [found | {"is_undone": found["batch"] in undone, "what": Kind(found["kind"]).label} for found in page]
        context = {
            "title": _("Imports and changes of many pilots"),
            "rows": rows,
            "page": page,
            "under_way": import_runs.under_way(request.user),
        }
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
            "undone": batches.undone_entries(batch),
            "rows": readable_revisions(request.user).filter(batch=batch, kind=found["kind"]).order_by("pk"),
        }
        return self.page("pilot/batch", context)

    def post(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Undo the next second's worth of it, and say how far that is."""
        by_itself = request.POST.get(BY_ITSELF) is not None
        try:
            done, count = batches.undo_some(batch, by=request.user)
        except (workflow.Refused, PermissionDenied) as refusal:
            note_if_denied(request, refusal)
            messages.error(request, str(refusal))
            return over_at("admin:pilots_pilot_batch", batch, by_itself=by_itself)
        if done < count:
            return under_way_at("admin:pilots_pilot_batch", batch, done, count, by_itself=by_itself)
        undone = batches.undone_entries(batch)
        words = ngettext("%(n)d pilot is as it was before.", "%(n)d pilots are as they were before.", undone)
        messages.success(request, words % {"n": undone})
        return over_at("admin:pilots_pilot_imports", by_itself=by_itself)
