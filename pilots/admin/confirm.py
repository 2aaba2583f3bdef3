"""Pages of the admin: given the admin they belong to, and those among them that ask before they act."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from pilots import workflow
from pilots.accounts.refusals import note_if_denied
from pilots.form_store import is_sent
from pilots.models import Pilot
from pilots.models.content import UnknownValues
from pilots.models.text_fields import LineInput

# What the workflow raises for what cannot be done now.
REFUSALS = (workflow.Refused, PermissionDenied, UnknownValues, ValidationError, Pilot.DoesNotExist)


class NoteField(LineInput):
    """Why something is done, in one line for the history."""

    def __init__(self, **options: Any) -> None:
        usual = {
            "label": gettext_lazy("Note"),
            "required": False,
            "max_length": 500,
            "widget": forms.TextInput(attrs={"class": "vTextField"}),
            "help_text": gettext_lazy("Kept in the history, for editors only. You may leave it empty."),
        }
        super().__init__(**usual | options)


class AdminView(View):
    """A page of a model's admin, which makes it in its `get_urls`."""

    model_admin: Any = None
    right = ""  # that whoever opens it must have

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raises PermissionDenied for an account without the right."""
        super().setup(request, *args, **kwargs)
        if self.right and not request.user.has_perm(self.right):
            raise PermissionDenied

    def page(self, name: str, context: dict[str, Any], *, status: int = 200) -> TemplateResponse:
        return TemplateResponse(self.request, f"admin/pilots/{name}.html", self.frame() | context, status=status)

    def frame(self) -> dict[str, Any]:
        """What every page of the admin shows."""
        return {**self.model_admin.admin_site.each_context(self.request), "opts": self.model_admin.opts}


class ConfirmPage(AdminView, FormView):
    """Asks, then acts; where that is refused, it asks again, says why and answers 409."""

    @classmethod
    def ask_about(cls, model_admin: Any, request: HttpRequest, initial: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show the page for what an action of a list was given, which is not sent to the page itself."""
        page = cls(model_admin=model_admin)
        page.setup(request, **kwargs)
        return page.render_to_response(page.get_context_data(form=page.get_form_class()(initial=initial)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act on what is sent; show what is only put back."""
        form = self.get_form()
        if not (is_sent(request) and form.is_valid()):
            return self.form_invalid(form)
        try:
            return self.form_valid(form)
        except REFUSALS as refusal:
            note_if_denied(request, refusal)
            form.add_error(None, reason_of(refusal))
            return self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """Act. Raises one of REFUSALS for what cannot be done now."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form in the frame of the admin."""
        return self.frame() | super().get_context_data(**kwargs)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Show the page, with 409 where something was refused."""
        form = context["form"]
        options.setdefault("status", 409 if form.is_bound and form.non_field_errors() else 200)
        return super().render_to_response(context, **options)


def reason_of(refusal: Exception) -> str:
    """What a refusal says, without the brackets that Django puts around several messages."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
