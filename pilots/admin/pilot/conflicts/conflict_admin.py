"""Two editors, one entry: the second one sees what the first saved, and decides; nothing typed is lost."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pilots.admin.pilot.conflicts.deleted_rows import deleted_row, form_of_deleted_row, make_again
from pilots.admin.pilot.conflicts.merge_view import MergeView, lock_entry
from pilots.admin.pilot.conflicts.pending_edit import PendingEdit
from pilots.admin.pilot.conflicts.rebase_formsets import rebase_formset
from pilots.admin.pilot.saving import RevisionAdmin, UnwrittenForm
from pilots.history.merge import on_screen
from pilots.models import Revision
from pilots.models.access import readable_revisions
from pilots.models.content import Content, UnknownValues, read_content


class ConflictAdmin(RevisionAdmin):
    """Refuses a save over somebody else's words, with a page that keeps what was typed and puts both together."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show or save the form; the row is locked first, so that nothing changes between looking and saving."""
        if request.method != "POST" or not object_id or not (object_id.isascii() and object_id.isdigit()):
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            row = lock_entry(object_id)
            seen = request.POST.get("seen_edit", "")
            if row is None and (opened := deleted_row(request.user, object_id, seen)):
                return self.saved_after_deletion(request, opened, *args, **kwargs)
            try:
                return super().changeform_view(request, object_id, *args, **kwargs)
            except UnwrittenForm as typed:
                return self.saved_elsewhere(request, typed)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """What a formset is made with; parts that are named otherwise since the form was opened, as now."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk and request.POST.get("seen_edit", "") != str(obj.edit_count):
            kwargs["data"] = rebase_formset(kwargs["data"], prefix, obj)
        return kwargs

    def action_checkbox(self, obj: Any) -> SafeString:
        """The box that chooses a row of the list, with what the list has seen of it."""
        seen = format_html('<input type="hidden" name="edit-{}" value="{}">', obj.pk, obj.edit_count)
        return format_html("{}{}", super().action_checkbox(obj), seen)

    def saved_elsewhere(self, request: HttpRequest, typed: UnwrittenForm) -> HttpResponse:
        """Put what was typed into a new working copy, unless somebody else wrote meanwhile: then ask."""
        row = typed.pilot
        present = typed.present
        if not typed.is_stale and ((row.is_public and row.copy is None) or typed.content == present):
            return super().saved_elsewhere(request, typed)
        opened = readable_revisions(request.user).filter(row=row.pk, edit_count=typed.seen_edit).first()
        base = opened.content if opened else (None if typed.is_stale else present)
        return MergeView.answer(self, request, self._pending_edit(request, typed, row.entry_id, base, present))

    def _pending_edit(
        self, request: HttpRequest, typed: UnwrittenForm, entry: int, base: Content | None, present: Content
    ) -> PendingEdit:
        language = self._language(request)  # not that of the row, which was read anew
        content = typed.content
        if base is not None:
            content = on_screen(content, base=base, present=present, language=language)
        row, user = typed.pilot.pk, request.user.pk
        seen, note = typed.seen_edit, typed.note
        return PendingEdit(user, entry, row, seen, content, note, language, typed.wording_only)  # type: ignore[arg-type]

    def saved_after_deletion(self, request: HttpRequest, opened: Revision, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed into the form of a row that is no longer there.

        The row is made once more as the form found it, the form fills it, and all of that is rolled back.
        """
        try:
            with transaction.atomic():
                row = make_again(opened, owner=request.user)
                before = read_content(row)
                super().changeform_view(form_of_deleted_row(request, row), str(row.pk), *args, **kwargs)
                transaction.set_rollback(True)
        except UnwrittenForm as typed:
            typed.seen_edit = opened.edit_count
            if opened.on_working_copy:
                typed.content["slug"] = before["slug"] = opened.slug
            edit = self._pending_edit(request, typed, opened.entry_id, opened.content, before)
            return MergeView.answer(self, request, edit)
        except (UnknownValues, ValidationError, IntegrityError):
            pass
        return MergeView.show_typed(self, request, opened.title)
