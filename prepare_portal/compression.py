"""Compresses responses that are made for one request; cached pages are compressed in `cached_page`."""

from typing import Any

import brotli
from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from prepare_portal.cacheable_pages import is_for_everybody
from prepare_portal.cached_page import COMPRESSED, encoding

# The level of brotli: half the time of gzip as Django sets it, for about as many bytes.
QUICK = 3


class Compression(GZipMiddleware):
    """Sends what is for everybody as brotli to browsers that like it, and all else as Django does.

    Django pads gzip at random, so that a length tells no secret; what is for everybody has none.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress the response if the browser accepts that, and if it is not compressed in itself."""
        if response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        likes_brotli = encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")) == "br"
        is_done = response.status_code == 304 or response.streaming or response.has_header("Content-Encoding")
        if is_done or not likes_brotli or not is_for_everybody(request, response):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        response.content = brotli.compress(response.content, quality=QUICK)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "br"
        if (tag := response.headers.get("ETag", "")).startswith('"'):  # other bytes: no longer the same to the letter
            response.headers["ETag"] = f"W/{tag}"
        return response
