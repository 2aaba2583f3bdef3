"""Requests that were refused to somebody who is logged in, for the security log."""

from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest

from pilots.accounts import throttle
from pilots.security_log import Event, record
from prepare_portal.languages import is_admin


def note_refusal(request: HttpRequest, event: Event = Event.REFUSED) -> None:
    """Record that this request to the admin was refused. What visitors are refused is nobody's to know.

    The page is told by its name: an address may hold a token. After sixty an hour, one line says that there are more.
    """
    if not is_admin(request.path):
        return
    try:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return
        if throttle.count(throttle.refusal_limits(user), user.get_username()):
            return
    except Error:  # the answer to the request does not need it
        return
    match = request.resolver_match
    told = match.kwargs.get("object_id", match.kwargs.get("pk", "")) if match else ""
    record(event, by=user, page=match.view_name if match else "", row=str(told))


def note_if_denied(request: HttpRequest, refusal: Exception) -> None:
    """Record a refusal that a page shows in words, if it was for want of a right."""
    if isinstance(refusal, PermissionDenied):
        note_refusal(request)
