"""Addresses of what can be taken away: that of its page with an ending in place of the last slash."""

from django.urls import URLPattern, path

from pilots.citations.files import FILES as CITATIONS
from pilots.citations.files import route_of
from pilots.exports import cards, citations, crossings, drawings, feeds, network, places, tables
from pilots.exports.answers import CSV, XLSX
from pilots.exports.dataset import views as dataset
from pilots.exports.documents import views as documents
from pilots.exports.documents.views import DOCX, PDF
from pilots.exports.network import GRAPHML

urlpatterns: list[URLPattern] = [
    path("pilots.csv", tables.pilot_table, {"kind": CSV}, name="pilots-csv"),
    path("pilots.xlsx", tables.pilot_table, {"kind": XLSX}, name="pilots-xlsx"),
    path("pilots/<slug:slug>.csv", tables.one_pilot_table, {"kind": CSV}, name="pilot-csv"),
    path("pilots/<slug:slug>.xlsx", tables.one_pilot_table, {"kind": XLSX}, name="pilot-xlsx"),
    path("lessons.csv", tables.lesson_table, {"kind": CSV}, name="lessons-csv"),
    path("lessons.xlsx", tables.lesson_table, {"kind": XLSX}, name="lessons-xlsx"),
    path("shortlist.csv", tables.shortlist_table, {"kind": CSV}, name="shortlist-csv"),
    path("shortlist.xlsx", tables.shortlist_table, {"kind": XLSX}, name="shortlist-xlsx"),
    path("pilots/<slug:slug>.docx", documents.one_pilot_pack, {"kind": DOCX}, name="pilot-docx"),
    path("shortlist.docx", documents.shortlist_pack, {"kind": DOCX}, name="shortlist-docx"),
    path("compare.docx", documents.comparison_pack, {"kind": DOCX}, name="compare-docx"),
    path("pilots/<slug:slug>.pdf", documents.one_pilot_pack, {"kind": PDF}, name="pilot-pdf"),
    path("shortlist.pdf", documents.shortlist_pack, {"kind": PDF}, name="shortlist-pdf"),
    path("compare.pdf", documents.comparison_pack, {"kind": PDF}, name="compare-pdf"),
    path("pilots.atom", feeds.pilot_feed, {"kind": "atom"}, name="pilots-atom"),
    path("pilots.feed.json", feeds.pilot_feed, {"kind": "json"}, name="pilots-feed"),
    path("lessons.atom", feeds.lesson_feed, {"kind": "atom"}, name="lessons-atom"),
    path("lessons.feed.json", feeds.lesson_feed, {"kind": "json"}, name="lessons-feed"),
    path("map.geojson", places.places, name="map-geojson"),
    path("partners.csv", network.network, {"kind": CSV}, name="partners-csv"),
    path("partners.graphml", network.network, {"kind": GRAPHML}, name="partners-graphml"),
    path("map.svg", drawings.map_picture, name="map-svg"),
    path("partners.svg", drawings.network_picture, name="partners-svg"),
    path("pilots/<slug:slug>.png", cards.pilot_card, name="pilot-card"),
    path("card.png", cards.site_card, name="card"),
    path("matrix.csv", crossings.matrix, name="matrix-csv"),
    path("compare.csv", crossings.comparison, name="compare-csv"),
    path("data/", dataset.data_page, name="data"),
]
for end in CITATIONS:
    urlpatterns += [
        path(f"pilots.{end}", citations.list_citations, {"end": end}, name=route_of("pilots", end)),
        path(f"shortlist.{end}", citations.shortlist_citations, {"end": end}, name=route_of("shortlist", end)),
        path(f"pilots/<slug:slug>.{end}", citations.pilot_citation, {"end": end}, name=route_of("pilot", end)),
    ]

# Everything, in all languages.
data_files: list[URLPattern] = [
    path("data.zip", dataset.archive, name="data-zip"),
    path("data.ttl", dataset.catalogue, {"kind": dataset.TURTLE}, name="data-turtle"),
    path("data.jsonld", dataset.catalogue, {"kind": dataset.JSON_LD}, name="data-json-ld"),
    path("data/vocabularies.ttl", dataset.vocabularies, {"kind": dataset.TURTLE}, name="data-vocabularies-turtle"),
    path("data/vocabularies.jsonld", dataset.vocabularies, {"kind": dataset.JSON_LD}, name="data-vocabularies-json-ld"),
]
