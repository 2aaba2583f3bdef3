"""The pages of an import of translations: the file, what it would change, and the import itself."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots import workflow
from pilots.admin.confirm import NoteField
from pilots.admin.pilot.views.import_run import show_import
from pilots.admin.pilot.views.uploads import forget_upload, store_upload, stored_upload
from pilots.admin.translating.base import TranslatingView
from pilots.admin.translating.makers import MAKERS, MadeByField
from pilots.admin.translating.po_preview import PoPreview, preview_po, told
from pilots.content_checks.fields import name_of_language
from pilots.po_files.reader import LARGEST, UnreadablePo, read_po

MOST_SHOWN = 200
TAKE = "take"  # the texts of the file that are to replace newer ones, by their addresses


class MakerForm(forms.Form):
    """Says which language a file is in, and who made its texts."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    made_by = MadeByField()

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = workflow.languages_open_to(user)
        self.fields["language"].choices = [(code, capfirst(name_of_language(code))) for code in codes]  # type: ignore[attr-defined]


class PoFileForm(MakerForm):
    """Asks for the file."""

    po_file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("PO, exported here, at most 5 MB. Nothing is written before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".po,.txt"}),
    )
    field_order = ("po_file", "language", "made_by")


class ConfirmPoForm(MakerForm):
    """Asks why; carries which file was looked at, and what it would have done then."""

    note = NoteField()
    upload = forms.RegexField(r"^[a-z0-9]{32}$", widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("language", "made_by"):
            self.fields[name].widget = forms.HiddenInput()


class PoImportView(TranslatingView):
    """Asks for the file, then shows what it would change. Nothing is written."""

    right = "pilots.view_pilot"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raises PermissionDenied for an account that translates into no language."""
        super().setup(request, *args, **kwargs)
        if not workflow.languages_open_to(request.user):
            raise PermissionDenied

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(PoFileForm(request.user))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the file, and show what it would change."""
        form = PoFileForm(request.user, request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        upload, said = form.cleaned_data["po_file"], form.cleaned_data
        data = upload.read(LARGEST + 1)
        try:
            sent = read_po(data, said["language"])
        except UnreadablePo as refusal:
            form.add_error("po_file", str(refusal))
            return self.ask(form)
        key = store_upload(data, user=request.user, name=upload.name)
        found = preview_po(sent, said["language"], request.user, said["made_by"])
        return self.look(found, said | {"upload": key})

    def ask(self, form: PoFileForm) -> HttpResponse:
        languages = [(code, name_of_language(code)) for code in workflow.languages_open_to(self.request.user)]
        context = {"title": _("Translations as PO files"), "form": form, "languages": languages}
        return self.page("pilot/po_files", context)

    def look(self, found: PoPreview, said: dict[str, Any], *, message: str = "") -> HttpResponse:
        """Show what an import would change, with the form to confirm it if that is anything."""
        initial = said | {"seen": found.fingerprint}
        overtaken = [*found.overtaken.items()][:MOST_SHOWN]
        context = {
            "title": _("What the import would do"),
            "message": message,
            "form": ConfirmPoForm(self.request.user, initial=initial) if found.steps or overtaken else None,
            "found": found,
            "language": said["language"],
            "made_by": MAKERS[said["made_by"]],
            "changed": [*found.changed.values()][:MOST_SHOWN],
            "confirmed": [*found.confirmed.values()][:MOST_SHOWN],
            "overtaken": told(overtaken, self.request.user),
            "ticked": self.request.POST.getlist(TAKE),
            "untaken": found.untaken[:MOST_SHOWN],
        }
        return self.page("pilot/po_preview", context, status=409 if message else 200)


class ProcessPoView(PoImportView):
    """Imports what was looked at; looks again if it would do something else now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page that asks for the file."""
        messages.error(request, _("The file is not kept any more. Choose it again."))
        return redirect("admin:pilots_pilot_import_po")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Import, all or nothing, if the file still does what was looked at."""
        form = ConfirmPoForm(request.user, request.POST)
        stored = stored_upload(form.cleaned_data["upload"], user=request.user) if form.is_valid() else None
        if stored is None:
            return self.get(request)
        said = form.cleaned_data
        try:
            sent = read_po(stored[0], said["language"])
        except UnreadablePo:  # in another language, or no such file: not what was looked at
            return self.get(request)
        found = preview_po(sent, said["language"], request.user, said["made_by"])
        if found.fingerprint != said["seen"]:
            words = _("Something was changed since you looked at this. Nothing was imported. Look at it again.")
            return self.look(found, said, message=words)
        chosen = found.taking(request.POST.getlist(TAKE))
        if not chosen.steps:
            return self.look(found, said, message=_("Nothing was changed."))
        return self.run(chosen, said, said["note"] or stored[1])

    def run(self, found: PoPreview, said: dict[str, Any], note: str) -> HttpResponseBase:
        batch, user = uuid4(), self.request.user
        how: dict[str, Any] = {"note": note, "made_by": said["made_by"], "batch": batch}
        under_way = workflow.translate_many(found.steps, said["language"], by=user, **how)

        def finish() -> dict[str, Any]:
            forget_upload(said["upload"])
            may_undo = found.has_entries and user.has_perm("pilots.change_pilot")
            return {"words": imported(found), "batch": batch if may_undo else None}

        again = reverse("admin:pilots_pilot_import_po")
        return show_import(self, under_way, len(found.steps), again=again, finish=finish)


def imported(found: PoPreview) -> str:
    """What was written, in words."""
    changed, confirmed = len(found.changed), len(found.confirmed)
    words = ngettext("%(n)d text is imported.", "%(n)d texts are imported.", changed) % {"n": changed}
    if confirmed:
        right = ngettext("%(n)d text is noted as right.", "%(n)d texts are noted as right.", confirmed)
        words = f"{words} {right % {'n': confirmed}}"
    return words
