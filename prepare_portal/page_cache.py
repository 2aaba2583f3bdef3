"""Ready pages for visitors: each is made once for each content version, and then only sent.

The first of all middleware, so that a ready page costs less than any view. Kept is only what is the same
for everybody: GET without cookies and credentials, known parameters, status 200, and an answer that says
itself that it is public. An edit raises the content version, and everything kept before it is gone.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

import brotli
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags
from django.utils.translation import get_language

from pilots.find.content_version import current
from pilots.find.filters import FACETS
from pilots.find.parameters import OTHERS

View = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[object, ...]

MOST_BYTES = 32 * 1024 * 1024  # a process
LARGEST = 1024 * 1024  # bytes of one page
KNOWN = frozenset({*FACETS, *OTHERS, "kind", "from", "rows", "columns", "pilot", "show"})
LONGEST_QUERY = 2000  # characters; forms make shorter ones
OVERHEAD = 4096  # bytes around a page: its headers and its key, roughly
PATIENCE = 10  # seconds that visitors wait for the one whose page is being made
ENCODINGS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Whoever sends one of these gets an answer of their own.
PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")
NOT_PAGES = (settings.STATIC_URL, "/admin/", "/preview/")


class ReadyPage:
    """A page as it is sent, plain and compressed, with one tag for all of them. Compressed when first asked for."""

    def __init__(self, response: HttpResponse) -> None:
        tag = blake2b(response.content, digest_size=12).hexdigest()
        self.etag = f'W/"{tag}"'
        self.bodies = {"": response.content}
        response.headers["ETag"] = self.etag
        response.headers["Vary"] = "Accept-Encoding"
        self.plain = dict(response.headers)
        self.headers: dict[str, ResponseHeaders] = {}

    def response(self, encoding: str) -> HttpResponse:
        """Return the page in one of `ENCODINGS`, or as it is for ""."""
        if encoding not in self.headers:
            body = self.bodies[encoding] = ENCODINGS[encoding](self.bodies[""]) if encoding else self.bodies[""]
            own = {"Content-Length": str(len(body))} | ({"Content-Encoding": encoding} if encoding else {})
            self.headers[encoding] = ResponseHeaders(self.plain | own)
        answer = HttpResponse(self.bodies[encoding])
        answer.headers = self.headers[encoding]  # shared by all answers, and changed by none: nothing comes after
        return answer

    def not_modified(self) -> HttpResponse:
        """Return the answer to a browser that has this page."""
        answer = HttpResponse(status=304)
        left_out = {"Content-Type", "Content-Length"}
        answer.headers = ResponseHeaders({name: self.plain[name] for name in self.plain.keys() - left_out})
        return answer

    @property
    def size(self) -> int:
        """How many bytes it takes at most, with all its encodings."""
        return 2 * len(self.bodies[""]) + OVERHEAD


class Pages:
    """The ready pages of one content version, those asked for last at the end. Safe for several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.size, self.version = most_bytes, 0, 0
        self.kept: OrderedDict[Key, tuple[ReadyPage, int]] = OrderedDict()
        self.lock = threading.Lock()
        self.turns: dict[Key, threading.Lock] = {}

    def get(self, version: int, key: Key) -> ReadyPage | None:
        """Return the page, if it was made at this version."""
        with self.lock:
            if version != self.version or key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def put(self, version: int, key: Key, page: ReadyPage) -> None:
        """Keep a page made at this version, unless the content has moved on; the oldest go when there are too many."""
        with self.lock:
            if version < self.version:
                return
            if version > self.version:
                self.kept.clear()
                self.version, self.size = version, 0
            self.size -= self.kept.pop(key, (page, 0))[1]
            self.kept[key] = page, page.size
            self.size += page.size
            while self.size > self.most_bytes:
                self.size -= self.kept.popitem(last=False)[1][1]

    def turn(self, key: Key) -> threading.Lock:
        """Return the lock of whoever makes the page; the others wait for it."""
        with self.lock:
            return self.turns.setdefault(key, threading.Lock())

    def done(self, key: Key) -> None:
        """Forget the lock: whoever still waits has it, and whoever comes finds the page."""
        with self.lock:
            self.turns.pop(key, None)


