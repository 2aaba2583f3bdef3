"""What the pages beside the form of a pilot share."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.confirm import AdminView, ConfirmPage
from pilots.history.record import lock
from pilots.models import Pilot
from pilots.models.text_fields import ProseInput


class PilotView(AdminView):
    """A page about one pilot."""

    pilot: Pilot

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the pilot. Raises Http404 unless the account may read it."""
        super().setup(request, *args, **kwargs)
        self.pilot = self.model_admin.get_object(request, str(kwargs["pk"]))
        if self.pilot is None or not self.model_admin.has_view_or_change_permission(request, self.pilot):
            raise Http404

    def about(self, title: Any) -> dict[str, Any]:
        """What every page about one pilot shows."""
        return {"title": title, "subtitle": str(self.pilot), "pilot": self.pilot}


@dataclass(frozen=True)
class Step:
    """What a page that asks calls its button, and what pressing it means."""

    label: str
    meaning: str


class SeenForm(forms.Form):
    """Carries the number of changes that the pilot had when the page was opened."""

    seen_edit = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NoteForm(SeenForm):
    """Asks why, for the history."""

    note = ProseInput(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the history, for editors only. You may leave it empty."),
    )


class ConfirmPilotPage(PilotView, ConfirmPage):
    """Asks before something is done with one pilot."""

    form_class: Any = NoteForm
    template_name = "admin/pilots/pilot/transition.html"

    def get_initial(self) -> dict[str, Any]:
        """The number of changes that the page shows."""
        return {"seen_edit": self.pilot.edit_count}

    def as_seen(self, form: SeenForm) -> Pilot:
        """Lock the row and return it. Raises Conflict when it was changed since the page was opened."""
        words = _("Somebody changed this entry since you opened this page. Look at it again first.")
        try:
            row = lock(self.pilot)
        except Pilot.DoesNotExist as error:
            raise workflow.Conflict(words) from error
        if row.edit_count != form.cleaned_data["seen_edit"]:
            raise workflow.Conflict(words)
        return row

    def ask(self, button: Any, **kwargs: Any) -> dict[str, Any]:
        """What a page shows that asks with this button, with `kwargs` as FormView has them."""
        context = super().get_context_data(**kwargs)
        media = self.model_admin.media + context["form"].media
        return context | self.about(button.label) | {"button": button, "media": media}
