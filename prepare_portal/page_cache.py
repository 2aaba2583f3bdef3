"""Whole pages are cached: each is made once for each content version, and then only sent.

The first of all middleware, so that a cached page costs less than any view. Kept is only what is the same
for everybody: an address of `cacheable_pages`, asked for without cookies and credentials, with known
parameters, answered with status 200, and the answer says itself that it is public. An edit raises the
content version, and nothing cached before it is sent any more.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse

from pilots.api.problems import is_api
from pilots.browse.address_cleaning import PARAMETERS, clean_query
from pilots.index.content_version import current
from pilots.index.per_version import VersionedCache
from prepare_portal.cacheable_pages import CACHE_CONTROL, is_public
from prepare_portal.cached_page import OVERHEAD, CachedPage
from prepare_portal.compression import Compression

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
View = Callable[[HttpRequest], HttpResponseBase]
Environ = Mapping[str, Any]
Key = tuple[object, ...]

MOST_BYTES = 32 * 1024 * 1024  # a process
LARGEST = 1024 * 1024  # bytes of one page
LONGEST_QUERY = 2000  # characters; forms make shorter ones. No more parameters fit in than Django reads.
# Seconds for which a version is not asked for again: to ask costs a busy server as much as to send a page. Whoever
# changes something is answered that much later, so nobody who knows of a change is sent a page from before it.
GOOD_FOR = 0.005
DAY = 24 * 60 * 60  # seconds; lists to print and security.txt tell the date
PATIENCE = 10  # seconds that visitors wait for the one whose page is being made
# In WSGI's environ, where no header is called so: what was looked up, and whether there was a page.
LOOKED_UP, OUTCOME = "prepare_portal.page_cache", "prepare_portal.page_cache.outcome"
HIT, MISS = "hit", "miss"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Whoever sends one of these gets an answer of their own. (By the content's type, Django would read the address as in
# another encoding than everybody's; who sends content is refused it.)
PERSONAL = (
    *("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"),
)


class Pages(VersionedCache[CachedPage]):
    """The pages of one content version, and who is making one."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(most_bytes // OVERHEAD, most_bytes, lambda page: page.size)
        self.turns: dict[tuple[int, Key], threading.Lock] = {}

    def put(self, version: Any, key: Hashable, value: CachedPage) -> None:
        """Keep a page made at this version, unless the content has moved on meanwhile."""
        if self.version is None or version >= self.version:
            super().put(version, key, value)

    def turn(self, version: int, key: Key) -> threading.Lock:
        """The lock of whoever makes the page; the others wait for it."""
        with self.lock:
            return self.turns.setdefault((version, key), threading.Lock())

    def done(self, version: int, key: Key) -> None:
        """Forget the lock: whoever still waits has it, and whoever comes finds the page."""
        with self.lock:
            self.turns.pop((version, key), None)


class Versions:
    """The content version as this process knows it: asked for anew when it is no longer good."""

    def __init__(self) -> None:
        self.known: tuple[float, int | None] = (float("-inf"), None)

    def now(self) -> int | None:
        """The content version, None when nothing may be cached. One query at most."""
        asked_at, version = self.known
        now = time.monotonic()
        if version is not None and now - asked_at < GOOD_FOR:
            return version
        try:
            version = current()
        except Error:  # the page will say so
            return None
        self.known = now, version
        return version


pages = Pages()
versions = Versions()


