"""The preview of an entry, as visitors will see it, and the links that show it to a colleague without an account."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots import workflow
from pilots.admin.pilot.views.base import PilotView
from pilots.history.record import lock
from pilots.models import Pilot, PreviewLink
from pilots.models.public import UNPUBLISHED
from pilots.security_log import Event, record

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
    """Whether `user` may let others read this draft or working copy: a reviewer and its writer may."""
    return pilot.status in UNPUBLISHED and (workflow.is_reviewer(user) or pilot.is_written_by(user))


def require_sharing(user: Any, pilot: Pilot) -> None:
    """Raise PermissionDenied unless `user` may make links to this row."""
    if not may_share(user, pilot):
        raise PermissionDenied(_("Only its writer and reviewers make links to a draft."))


class PreviewView(PilotView):
    """The entry in a frame, in a language and width; and links to it. Constant queries."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.preview(LinkForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make a link that works for so many days."""
        form = LinkForm(request.POST)
        require_sharing(request.user, self.pilot)
        if not form.is_valid():
            return self.preview(form)
        with transaction.atomic():
            row = lock(self.pilot)
            require_sharing(request.user, row)
            if PreviewLink.objects.open().filter(pilot=row).count() >= MOST_LINKS:
                messages.error(request, _("There are many links already. Revoke one first."))
                return redirect("admin:pilots_pilot_preview", row.pk)
            expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
            PreviewLink.objects.create(pilot=row, made_by_id=request.user.pk, expires_at=expires_at)
            days = form.cleaned_data["days"]
            record(Event.PREVIEW_MADE, by=request.user, entry=row.entry_id, days=days)
        messages.success(request, _("The link is made. Copy it from the list below."))
        return redirect("admin:pilots_pilot_preview", row.pk)

    def preview(self, form: LinkForm) -> HttpResponse:
        """Show the page."""
        is_shareable = may_share(self.request.user, self.pilot)
        context = {"form": form, "may_share": is_shareable, "links": self.links() if is_shareable else []}
        return self.page("pilot/preview", self.about(_("Preview")) | self.shown() | context)

    def shown(self) -> dict[str, Any]:
        """What the frame shows, and what else can be chosen: languages, each with whether it is written."""
        asked = self.request.GET.get("language", "")
        width = self.request.GET.get("width", "")
        written = set(self.pilot.translations.values_list("language_code", flat=True))
        language = asked if asked in dict(settings.LANGUAGES) else "en"
        return {
            "language": language,
            "width": width if width in WIDTHS else "desktop",
            "widths": WIDTHS,
            "languages": [(code, capfirst(name), code in written) for code, name in settings.LANGUAGES],
            "frame": f"{reverse('admin:framed-preview', args=[self.pilot.pk])}?language={language}",
        }

    def links(self) -> list[tuple[PreviewLink, str]]:
        """The links that work, each with its address. One query."""
        rows = PreviewLink.objects.open().filter(pilot=self.pilot).select_related("made_by")
        return [(row, self.request.build_absolute_uri(reverse("shared-draft", args=[row.token]))) for row in rows]


class RevokeLinkView(PilotView):
    """Ends a link at once."""

    def post(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        if not (workflow.is_reviewer(request.user) or self.pilot.is_written_by(request.user)):
            raise PermissionDenied(_("Only its writer and reviewers revoke links to a draft."))
        row = get_object_or_404(PreviewLink, pk=link, pilot=self.pilot)
        with transaction.atomic():
            if PreviewLink.objects.filter(pk=row.pk).end():
                record(Event.PREVIEW_REVOKED, by=request.user, entry=self.pilot.entry_id)
        messages.success(request, _("The link does not work any more."))
        return redirect("admin:pilots_pilot_preview", self.pilot.pk)
