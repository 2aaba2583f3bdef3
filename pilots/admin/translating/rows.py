"""The page of an organisation, a value, a term, a source … in one language. What is saved is public at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.translating.base import TextPair, TranslatingView
from pilots.admin.translating.form import TranslationForm
from pilots.admin.translating.words import describe, in_its_language, label_of_text
from pilots.content_checks.fields import name_of_language
from pilots.form_store import is_sent
from pilots.history.provenance import texts_of
from pilots.history.translated_texts import texts_of_row
from pilots.models.roles import LANGUAGES
from pilots.models.row_texts import RowTexts

CONFLICT = 409


class RowSideBySideView(TranslatingView):
    """Shows the texts of a row in English and another language, and saves the other."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the row. Raises Http404, and PermissionDenied for what the account may not see or translate."""
        super().setup(request, *args, **kwargs)
        if not self.model_admin.has_view_or_change_permission(request):
            raise PermissionDenied
        self.open_language(kwargs["language"])
        self.row = self.model_admin.get_object(request, str(kwargs["pk"]))
        if self.row is None:
            raise Http404

    def may_translate_into(self, language: str) -> bool:
        return workflow.may_translate_row(self.request.user, self.model_admin.model, language)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form(texts_of(self.row)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what was changed or found right, unless somebody else was first: then ask again."""
        with transaction.atomic():
            list(type(self.row)._default_manager.select_for_update().filter(pk=self.row.pk).values_list("pk"))
            form = self.form(texts_of(self.row), request.POST)
            if not (is_sent(request) and form.is_valid()):
                return self.show(form, status=CONFLICT if is_sent(request) else 200)
            if not (form.changed or form.confirmed):
                messages.info(request, _("Nothing was changed."))
                return redirect(request.path)
            workflow.translate_row(self.row, self.language, form.changed, confirmed=form.confirmed, by=request.user)
            fields = [f"{name_of_language(self.language)}: {name}" for name in form.touched_fields()]
            self.model_admin.log_change(request, self.row, [{"changed": {"fields": fields}}])
        messages.success(request, _("“%(pilot)s” is saved.") % {"pilot": self.row})
        return redirect(request.path)

    def form(self, said: RowTexts, data: Any = None) -> TranslationForm:
        model = self.model_admin.model
        return TranslationForm(texts_of_row(said, model, self.language), model, data)

    def show(self, form: TranslationForm, status: int = 200) -> HttpResponse:
        """The page. Its queries do not depend on the row."""
        model, opts = self.model_admin.model, self.model_admin.opts
        pairs = [TextPair(line, label_of_text(line.text.path, model), describe(line.text)) for line in form.lines()]
        context = {
            "subtitle": in_its_language(str(self.row), list(form.texts.values()), model),
            "row": self.row,
            "groups": [("", pairs)],
            "may_write": True,
            "list_url": reverse(f"admin:pilots_{opts.model_name}_changelist"),
            "back": reverse(f"admin:pilots_{opts.model_name}_change", args=[self.row.pk]),
        }
        return self.page("translate_row", self.side_by_side(form, self.row.pk) | context, status=status)


def ways_to_translate(user: Any, row: Any) -> list[tuple[str, str]]:
    """For each language that `user` may translate the row into its name, and the page."""
    name = f"admin:pilots_{row._meta.model_name}_translate"
    return [
        (name_of_language(code), reverse(name, args=[row.pk, code]))
        for code in LANGUAGES
        if workflow.may_translate_row(user, type(row), code)
    ]
