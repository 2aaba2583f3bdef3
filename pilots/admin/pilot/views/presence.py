"""Who has an entry open: colleagues see it before they write into the same text."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import ngettext

from pilots import workflow
from pilots.admin.pilot.views.base import PilotView
from pilots.models import Pilot, Presence
from pilots.models.presence import OPEN_FOR
from prepare_portal.phrases import all_of


class PresenceView(PilotView):
    """Where an open form says that it is open. An entry and its working copy count as one."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note that a writer has the form open, or with `leaving` closed it; answer who else has it open.

        Whoever can only read disturbs nobody, and is not named. Words of forms that were closed without
        one are removed on the way.
        """
        entry = self.pilot.entry_id
        if "leaving" in request.POST:
            Presence.objects.filter(pilot=entry, user=request.user.pk).delete()
            return HttpResponse(status=204)
        now = timezone.now()
        Presence.objects.filter(seen_at__lte=now - OPEN_FOR).delete()
        if workflow.may_write(request.user, self.pilot):
            mine = Presence(pilot_id=entry, user_id=request.user.pk or 0, seen_at=now)
            Presence.objects.bulk_create(
                [mine], update_conflicts=True, unique_fields=["pilot", "user"], update_fields=["seen_at"]
            )
        return JsonResponse({"words": others_at(self.pilot, request.user)})


def others_at(pilot: Pilot, user: Any) -> str:
    """A sentence that names who else has the entry open now, or an empty text. One query."""
    others = Presence.objects.now().filter(pilot=pilot.entry_id).exclude(user=user.pk).select_related("user")
    names = [row.user.get_full_name() or row.user.get_username() for row in others.order_by("pk")]
    if not names:
        return ""
    words = ngettext(
        "%(names)s has this entry open too. Agree who writes what.",
        "%(names)s have this entry open too. Agree who writes what.",
        len(names),
    )
    return words % {"names": all_of(names)}
