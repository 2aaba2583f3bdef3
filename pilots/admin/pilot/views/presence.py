"""Who has an entry open: colleagues see it before they write into the same text."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots import workflow
from pilots.models import Pilot, Presence
from pilots.models.presence import OPEN_FOR


class OpenForms(admin.ModelAdmin):
    """Shows on the form of an entry who else has it open. An entry and its working copy count as one."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address to which an open form says that it is open."""
        view = self.admin_site.admin_view(self.presence_view)
        return [path("<int:pk>/presence/", view, name="pilots_pilot_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that a writer has the form open, or with `leaving` closed it; answer who else has it open.

        Whoever can only read disturbs nobody, and is not named.

        Words of forms that were closed without one are removed on the way. Whoever may not see the
        entry is told that there is none.
        """
        pilot = self.get_object(request, str(pk))
        if pilot is None or not self.has_view_or_change_permission(request, pilot):
            raise Http404
        if request.method != "POST":
            return HttpResponse(status=405)
        if "leaving" in request.POST:
            Presence.objects.filter(pilot=pilot.entry, user=request.user.pk).delete()
            return HttpResponse(status=204)
        now = timezone.now()
        Presence.objects.filter(seen_at__lte=now - OPEN_FOR).delete()
        if workflow.may_write(request.user, pilot):
            mine = Presence(pilot_id=pilot.entry, user_id=request.user.pk or 0, seen_at=now)
            Presence.objects.bulk_create(
                [mine], update_conflicts=True, unique_fields=["pilot", "user"], update_fields=["seen_at"]
            )
        return JsonResponse({"words": others_at(pilot, request.user)})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with who else has it open."""
        if context.get("original"):
            context["others"] = others_at(context["original"], request.user)
        return super().render_change_form(request, context, *args, **kwargs)


def others_at(pilot: Pilot, user: Any) -> str:
    """Return a sentence that names who else has the entry open now, or an empty text. One query."""
    others = Presence.objects.now().filter(pilot=pilot.entry).exclude(user=user.pk).select_related("user")
    names = [row.user.get_full_name() or row.user.get_username() for row in others.order_by("pk")]
    if not names:
        return ""
    words = ngettext(
        "%(names)s has this entry open too. Agree who writes what.",
        "%(names)s have this entry open too. Agree who writes what.",
        len(names),
    )
    return words % {"names": get_text_list(names, _("and"))}
