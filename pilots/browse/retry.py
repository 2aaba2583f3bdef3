"""Pages that are made a second time when the content changed under their hands, or are not cached."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from pilots.browse.filtered_page import FilteredPage
from pilots.index.rows import ContentChanged

View = Callable[..., HttpResponseBase]


def cache_if_complete(response: HttpResponse, listing: FilteredPage) -> HttpResponse:
    """Have nobody keep a page whose search did not know all changes yet; it does at one of the next requests."""
    if not listing.is_complete:
        response.headers["Cache-Control"] = "no-store"
    return response


def retry_if_changed(view: View) -> View:
    """Call `view` once more where a pilot that its page names was hidden before its texts were read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except ContentChanged:
            return view(request, *args, **named)

    return answer
