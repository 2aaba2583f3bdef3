"""Browsers in which somebody has logged in before: strangers who guess cannot keep them out.

The cookie proves nothing but that; it logs nobody in. It is OWASP's “device cookie”.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

SALT = "pilots.known_browser"
KNOWN_FOR = 90 * 24 * 60 * 60  # seconds since the last login


def known_as(request: HttpRequest, username: str) -> str:
    """The number of a browser in which the account of this name has logged in; "" for any other."""
    try:
        told = signing.loads(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_FOR)
        number, owner = str(told["number"]), str(told["owner"])
    except (signing.BadSignature, UnicodeError, KeyError, TypeError):
        return ""
    return number if owner == username.casefold() else ""


def remember(request: HttpRequest, response: HttpResponseBase, user: Any) -> None:
    """Have the browser tell at the next login that this account has logged in there."""
    username = user.get_username()
    told = {"number": known_as(request, username) or secrets.token_urlsafe(16), "owner": username.casefold()}
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps(told, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
