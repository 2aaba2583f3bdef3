"""Addresses of what can be taken away: that of its page with an ending in place of the last slash."""

from django.urls import URLPattern, path

from pilots.exports import tables
from pilots.exports.answers import CSV, XLSX

urlpatterns: list[URLPattern] = [
    path("pilots.csv", tables.pilot_table, {"kind": CSV}, name="pilots-csv"),
    path("pilots.xlsx", tables.pilot_table, {"kind": XLSX}, name="pilots-xlsx"),
    path("pilots/<slug:slug>.csv", tables.one_pilot_table, {"kind": CSV}, name="pilot-csv"),
    path("pilots/<slug:slug>.xlsx", tables.one_pilot_table, {"kind": XLSX}, name="pilot-xlsx"),
    path("lessons.csv", tables.lesson_table, {"kind": CSV}, name="lessons-csv"),
    path("lessons.xlsx", tables.lesson_table, {"kind": XLSX}, name="lessons-xlsx"),
    path("shortlist.csv", tables.shortlist_table, {"kind": CSV}, name="shortlist-csv"),
    path("shortlist.xlsx", tables.shortlist_table, {"kind": XLSX}, name="shortlist-xlsx"),
]
