"""A form of the admin that is refused before any page sees it, or by the database after all pages were content."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots import form_store
from pilots.models import UnsavedForm
from pilots.pages import errors
from prepare_portal.database_errors import is_away, unless_away
from prepare_portal.languages import is_admin

View = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("prepare_portal")

# Unique and foreign keys, as PostgreSQL and SQLite call them. A missing value or a failed check is a mistake of ours.
KEYS = {"23505", "23503", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY"}


class InterruptedSessionMiddleware(SessionMiddleware):
    """Django's sessions, which answer 400 when somebody logs out while a page is made: here the page to log in."""

    @unless_away
    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Hand the response on. One that can't be given any more leads back to itself, or to what was typed."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interruption:
            if _is_unwritten(interruption):  # the page is there; what it changed in the session stays as it was
                return response
            stored = _store(request) if _is_form(request) and not _is_done(response) else None
            return stored or redirect_to_login(_way_back(request, response), reverse("admin:login"))


class ExpiredSessionMiddleware:
    """Stores what is sent without a session, or a moment too late, and leads to it; forgets it once it was saved."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    @unless_away
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; a restored form that was saved is deleted."""
        response = self.get_response(request)
        if not (_is_form(request) and form_store.is_sent(request) and admin.site.has_permission(request)):
            return response
        if response.status_code == 403:  # a right was taken away meanwhile
            return _store(request) or response
        if _is_done(response):
            form_store.forget(request)
        return response

    @unless_away
    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Keep a form that the admin would answer with the page to log in."""
        if _is_form(request) and not admin.site.has_permission(request):
            return _store(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Keep what lost a race for the database, which wrote nothing of it; what is no form is answered with 409."""
        if not (_is_overtaken(exception) and request.method == "POST" and is_admin(request.path)):
            return None
        log.warning("Somebody else was quicker: %s", exception, exc_info=exception)
        words = _("Somebody else changed something at the same moment. Nothing was saved.")
        return (_store(request, words) if _is_form(request) else None) or errors.overtaken(request)


@unless_away
def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep the form of a session that was ended or renewed; any other is refused."""
    return (_store(request) if _is_form(request) else None) or errors.csrf_refused(request, reason)


def _is_done(response: HttpResponseBase) -> bool:
    """Whether a form was saved: not shown again, not stored by us, not led to the first page from a deleted row."""
    location = response.headers.get("Location", "")
    is_kept = location == reverse("admin:index") or location.startswith(reverse("admin:unsaved-forms"))
    return response.status_code == 302 and not is_kept


def _is_unwritten(interruption: SessionInterrupted) -> bool:
    """Whether the session may well be there, but the database takes nothing in: Django says the same of both."""
    cause = interruption.__context__ and interruption.__context__.__context__
    return isinstance(cause, Error) and is_away(cause)


def _way_back(request: HttpRequest, response: HttpResponseBase) -> str:
    """Where the visitor was to go, or was: a page that was sent something can't be asked for again."""
    page = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return response.headers.get("Location", page)


def _is_overtaken(exception: Exception) -> bool:
    """Whether somebody else took the same slug, or deleted what was to be used, just before it was written.

    A relation that is not there raises an AttributeError as well, and is a mistake of ours.
    """
    if isinstance(exception, IntegrityError):
        cause = exception.__cause__
        codes = {getattr(cause, "pgcode", None), getattr(cause, "sqlite_errorname", None)}
        return isinstance(exception, ProtectedError) or bool(codes & KEYS)
    return isinstance(exception, ObjectDoesNotExist) and not isinstance(exception, AttributeError)


def _is_form(request: HttpRequest) -> bool:
    """Whether the request sends a form of the admin that carries a token."""
    return request.method == "POST" and is_admin(request.path) and form_store.TOKEN in request.POST


def _store(request: HttpRequest, words: str = "") -> HttpResponse | None:
    """Keep the form and lead to it, over the page to log in if need be. None when its token does not hold.

    `words` say why it was not saved, where that is not the session.
    """
    try:
        form = form_store.store(request)
    except form_store.TooLarge:
        return errors.too_large_to_store(request)
    return _lead_to(request, form, words) if form else None


def _lead_to(request: HttpRequest, form: UnsavedForm, words: str) -> HttpResponse:
    address = reverse("admin:unsaved-form", args=[form.pk])
    if not admin.site.has_permission(request):
        return redirect_to_login(address, reverse("admin:login"))
    if request.user.pk != form.user_id:
        return errors.typed_by_another(request)
    expired = _("You logged in again since this form was opened, or may not save it any more. It was not saved.")
    messages.warning(request, words or expired)
    return HttpResponseRedirect(address)
