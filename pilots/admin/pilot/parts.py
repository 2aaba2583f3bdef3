"""Editing the parts of a pilot on the pilot's own form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from parler.admin import TranslatableInlineModelAdmin, TranslatableStackedInline, TranslatableTabularInline
from parler.forms import TranslatableBaseInlineFormSet, TranslatableModelForm

from pilots.admin.pilot.numbers import DecimalInput
from pilots.admin.pilot.source_sentences import has_text, quoted
from pilots.admin.reference.entries import KnownLanguage
from pilots.models import KeyFigure, Lesson, OrganisationInvolved, Passage

# Stands behind the prefix of a part that was on the form, and that somebody deleted since; no form sends it.
DELETED_ROW = "deleted_row"


class CachedChoiceField(forms.ModelChoiceField):
    """A choice among rows of which some are read already: these need no query, others one each."""

    def __init__(self, queryset: Any, *, known: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(queryset, **options)
        self.known = {str(row.pk): row for row in known}  # each form of a formset has a copy of the field, and this one

    def to_python(self, value: Any) -> Any:
        """The row. Raises ValidationError for one that cannot be chosen."""
        if value in self.empty_values:
            return None
        if str(value) not in self.known:
            self.known[str(value)] = super().to_python(value)
        return self.known[str(value)]


class UnchangedRowForm(forms.ModelForm):
    """A row that is only looked at by the database when it was changed: else it is not saved."""

    def _post_clean(self) -> None:
        """Check the row, unless it is as it was. Each of its constraints would take a query."""
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()  # type: ignore[misc]


class PartForm(UnchangedRowForm, TranslatableModelForm):
    """A part with its texts in one language."""


class LabelledDeletionFormSet(BaseInlineFormSet):
    """Gives the box that deletes a row a name; the heading of its column is no label."""

    model: Any

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add Django's own fields to a row."""
        super().add_fields(form, index)
        rows, given = self.get_queryset(), form.fields["id"]
        form.fields["id"] = CachedChoiceField(
            rows, known=rows, initial=given.initial, required=False, widget=given.widget
        )
        if "DELETE" in form.fields:
            row = str(form.instance) if form.instance.pk else (index or 0) + 1
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete: %(row)s") % {"row": row}


class PartFormSet(LabelledDeletionFormSet, TranslatableBaseInlineFormSet):
    """Gives a part without a number the next free one; lets a translation be done bit by bit."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Require the texts of a part in English only: what is not translated yet falls back to it."""
        super().add_fields(form, index)
        was_there = form.instance.pk or f"{form.prefix}-{DELETED_ROW}" in form.data
        if was_there and self.language_code != settings.LANGUAGE_CODE:
            for name in form.instance._parler_meta.root_model.get_translated_fields():
                form.fields[name].required = False

    def clean(self) -> None:
        """Number the new parts after the highest number; refuse one that another editor took meanwhile."""
        super().clean()
        filled = [form for form in self.forms if form.has_changed() or form.instance.pk]
        filled = [form for form in filled if hasattr(form, "cleaned_data")]
        if self.language_code != settings.LANGUAGE_CODE:
            self._refuse_new(filled)
        others = self._numbers_beside_these()
        highest = max([*others, *(form.cleaned_data.get("number") or 0 for form in filled)], default=0)
        for form in filled:
            number = form.cleaned_data.get("number")
            if number in others:
                form.add_error("number", _("Another row of this pilot has this number. Take the next free one."))
            elif number is None and "number" not in form.errors:
                highest += 1
                form.instance.number = form.cleaned_data["number"] = highest

    def _refuse_new(self, filled: list[Any]) -> None:
        """Refuse parts that begin in a translation: visitors would read it in the place of the English text."""
        for form in filled:
            if not form.instance.pk and f"{form.prefix}-{DELETED_ROW}" not in form.data:
                form.add_error(None, _("Add it on the English tab first and save. Then translate it here."))

    def _numbers_beside_these(self) -> set[int]:
        """The numbers of the pilot's parts that are not on this form."""
        shown = [form.instance.pk for form in self.initial_forms]
        parts = self.model.objects.filter(pilot=self.instance.pk).exclude(pk__in=shown)
        return set(parts.values_list("number", flat=True))

    def save_existing_objects(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 (Django's)
        """Save the parts that were there. Numbers that change hands are first put aside: each is unique at any time."""
        if commit:
            leaving = [
                form for form in self.initial_forms if "number" in form.changed_data or form in self.deleted_forms
            ]
            numbers = self.model.objects.filter(pilot=self.instance.pk).values_list("number", flat=True)
            aside = max([*numbers, *(form.instance.number for form in self.forms if form.instance.number)], default=0)
            for place, form in enumerate(leaving, start=aside + 1):
                self.model.objects.filter(pk=form.instance.pk).update(number=place)
        return super().save_existing_objects(commit)


class LimitedInline(InlineModelAdmin):
    """Reads no more rows than an entry can need, however many a request announces."""

    max_num = 100

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The forms, with room for some rows too many, so that they are counted and refused."""
        return super().get_formset(request, obj, absolute_max=self.max_num + 50, **kwargs)


class WithSentences(InlineModelAdmin):
    """Shows beside each row the sentences of the source that it rests on, when the text is there."""

    readonly_fields = ("in_the_source",)
    entry: Any = None  # an inline is made anew for each request

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The forms; their rows would each ask for the pilot."""
        self.entry = obj
        return super().get_formset(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return (*fields, "in_the_source") if has_text(obj) else fields

    @admin.display(description=_("in the source"))
    def in_the_source(self, row: Any) -> SafeString:
        return quoted(self.entry, row.passage)


class PartInline(WithSentences, LimitedInline, KnownLanguage, TranslatableInlineModelAdmin):
    """Parts in the order of their numbers."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    view_on_site = False  # the pilot's own link leads there, if it is public
    ordering = ("number",)

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int | None:
        """How many parts can be added: none on the tab of a translation."""
        if self.get_form_language(request, obj) != settings.LANGUAGE_CODE:
            return 0
        return super().get_max_num(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("translations")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a new part go without a number."""
        if db_field.name == "number":
            kwargs["min_value"] = 1
        if isinstance(db_field, models.DecimalField):
            kwargs["form_class"] = DecimalInput
        if isinstance(db_field, models.ForeignKey):
            kwargs["form_class"] = CachedChoiceField
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and not isinstance(self, TranslatableStackedInline):
            field.widget.attrs["aria-label"] = field.label  # the heading of the column is no label
        if db_field.name == "number":
            field.required = False
            field.help_text = _("%(help)s Leave empty for the next free number.") % {"help": field.help_text}
        return field


class LessonInline(PartInline, TranslatableStackedInline):
    """Lessons learnt and working methods; the kind tells which."""

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


class PassageInline(WithSentences, LimitedInline, admin.TabularInline):
    """Where the source says what the texts and facts say."""

    model = Passage
    form = UnchangedRowForm
    formset = LabelledDeletionFormSet
    extra = 0
    fields = ("about", "value", "passage", "rests_on_heading")
    ordering = ("about", "value")
    classes = ("collapse",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name each box: the heading of its column is no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field
