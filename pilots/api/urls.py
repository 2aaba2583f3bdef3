"""The addresses of the API, version 1."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import conditional_page

from pilots.api import openapi, views


def answered(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """An address whose answers have an ETag, whether they are cached or not."""
    return path(route, conditional_page(view), name=name)


urlpatterns: list[URLPattern] = [
    answered("", views.Root.as_view(), name="api-root"),
    answered("openapi.json", openapi.openapi, name="api-openapi"),
    answered("pilots/", views.Pilots.as_view(), name="api-pilots"),
    answered("pilots/<slug:slug>/", views.OnePilot.as_view(), name="api-pilot"),
    answered("lessons/", views.Lessons.as_view(), name="api-lessons"),
    answered("partners/", views.Partners.as_view(), name="api-partners"),
    answered("partners/<slug:slug>/", views.OnePartner.as_view(), name="api-partner"),
    answered("authorities/", views.Authorities.as_view(), name="api-authorities"),
    answered("authorities/<slug:slug>/", views.OneAuthority.as_view(), name="api-authority"),
    answered("vocabularies/", views.Vocabularies.as_view(), name="api-vocabularies"),
    answered("vocabularies/<slug:slug>/", views.OneVocabulary.as_view(), name="api-vocabulary"),
    answered("glossary/", views.Glossary.as_view(), name="api-glossary"),
    answered("glossary/<slug:slug>/", views.OneTerm.as_view(), name="api-term"),
    answered("sources/", views.Sources.as_view(), name="api-sources"),
    answered("sources/<slug:slug>/", views.OneSource.as_view(), name="api-source"),
]
