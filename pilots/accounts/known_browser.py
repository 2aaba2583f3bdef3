"""Browsers in which somebody has logged in before: strangers who guess cannot keep them out.

The cookie proves nothing but that; it logs nobody in. It is OWASP's “device cookie”.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "pilots.known_browser"
BY_LINK = "link"  # the number of all browsers in which a link was used and nobody has logged in yet
KNOWN_FOR = 90 * 24 * 60 * 60  # seconds since the last login


def known_as(request: HttpRequest, username: str) -> str:
    """The number of a browser in which the account of this name has logged in; "" for any other."""
    try:
        told = signing.loads(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_FOR)
        number, owner = str(told["number"]), str(told["owner"])
    except (signing.BadSignature, UnicodeError, KeyError, TypeError):
        return ""
    return number if owner == _digest(username) else ""


def _digest(username: str) -> str:
    """Stands for a name in the cookie, which anybody at the browser can read."""
    name = username.casefold().encode("utf-8", "replace")
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()[:16]


def remember(request: HttpRequest, response: HttpResponseBase, user: Any, *, by_link: bool = False) -> None:
    """Have the browser tell at the next login that this account has logged in there.

    A link to a new password gives no number of one's own: whoever reads the e-mails has as many links as they like.
    """
    username = user.get_username()
    number = known_as(request, username)
    if not by_link and number in ("", BY_LINK):
        number = secrets.token_urlsafe(16)
    told = {"number": number or BY_LINK, "owner": _digest(username)}
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps(told, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
