"""One value added to many pilots, or taken from them, with a look at what changes first."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from parler.admin import TranslatableAdmin

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.content import MANY, Content, UnknownValues
from pilots.models.text_fields import LineInput
from pilots.spreadsheets.targets import Target, targets_of
from pilots.unsaved import is_sent
from pilots.workflow import batches
from pilots.workflow.batches import PlannedWrite

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
    note = LineInput(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history, for editors only. You may leave it empty."),
    )
    entries = forms.RegexField(r"^\d{1,18}(,\d{1,18}){0,1999}$", widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = values()  # type: ignore[attr-defined]


def values() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all values by facet, for a list to choose from. Five queries."""
    found = []
    for name in MANY:
        field: Any = Pilot._meta.get_field(name)
        rows = [(f"{name}/{row.slug}", str(row)) for row in field.related_model.objects.all().with_texts()]
        found.append((str(capfirst(field.verbose_name)), rows))
    return found


@dataclass(frozen=True)
class Plan:
    """What would change, and what would not and why."""

    changing: list[tuple[Target, Content]]
    staying: list[tuple[Target, str]]

    @property
    def steps(self) -> list[PlannedWrite]:
        """What is to be written."""
        return [PlannedWrite(content, target.row) for target, content in self.changing]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would do the same to the same state of the same entries."""
        said = [(target.guard, repr(content)) for target, content in self.changing]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def plan(entries: list[int], act: str, value: str, user: Any) -> Plan:
    """Return what adding or removing `value`, such as “stages/prison”, would do to these entries."""
    name, _sep, slug = value.partition("/")
    found = Plan([], [])
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
    """Return the content with the value added, or removed together with its pointer to the source."""
    said = {*content[name], slug} if act == ADD else {*content[name]} - {slug}
    passages = dict(content["passages"])
    if act == REMOVE:
        passages.pop(f"{name}/{slug}", None)
    return content | {name: sorted(said), "passages": passages}


class BulkChange(TranslatableAdmin):
    """Adds a value to many pilots, or removes it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("value/", view, name="pilots_pilot_value"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer the change for the chosen pilots."""
        actions = super().get_actions(request)
        if actions and request.user.has_perm("pilots.change_pilot"):
            words = _("Add or remove a value…")
            actions["change_value"] = (
                lambda _admin, asked, rows: self.change_value(asked, rows),
                "change_value",
                words,
            )
        return actions

    def change_value(self, request: HttpRequest, pilots: QuerySet[Pilot]) -> HttpResponse:
        """Ask for the value, for the chosen pilots."""
        entries = sorted({pilot.entry for pilot in pilots})
        return self.bulk_page(request, ValueForm(initial={"entries": ",".join(map(str, entries))}), None)

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Show what would change; change it once that was seen."""
        if not request.user.has_perm("pilots.change_pilot"):
            raise PermissionDenied
        form = ValueForm(request.POST or None)
        if request.method != "POST" or "entries" not in request.POST:
            self.message_user(request, _("Choose pilots in the list first, then the action."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:pilots_pilot_changelist"))
        if not form.is_valid():
            return self.bulk_page(request, form, None)
        said = form.cleaned_data
        found = plan([int(entry) for entry in said["entries"].split(",")], said["act"], said["value"], request.user)
        if not said["seen"] or not found.changing or "_back" in request.POST or not is_sent(request):
            return self.bulk_page(request, form, found)
        if said["seen"] != found.fingerprint:
            form.add_error(
                None, _("This is not what you looked at: a pilot was changed, or you chose something else. Look again.")
            )
            return self.bulk_page(request, form, found, status=409)
        return self.change_all(request, form, found)

    def change_all(self, request: HttpRequest, form: ValueForm, found: Plan) -> HttpResponse:
        """Write all of it or nothing, and say so."""
        batch = uuid4()
        try:
            count = len(
                [*batches.carry_out(found.steps, by=request.user, kind=Kind.REPLACED, note=self.why(form), batch=batch)]
            )
        except (workflow.Refused, PermissionDenied, UnknownValues, ValidationError, Pilot.DoesNotExist) as refusal:
            form.add_error(None, _("Nothing was changed: %(reason)s") % {"reason": refusal})
            return self.bulk_page(request, form, found, status=409)
        words = ngettext("%(n)d pilot is changed.", "%(n)d pilots are changed.", count)
        self.message_user(request, words % {"n": count}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_batch", args=[batch]))

    def why(self, form: ValueForm) -> str:
        """Return the note for the history: what was written, or what was done."""
        said = form.cleaned_data
        act = dict(form.fields["act"].choices)[said["act"]]  # type: ignore[attr-defined]
        return said["note"] or f"{act}: {said['value']}"

    def bulk_page(
        self, request: HttpRequest, form: ValueForm, found: Plan | None, *, status: int = 200
    ) -> HttpResponse:
        """Ask for the value, or show what it would change."""
        if found is not None:
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen"] = found.fingerprint if found.changing else ""  # type: ignore[index]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add or remove a value"),
            "opts": self.opts,
            "form": form,
            "plan": found,
            "changing": [(PlannedWrite(target.content).title, target) for target, _content in found.changing]
            if found
            else [],
            "staying": [(PlannedWrite(target.content).title, why) for target, why in found.staying] if found else [],
            "count": len(form["entries"].value().split(",")) if form["entries"].value() else 0,
        }
        return TemplateResponse(request, "admin/pilots/pilot/value.html", context, status=status)
