"""Editing the text of a source, on the form of the source."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.admin.pilot.parts import LabelledDeletionFormSet, LimitedInline
from pilots.admin.reference.languages import language_choice
from pilots.admin.reference.stale_forms import StaleForm
from pilots.models import SourceText
from pilots.models.access import readable_pilots
from pilots.models.numbered_text import NumberedText
from pilots.models.source_text import pointers_beyond


class SourceTextForm(StaleForm):
    """The text of a source, not saved over what somebody else added, changed or deleted since the form was opened."""

    may_be_stale = True  # there may have been no text then

    @property
    def logged_row(self) -> Any:
        return self.instance.source

    def _saved_meanwhile(self, name: str) -> str:
        """The text is too long to be said twice."""
        if name != "text":
            return super()._saved_meanwhile(name)
        if self.instance.pk is None:
            return _("The text was deleted meanwhile. What you typed stands here; empty the box to leave it deleted.")
        return _("Another text was saved meanwhile: it stands below, numbered. What you typed stands here.")


class SourceTextFormSet(LabelledDeletionFormSet):
    """The text that the source has now, whether or not it had one when the form was opened."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            texts = self.get_queryset()
            self.data = self.data.copy()
            self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(texts))
            self.data[f"{self.prefix}-0-id"] = str(texts[0].pk) if texts else ""

    def _should_delete_form(self, form: Any) -> bool:
        """Whether to delete the text: not one that its editor has not seen."""
        return super()._should_delete_form(form) and not form.stale  # type: ignore[misc]


class SourceTextInline(LimitedInline, admin.StackedInline):
    """The text of a source, as pointers count it."""

    model = SourceText
    form = SourceTextForm
    formset = SourceTextFormSet
    max_num = 1
    fields = ("text", "original_language", "may_be_shown", "numbered")
    readonly_fields = ("numbered",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.reader = request.user
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return language_choice(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=gettext_lazy("numbering"))
    def numbered(self, row: SourceText) -> SafeString:
        """The saved text with its numbers, and the pointers that do not fit it, of readable pilots. Four queries."""
        if row.pk is None:
            return mark_safe(_("Shown once the text is saved."))  # noqa: S308 (ours)
        text = NumberedText(row.text)
        pilots = readable_pilots(self.reader, row.source.pilots.all())
        context = {"text": text, "misfits": pointers_beyond(text, pilots)}
        return render_to_string("admin/pilots/numbered_text.html", context)
