"""A page for each practice, the words they are classified by as snippets, and a page that lists and filters."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from practice.listing import facets, filtered
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

PER_PAGE = 12


class Term(models.Model):
    """One value of a facet."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@register_snippet
class Country(Term):
    """A country."""


@register_snippet
class Partner(Term):
    """An organisation that worked along."""


@register_snippet
class Activity(Term):
    """What kind of activity it was."""


@register_snippet
class Audience(Term):
    """Professionals who were trained."""


@register_snippet
class TargetGroup(Term):
    """People whom it is meant to support."""


@register_snippet
class Stage(Term):
    """Prison, release, probation or community."""


class PracticePage(Page):
    """One practice."""

    place = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    background = models.TextField(blank=True)
    objectives = models.TextField(blank=True)
    what_was_done = models.TextField(blank=True)
    results = models.TextField(blank=True)
    prospects = models.TextField(blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="practices")
    partners = ParentalManyToManyField(Partner, related_name="practices", blank=True)
    activities = ParentalManyToManyField(Activity, related_name="practices", blank=True)
    audiences = ParentalManyToManyField(Audience, related_name="practices", blank=True)
    target_groups = ParentalManyToManyField(TargetGroup, related_name="practices", blank=True)
    stages = ParentalManyToManyField(Stage, related_name="practices", blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("place", "summary", "background", "objectives", "what_was_done", "results")),
        *(FieldPanel(name) for name in ("prospects", "country", "partners", "activities", "audiences")),
        *(FieldPanel(name) for name in ("target_groups", "stages")),
        InlinePanel("lessons"),
    ]
    parent_page_types = ["practice.PracticeIndexPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the texts that there are, with their headings."""
        names = ("background", "objectives", "what_was_done", "results", "prospects")
        sections = [(name.replace("_", " ").capitalize(), getattr(self, name)) for name in names]
        return super().get_context(request, *args, **kwargs) | {"sections": [pair for pair in sections if pair[1]]}


class Lesson(Orderable):
    """What was learnt."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="lessons")
    text = models.TextField()


class PracticeIndexPage(Page):
    """The list with its filters."""

    subpage_types = ["practice.PracticePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of practices that the address asks for, and the facets with their counts."""
        everything = PracticePage.objects.child_of(self).live()
        found = filtered(everything, request.GET).order_by("place", "title").select_related("country")
        page = Paginator(found.prefetch_related("partners", "activities"), PER_PAGE).get_page(request.GET.get("page"))
        more = {"page_of_practices": page, "facets": facets(everything, request.GET)}
        return super().get_context(request, *args, **kwargs) | more
