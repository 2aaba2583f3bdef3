"""The pages of an import: the file, what it would do, the import itself while it runs, and undoing it."""

import logging
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import Error as DatabaseError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots import workflow
from pilots.admin.pilot.views.spreadsheets import Exchange
from pilots.admin.pilot.views.uploads import forget_upload, keep_upload, kept_upload
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.access import readable_revisions
from pilots.models.content import UnknownValues
from pilots.models.text_fields import LineInput
from pilots.spreadsheets.changed_fields import MOST_SHOWN, changed_fields
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.files import LARGEST, Sheet, read
from pilots.spreadsheets.import_preview import ImportPreview, preview_import
from pilots.workflow import batches
from pilots.workflow.batches import PlannedWrite

log = logging.getLogger(__name__)

EVERY = 10
MARK = "[progress]"
REFUSALS = (workflow.Refused, PermissionDenied, UnknownValues, ValidationError, Pilot.DoesNotExist)


class FileForm(forms.Form):
    """Asks for the file."""

    import_file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("XLSX or CSV, at most 5 MB and 2,000 pilots. Nothing is written before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )


class ConfirmForm(forms.Form):
    """Asks why; carries which file was looked at, and what it would have done then."""

    note = LineInput(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history, for editors only. You may leave it empty."),
    )
    upload = forms.RegexField(r"^[a-z0-9]{32}$", widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class Imports(Exchange):
    """Import with a look at what it does first, all or nothing, and undone as one act."""

    def get_urls(self) -> list[URLPattern]:
        """Add the list of imports, and the page of each."""
        wrap = self.admin_site.admin_view
        return [
            path("imports/", wrap(self.imports_view), name="pilots_pilot_imports"),
            path("imports/<uuid:batch>/", wrap(self.batch_view), name="pilots_pilot_batch"),
            *super().get_urls(),
        ]

    # Before anything is written ----------------------------------------------

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the file, then show what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["import_file"]
            data = upload.read(LARGEST + 1)
            try:
                sheet = read(data)
            except UnreadableFile as refusal:
                form.add_error("import_file", str(refusal))
            else:
                key = keep_upload(data, user=request.user, name=upload.name)
                return self.look(request, sheet, preview_import(sheet, request.user), key)
        context = {"form": form, "title": _("Import pilots")}
        return self.import_page(request, "import", context)

    def look(
        self, request: HttpRequest, sheet: Sheet, found: ImportPreview, key: str, *, message: str = ""
    ) -> HttpResponse:
        """Show what an import would do, with the form to confirm it unless a row is refused."""
        refused = found.of("refused")
        form = ConfirmForm(initial={"upload": key, "seen": found.fingerprint})
        context = {
            "title": _("What the import would do"),
            "message": message,
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
        return self.import_page(request, "import_look", context, status=409 if message else 200)

    # The import ----------------------------------------------------------------

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Import what was looked at, and show how far it is; look again if it would do something else now."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ConfirmForm(request.POST or None)
        kept = kept_upload(form.cleaned_data["upload"], user=request.user) if form.is_valid() else None
        if kept is None:
            words = _("The file is not kept any more. Choose it again.")
            self.message_user(request, words, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:pilots_pilot_import"))
        sheet = read(kept[0])
        found = preview_import(sheet, request.user)
        key, note = form.cleaned_data["upload"], form.cleaned_data["note"]
        if found.of("refused") or not found.steps or found.fingerprint != form.cleaned_data["seen"]:
            words = _("Something was changed since you looked at this. Nothing was imported. Look at it again.")
            return self.look(request, sheet, found, key, message=words)
        pieces = self.run(request, found.steps, note or kept[1], key)
        # Compression would hold the lines back until the end, and so would a proxy that waits for more.
        headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
        return StreamingHttpResponse(pieces, content_type="text/html; charset=utf-8", headers=headers)

    def run(self, request: HttpRequest, steps: list[PlannedWrite], note: str, key: str) -> Iterator[str]:
        """Import, and yield the page piece by piece. Closed before its end, it writes nothing."""
        batch, total = uuid4(), len(steps)
        context = {**self.admin_site.each_context(request), "title": _("Importing"), "opts": self.opts, "mark": MARK}
        head, middle, foot = render_to_string("admin/pilots/pilot/import_run.html", context, request).split(MARK)
        yield head
        try:
            under_way = batches.carry_out(steps, by=request.user, kind=Kind.IMPORTED, note=note, batch=batch)
            with closing(under_way):
                for done in under_way:
                    if done % EVERY == 0 or done == total:
                        words = _("%(done)d of %(total)d …") % {"done": done, "total": total}
                        yield format_html("<li>{}</li>\n", words)
        except REFUSALS as refusal:
            reason = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            result: dict[str, Any] = {"refusal": reason}
        except DatabaseError:
            log.exception("An import was broken off.")
            result = {"refusal": _("The database was busy with something else for too long. Try again in a minute.")}
        else:
            forget_upload(key)
            result = {"batch": batch, "total": total}
        yield middle
        yield render_to_string("admin/pilots/pilot/import_result.html", result, request)
        yield foot

    # Afterwards ------------------------------------------------------------------

    def imports_view(self, request: HttpRequest) -> HttpResponse:
        """List what was done to many pilots as one act."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        page = Paginator(batches.batches_of(request.user), 50).get_page(request.GET.get("page", "")[:9])
        undone = batches.undone_batches([found["batch"] for found in page])
        rows = [found | {"is_undone": found["batch"] in undone, "what": Kind(found["kind"]).label} for found in page]
        context = {"title": _("Imports and changes of many pilots"), "rows": rows, "page": page}
        return self.import_page(request, "imports", context)

    def batch_view(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Show which pilots belong to one act, and undo it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        found = batches.batches_of(request.user).filter(batch=batch).first()
        if found is None:
            raise Http404
        if request.method == "POST":
            return self.undo(request, batch)
        context = {
            "title": _("Undo this import") if found["kind"] == Kind.IMPORTED else _("Undo this change"),
            "found": found,
            "what": Kind(found["kind"]).label,
            "is_move": found["kind"] in batches.MOVED,
            "is_undone": bool(batches.undone_batches([batch])),
            "rows": readable_revisions(request.user).filter(batch=batch, kind=found["kind"]).order_by("pk"),
        }
        return self.import_page(request, "batch", context)

    def undo(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Undo one act, and say so."""
        try:
            count = batches.undo(batch, by=request.user)
        except (workflow.Refused, PermissionDenied) as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:pilots_pilot_batch", args=[batch]))
        words = ngettext("%(n)d pilot is as it was before.", "%(n)d pilots are as they were before.", count)
        self.message_user(request, words % {"n": count}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_imports"))

    def import_page(
        self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        """Return one of these pages."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/pilots/pilot/{name}.html", context, status=status)
