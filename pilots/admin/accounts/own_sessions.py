"""Where somebody is logged in: seen, and ended."""

from typing import Any

from django.contrib import admin, auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.accounts import sessions


def own_sessions(request: HttpRequest) -> HttpResponse:
    """List one's own sessions; end one, all others, or all. One query, two to end."""
    user: Any = request.user
    here = request.session.session_key
    if "everywhere" in request.POST:
        sessions.end(user, by=user)
        auth.logout(request)
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        rows = sessions.open_sessions(user).exclude(pk=here)
        if "end" in request.POST:
            rows = rows.filter(pk__in=[row.pk for row in rows if name_of(row) == request.POST["end"]])
        ended = sessions.end_some(user, rows, by=user)
        words = ngettext("%(n)d session is ended.", "%(n)d sessions are ended.", ended)
        messages.success(request, words % {"n": ended})
        return HttpResponseRedirect(request.path)
    rows = sessions.open_sessions(user)
    listed = [{"row": row, "name": name_of(row), "is_here": row.pk == here} for row in rows]
    context = {**admin.site.each_context(request), "title": _("Where you are logged in"), "sessions": listed}
    return TemplateResponse(request, "admin/accounts/sessions.html", context)


def name_of(row: Any) -> str:
    """What a form calls a session: its key would let in whoever reads it."""
    return salted_hmac("pilots.session", row.pk, algorithm="sha256").hexdigest()[:32]
