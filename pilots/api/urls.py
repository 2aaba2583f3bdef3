"""The addresses of the API, version 1."""

from django.urls import URLPattern, path

from pilots.api import openapi, views

urlpatterns: list[URLPattern] = [
    path("", views.Root.as_view(), name="api-root"),
    path("openapi.json", openapi.openapi, name="api-openapi"),
    path("pilots/", views.Pilots.as_view(), name="api-pilots"),
    path("pilots/<slug:slug>/", views.OnePilot.as_view(), name="api-pilot"),
    path("lessons/", views.Lessons.as_view(), name="api-lessons"),
    path("partners/", views.Partners.as_view(), name="api-partners"),
    path("partners/<slug:slug>/", views.OnePartner.as_view(), name="api-partner"),
    path("authorities/", views.Authorities.as_view(), name="api-authorities"),
    path("authorities/<slug:slug>/", views.OneAuthority.as_view(), name="api-authority"),
    path("vocabularies/", views.Vocabularies.as_view(), name="api-vocabularies"),
    path("vocabularies/<slug:slug>/", views.OneVocabulary.as_view(), name="api-vocabulary"),
    path("glossary/", views.Glossary.as_view(), name="api-glossary"),
    path("glossary/<slug:slug>/", views.OneTerm.as_view(), name="api-term"),
    path("sources/", views.Sources.as_view(), name="api-sources"),
    path("sources/<slug:slug>/", views.OneSource.as_view(), name="api-source"),
]
