"""The list of checks on the form of a pilot and before it is published; accepting a warning with a reason."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.pilot.views.base import ConfirmPilotPage, SeenForm, Step
from pilots.admin.unsaved_forms import store_typed
from pilots.content_checks.fields import anchor_of, language_of, with_language
from pilots.content_checks.finding import Finding
from pilots.models import AcceptedWarning, Pilot
from pilots.models.content import Content, read_content
from pilots.models.text_fields import ProseInput
from pilots.workflow.check_report import run_checks

BEFORE_PUBLISHING = ("submit", "publish", "schedule")


class AcceptForm(SeenForm):
    """Asks why a warning may stay."""

    reason = ProseInput(
        label=gettext_lazy("Why may this stay as it is?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept with your name, for editors only. Say why nobody can be made out, for example."),
    )


@dataclass(frozen=True)
class FindingLine:
    """One finding as the list shows it, with the way to its field, and who accepted it if somebody did."""

    finding: Finding
    field: str
    link: str
    accepted: AcceptedWarning | None = None


class WarningPage(ConfirmPilotPage):
    """Asks about one warning, and leads back to the list of checks that the reader came from."""

    template_name = "admin/pilots/pilot/accept.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the pilot. Raises Http404, and PermissionDenied for whoever is no reviewer."""
        super().setup(request, *args, **kwargs)
        if not workflow.is_reviewer(request.user):
            raise PermissionDenied

    def back(self) -> HttpResponseRedirect:
        """Lead to the list: on the form, or on the page of a move."""
        name = self.request.GET.get("move")
        if name in BEFORE_PUBLISHING:
            return redirect(reverse("admin:pilots_pilot_move", args=[self.pilot.pk, name]) + "#checks")
        return redirect(reverse("admin:pilots_pilot_change", args=[self.pilot.pk]) + "#checks")


class AcceptView(WarningPage):
    """Asks for the reason, then accepts one warning."""

    form_class = AcceptForm
    line: FindingLine

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the warning; lead back if it is no longer there, with the reason that was typed stored."""
        content = read_content(self.pilot)
        open_findings = run_checks(self.pilot, content).open
        found = next((finding for finding in open_findings if finding.token == kwargs["token"]), None)
        if found is None or not found.may_be_accepted:
            words = _("This warning is not there any more.")
            if response := store_typed(request, words):
                return response
            messages.error(request, words)
            return self.back()
        self.line = _line(self.pilot, content, found)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meaning = _("It does not hold the entry up any more, until its sentence changes.")
        return self.ask(Step(_("Accept this warning"), meaning), **kwargs) | {"line": self.line}

    def form_valid(self, form: Any) -> HttpResponse:
        """Accept it. Raises Conflict."""
        with transaction.atomic():
            self.as_seen(form)
            try:
                reason = form.cleaned_data["reason"]
                workflow.accept_warning(self.pilot, self.kwargs["token"], reason=reason, by=self.request.user)
            except workflow.Refused as refusal:
                messages.error(self.request, str(refusal))
            else:
                messages.success(self.request, _("The warning is accepted."))
        return self.back()


class ReopenView(WarningPage):
    """Asks, then makes an accepted warning count again."""

    form_class = SeenForm
    accepted: AcceptedWarning

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the warning; lead back if it is not accepted any more."""
        accepted = AcceptedWarning.objects.filter(pk=kwargs["accepted"], entry=self.pilot.entry_id).first()
        if accepted is None:
            messages.error(request, _("This warning is not accepted any more."))
            return self.back()
        self.accepted = accepted
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = Step(_("Make this warning count again"), _("What is public stays public until somebody withdraws it."))
        return self.ask(step, **kwargs) | {"accepted": self.accepted}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make it count. Raises Conflict."""
        with transaction.atomic():
            self.as_seen(form)
            workflow.reopen_warning(self.pilot, self.accepted, by=self.request.user)
        messages.success(self.request, _("The warning counts again."))
        return self.back()


def checks_of(request: HttpRequest, pilot: Pilot, here: str | None = None) -> dict[str, Any]:
    """What the list of checks shows. Twenty queries, however much is found.

    `here` is the language of the form that the list stands on, None on other pages.
    """
    content = read_content(pilot)
    report = run_checks(pilot, content)
    return {
        "checks": report,
        "blocking": [_line(pilot, content, finding, here) for finding in report.blocking],
        "warnings": [_line(pilot, content, finding, here) for finding in report.warnings],
        "accepted": [_line(pilot, content, finding, here, warning) for finding, warning in report.accepted],
        "may_accept": workflow.is_reviewer(request.user),
        "checked": pilot,
    }


def _line(
    pilot: Pilot, content: Content, finding: Finding, here: str | None = None, accepted: AcceptedWarning | None = None
) -> FindingLine:
    """A finding with the way to its field: within the page, or to the form in the language of the words."""
    language, anchor = language_of(finding.path), f"#{anchor_of(finding.path, content)}"
    form = reverse("admin:pilots_pilot_change", args=[pilot.pk])
    within = here is not None and language in ("", here)
    query = f"?language={language}" if language else ""
    return FindingLine(finding, with_language(finding.path), anchor if within else f"{form}{query}{anchor}", accepted)
