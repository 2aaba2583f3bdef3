"""The page on which a reviewer hands a draft or working copy over, or opens it to a second writer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.pilot.views.base import ConfirmPilotPage, NoteForm, Step
from pilots.models import Pilot
from pilots.workflow.writers import hand_over, may_hand_over, possible_writers
from prepare_portal.phrases import all_of


class AccountChoiceField(forms.ModelChoiceField):
    """One account, shown by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name with the user name, as two people may have the same."""
        return f"{obj.get_full_name()} ({obj.get_username()})" if obj.get_full_name() else obj.get_username()


class WritersForm(NoteForm):
    """Asks for one writer or two."""

    field_order = ("owner", "second_writer", "note")
    owner = AccountChoiceField(User.objects.none(), label=gettext_lazy("Writer"))
    second_writer = AccountChoiceField(
        User.objects.none(),
        label=gettext_lazy("Second writer"),
        required=False,
        help_text=gettext_lazy("May write it too, and is told the same. Leave it empty when one person writes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "second_writer"):
            self.fields[name].queryset = possible_writers()  # type: ignore[attr-defined]


class WritersView(ConfirmPilotPage):
    """Asks who writes the entry, then says so in its history and to whoever is new."""

    form_class = WritersForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the row. Raises Http404 for what the account may not read, PermissionDenied unless it may decide."""
        super().setup(request, *args, **kwargs)
        if not workflow.is_reviewer(request.user):
            raise PermissionDenied(_("Only reviewers decide who writes an entry."))
        if not may_hand_over(request.user, self.pilot):
            raise Http404(_("Only drafts and working copies have writers that can be changed."))

    def get_initial(self) -> dict[str, Any]:
        pilot = self.pilot
        return super().get_initial() | {"owner": pilot.owner_id, "second_writer": pilot.second_writer_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page of any move shows."""
        meaning = _("Both can write, send it for review and read its history.")
        return self.ask(Step(_("Change who writes it"), meaning), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Hand it over. Raises Refused."""
        said = form.cleaned_data
        people = {name: said[name] for name in ("owner", "second_writer")}
        with transaction.atomic():
            self.as_seen(form)
            hand_over(self.pilot, by=self.request.user, note=said["note"], **people)
        words = {"pilot": self.pilot, "writers": writers_of(self.pilot)}
        messages.success(self.request, _("“%(pilot)s” is written by %(writers)s now.") % words)
        return redirect("admin:pilots_pilot_change", self.pilot.pk)


def writers_of(pilot: Pilot) -> str:
    """The names of who writes this row, or that a colleague does. Two queries unless they were read."""
    people = [person for person in (pilot.owner, pilot.second_writer) if person]
    return all_of([person.get_full_name() or person.get_username() for person in people]) or _("A colleague")
