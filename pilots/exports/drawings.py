"""The map and the network as pictures to take away, with title, description and terms."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet
from pilots.browse.map_places import MapPage
from pilots.browse.partnerships import Partnerships
from pilots.browse.refusals import refuse_ignored
from pilots.browse.retry import retry_if_changed
from pilots.browse.take_away import query_of
from pilots.exports.answers import File, FileType, address_of, answer, file_name
from pilots.exports.translations import note_on_file
from pilots.index.terms import terms_of_reuse
from pilots.pages.map import map_label, map_points
from pilots.pages.network import picture_of
from pilots.pictures.map import lay_out
from pilots.pictures.standalone import Caption, map_file, network_file, style_of
from prepare_portal.context import origin
from prepare_portal.phrases import series_of

SVG = FileType("svg", "image/svg+xml; charset=utf-8")


@retry_if_changed
def map_picture(request: HttpRequest) -> HttpResponseBase:
    """The map of the pilots that match the address. As many queries as the page."""
    found = MapPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    shown = lay_out(map_points(found.countries))
    description = map_label(found.countries)
    outlines = _("Outlines: Natural Earth, simplified. They say nothing about the status of any territory.")
    return _picture(request, found, description, lambda said: map_file(shown, said, _style("map")), outlines)


@retry_if_changed
def network_picture(request: HttpRequest) -> HttpResponseBase:
    """Who worked with whom in the pilots that match the address. As many queries as the page."""
    found = Partnerships(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    site, picture = origin(request), picture_of(found.drawn_companies, partnerships=found.partnerships)
    drawn = str(picture.wide) if picture else '<svg viewBox="0 0 680 40"></svg>'
    description = " ".join(filter(None, [_("Who worked with whom."), picture.sentence if picture else ""]))
    return _picture(request, found, description, lambda said: network_file(drawn, said, _style("network"), site))


def _picture(
    request: HttpRequest, found: FilteredPage, description: str, draw: Callable[[Caption], str], note: str = ""
) -> HttpResponseBase:
    version = found.index.number if found.is_complete else None
    terms = terms_of_reuse(version, origin(request))
    title = _("PREPARE pilots: %(pilots)s") % {"pilots": found.shown}
    title = series_of([title, found.chosen_words] if found.chosen_words else [title])
    checked = note_on_file(found.index, found.matches.ids)
    below = " ".join(filter(None, [note, checked, str(terms), f"· {address_of(request, query_of(found.selection))}"]))
    drawing = draw(Caption(title, description, below))
    name = file_name(f"pilots-{request.path.rpartition('/')[2].partition('.')[0]}", found.selection)
    return answer(request, File(SVG, name, version, 1, terms, lambda: iter([drawing.encode()])))


@cache
def _style(kind: str) -> str:
    css = Path(settings.BASE_DIR) / "static" / "css"
    sheet, tokens = (css / f"{name}.css" for name in (kind, "tokens"))
    return style_of(sheet.read_text(encoding="utf-8"), tokens.read_text(encoding="utf-8"), kind)
