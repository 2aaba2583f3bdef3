"""Who worked with whom in what the page of partners shows: as a graph, and as a table of its edges."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet
from pilots.browse.partnerships import took_part
from pilots.browse.refusals import refuse_ignored
from pilots.browse.take_away import query_of
from pilots.exports.answers import File, FileType, address_of, answer, file_name, kept_address
from pilots.exports.delimited import to_csv
from pilots.exports.graphml import MEDIA_TYPE, GraphEdge, GraphNode, to_graphml
from pilots.exports.table import Table, TableColumn, batches
from pilots.exports.translations import named, note_on_file, standing_as_shown
from pilots.index.pilots import INVOLVED, Index
from pilots.index.rows import organisations_of, public_partners, public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import Partner, Pilot
from pilots.models.translation import current_language
from prepare_portal.context import origin

GRAPHML = FileType("graphml", MEDIA_TYPE)
PARTNER, AUTHORITY = "partner", "authority"
WORKED, TOOK_PART = "partner", "took part"


def network(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The edges between partners and authorities, one for each pilot they share. Six queries for each 200 pilots."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    site, version = origin(request), found.index.number if found.is_complete else None
    terms, ids = terms_of_reuse(version, site), found.matches[0 : found.count]
    query = query_of(found.selection)
    about = {
        "title": _("PREPARE pilots: who worked with whom"),
        "filter": found.chosen_words,
        "address": address_of(request, query),
        "terms": str(terms),
        "translations": note_on_file(found.index, ids),
    }

    def chunks() -> Iterator[bytes]:
        edges = _edges(found.index, ids, site)
        if kind is GRAPHML:
            return to_graphml(_with_nodes(edges), about)
        return to_csv(Table("partners", columns(), _lines(edges, terms.address), len(ids), []))

    name, address = file_name("partners", found.selection), kept_address(request, found.selection, query)
    return answer(request, File(kind, name, version, len(ids), terms, chunks, address))


def columns() -> list[TableColumn]:
    """The columns of the table of edges; their names are part of the format."""
    names = ("partner", "partner name", "authority", "authority name", "country", "pilot", "pilot title", "role")
    return [TableColumn(name, "") for name in (*names, "address", "terms", "translations")]


# An edge with its ends.
Ends = tuple[GraphNode, GraphNode, GraphEdge]


def _edges(public: Index, ids: Iterable[int], site: str) -> Iterator[Ends]:
    """Yield the edges of each pilot, in order, those of its partners before others."""
    for some in batches(ids):
        pilots = public_pilots(public, some, may_miss=True)
        roles = _roles(public, BitMap(pilots))
        partners = public_partners(public, sorted({partner for pairs in roles.values() for partner, _role in pairs}))
        named = took_part(organisations_of(public, list(pilots)))
        for pk in (pk for pk in some if pk in pilots):
            for partner, role in roles[pk]:
                row = partners.get(partner)
                if row and (role == WORKED or pk in named.get(row.pk, {})):
                    yield _edge(row, pilots[pk], role, site)


def _roles(public: Index, ids: BitMap) -> dict[int, list[tuple[int, str]]]:
    """The partners of each of these pilots, then public partners that took part in it otherwise; each by name."""
    worked, found = public.sets[PARTNER], defaultdict[int, list[tuple[int, str]]](list)
    named = sorted(public.named[PARTNER].items(), key=lambda item: item[1].place(current_language()))
    for key, one in named:
        for pilot in ids & worked.get(key, BitMap()):
            found[pilot].append((one.pk, WORKED))
    for key, one in named:
        if pilots := worked.get(key):
            for pilot in (ids & public.sets[INVOLVED].get(key, BitMap())) - pilots:
                found[pilot].append((one.pk, TOOK_PART))
    return found


def _edge(partner: Partner, pilot: Pilot, role: str, site: str) -> Ends:
    authority: Any = pilot.authority
    ends = [_node(PARTNER, partner, site), _node(AUTHORITY, authority, site)]
    title = pilot.text_in("title", current_language())[0]
    known = standing_as_shown(pilot, "title")
    edge = GraphEdge(ends[0].key, ends[1].key, pilot.slug, title, role, site + pilot.get_absolute_url(), known)
    return ends[0], ends[1], edge


def _node(kind: str, row: Any, site: str) -> GraphNode:
    name, country = row.text_in("name", current_language())[0], row.country
    code = country.code if country else ""
    known = standing_as_shown(row, "name")
    return GraphNode(f"{kind}/{row.slug}", kind, name, code or "", site + row.get_absolute_url(), known)


def _with_nodes(edges: Iterable[Ends]) -> Iterator[GraphNode | GraphEdge]:
    """Yield each node once, before its first edge."""
    seen = set()
    for *ends, edge in edges:
        for node in ends:
            if node.key not in seen:
                seen.add(node.key)
                yield node
        yield edge


def _lines(edges: Iterable[Ends], terms: str) -> Iterator[list[str]]:
    for partner, authority, edge in edges:
        ends = [partner.key.partition("/")[2], partner.name, authority.key.partition("/")[2], authority.name]
        known = (("partner name", partner), ("authority name", authority), ("pilot title", edge))
        translations = named((column, one.translation) for column, one in known)
        yield [*ends, authority.country, edge.pilot, edge.title, edge.role, edge.address, terms, translations]
