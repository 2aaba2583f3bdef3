"""The page of an entry in one language: each text beside its original, to be translated, mended or found right."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.pilot.conflicts.merge_view import CONFLICT, lock_entry
from pilots.admin.pilot.source_sentences import has_text, quoted
from pilots.admin.pilot.views.base import PilotView
from pilots.admin.pilot.views.history import readable_copy
from pilots.admin.pilot.views.writers import writers_of
from pilots.admin.translating.base import TextPair, TranslatingView
from pilots.admin.translating.form import TranslationForm
from pilots.admin.translating.words import describe, group_of, in_its_language, label_of_text
from pilots.form_store import is_sent
from pilots.history.earlier_wordings import earlier_wordings
from pilots.history.translated_texts import translated_texts
from pilots.history.word_diff import compare_texts
from pilots.models import Pilot
from pilots.models.content import Content, read_content


class SideBySideView(PilotView, TranslatingView):
    """Shows the texts of an entry, or of its working copy, in English and another language, and saves the other."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the row. Raises Http404 for what cannot be read, PermissionDenied for a language of others."""
        super().setup(request, *args, **kwargs)
        self.open_language(kwargs["language"])
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
            if is_sent(request) and form.is_valid() and not self.may_save(form):
                form.add_error(None, _("Nothing is saved: your account may not change this entry now."))
            if not (is_sent(request) and form.is_valid()):
                return self.show(form, content, status=CONFLICT if is_sent(request) else 200)
            if not (form.changed or form.confirmed):
                messages.info(request, _("Nothing was changed."))
                return self.lead_on(self.row)
            said = form.cleaned_data["note"]
            row = workflow.translate(
                self.row, self.language, form.changed, confirmed=form.confirmed, by=request.user, note=said
            )
        self.say_where(row, is_changed=bool(form.changed))
        return self.lead_on(row)

    def say_where(self, row: Pilot, *, is_changed: bool) -> None:
        """Say that it is saved, and where."""
        words = _("“%(pilot)s” is saved.")
        if row.revises_id and is_changed:
            words = _(
                "Your changes are saved in a working copy. Visitors go on seeing “%(pilot)s” as it was published."
            )
        messages.success(self.request, words % {"pilot": row})

    def lead_on(self, row: Pilot) -> HttpResponse:
        """Lead to what the button asked for, if there is something to send; else back to the page."""
        if "_submit" in self.request.POST and row.status == Pilot.Status.DRAFT:
            return redirect("admin:pilots_pilot_move", row.pk, "submit")
        return redirect("admin:pilots_pilot_translate", row.pk, self.language)

    @property
    def may_write(self) -> bool:
        return workflow.may_translate(self.request.user, self.row, self.language)

    @property
    def may_check(self) -> bool:
        return workflow.may_check(self.request.user, self.row, self.language)

    def may_save(self, form: TranslationForm) -> bool:
        """Whether the account may do all that the form asks for."""
        return (self.may_write or not form.changed) and (self.may_check or not form.confirmed)

    def form(self, content: Content, data: Any = None) -> TranslationForm:
        texts = translated_texts(content, self.language)
        return TranslationForm(texts, Pilot, data, may_write=self.may_write, may_check=self.may_check)

    def show(self, form: TranslationForm, content: Content, status: int = 200) -> HttpResponse:
        """The page. Its queries do not depend on the texts."""
        row = self.row
        context = self.side_by_side(form, self.pilot.pk)
        more = {
            "groups": list(self.groups(form, content)),
            "row": row,
            "language": self.language,
            "may_write": self.may_write,
            "may_check": self.may_check,
            "may_submit": row.status != Pilot.Status.IN_REVIEW,
            "writers": "" if self.may_write else writers_of(row.copy or row),
        }
        more["subtitle"] = in_its_language(str(self.pilot), list(form.texts.values()), Pilot)
        return self.page("pilot/translate", self.about(context["title"]) | context | more, status=status)

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
