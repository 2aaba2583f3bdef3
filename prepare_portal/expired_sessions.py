"""A form of the admin that is refused before any page sees it: no session any more, or a token of another session."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots import form_store
from pilots.models import UnsavedForm
from pilots.pages import errors

View = Callable[[HttpRequest], HttpResponseBase]


class ExpiredSessionMiddleware:
    """Keeps what is sent without a session, and leads to the page to log in; forgets it once it was saved."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; a restored form that was saved is deleted."""
        response = self.get_response(request)
        if not (_is_form(request) and form_store.is_sent(request) and admin.site.has_permission(request)):
            return response
        if response.status_code == 403:  # a right was taken away meanwhile
            return _keep(request) or response
        if response.status_code == 302 and response.headers.get("Location") not in _nowhere():
            form_store.forget(request)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Keep a form that the admin would answer with the page to log in."""
        if _is_form(request) and not admin.site.has_permission(request):
            return _keep(request)
        return None


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep the form of a session that was ended or renewed; any other is refused."""
    return (_keep(request) if _is_form(request) else None) or errors.csrf_refused(request, reason)


def _nowhere() -> set[str]:
    """Return where the admin leads when an entry is not there any more: its form is not saved then."""
    return {reverse("admin:index")}


def _is_form(request: HttpRequest) -> bool:
    """Return whether the request sends a form of the admin that carries a token."""
    return (
        request.method == "POST"
        and request.path.startswith(reverse("admin:index"))
        and form_store.TOKEN in request.POST
    )


def _keep(request: HttpRequest) -> HttpResponse | None:
    """Keep the form and lead to it, over the page to log in if need be. None when its token does not hold."""
    try:
        form = form_store.store(request)
    except form_store.TooLarge:
        return errors.too_large_to_keep(request)
    return _lead_to(request, form) if form else None


def _lead_to(request: HttpRequest, form: UnsavedForm) -> HttpResponse:
    address = reverse("admin:unsaved-form", args=[form.pk])
    if not admin.site.has_permission(request):
        return redirect_to_login(address, reverse("admin:login"))
    if request.user.pk != form.user_id:
        return errors.typed_by_another(request)
    messages.warning(
        request, _("You logged in again since this form was opened, or may not save it any more. It was not saved.")
    )
    return HttpResponseRedirect(address)
