"""A page as it is sent: in every encoding, with a tag by which browsers know that they have it."""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import brotli
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags

Response = tuple[str, list[tuple[str, str]], bytes]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
OF_THE_BODY = ("Content-Type", "Content-Length")
OVERHEAD = 4096  # bytes around a page: its headers and its key, roughly
ENCODINGS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}

# How the types of files begin that are compressed in themselves: once more makes them no smaller.
COMPRESSED = ("image/png", "application/pdf", "application/zip", "application/vnd.openxmlformats-")


class CachedPage:
    """A page as it is sent, plain and compressed, with one tag for all of them. Compressed when first asked for."""

    def __init__(self, response: HttpResponse) -> None:
        self.plain = response.content
        hashed = f'"{blake2b(self.plain, digest_size=12).hexdigest()}"'
        self.tag = response.headers.get("ETag", hashed).removeprefix("W/")
        self.common = dict(response.headers) | {"ETag": f"W/{self.tag}", "Vary": "Accept-Encoding"}
        self.encoded: dict[str, Response] = {}

    def wsgi_response(self, environ: Mapping[str, Any]) -> Response:
        """Status, headers and body for this browser, or 304 where it has the page. Shared: nobody changes it."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and any(tag == "*" or tag.removeprefix("W/") == self.tag for tag in parse_etags(known)):
            return NOT_MODIFIED, [pair for pair in self.common.items() if pair[0] not in OF_THE_BODY], b""
        is_compressed = self.common.get("Content-Type", "").startswith(COMPRESSED)
        wanted = "" if is_compressed else encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if wanted not in self.encoded:
            self.encoded[wanted] = self.encode(wanted)
        return self.encoded[wanted]

    def encode(self, wanted: str) -> Response:
        """The whole response in one of `ENCODINGS`, or as it is for ""."""
        body = ENCODINGS[wanted](self.plain) if wanted else self.plain
        own = {"Content-Length": str(len(body))} | ({"Content-Encoding": wanted} if wanted else {})
        return OK, list((self.common | own).items()), body

    def http_response(self, environ: Mapping[str, Any]) -> HttpResponse:
        """The same as Django hands it on."""
        status, headers, body = self.wsgi_response(environ)
        response = HttpResponse(body, status=int(status[:3]))
        response.headers = ResponseHeaders(dict(headers))
        return response

    @property
    def size(self) -> int:
        """How many bytes it takes at most, with all its encodings."""
        return 2 * len(self.plain) + OVERHEAD


@lru_cache(maxsize=256)
def encoding(accepted: str) -> str:
    """Which of `ENCODINGS` an Accept-Encoding header likes best, "" for none (RFC 9110, 12.5.3)."""
    wishes: dict[str, float] = {}
    for wish in accepted[:500].lower().split(","):
        name, _semicolon, weight = wish.partition(";")
        wishes[name.strip()] = quality(weight)
    weights = {name: wishes.get(name, wishes.get("*", 0.0)) for name in ENCODINGS}
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 and weights[best] >= wishes.get("identity", 0.0) else ""


def quality(weight: str) -> float:
    """The weight of a wish such as “q=0.5”; 1 without one, 0 for what is none."""
    name, _equals, value = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" and 0 <= float(value) <= 1 else 0.0
    except ValueError:
        return 0.0
