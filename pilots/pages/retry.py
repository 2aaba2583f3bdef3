"""Pages that are made a second time when the content changed under their hands, or are not kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from pilots.browse.filtered_page import Narrowed
from pilots.index.lazy import Changed

View = Callable[..., HttpResponse]


def kept_if_complete(response: HttpResponse, listing: Narrowed) -> HttpResponse:
    """Have nobody keep a page whose search did not know all changes yet; it does at one of the next requests."""
    if not listing.is_complete:
        response.headers["Cache-Control"] = "no-store"
    return response


def again_if_changed(view: View) -> View:
    """Call `view` once more where a pilot that its page names was hidden before its texts were read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except Changed:
            return view(request, *args, **named)

    return answer
