"""Every public address, grouped by noun."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, path

from pilots.development.styleguide import view as styleguide
from pilots.exports.urls import data_files
from pilots.exports.urls import urlpatterns as files
from pilots.pages import (
    about,
    api,
    citations,
    front,
    glossary,
    lessons,
    matrix,
    organisations,
    preview,
    shortlist,
    sources,
    suggest,
    topics,
)
from pilots.pages import map as map_page
from pilots.pages.comparison import view as comparison
from pilots.pages.pilot import detail, questions, versions
from pilots.pages.pilot import list as pilot_list
from pilots.sitemaps import SITEMAPS

urlpatterns: list[URLPattern] = [
    path("", front.front_page, name="front"),
    # Pilots
    path("pilots/", pilot_list.pilot_list, name="pilots"),
    path("pilots/<slug:slug>/", detail.pilot_page, name="pilot"),
    path("pilots/<slug:slug>/versions/", versions.version_list, name="pilot-versions"),
    path("pilots/<slug:slug>/questions/", questions.questions_page, name="pilot-questions"),
    path("pilots/<slug:slug>/cite/", citations.pilot_citations, name="pilot-cite"),
    path("cite/", citations.list_citations, name="cite"),
    path("shortlist/cite/", citations.shortlist_citations, name="shortlist-cite"),
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("compare/", comparison.compare, name="compare"),
    # Lessons
    path("lessons/", lessons.lesson_library, name="lessons"),
    # Pictures
    path("map/", map_page.map_page, name="map"),
    path("matrix/", matrix.matrix, name="matrix"),
    # Drafts, for whoever has the link
    path("preview/<str:token>/", preview.shared_draft, name="shared-draft"),
    # Organisations
    path("partners/", organisations.partner_list, name="partners"),
    path("partners/<slug:slug>/", organisations.partner_page, name="partner"),
    path("authorities/", organisations.authority_list, name="authorities"),
    path("authorities/<slug:slug>/", organisations.authority_page, name="authority"),
    # Sources
    path("sources/<slug:slug>/", sources.source_page, name="source"),
    # What pilots were about, and where
    path("activities/<slug:slug>/", topics.term_page, {"facet": "activity"}, name="activity"),
    path("audiences/<slug:slug>/", topics.term_page, {"facet": "audience"}, name="audience"),
    path("target-groups/<slug:slug>/", topics.term_page, {"facet": "target"}, name="target-group"),
    path("stages/<slug:slug>/", topics.term_page, {"facet": "stage"}, name="stage"),
    path("countries/<slug:code>/", topics.country_page, name="country"),
    # Words
    path("glossary/", glossary.glossary, name="glossary"),
    # The search box
    path("suggest/", suggest.suggestions, name="suggest"),
    # The site itself
    path("about/", about.about, name="about"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("api/", api.api_page, name="api"),
    # The same to take away
    *files,
    # Developers; answers 404 unless DEBUG is on
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
# At the root alone: they say the same in every language, or tell of all.
machines: list[URLPattern] = [
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-part"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-part"),
    *data_files,
]
