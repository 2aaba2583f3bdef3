"""Addresses that others changed lead to what they meant, in one step, if that exists."""

from collections.abc import Callable, Iterator

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from pilots.api.problems import is_api
from pilots.browse.address_cleaning import Address, clean_query, ends_oddly, tidy_addresses, tidy_query
from prepare_portal.languages import ORIGINAL, is_admin, language_of

View = Callable[[HttpRequest], HttpResponseBase]
MOVED = 301
# An entry that was public and is no longer so has a page that says so.
EXISTS = (200, 410)
UNREADABLE = (400, 404)


def clean_addresses(get_response: View) -> View:
    """Read every address without the parameters by which others track people, and “&amp;” as “&”."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if query := request.META.get("QUERY_STRING"):
            request.META["QUERY_STRING"] = clean_query(query)
        return get_response(request)

    return middleware


class Redirects:
    """Redirects from a changed address to the one it was made of, where that gives a page.

    It asks for that page as the visitor would, so that a redirect tells no more than the page does.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; look further when nothing was found, or when the address ends in punctuation."""
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return response
        query = request.META.get("QUERY_STRING", "")
        is_odd = ends_oddly(request.path_info) or (not is_admin(request.path_info) and tidy_query(query) != query)
        if is_odd or response.status_code in UNREADABLE:
            return self.meant(request, query) or response
        return with_query(response, query)

    def meant(self, request: HttpRequest, query: str) -> HttpResponseBase | None:
        """A redirect to what the address was, None when that is nothing either."""
        for address in candidates(request.path_info, query):
            if is_admin(address.path):  # pages there may change something when they are made
                if names_another_row(address.path, request.path_info):
                    continue
                return HttpResponsePermanentRedirect(address.location)
            with override(language_of(address.path)):
                answer = with_query(self.get_response(asked_for(request, address)), address.query)
            if answer.status_code == MOVED:
                return answer
            if answer.status_code in EXISTS:
                return HttpResponsePermanentRedirect(address.location)
        return None


def names_another_row(path: str, original: str) -> bool:
    """Whether an address of the admin names a row that the original one did not: -1 is not 1."""
    row = resolved(path).kwargs.get("object_id")
    return row is not None and row not in original.split("/")


def candidates(path: str, query: str) -> Iterator[Address]:
    """Yield other addresses that the site has, which this one may have been; with the slash at the end they need.

    Nobody writes those of the API by hand: a program that mistypes one shall not be led to a list of everything.
    """
    seen = {(path, query)}
    tidy = [Address(path.rstrip("/"), query)] if is_api(path) else map(at_the_root, tidy_addresses(path, query))
    for address in tidy:
        ways = (address._replace(path=address.path.rstrip("/") + "/"), address)
        found = next((way for way in ways if is_address(way.path)), None)
        if found and (found.path, found.query) not in seen:
            seen.add((found.path, found.query))
            yield found


def at_the_root(address: Address) -> Address:
    """The address without the code of the one language that has none in addresses."""
    code = f"/{ORIGINAL}/"
    path = f"{address.path}/"
    return address._replace(path=path.removeprefix(code[:-1]).rstrip("/")) if path.startswith(code) else address


def is_address(path: str) -> bool:
    """Whether the site has such an address. One without a name answers 404."""
    try:
        return bool(resolved(path).url_name)
    except Resolver404:
        return False


def resolved(path: str) -> ResolverMatch:
    """What a path in any language leads to. Raises Resolver404."""
    with override(language_of(path)):
        return resolve(path)


def asked_for(request: HttpRequest, address: Address) -> HttpRequest:
    """The same visitor's request for another address."""
    path = address.path.encode().decode("latin-1")  # as a server hands it on
    return WSGIRequest(request.META | {"PATH_INFO": path, "QUERY_STRING": address.query})


def with_query(response: HttpResponseBase, query: str) -> HttpResponseBase:
    """The response; a permanent redirect, as from a former name, keeps the query string."""
    location = response.headers.get("Location", "")
    if response.status_code == MOVED and query and location.startswith("/") and "?" not in location:
        response.headers["Location"] = f"{location}?{query}"
    return response
