"""“This is the same as …”: two values of a vocabulary, or two partners, made one, seen before it is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from parler.admin import TranslatableAdmin

from pilots import workflow
from pilots.models.content import UnknownValues
from pilots.models.protection import UsedByPilots
from pilots.models.text_fields import LineField, LineInput, ProseField
from pilots.unsaved import is_sent
from pilots.workflow.merging import may_merge, merge, pilots_with


class OtherForm(forms.Form):
    """Asks for the value that stays."""

    into = forms.TypedChoiceField(label=gettext_lazy("It is the same as"), coerce=int)

    def __init__(self, *args: Any, old: UsedByPilots, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = type(old)._default_manager.exclude(pk=old.pk).prefetch_related("translations")
        self.fields["into"].choices = [("", "—"), *((row.pk, f"{row} ({row.slug})") for row in rows)]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Asks why; carries what was looked at: the rows with their numbers of changes."""

    note = LineInput(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history, for editors only. You may leave it empty."),
    )
    seen = forms.RegexField(r"^(\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9})*)?$", required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> list[tuple[int, int]]:
        """Return the rows that were looked at."""
        pairs = [pair.split(":") for pair in self.cleaned_data["seen"].split(",") if pair]
        return [(int(pk), int(edit)) for pk, edit in pairs]


class Merging(TranslatableAdmin):
    """Lets administrators make two rows that pilots use one."""

    change_form_template: Any = "admin/pilots/value_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        name = f"pilots_{self.opts.model_name}_same_as"
        return [path("<int:pk>/same-as/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer the page to who may use it."""
        if context.get("original") and may_merge(request.user, self.model):
            context["same_as"] = self._address(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the other value, show what would change, then do it."""
        if not may_merge(request.user, self.model):
            raise PermissionDenied
        old = self.get_object(request, str(pk))
        if old is None:
            raise Http404
        choice = OtherForm(request.GET if "into" in request.GET else None, old=old)
        into = self.get_object(request, str(choice.cleaned_data["into"])) if choice.is_valid() else None
        confirm = ConfirmForm(request.POST or None)
        if into is not None and is_sent(request) and confirm.is_valid():
            said = confirm.cleaned_data
            try:
                return self.merge_now(request, old, into, note=said["note"], seen=said["seen"])
            except (workflow.Refused, UnknownValues, ValidationError) as refusal:
                confirm.add_error(None, str(refusal))
        return self.merge_page(request, old, into, choice, confirm)

    def merge_now(self, request: HttpRequest, old: Any, into: Any, *, note: str, seen: Any) -> HttpResponse:
        """Make the two one, and say so. Raises what `merge` does."""
        name, count = str(old), len(seen)
        merge(old, into, by=request.user, note=note, seen=seen)
        self.log_change(request, into, _("“%(old)s” was made the same as this.") % {"old": name})
        words = ngettext(
            "“%(old)s” is now “%(into)s”, in %(n)d entry.", "“%(old)s” is now “%(into)s”, in %(n)d entries.", count
        )
        self.message_user(request, words % {"old": name, "into": into, "n": count}, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:pilots_{self.opts.model_name}_change", args=[into.pk]))

    def merge_page(
        self, request: HttpRequest, old: Any, into: Any, choice: OtherForm, confirm: ConfirmForm
    ) -> HttpResponse:
        """Show the page."""
        rows = pilots_with(old) if into is not None else []
        seen = ",".join(f"{row.pk}:{row.edit}" for row in rows)
        context = {
            **self.admin_site.each_context(request),
            "title": _("“%(value)s” is the same as …") % {"value": old},
            "opts": self.opts,
            "old": old,
            "into": into,
            "rows": rows,
            "lost": self._lost(old),
            "choice": choice,
            "confirm": confirm if confirm.is_bound else ConfirmForm(initial={"seen": seen}),
            "seen": seen,
            "list_url": reverse(f"admin:pilots_{self.opts.model_name}_changelist"),
            "change_url": reverse(f"admin:pilots_{self.opts.model_name}_change", args=[old.pk]),
        }
        status = 409 if confirm.non_field_errors() else 200
        return TemplateResponse(request, "admin/pilots/same_as.html", context, status=status)

    def _lost(self, old: Any) -> list[str]:
        """Return the texts that go with the old value: its own, such as other names, and those in each language."""
        own = [field for field in old._meta.local_fields if isinstance(field, LineField | ProseField)]
        plain = [(field.verbose_name, ", ".join(getattr(old, field.name).split("\n"))) for field in own]
        texts = [
            (field.verbose_name, text.language_code, getattr(text, field.name))
            for text in old.translations.all()
            for field in text._meta.get_fields()
            if field.name in text.get_translated_fields()
        ]
        lines = [(f"{name} ({language})", said) for name, language, said in texts]
        return [f"{capfirst(name)}: {said}" for name, said in [*lines, *plain] if said]

    def _address(self, row: Any) -> str:
        return reverse(f"admin:pilots_{self.opts.model_name}_same_as", args=[row.pk])
