"""The page of an entry in one language: each text beside its original, to be translated, mended or found right."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.pilot.conflicts.merge_view import CONFLICT, lock_entry
from pilots.admin.pilot.source_sentences import has_text, quoted
from pilots.admin.pilot.views.base import PilotView
from pilots.admin.pilot.views.history import readable_copy
from pilots.admin.pilot.views.writers import writers_of
from pilots.admin.translating.form import Line, TranslationForm
from pilots.admin.translating.words import describe, group_of, label_of_text
from pilots.content_checks.fields import name_of_language
from pilots.form_store import is_restoring, is_sent
from pilots.history.earlier_wordings import earlier_wordings
from pilots.history.translated_texts import translated_texts
from pilots.history.word_diff import DiffPart, compare_texts
from pilots.models import Pilot
from pilots.models.content import Content, read_content
from pilots.models.roles import LANGUAGES


@dataclass(frozen=True)
class TextPair:
    """One text on the page. `changes`: what became of the English that the translation rests on."""

    line: Line
    label: str
    state: str
    changes: list[DiffPart]
    sentences: str


class SideBySideView(PilotView):
    """Shows the texts of an entry, or of its working copy, in English and another language, and saves the other."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the row. Raises Http404 for what cannot be read, PermissionDenied for a language of others."""
        super().setup(request, *args, **kwargs)
        self.language = kwargs["language"]
        if self.language not in LANGUAGES:
            raise Http404
        if not workflow.may_translate_into(request.user, self.language):
            raise PermissionDenied(_("Your account does not translate into this language."))
        self.row = readable_copy(request.user, self.pilot) or self.pilot

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = read_content(self.row)
        return self.show(self.form(content), content)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what was changed or found right, unless somebody else was first: then ask again."""
        with transaction.atomic():
            row = lock_entry(str(self.row.pk))
            if row is None:
                raise Http404  # which leads to what was typed
            self.row = readable_copy(request.user, row) or row
            content = read_content(self.row)
            form = self.form(content, request.POST)
            if is_sent(request) and not self.may_write:
                form.add_error(None, _("Nothing is saved: your account may not change this entry now."))
            if not (is_sent(request) and form.is_valid()):
                return self.show(form, content, status=CONFLICT if is_sent(request) else 200)
            if not (form.changed or form.confirmed):
                messages.info(request, _("Nothing was changed."))
                return redirect(request.path)
            said = form.cleaned_data["note"]
            row = workflow.translate(
                self.row, self.language, form.changed, confirmed=form.confirmed, by=request.user, note=said
            )
        return self.lead_on(row)

    def lead_on(self, row: Pilot) -> HttpResponse:
        """Say what was saved, and lead to what the button asked for, else back to the page."""
        words = _("“%(pilot)s” is saved.")
        if row.revises_id:
            words = _(
                "Your changes are saved in a working copy. Visitors go on seeing “%(pilot)s” as it was published."
            )
        messages.success(self.request, words % {"pilot": row})
        if "_submit" in self.request.POST:
            return redirect("admin:pilots_pilot_move", row.pk, "submit")
        return redirect("admin:pilots_pilot_translate", row.pk, self.language)

    def address(self, language: str) -> str:
        return reverse("admin:pilots_pilot_translate", args=[self.pilot.pk, language])

    @property
    def may_write(self) -> bool:
        return workflow.may_translate(self.request.user, self.row, self.language)

    def form(self, content: Content, data: Any = None) -> TranslationForm:
        texts = translated_texts(content, self.language)
        return TranslationForm(texts, Pilot, data, may_write=self.may_write)

    def show(self, form: TranslationForm, content: Content, status: int = 200) -> HttpResponse:
        """The page. Its queries do not depend on the texts."""
        if is_restoring(self.request):
            form.add_error(None, _("This is what you typed before. It is not saved yet: look through it, then save."))
        row, open_to = self.row, workflow.languages_open_to(self.request.user)
        context = {
            "form": form,
            "groups": list(self.groups(form, content)),
            "language": self.language,
            "language_name": name_of_language(self.language),
            "row": row,
            "may_write": self.may_write,
            "may_submit": row.status != Pilot.Status.IN_REVIEW,
            "writers": "" if self.may_write else writers_of(row.copy or row),
            "others": [(name_of_language(code), self.address(code)) for code in open_to],
        }
        title = _("English and %(language)s") % {"language": name_of_language(self.language)}
        return self.page("pilot/translate", self.about(title) | context, status=status)

    def groups(self, form: TranslationForm, content: Content) -> Iterator[tuple[str, list[TextPair]]]:
        """The texts by what they belong to: the entry, its profile, each lesson, figure and organisation."""
        earlier = earlier_wordings(self.request.user, self.row.entry_id, form.texts.values())
        shows_source = has_text(self.row)
        for heading, lines in groupby(form.lines(), lambda line: group_of(line.text.path, content)):
            yield (
                heading,
                [
                    TextPair(
                        line,
                        label_of_text(line.text.path, Pilot),
                        describe(line.text),
                        compare_texts(earlier[line.text.path], line.text.original) if line.text.path in earlier else [],
                        quoted(self.row, line.text.pointer) if shows_source and line.text.pointer else "",
                    )
                    for line in lines
                ],
            )