class PageCache:
    """The middleware. On by PAGE_CACHE; leave it out of the settings to do without."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.compression = Compression(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Send the cached page, or make it, or stay out of the way."""
        key, version = key_and_version(request.META)
        if key is None or not (key in pages.items or is_public(request.path_info)):
            return self._pass_on(request)
        version = version or versions.now()
        if version is None:
            return self.get_response(request)
        page = pages.get(version, key)
        return as_found(page, request) if page else self._in_turn(request, key, version)

    def _pass_on(self, request: HttpRequest) -> HttpResponseBase:
        """Leave the request alone. After an editor's change visitors should not be the ones to take it in."""
        response = self.get_response(request)
        if request.method not in SAFE and request.META.get("HTTP_COOKIE"):
            time.sleep(GOOD_FOR)
            versions.now()
        return response

    def _in_turn(self, request: HttpRequest, key: Key, version: int) -> HttpResponseBase:
        """Make the page, unless somebody else just did."""
        turn = pages.turn(version, key)
        is_ours = turn.acquire(timeout=PATIENCE)
        try:
            page = pages.get(version, key)
            return as_found(page, request) if page else self._make(request, key, version)
        finally:
            pages.done(version, key)
            if is_ours:
                turn.release()

    def _make(self, request: HttpRequest, key: Key, version: int) -> HttpResponseBase:
        """Make the page, whole and not compressed, also for HEAD; keep it if it is the same for everybody.

        The API makes an answer before it compares tags; so that it is kept, it is made as for one who has none.
        """
        request.META[OUTCOME] = MISS
        left_out = ("HTTP_ACCEPT_ENCODING", *(["HTTP_IF_NONE_MATCH"] if is_api(request.path_info) else []))
        method, own = request.method, {name: request.META.pop(name, "") for name in left_out}
        request.method = "GET"
        response = self.get_response(request)
        request.method = method
        request.META.update(own)
        if isinstance(response, StreamingHttpResponse) and method == "HEAD":
            response.streaming_content = ()  # what it was made of ends with the response
        if not isinstance(response, HttpResponse) or not is_cacheable(response):
            return self.compression.process_response(request, response)
        page = CachedPage(response)
        pages.put(version, key, page)
        return page.http_response(request.META)


def as_found(page: CachedPage, request: HttpRequest) -> HttpResponse:
    """A page that was there."""
    request.META[OUTCOME] = HIT
    return page.http_response(request.META)


def key_and_version(environ: dict[str, Any]) -> tuple[Key | None, int | None]:
    """The key of the page that is asked for, and the content version where that page is cached, else None.

    Worked out once a request, and left in `environ` for whoever asks next.
    """
    if LOOKED_UP not in environ:
        key = key_of(environ)
        environ[LOOKED_UP] = key, versions.now() if key in pages.items else None
    return cast(tuple[Key | None, int | None], environ[LOOKED_UP])


def key_of(environ: Environ) -> Key | None:
    """What tells a page from others, None for a request whose answer may be for one visitor alone.

    `environ` is WSGI's, as the server hands it on. Scheme, host and path are taken as they
    came: under those that the site does not answer to, nothing is ever cached. The path tells the language too.
    """
    host = environ.get("HTTP_HOST")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not host or any(map(environ.get, PERSONAL)):
        return None
    chosen = parameters(environ.get("QUERY_STRING", ""))
    if chosen is None:
        return None
    place = environ["wsgi.url_scheme"], host, environ.get("SCRIPT_NAME"), environ["PATH_INFO"]
    return *place, chosen, time.time() // DAY


@lru_cache(maxsize=512)
def parameters(query: str) -> Key | None:
    """What the query string of an address says, None when a page could have read anything else in it.

    The order of names means nothing to any page, the order of the values of one name does. What others add to
    addresses is left out, as everywhere (`mangled_addresses.clean_addresses`).
    """
    query = clean_query(query)
    if len(query) > LONGEST_QUERY:
        return None
    chosen = sorted(QueryDict(query.encode("latin-1")).lists())  # as WSGI has it, and as Django reads it
    return tuple((name, *values) for name, values in chosen) if all(name in PARAMETERS for name, _ in chosen) else None


def serving_cached_pages(application: Application) -> Application:
    """The application behind a function that sends cached pages before Django reads the request.

    They are the middleware's, with the very headers they were made with: a third of the work.
    """

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key, version = key_and_version(environ)
        page = pages.get(version, key)
        if page is None:
            return application(environ, start_response)
        environ[OUTCOME] = HIT
        status, headers, body = page.wsgi_response(environ)
        start_response(status, headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    return serve


def is_cacheable(response: HttpResponse) -> bool:
    """Whether a response is a page that says itself that anybody may keep it."""
    return (
        response.status_code == 200
        and not response.cookies
        and response.headers.get("Cache-Control") == CACHE_CONTROL
        and response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and "Content-Encoding" not in response.headers
        and len(response.content) <= LARGEST
    )
