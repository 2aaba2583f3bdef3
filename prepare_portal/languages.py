"""The language of a page stands in its address: English at the root, every other behind its code.

Nothing else tells it: no header, no cookie, no session. So a link shows everybody the same page, and any cache may
keep it. Addresses for machines are at the root alone.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import activate

View = Callable[[HttpRequest], HttpResponseBase]

ORIGINAL = settings.LANGUAGE_CODE
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
PREFIXES = frozenset(LANGUAGES) - {ORIGINAL}
ADMIN = "/admin/"


def language_of(path: str) -> str:
    """The code of the language that a path asks for."""
    first = path[1:].partition("/")[0]
    return first if first in PREFIXES else ORIGINAL


def without_language(path: str) -> str:
    """The path of the same page in English."""
    language = language_of(path)
    return path if language == ORIGINAL else path.removeprefix(f"/{language}") or "/"


def in_language(path: str, language: str) -> str:
    """The path of the same page in another language."""
    own = without_language(path)
    return own if language == ORIGINAL else f"/{language}{own}"


def is_admin(path: str) -> bool:
    """Whether a path is for editors, in any language."""
    return without_language(path).startswith(ADMIN)


def language_of_address(get_response: View) -> View:
    """Speak the language of the address, whatever this thread spoke before.

    It stays active, since what is sent in parts is made after this returns; the next request sets its own.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        activate(language_of(request.path_info))
        return get_response(request)

    return middleware


def content_language(get_response: View) -> View:
    """Name the language of every response but that of static files, which have none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith(settings.STATIC_URL):
            response.headers.setdefault("Content-Language", language_of(request.path_info))
        return response

    return middleware
