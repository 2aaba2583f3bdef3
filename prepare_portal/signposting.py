"""Links in the headers of a pilot's page and of its files, by which programs find one from the other."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from pilots.metadata.signposting import links
from prepare_portal.context import origin

View = Callable[[HttpRequest], HttpResponseBase]


def signposting(get_response: View) -> View:
    """Add the links to those that the answer has, where there is such a pilot: also to 304, which stands for it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if match and response.status_code in {200, 304} and "slug" in match.kwargs:
            added = links(match.view_name, match.kwargs["slug"], origin(request))
            if added:
                response.headers["Link"] = ", ".join(filter(None, [response.headers.get("Link"), *added]))
        return response

    return middleware
