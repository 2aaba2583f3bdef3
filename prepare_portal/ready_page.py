"""A page as it is sent: in every encoding, with a tag by which browsers know that they have it."""

import gzip
from functools import lru_cache
from hashlib import blake2b

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags

OVERHEAD = 4096  # bytes around a page: its headers and its key, roughly
ENCODINGS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}


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

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page as this browser understands it, or tell it that it has it."""
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and any(tag == "*" or tag.removeprefix("W/") == self.etag[2:] for tag in parse_etags(known)):
            return self.not_modified()
        return self.response(encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))


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
