"""What happens when the form of a pilot is saved: kept in the history, never over somebody else's words.

If the entry is public, or was changed by somebody else meanwhile, nothing is written into its rows:
what the valid form says goes into a working copy, or onto the page that shows both. So every case goes
through the same form, with the same checks, and nothing that was typed is lost.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from parler.admin import TranslatableAdmin

from pilots import workflow
from pilots.admin.confirm import NoteField
from pilots.admin.pilot.form_content import content_of_form
from pilots.admin.wording import WordingForm
from pilots.history import record
from pilots.history.provenance import NOTHING, note_provenance
from pilots.history.record import Kind, add_revision, count_edit, lock, record_existing_content
from pilots.models import Pilot, PilotTranslation
from pilots.models.access import may_read
from pilots.models.content import Content, read_content


class PilotForm(WordingForm):
    """The form of a pilot, with what the history needs."""

    note = NoteField(label=gettext_lazy("Why this change"))
    seen_edit = forms.IntegerField(label="", required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loaded_edit = self.instance.edit_count
        if "seen_edit" in self.fields:
            self.fields["seen_edit"].initial = self.instance.edit_count

    def is_multipart(self) -> bool:
        """True: otherwise a letter takes up to twelve bytes, and a long entry is more than may be sent."""
        return True


@dataclass
class UnwrittenForm(Exception):
    """What a form said that is not written into the rows it shows, which say `present`.

    `seen_edit` is the number of changes the entry had when the form was opened, `now` the one it has.
    """

    pilot: Pilot
    content: Content
    note: str
    seen_edit: int
    now: int
    present: Content
    wording_only: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether the entry was changed since the form was opened."""
        return self.seen_edit != self.now


class RevisionAdmin(TranslatableAdmin):
    """Saves a pilot with its parts as one revision."""

    form: Any = PilotForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 (Django's)
        """Save the row, locked from here on, having noted what it said before; unless it may not be changed now."""
        if not change:
            obj.owner = request.user
            super().save_model(request, obj, form, change)
            return
        row, seen = lock(obj), form.cleaned_data.get("seen_edit")
        form.row, form.before = row, read_content(row)
        form.seen_edit = form.loaded_edit if seen is None else seen
        form.is_in_place = form.seen_edit == row.edit_count and workflow.may_edit(request.user, row)
        if form.is_in_place:
            record_existing_content(row, form.before)
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save the parts, then keep the whole as one revision. Raises UnwrittenForm if the row may not change now."""
        pilot, note = form.instance, form.cleaned_data.get("note", "")
        wording_only = form.cleaned_data.get("wording_only", False)
        if change and not form.is_in_place:
            content = content_of_form(form, formsets, form.before)
            raise UnwrittenForm(form.row, content, note, form.seen_edit, form.row.edit_count, form.before, wording_only)
        super().save_related(request, form, formsets, change)
        content = read_content(pilot)
        if not change:
            content = note_provenance(pilot, NOTHING, content, by=request.user)
            count_edit(pilot, content)
            add_revision(pilot, content, kind=Kind.CREATED, by=request.user, note=note)
            return
        if content != form.before:
            content = note_provenance(form.row, form.before, content, by=request.user, wording_only=wording_only)
            count_edit(form.row, content)
            add_revision(form.row, content, kind=Kind.CHANGED, by=request.user, note=note)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the account may delete an entry, or a translation of one: who may change it may do that."""
        if isinstance(obj, PilotTranslation):
            return workflow.may_edit(request.user, obj.master)
        return super().has_delete_permission(request, obj)

    def may_delete_texts(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the account may delete a translation of an entry: of a draft that it may change."""
        return workflow.may_edit(request.user, obj)

    def delete_translation(self, request: HttpRequest, object_id: str, language_code: str) -> HttpResponse:
        """Delete one translation of a draft; what is public is changed through its working copy only."""
        pilot = self.get_object(request, object_id)
        if pilot and not workflow.may_edit(request.user, pilot):
            self.message_user(request, _why_no_deletion(request.user, pilot) % {"pilot": pilot}, messages.ERROR)
            return self.lead_to(request, pilot)
        if pilot is None or request.method != "POST":
            return super().delete_translation(request, object_id, language_code)
        with record.change(pilot, kind=Kind.CHANGED, by=request.user):
            return super().delete_translation(request, object_id, language_code)

    def saved_elsewhere(self, request: HttpRequest, typed: UnwrittenForm) -> HttpResponse:
        """Put what was typed into a new working copy of the public entry, and lead there."""
        if typed.content == typed.present:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            return self.lead_to(request, typed.pilot)
        copy = workflow.revise(
            typed.pilot,
            by=request.user,
            content=typed.content,
            note=typed.note,
            present=typed.present,
            wording_only=typed.wording_only,
        )
        self.message_user(
            request,
            _("Your changes are saved in a working copy. Visitors go on seeing “%(pilot)s” as it was published.")
            % {"pilot": typed.pilot},
            messages.SUCCESS,
        )
        return self.after_saving(request, copy) or self.lead_to(request, copy)

    def after_saving(self, request: HttpRequest, pilot: Pilot) -> HttpResponse | None:
        """What to show after saving when a button asked for more, else None."""
        return None

    def lead_to(self, request: HttpRequest, pilot: Pilot) -> HttpResponseRedirect:
        """The way to the form of `pilot`, on the tab of the language that was open."""
        address = reverse("admin:pilots_pilot_change", args=[pilot.pk])
        language = request.GET.get(self.query_language_key, "")
        tab = f"?{self.query_language_key}={language}" if language in dict(settings.LANGUAGES) else ""
        return HttpResponseRedirect(address + tab)


def _why_no_deletion(user: Any, pilot: Pilot) -> str:
    """Why `user` cannot delete a translation of this entry, and what to do instead."""
    if pilot.copy and may_read(user, pilot.copy):
        return _("Nothing was deleted: “%(pilot)s” is public. Delete the translation in its working copy.")
    if workflow.may_write(user, pilot):
        return _(
            "Nothing was deleted: “%(pilot)s” is public. Change and save something first, so that it gets "
            "a working copy; then delete the translation there."
        )
    return _("Nothing was deleted: your account may not change “%(pilot)s” now.")
