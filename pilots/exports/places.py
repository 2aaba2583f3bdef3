"""The places of what the map shows, to take away."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet
from pilots.browse.refusals import refuse_ignored
from pilots.browse.take_away import query_of
from pilots.exports.answers import File, FileType, address_of, answer, file_name, kept_address
from pilots.exports.geojson import MEDIA_TYPE, feature, to_geojson
from pilots.exports.table import batches
from pilots.index.pilots import Index
from pilots.index.rows import public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import Pilot
from pilots.models.translation import current_language
from prepare_portal.context import origin

GEOJSON = FileType("geojson", MEDIA_TYPE)


def places(request: HttpRequest) -> HttpResponseBase:
    """The pilots that match the address, each at its place. About ten queries, three more for each 200 pilots."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    site, version = origin(request), found.index.number if found.is_complete else None
    query = query_of(found.selection)
    terms = terms_of_reuse(version, site)
    about = {
        "title": _("PREPARE pilots: %(pilots)s") % {"pilots": found.shown},
        "filter": found.chosen_words,
        "address": address_of(request, query),
        "day": f"{timezone.localdate():%Y-%m-%d}",
        "version": version,
        "language": current_language(),
        "translations_checked": not found.index.unchecked(current_language()) & found.matches.ids,
        "terms": {"sentence": terms.sentence, "address": terms.address},
    }
    ids = found.matches[0 : found.count]
    name = file_name("pilots-map", found.selection)
    chunks = lambda: to_geojson(features(found.index, ids, site), about)  # noqa: E731
    address = kept_address(request, found.selection, query)
    return answer(request, File(GEOJSON, name, version, len(ids), terms, chunks, address))


def features(public: Index, ids: list[int], site: str) -> Iterator[dict[str, Any]]:
    """A feature for each of these pilots that is public. Three queries for each batch that is not cached."""
    for some in batches(ids):
        pilots = public_pilots(public, some, may_miss=True)
        yield from (_feature(pilots[pk], site) for pk in some if pk in pilots)


def _feature(pilot: Pilot, site: str) -> dict[str, Any]:
    authority, language = pilot.authority, current_language()
    title, title_language = pilot.text_in("title", language)
    place, place_language = _text(authority, "place")
    values = {facet: [_named(one) for one in pilot.values_on_card[facet]] for facet in ("partner", "activity")}
    return feature(
        pilot.slug,
        (authority.latitude, authority.longitude),
        {
            "slug": pilot.slug,
            "title": title,
            "title_language": title_language,
            "authority": _named(authority),
            "place": place,
            "place_language": place_language,
            "country": authority.country.code,
            "country_name": str(countries.name(authority.country.code)),
            "partners": values["partner"],
            "activity_types": values["activity"],
            "address": site + pilot.get_absolute_url(),
        },
    )


def _named(row: Any) -> dict[str, str | None]:
    """What a row is called, and the language of that: null where nobody knows it."""
    name, language = _text(row, "name")
    return {"slug": row.slug, "name": name, "language": language}


def _text(row: Any, field: str) -> tuple[str, str | None]:
    words, stored_in = row.text_in(field, current_language())
    return words, row.language_of(field, stored_in) or None
