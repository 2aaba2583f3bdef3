"""“This is the same as …”: two values of a vocabulary, or two partners, made one, seen before it is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from parler.admin import TranslatableAdmin

from pilots.admin.confirm import ConfirmPage, NoteField
from pilots.models.protection import UsedByPilots
from pilots.models.text_fields import BoundedText
from pilots.workflow.merging import may_merge, merge, pilots_with
from prepare_portal.phrases import labelled


class OtherForm(forms.Form):
    """Asks for the value that stays."""

    into = forms.TypedChoiceField(label=gettext_lazy("It is the same as"), coerce=int)

    def __init__(self, *args: Any, old: UsedByPilots, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = type(old)._default_manager.exclude(pk=old.pk).prefetch_related("translations")
        self.fields["into"].choices = [("", "—"), *((row.pk, f"{row} ({row.slug})") for row in rows)]  # type: ignore[attr-defined]


class ConfirmMergeForm(forms.Form):
    """Asks why; carries what was looked at: the rows with their numbers of changes."""

    note = NoteField()
    seen = forms.RegexField(r"^(\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9})*)?$", required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> list[tuple[int, int]]:
        """The rows that were looked at."""
        pairs = [pair.split(":") for pair in self.cleaned_data["seen"].split(",") if pair]
        return [(int(pk), int(edit)) for pk, edit in pairs]


class MergingAdmin(TranslatableAdmin):
    """Lets administrators make two rows that pilots use one."""

    change_form_template: Any = "admin/pilots/value_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(SameAsView.as_view(model_admin=self))
        return [path("<int:pk>/same-as/", view, name=f"pilots_{self.opts.model_name}_same_as"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer the page to who may use it."""
        if context.get("original") and may_merge(request.user, self.model):
            address = f"admin:pilots_{self.opts.model_name}_same_as"
            context["same_as"] = reverse(address, args=[context["original"].pk])
        return super().render_change_form(request, context, *args, **kwargs)


class SameAsView(ConfirmPage):
    """Asks for the other value, shows what would change, then does it."""

    form_class = ConfirmMergeForm
    template_name = "admin/pilots/merge.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the value that goes, and the one that stays if it is chosen. Raises PermissionDenied, Http404."""
        super().setup(request, *args, **kwargs)
        model_admin = self.model_admin
        if not may_merge(request.user, model_admin.model):
            raise PermissionDenied
        self.old = model_admin.get_object(request, str(kwargs["pk"]))
        if self.old is None:
            raise Http404
        self.choice = choice = OtherForm(request.GET if "into" in request.GET else None, old=self.old)
        self.into = model_admin.get_object(request, str(choice.cleaned_data["into"])) if choice.is_valid() else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the two one, and say so. Raises what `merge` does."""
        if self.into is None:
            return self.form_invalid(form)
        name, into, said = str(self.old), self.into, form.cleaned_data
        merge(self.old, into, by=self.request.user, note=said["note"], seen=said["seen"])
        self.model_admin.log_change(self.request, into, _("“%(old)s” was made the same as this.") % {"old": name})
        words = ngettext(
            "“%(old)s” is now “%(into)s”, in %(n)d entry.",
            "“%(old)s” is now “%(into)s”, in %(n)d entries.",
            len(said["seen"]),
        )
        messages.success(self.request, words % {"old": name, "into": into, "n": len(said["seen"])})
        return redirect(f"admin:pilots_{into._meta.model_name}_change", into.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The two values, the pilots that would change, and the texts that would go."""
        old, name = self.old, self.model_admin.opts.model_name
        rows = pilots_with(old) if self.into is not None else []
        return super().get_context_data(**kwargs) | {
            "title": _("“%(value)s” is the same as …") % {"value": old},
            "old": old,
            "into": self.into,
            "rows": rows,
            "lost": lost_texts(old),
            "choice": self.choice,
            "seen": ",".join(f"{row.pk}:{row.edit_count}" for row in rows),
            "list_url": reverse(f"admin:pilots_{name}_changelist"),
            "change_url": reverse(f"admin:pilots_{name}_change", args=[old.pk]),
        }


def lost_texts(old: Any) -> list[str]:
    """The texts that go with the old value: its own, such as other names, and those in each language."""
    own: list[Any] = [field for field in old._meta.local_fields if isinstance(field, BoundedText)]
    plain = [(field.verbose_name, ", ".join(getattr(old, field.name).split("\n"))) for field in own]
    texts = [
        (field.verbose_name, text.language_code, getattr(text, field.name))
        for text in old.translations.all()
        for field in text._meta.get_fields()
        if field.name in text.get_translated_fields()
    ]
    lines = [(f"{name} ({language})", said) for name, language, said in texts]
    return [labelled(capfirst(name), said) for name, said in [*lines, *plain] if said]
