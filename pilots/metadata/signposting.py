"""Where a pilot's page leads programs, and its files back: typed links (signposting.org, level 1 of FAIR)."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from pilots.browse.take_away import FORMATS
from pilots.citations.files import FILES as CITATIONS
from pilots.citations.files import route_of
from pilots.index.terms import terms_address

PAGE = "pilot"
# What describes a pilot, and the types of files that show it, by how the names of their addresses end.
DESCRIPTIONS = {"api-pilot": "application/json"}
DESCRIPTIONS |= {route_of(PAGE, end): kind.content_type.partition(";")[0] for end, kind in CITATIONS.items()}
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A page about something else, and what that is.
TYPES = ("https://schema.org/AboutPage", "https://schema.org/Report")


class PilotFile(NamedTuple):
    """A file of a pilot: the name of its address, its type, whether it only describes what the page shows."""

    route: str
    media_type: str
    describes: bool


def pilot_files() -> Iterator[PilotFile]:
    """What describes a pilot, then what its page shows as a file, in the order of the menu “Take away”."""
    yield from (PilotFile(route, media_type, describes=True) for route, media_type in DESCRIPTIONS.items())
    for route in (one.route for one in FORMATS[PAGE] if one.route not in DESCRIPTIONS):
        yield PilotFile(route, MEDIA_TYPES[route.removeprefix(f"{PAGE}-")], describes=False)


def links(route: str, slug: str, site: str) -> list[str]:
    """The links of the page of a pilot or of one of its files, for the header Link; none of all else."""
    page = site + reverse(PAGE, args=[slug])
    if route == PAGE:
        return list(_of_page(page, slug, site))
    own = next((file for file in pilot_files() if file.route == route), None)
    return [_link(page, "describes" if own.describes else "collection", "text/html")] if own else []


def _of_page(page: str, slug: str, site: str) -> Iterator[str]:
    yield _link(page, "cite-as")
    for address in TYPES:
        yield _link(address, "type")
    for file in pilot_files():
        yield _link(
            site + reverse(file.route, args=[slug]), "describedby" if file.describes else "item", file.media_type
        )
    yield _link(terms_address(site), "terms-of-service")


def _link(address: str, relation: str, media_type: str = "") -> str:
    return f'<{address}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")
