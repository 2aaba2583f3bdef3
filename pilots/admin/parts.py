"""Editing the parts of a pilot on the pilot's own form."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from parler.admin import TranslatableInlineModelAdmin, TranslatableStackedInline, TranslatableTabularInline
from parler.forms import TranslatableBaseInlineFormSet

from pilots.admin.entries import KnownLanguage
from pilots.models import KeyFigure, Lesson, OrganisationInvolved, Passage


class PartFormSet(TranslatableBaseInlineFormSet):
    """Gives a part without a number the next free one; lets a translation be done bit by bit."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Require the texts of a part in English only: what is not translated yet falls back to it."""
        super().add_fields(form, index)
        if form.instance.pk and form.language_code != settings.LANGUAGE_CODE:
            for name in form.instance._parler_meta.root_model.get_translated_fields():
                form.fields[name].required = False

    def clean(self) -> None:
        """Number the new parts, after the highest number that is typed here or was kept, by others too."""
        super().clean()
        filled = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = self.model.objects.filter(pilot=self.instance.pk).aggregate(Max("number"))["number__max"] or 0
        highest = max(
            (form.cleaned_data.get("number") or 0 for form in filled if hasattr(form, "cleaned_data")), default=0
        )
        highest = max(highest, kept)
        for form in filled:
            if (
                hasattr(form, "cleaned_data")
                and form.cleaned_data.get("number") is None
                and "number" not in form.errors
            ):
                highest += 1
                form.instance.number = form.cleaned_data["number"] = highest


class PartInline(KnownLanguage, TranslatableInlineModelAdmin):
    """Parts in the order of their numbers."""

    formset = PartFormSet
    extra = 0
    ordering = ("number",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the parts with their texts."""
        return super().get_queryset(request).prefetch_related("translations")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a new part go without a number."""
        if db_field.name == "number":
            kwargs["min_value"] = 1
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "number":
            field.required = False
            field.help_text = _("%(help)s Leave empty for the next free number.") % {"help": field.help_text}
        return field


class LessonInline(PartInline, TranslatableStackedInline):
    """Lessons learnt."""

    model = Lesson
    fields = ("text", ("number", "kind", "passage"))


class KeyFigureInline(PartInline, TranslatableTabularInline):
    """Key figures."""

    model = KeyFigure
    fields = ("number", "qualifier", "value", "upper", "label", "passage")


class OrganisationInvolvedInline(PartInline, TranslatableTabularInline):
    """Other organisations involved."""

    model = OrganisationInvolved
    fields = ("number", "name", "partner", "passage")
    autocomplete_fields = ("partner",)


class PassageInline(admin.TabularInline):
    """Where the source says what the texts and facts say."""

    model = Passage
    extra = 0
    fields = ("about", "value", "passage", "rests_on_heading")
    ordering = ("about", "value")
    classes = ("collapse",)
