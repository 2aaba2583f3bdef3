"""The preview of an entry, as visitors will see it, and the links that show it to a colleague without an account."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.pilot.views.history import History
from pilots.history.record import lock
from pilots.models import Pilot, PreviewLink
from pilots.workflow.rules import HIDDEN

WIDTHS = {"desktop": gettext_lazy("Wide screen"), "phone": gettext_lazy("Phone, 360 pixels")}
MOST_LINKS = 20


class LinkForm(forms.Form):
    """Asks how long a link is to work."""

    days = forms.IntegerField(
        label=gettext_lazy("Days that the link works"),
        min_value=1,
        max_value=30,
        initial=7,
        help_text=gettext_lazy("Between 1 and 30. It ends sooner when the entry is published, archived or deleted."),
    )


def may_share(user: Any, pilot: Pilot) -> bool:
    """Return whether `user` may let others read this draft or working copy: a reviewer and its writer may."""
    return pilot.status in HIDDEN and (workflow.is_reviewer(user) or pilot.is_written_by(user))


class Preview(History):
    """Gives each pilot a preview, and links to it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        view, revoke = (self.admin_site.admin_view(view) for view in (self.preview_view, self.revoke_view))
        return [
            path("<int:pk>/preview/", view, name="pilots_pilot_preview"),
            path("<int:pk>/preview/links/<int:link>/revoke/", revoke, name="pilots_pilot_revoke_link"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the entry in a frame, in a language and width; make a link to it when asked. Constant queries."""
        pilot = self.readable_pilot(request, str(pk))
        form = LinkForm(request.POST or None)
        if request.method == "POST":
            if not may_share(request.user, pilot):
                raise PermissionDenied(_("Only its writer and reviewers make links to a draft."))
            if form.is_valid():
                return self.make_link(request, pilot, form.cleaned_data["days"])
        context = self.page_about(request, pilot, _("Preview"))
        context |= self.shown(request, pilot) | {"form": form, "may_share": may_share(request.user, pilot)}
        context["links"] = self.links(request, pilot) if context["may_share"] else []
        return TemplateResponse(request, "admin/pilots/pilot/preview.html", context)

    def shown(self, request: HttpRequest, pilot: Pilot) -> dict[str, Any]:
        """Return what the frame shows, and what else can be chosen: languages, each with whether it is written."""
        languages = dict(settings.LANGUAGES)
        asked = request.GET.get("language", "")
        width = request.GET.get("width", "")
        written = set(pilot.translations.values_list("language_code", flat=True))
        language = asked if asked in languages else "en"
        return {
            "language": language,
            "width": width if width in WIDTHS else "desktop",
            "widths": WIDTHS,
            "languages": [(code, name, code in written) for code, name in settings.LANGUAGES],
            "frame": f"{reverse('admin:framed-preview', args=[pilot.pk])}?language={language}",
        }

    def links(self, request: HttpRequest, pilot: Pilot) -> list[tuple[PreviewLink, str]]:
        """Return the links that work, each with its address. One query."""
        rows = PreviewLink.objects.open().filter(pilot=pilot).select_related("made_by")
        return [(row, request.build_absolute_uri(reverse("shared-draft", args=[row.token]))) for row in rows]

    def make_link(self, request: HttpRequest, pilot: Pilot, days: int) -> HttpResponse:
        """Make a link that works for so many days."""
        with transaction.atomic():
            row = lock(pilot)
            if not may_share(request.user, row):
                raise PermissionDenied(_("Only its writer and reviewers make links to a draft."))
            if PreviewLink.objects.open().filter(pilot=row).count() >= MOST_LINKS:
                self.message_user(request, _("There are many links already. Revoke one first."), messages.ERROR)
                return self.back_to_preview(pilot)
            PreviewLink.objects.create(
                pilot=row, made_by_id=request.user.pk, expires_at=timezone.now() + timedelta(days=days)
            )
        self.message_user(request, _("The link is made. Copy it from the list below."), messages.SUCCESS)
        return self.back_to_preview(pilot)

    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """End a link at once."""
        pilot = self.readable_pilot(request, str(pk))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (workflow.is_reviewer(request.user) or pilot.is_written_by(request.user)):
            raise PermissionDenied(_("Only its writer and reviewers revoke links to a draft."))
        row = get_object_or_404(PreviewLink, pk=link, pilot=pilot)
        PreviewLink.objects.filter(pk=row.pk).end()
        self.message_user(request, _("The link does not work any more."), messages.SUCCESS)
        return self.back_to_preview(pilot)

    def back_to_preview(self, pilot: Pilot) -> HttpResponseRedirect:
        """Return the way to the preview."""
        return HttpResponseRedirect(reverse("admin:pilots_pilot_preview", args=[pilot.pk]))
