"""The list of checks on the form of a pilot and before it is published; accepting a warning with a reason."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.content_checks.fields import anchor_of, language_of, with_language
from pilots.content_checks.finding import Finding
from pilots.history.record import lock
from pilots.models import AcceptedWarning, Pilot
from pilots.models.content import Content, read_content
from pilots.models.text_fields import ProseInput
from pilots.unsaved import is_sent
from pilots.workflow.check_report import run_checks

BEFORE_PUBLISHING = ("submit", "publish", "schedule")


class AcceptForm(forms.Form):
    """Asks why a warning may stay."""

    reason = ProseInput(
        label=gettext_lazy("Why may this stay as it is?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept with your name, for editors only. Say why nobody can be made out, for example."),
    )
    seen_edit = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Asks for nothing but to go on."""

    seen_edit = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Line:
    """One finding as the list shows it, with the way to its field, and who accepted it if somebody did."""

    finding: Finding
    field: str
    link: str
    accepted: AcceptedWarning | None = None


@dataclass(frozen=True)
class Step:
    """What the page of a move calls its button."""

    label: str
    meaning: str


class Checks(admin.ModelAdmin):
    """Shows what the checks find, and lets reviewers accept it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that accept a warning and take that back."""
        accept = self.admin_site.admin_view(self.accept_view)
        reopen = self.admin_site.admin_view(self.reopen_view)
        return [
            path("<int:pk>/checks/<slug:token>/accept/", accept, name="pilots_pilot_accept"),
            path("<int:pk>/checks/<int:accepted>/reopen/", reopen, name="pilots_pilot_reopen"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("complete"), ordering="completeness")
    def how_complete(self, row: Pilot) -> str:
        """Return how full the entry is, in per cent."""
        return _("%(figure)d %%") % {"figure": row.completeness}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with what the checks find. Twenty queries, however much is found."""
        pilot = context.get("original")
        if pilot and not context.get("is_popup"):
            language = self.get_form_language(request, pilot)  # type: ignore[attr-defined]
            context |= checks_of(request, pilot, language if self.has_change_permission(request, pilot) else None)
        return super().render_change_form(request, context, *args, **kwargs)

    def move_context(self, request: HttpRequest, pilot: Pilot, name: str) -> dict[str, Any]:
        """Show the same list where somebody decides to publish."""
        context: dict[str, Any] = super().move_context(request, pilot, name)  # type: ignore[misc]
        if name in BEFORE_PUBLISHING:
            context |= checks_of(request, pilot) | {"came_from": name}
        return context

    def accept_view(self, request: HttpRequest, pk: int, token: str) -> HttpResponse:
        """Ask for the reason, then accept one warning."""
        pilot = self._entry_of_reviewer(request, pk)
        content = read_content(pilot)
        found = next((finding for finding in run_checks(pilot, content).open if finding.token == token), None)
        if found is None or not found.may_be_accepted:
            return self._back(request, pilot, _("This warning is not there any more."), messages.ERROR)
        step = Step(_("Accept this warning"), _("It does not hold the entry up any more, until its sentence changes."))
        return self._ask(request, pilot, step, AcceptForm, {"line": _line(pilot, content, found)}, token=token)

    def reopen_view(self, request: HttpRequest, pk: int, accepted: int) -> HttpResponse:
        """Ask, then make an accepted warning count again."""
        pilot = self._entry_of_reviewer(request, pk)
        warning = AcceptedWarning.objects.filter(pk=accepted, entry=pilot.entry).first()
        if warning is None:
            return self._back(request, pilot, _("This warning is not accepted any more."), messages.ERROR)
        step = Step(_("Make this warning count again"), _("What is public stays public until somebody withdraws it."))
        return self._ask(request, pilot, step, ReopenForm, {"accepted": warning}, warning=warning)

    def _entry_of_reviewer(self, request: HttpRequest, pk: int) -> Pilot:
        """Return the entry. Raises Http404, and PermissionDenied for whoever is no reviewer."""
        pilot = self.get_object(request, str(pk))
        if pilot is None:
            raise Http404
        if not workflow.is_reviewer(request.user):
            raise PermissionDenied
        return pilot

    def _ask(
        self,
        request: HttpRequest,
        pilot: Pilot,
        step: Step,
        form_class: type[forms.Form],
        shown: dict[str, Any],
        **what: Any,
    ) -> HttpResponse:
        """Show the page that asks; when it is sent and the entry is as it was shown, do it."""
        form = form_class(request.POST or None, initial={"seen_edit": pilot.edit})
        if is_sent(request) and form.is_valid():
            with transaction.atomic():
                if lock(pilot).edit == form.cleaned_data["seen_edit"]:
                    return self._do(request, pilot, form.cleaned_data, **what)
            form.add_error(None, _("Somebody changed this entry since you opened this page. Look at it again first."))
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "title": step.label,
            "subtitle": str(pilot),
            "pilot": pilot,
            "button": step,
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
        }
        status = 409 if form.non_field_errors() else 200
        return TemplateResponse(request, "admin/pilots/pilot/accept.html", context, status=status)

    def _do(
        self,
        request: HttpRequest,
        pilot: Pilot,
        said: dict[str, Any],
        token: str = "",
        warning: AcceptedWarning | None = None,
    ) -> HttpResponse:
        """Accept, or take back; then lead to the list."""
        try:
            if warning:
                workflow.reopen_warning(pilot, warning, by=request.user)
                return self._back(request, pilot, _("The warning counts again."), messages.SUCCESS)
            workflow.accept_warning(pilot, token, reason=said["reason"], by=request.user)
        except workflow.Refused as refusal:
            return self._back(request, pilot, str(refusal), messages.ERROR)
        return self._back(request, pilot, _("The warning is accepted."), messages.SUCCESS)

    def _back(self, request: HttpRequest, pilot: Pilot, words: str, level: int) -> HttpResponseRedirect:
        """Lead to the list the reader came from: on the form, or on the page of a move."""
        self.message_user(request, words, level)
        name = request.GET.get("move")
        if name in BEFORE_PUBLISHING:
            return HttpResponseRedirect(reverse("admin:pilots_pilot_move", args=[pilot.pk, name]) + "#checks")
        return HttpResponseRedirect(reverse("admin:pilots_pilot_change", args=[pilot.pk]) + "#checks")


def checks_of(request: HttpRequest, pilot: Pilot, here: str | None = None) -> dict[str, Any]:
    """Return what the list shows. `here` is the language of the form the list stands on, None on other pages."""
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
) -> Line:
    """Return a finding with the way to its field: within the page, or to the form in the language of the words."""
    language, anchor = language_of(finding.path), f"#{anchor_of(finding.path, content)}"
    form = reverse("admin:pilots_pilot_change", args=[pilot.pk])
    within = here is not None and language in ("", here)
    query = f"?language={language}" if language else ""
    return Line(finding, with_language(finding.path), anchor if within else f"{form}{query}{anchor}", accepted)