pages = Pages()


class PageCache:
    """The middleware. On by PAGE_CACHE; leave it out of the settings to do without."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Send the ready page, or make it, or stay out of the way."""
        key = key_of(request)
        version = version_now() if key else None
        if key is None or version is None:
            return self._pass_on(request)
        page = pages.get(version, key)
        return answer(request, page) if page else self._make(request, key, version)

    def _pass_on(self, request: HttpRequest) -> HttpResponseBase:
        """Leave the request alone. After an editor's change visitors should not be the ones to take it in."""
        response = self.get_response(request)
        if request.method not in SAFE:
            version_now()
        return response

    def _make(self, request: HttpRequest, key: Key, version: int) -> HttpResponseBase:
        """Make the page, unless somebody else just did; keep it if it is the same for everybody."""
        turn = pages.turn(key)
        in_turn = turn.acquire(timeout=PATIENCE)
        try:
            if page := pages.get(version, key):
                return answer(request, page)
            wanted = request.META.pop("HTTP_ACCEPT_ENCODING", "")  # the page is compressed here, once
            response = self.get_response(request)
            request.META["HTTP_ACCEPT_ENCODING"] = wanted
            if not isinstance(response, HttpResponse) or not is_for_everybody(response):
                return response
            page = ReadyPage(response)
            pages.put(version, key, page)
            return answer(request, page)
        finally:
            pages.done(key)
            if in_turn:
                turn.release()


def key_of(request: HttpRequest) -> Key | None:
    """Return what tells a page from others, None for a request whose answer may be for one visitor alone.

    Scheme and host are taken as they came: under those that the site does not answer to, nothing is ever kept.
    """
    meta = request.META
    query, host = meta.get("QUERY_STRING", ""), meta.get("HTTP_HOST")
    if request.method not in ("GET", "HEAD") or not host or len(query) > LONGEST_QUERY:
        return None
    if any(map(meta.get, PERSONAL)) or request.path.startswith(NOT_PAGES):
        return None
    try:
        chosen = sorted((name, *values) for name, values in request.GET.lists()) if query else []
    except SuspiciousOperation:  # too many of them
        return None
    if not all(name in KNOWN for name, *_values in chosen):
        return None
    return request.scheme, host, request.path, get_language(), *map(tuple, chosen)


def version_now() -> int | None:
    """Return the content version, None when nothing may be kept. One query."""
    try:
        return current()
    except DatabaseError:  # the page will say so
        return None


def is_for_everybody(response: HttpResponse) -> bool:
    """Return whether an answer is a page that says itself that anybody may keep it."""
    control = response.headers.get("Cache-Control", "").split(",")
    return (
        response.status_code == 200
        and not response.cookies
        and "public" in control
        and response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and "Content-Encoding" not in response.headers
        and len(response.content) <= LARGEST
    )


def answer(request: HttpRequest, page: ReadyPage) -> HttpResponse:
    """Return the page as this browser understands it, or tell it that it has it."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and any(tag == "*" or tag.removeprefix("W/") == page.etag[2:] for tag in parse_etags(known)):
        return page.not_modified()
    return page.response(encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))


@lru_cache(maxsize=256)
def encoding(accepted: str) -> str:
    """Return which of `ENCODINGS` an Accept-Encoding header likes best, "" for none (RFC 9110, 12.5.3)."""
    wishes: dict[str, float] = {}
    for wish in accepted[:500].lower().split(","):
        name, _semicolon, weight = wish.partition(";")
        wishes[name.strip()] = quality(weight)
    weights = {name: wishes.get(name, wishes.get("*", 0.0)) for name in ENCODINGS}
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 and weights[best] >= wishes.get("identity", 0.0) else ""


def quality(weight: str) -> float:
    """Return the weight of a wish such as “q=0.5”; 1 without one, 0 for what is none."""
    name, _equals, value = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" and 0 <= float(value) <= 1 else 0.0
    except ValueError:
        return 0.0
