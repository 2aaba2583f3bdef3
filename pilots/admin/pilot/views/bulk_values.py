"""One value added to many pilots, or taken from them, with a look at what changes first."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import REFUSALS, ConfirmPage, NoteField, reason_of
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.content import MANY, Content
from pilots.spreadsheets.targets import Target, targets_of
from pilots.workflow import batches
from pilots.workflow.batches import PlannedWrite
from prepare_portal.phrases import labelled

ADD, REMOVE = "add", "remove"


class ValueForm(forms.Form):
    """Asks for the value, and whether it comes or goes. `seen` is what was looked at, once it was."""

    act = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[(ADD, gettext_lazy("Add the value")), (REMOVE, gettext_lazy("Remove the value"))],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    value = forms.ChoiceField(label=gettext_lazy("Value"))
    note = NoteField()
    entries = forms.RegexField(r"^\d{1,18}(,\d{1,18}){0,1999}$", widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = values()  # type: ignore[attr-defined]


def values() -> list[tuple[str, list[tuple[str, str]]]]:
    """All values by facet, for a list to choose from. Five queries."""
    found = []
    for name in MANY:
        field: Any = Pilot._meta.get_field(name)
        rows = [(f"{name}/{row.slug}", str(row)) for row in field.related_model.objects.all().with_texts()]
        found.append((str(capfirst(field.verbose_name)), rows))
    return found


@dataclass(frozen=True)
class BulkChange:
    """What would change, and what would not and why."""

    changing: list[tuple[Target, Content]]
    staying: list[tuple[Target, str]]

    @property
    def steps(self) -> list[PlannedWrite]:
        return [PlannedWrite(content, target.row) for target, content in self.changing]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would do the same to the same state of the same entries."""
        said = [(target.guard, repr(content)) for target, content in self.changing]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def plan(entries: list[int], act: str, value: str, user: Any) -> BulkChange:
    """What adding or removing `value`, such as “stages/prison”, would do to these entries."""
    name, _sep, slug = value.partition("/")
    found = BulkChange([], [])
    for target in targets_of(entries, user).values():
        if not target.is_visible:
            continue
        reason = _reason_to_stay(target, act, name, slug)
        if reason:
            found.staying.append((target, reason))
        else:
            found.changing.append((target, changed(target.content, act, name, slug)))
    return found


def _reason_to_stay(target: Target, act: str, name: str, slug: str) -> str:
    has_it = slug in target.content[name]
    if has_it and act == ADD:
        return _("It has this value already.")
    if not has_it and act == REMOVE:
        return _("It does not have this value.")
    if act == REMOVE and name == "partners" and len(target.content[name]) == 1:
        return _("It is the only partner, and every pilot has one. Choose another on its form.")
    return target.hindrance


def changed(content: Content, act: str, name: str, slug: str) -> Content:
    """The content with the value added, or removed together with its pointer to the source."""
    said = {*content[name], slug} if act == ADD else {*content[name]} - {slug}
    passages = dict(content["passages"])
    if act == REMOVE:
        passages.pop(f"{name}/{slug}", None)
    return content | {name: sorted(said), "passages": passages}


@admin.action(description=gettext_lazy("Add or remove a value…"), permissions=["change"])
def change_value(model_admin: Any, request: HttpRequest, pilots: QuerySet[Pilot]) -> HttpResponse:
    """Ask for the value to add to the chosen pilots, or to remove from them."""
    entries = sorted({pilot.entry_id for pilot in pilots})
    return BulkValueView.ask_about(model_admin, request, {"entries": ",".join(map(str, entries))})


class BulkValueView(ConfirmPage):
    """Shows what would change; changes it once that was seen."""

    form_class = ValueForm
    template_name = "admin/pilots/pilot/bulk_value.html"
    right = "pilots.change_pilot"
    plan: BulkChange | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the list, in which pilots are chosen."""
        messages.warning(request, _("Choose pilots in the list first, then the action."))
        return redirect("admin:pilots_pilot_changelist")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act on what is sent, if it says to which pilots."""
        return super().post(request) if "entries" in request.POST else self.get(request)

    def form_valid(self, form: Any) -> HttpResponse:
        """Write all of it or nothing, and say so. Raises Refused."""
        self.plan = found = self.planned(form)
        seen, batch = form.cleaned_data["seen"], uuid4()
        if not seen or not found.changing or "_back" in self.request.POST:
            return self.form_invalid(form)
        if seen != found.fingerprint:
            raise workflow.Conflict(
                _("This is not what you looked at: a pilot was changed, or you chose something else. Look again.")
            )
        note, by = self.why(form), self.request.user
        try:
            count = len([*batches.carry_out(found.steps, by=by, kind=Kind.REPLACED, note=note, batch=batch)])
        except REFUSALS as refusal:
            note_if_denied(self.request, refusal)
            words = _("Nothing was changed: %(reason)s")
            raise workflow.Refused(words % {"reason": reason_of(refusal)}) from refusal
        words = ngettext("%(n)d pilot is changed.", "%(n)d pilots are changed.", count)
        messages.success(self.request, words % {"n": count})
        return redirect("admin:pilots_pilot_batch", batch)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask again, showing what would change if it is known."""
        if self.plan is None and form.is_valid():
            self.plan = self.planned(form)
        return super().form_invalid(form)

    def planned(self, form: Any) -> BulkChange:
        said = form.cleaned_data
        entries = [int(entry) for entry in said["entries"].split(",")]
        return plan(entries, said["act"], said["value"], self.request.user)

    def why(self, form: Any) -> str:
        """The note for the history: what was written, or what was done."""
        said = form.cleaned_data
        return said["note"] or labelled(dict(form.fields["act"].choices)[said["act"]], said["value"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, which carries on what the page shows, and what would change."""
        context = super().get_context_data(**kwargs)
        form, found = context["form"], self.plan or BulkChange([], [])
        if self.plan is not None:
            form.data = form.data.copy()
            form.data["seen"] = found.fingerprint if found.changing else ""
        entries = form["entries"].value()
        return context | {
            "title": _("Add or remove a value"),
            "plan": self.plan,
            "changing": [(PlannedWrite(target.content).title, target) for target, _content in found.changing],
            "staying": [(PlannedWrite(target.content).title, why) for target, why in found.staying],
            "count": len(entries.split(",")) if entries else 0,
        }
