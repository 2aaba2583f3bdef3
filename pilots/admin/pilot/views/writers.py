"""The page on which a reviewer hands a draft or working copy over, or opens it to a second writer."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from pilots import workflow
from pilots.admin.pilot.views.moves import NoteForm
from pilots.history.record import lock
from pilots.models import Pilot
from pilots.models.access import readable_pilots
from pilots.unsaved import is_sent
from pilots.workflow.writers import hand_over, may_hand_over, possible_writers


class Person(forms.ModelChoiceField):
    """One account, shown by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the user name, as two people may have the same."""
        return f"{obj.get_full_name()} ({obj.get_username()})" if obj.get_full_name() else obj.get_username()


class WritersForm(NoteForm):
    """Asks for one writer or two."""

    field_order = ("owner", "second_writer", "note")
    owner = Person(User.objects.none(), label=gettext_lazy("Writer"))
    second_writer = Person(
        User.objects.none(),
        label=gettext_lazy("Second writer"),
        required=False,
        help_text=gettext_lazy("May write it too, and is told the same. Leave it empty when one person writes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "second_writer"):
            self.fields[name].queryset = possible_writers()  # type: ignore[attr-defined]


class WritersView(FormView):
    """Asks who writes the entry, then says so in its history and to whoever is new."""

    form_class = WritersForm
    template_name = "admin/pilots/pilot/move.html"
    pilot: Pilot

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the row. Raises Http404 for what the account may not read, PermissionDenied unless it may decide."""
        rows = readable_pilots(request.user).select_related("revises", "owner", "second_writer")
        self.pilot = get_object_or_404(rows, pk=kwargs["pk"])
        if not workflow.is_reviewer(request.user):
            raise PermissionDenied(_("Only reviewers decide who writes an entry."))
        if not may_hand_over(request.user, self.pilot):
            raise Http404(_("Only drafts and working copies have writers that can be changed."))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return who writes it now."""
        pilot = self.pilot
        return {"owner": pilot.owner_id, "second_writer": pilot.second_writer_id, "seen_edit": pilot.edit}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page of any move shows."""
        label, meaning = _("Change who writes it"), _("Both can write, send it for review and read its history.")
        context = super().get_context_data(**kwargs)
        return {
            **context,
            **admin.site.each_context(self.request),
            "title": label,
            "subtitle": str(self.pilot),
            "pilot": self.pilot,
            "button": {"label": label, "meaning": meaning},
            "opts": Pilot._meta,
            "media": context["form"].media,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act on what is sent; show what is only put back."""
        form = self.get_form()
        return self.form_valid(form) if is_sent(request) and form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: WritersForm) -> HttpResponse:
        """Hand it over, unless it was changed since the page was opened."""
        said = form.cleaned_data
        people = {name: said[name] for name in ("owner", "second_writer")}
        try:
            with transaction.atomic():
                if lock(self.pilot).edit != said["seen_edit"]:
                    raise workflow.Conflict(
                        _("Somebody changed this entry since you opened this page. Look at it again.")
                    )
                hand_over(self.pilot, by=self.request.user, note=said["note"], **people)
        except (workflow.Refused, Pilot.DoesNotExist) as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        words = _("“%(pilot)s” is written by %(writers)s now.") % {
            "pilot": self.pilot,
            "writers": writers_of(self.pilot),
        }
        messages.success(self.request, words)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[self.pilot.pk]))


def writers_of(pilot: Pilot) -> str:
    """Return the names of who writes this row, or that a colleague does. Two queries unless they were read."""
    people = [person for person in (pilot.owner, pilot.second_writer) if person]
    return get_text_list([person.get_full_name() or person.get_username() for person in people], _("and")) or _(
        "A colleague"
    )
