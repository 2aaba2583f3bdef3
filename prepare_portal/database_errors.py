"""A plain page when the database is away, for visitors and for whoever sends a form."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError, DataError, Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase

from pilots.pages import errors

View = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("prepare_portal")

# As PostgreSQL calls it when it is a replica, and when it may not write its own files or ours
READ_ONLY, MAY_NOT = "25006", "42501"


class DatabaseErrorMiddleware:
    """Answer 503 when the database cannot be reached, and 400 to a value it cannot hold."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Turn the two into pages; leave every other error alone."""
        if is_away(exception):
            return _unavailable(request, exception)
        if isinstance(exception, DataError | OverflowError):  # such as a number of thirty digits for an id
            return errors.bad_request(request)
        return None


def unless_away(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Let a hook of middleware answer 503 too: Django asks `process_exception` about views alone."""

    @wraps(hook)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return hook(*args, **kwargs)
        except Error as error:
            if not is_away(error):
                raise
            return _unavailable(next(one for one in args if isinstance(one, HttpRequest)), error)

    return guarded


def is_away(exception: Exception) -> bool:
    """Whether the database cannot be reached, or takes nothing in (a full or read-only disk, a replica)."""
    cause = exception.__cause__
    is_read_only = getattr(cause, "pgcode", None) in {READ_ONLY, MAY_NOT}
    # A server that dies in the middle of an answer is told as an error of no kind; those without a cause are Django's.
    is_cut_off = type(exception) is DatabaseError and cause is not None
    return is_read_only or is_cut_off or isinstance(exception, OperationalError | InterfaceError)


def _unavailable(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    log.error("The database did not answer: %s", exception)
    return errors.unavailable(request)
