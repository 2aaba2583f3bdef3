"""Pages for what went wrong: in the site's look, without the database, with ways on."""

import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pilots.accounts import throttle
from pilots.accounts.refusals import note_refusal
from pilots.api.problems import is_api, problem
from pilots.browse.selection import InvalidQuery
from pilots.security_log import Event
from prepare_portal.languages import is_admin

RETRY_AFTER_SECONDS = 60
OF_DJANGO = re.compile(r"No \w+ matches the given query\.")  # of `get_object_or_404`, for developers


def error_page(request: HttpRequest, status: int, title: str, message: str, **more: str) -> HttpResponse:
    """A page that says what happened and what to do; for programs, the message alone. No query."""
    if is_api(request.path):
        return problem(status, message, parameter=more.get("parameter", ""))
    in_admin = is_admin(request.path)  # then the ways on lead there
    context = {"status": status, "title": title, "message": message, "in_admin": in_admin, **more}
    return HttpResponse(render_to_string("pilots/error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address asks for something no form of ours asks for, or more than we give."""
    note_refusal(request, Event.SUSPICIOUS)
    said, parameter = (str(exception), exception.parameter) if isinstance(exception, InvalidQuery) else ("", "")
    message = said or _("Something in it is broken or too long.")
    return error_page(request, 400, _("We cannot read this address"), message, parameter=parameter)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the visitor may not do this."""
    note_refusal(request)
    return error_page(
        request, 403, _("You may not do this"), _("Your account does not have the right, or you are logged out.")
    )


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came from elsewhere, was open for too long, or its session was renewed in another tab."""
    note_refusal(request, Event.FORM_REFUSED)
    return error_page(
        request,
        403,
        _("The form was refused"),
        _(
            "You logged in again since it was opened, it was open for too long, or cookies are blocked. "
            "Go back: what you typed may still be there, so copy it. "
            "Then reload the page, which empties the form, and send it again."
        ),
    )


def too_large_to_store(request: HttpRequest) -> HttpResponse:
    """413: a form without a session sends more than is kept."""
    return error_page(
        request,
        413,
        _("This is too long to be kept"),
        _(
            "Your session is over, and up to 1 MB is kept until you log in again. This is more, and was not saved. "
            "Go back and copy what you typed, log in again, and paste it."
        ),
    )


def typed_by_another(request: HttpRequest) -> HttpResponse:
    """403: the form was opened by another account than the one that is logged in now."""
    return error_page(
        request,
        403,
        _("Another account opened this form"),
        _(
            "It was not saved. What was typed is kept for one day, for the account that opened the form and for "
            "nobody else: log in as that account to get it back."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address; a view may say more in its Http404."""
    said = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    message = _("The address may be mistyped, or the page was taken away.")
    if said and not OF_DJANGO.fullmatch(said):
        message = said
    return error_page(request, 404, _("There is no such page"), message)


def no_longer_published(request: HttpRequest) -> HttpResponse:
    """410: a pilot was public at this address once. Nothing is said of it but that."""
    return error_page(
        request,
        410,
        _("This pilot is no longer published"),
        _("It was taken out of the portal. Other pilots may help you."),
    )


def overtaken(request: HttpRequest) -> HttpResponse:
    """409: somebody else wrote at the same moment, so that the database refused what came second."""
    return error_page(
        request,
        409,
        _("Somebody else was quicker"),
        _("They changed or deleted something at the same moment, so nothing was done. Go back, reload and look again."),
    )


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405: a program asks for something that no page does."""
    response = error_page(
        request, 405, _("This page cannot do that"), _("Pages can be read; only the forms of editors can be sent.")
    )
    response.headers["Allow"] = ", ".join(allowed)
    return response


def body_refused(request: HttpRequest, status: int, most: int) -> HttpResponse:
    """408, 411, 413, 400 or 503: what was sent is too large, or did not arrive whole. `most` is in bytes."""
    again = _("Only a part of what you sent arrived. Go back and send it again.")
    titles = {413: _("This is too much to send"), 503: _("The portal is busy")}
    messages = {
        408: again,
        411: _("The length of what you sent is not told. Send it with a browser."),
        413: _("At most %(most)s can be sent here. Go back, make it smaller, and send it again.")
        % {"most": filesizeformat(most)},
        503: _("Too much is being sent at this moment. Wait a minute, go back and send it again."),
    }
    response = error_page(request, status, titles.get(status, _("It did not arrive")), messages.get(status, again))
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """503: as many long files or documents are being made as one process makes at once."""
    response = error_page(
        request, 503, _("The portal is busy"), _("Files are being made for others. Try again in a minute.")
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: this was tried more often than anybody needs."""
    response = error_page(request, 429, _("Too many attempts"), throttle.words(seconds))
    response.headers["Retry-After"] = str(seconds)
    return response


def being_made(request: HttpRequest) -> HttpResponse:
    """503: a long file is made anew since the content changed, and is not ready yet."""
    response = error_page(
        request, 503, _("The file is being made"), _("It is made anew when the content changes. Try again in a minute.")
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def needs_chunks(request: HttpRequest) -> HttpResponse:
    """505: a long file is asked for in a version of HTTP that cannot tell whether it arrived whole."""
    return error_page(
        request,
        505,
        _("This file needs HTTP/1.1"),
        _("It is so long that it is sent in parts, and HTTP/1.0 cannot tell whether all of them arrived."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours."""
    return error_page(
        request,
        500,
        _("Something broke on our side"),
        _("It is not your fault. Try again in a minute; if it stays, please tell us."),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away; caches and crawlers are asked to come back, editors to keep what they typed."""
    message = _("Please try again in a minute. Nothing is lost.")
    if request.method == "POST":
        message = _(
            "What you sent was probably not saved. Go back: what you typed should still be there. Copy it to be safe, "
            "and send it again in a minute."
        )
    response = error_page(request, 503, _("The portal is away for a moment"), message)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
