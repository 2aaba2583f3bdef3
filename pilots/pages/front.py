"""The front page: what this is, where it happened, what was tried, where to start."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from pilots.browse.facets import Facet, Option
from pilots.browse.filtered_page import overview
from pilots.browse.map_places import all_places
from pilots.index.lessons import KIND
from pilots.index.pilots import AUTHORITY_KIND, Index, index
from pilots.index.rows import public_pilots
from pilots.models import Authority, Lesson
from pilots.models.lesson import LEARNT, METHODS
from pilots.pages.map import SmallMap, small_map_of
from pilots.pages.retry import retry_if_changed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEWEST = 9
VALUES_SHOWN = 8
TRIED = "activity"  # the facet that says what was tried, shown by itself


class Ask(NamedTuple):
    """A question visitors come with, and the value of a facet that answers it on one of our pages."""

    words: "_StrPromise"  # translated when shown
    page: str
    facet: str
    value: str
    narrowed: tuple[tuple[str, str], ...] = ()  # what else narrows the page


WHAT, HOW = (tuple((KIND, str(kind)) for kind in kinds) for kinds in (LEARNT, METHODS))
QUESTIONS = (
    Ask(gettext_lazy("I work in a prison"), "pilots", "stage", "prison"),
    Ask(gettext_lazy("I work in probation"), "pilots", "stage", "probation"),
    Ask(gettext_lazy("I work for a city"), "pilots", AUTHORITY_KIND, Authority.Kind.MUNICIPALITY),
    Ask(gettext_lazy("I work for a region"), "pilots", AUTHORITY_KIND, Authority.Kind.REGION),
    Ask(gettext_lazy("I work for a national agency"), "pilots", AUTHORITY_KIND, Authority.Kind.AGENCY),
    Ask(gettext_lazy("I work with young offenders"), "pilots", "target", "young-offenders"),
    Ask(gettext_lazy("I am looking for training"), "pilots", "activity", "training"),
    Ask(gettext_lazy("I plan work between agencies"), "pilots", "activity", "multi-agency-cooperation"),
    Ask(gettext_lazy("How did pilots for young offenders work?"), "lessons", "target", "young-offenders", HOW),
    Ask(
        gettext_lazy("What is no pilot for returning foreign fighters described as?"),
        "matrix",
        "target",
        "returning-foreign-fighters",
    ),
)


@dataclass(frozen=True)
class Question:
    """A question with the address that answers it; `count` pilots where it leads to a list, else None."""

    words: str
    url: str
    count: int | None


@dataclass(frozen=True)
class WayIn:
    """A facet with its most used values; `more` is how many it has in all, 0 when all are shown."""

    facet: Facet
    options: list[Option]
    more: int


class Front:
    """What the front page shows of the content, each part read when the page asks for it. Fourteen queries in all."""

    def __init__(self, public: Index) -> None:
        self._public = public
        newest = public.orders["newest"].among(public.public, 0, NEWEST)
        self.newest = list(public_pilots(public, newest).values())

    @cached_property
    def map(self) -> SmallMap:
        """A small map of all places. One query."""
        return small_map_of(all_places(self._public))

    @cached_property
    def _facets(self) -> list[Facet]:
        return overview(self._public)

    @property
    def total(self) -> int:
        """How many pilots there are."""
        return len(self._public.public)

    @property
    def questions(self) -> list[Question]:
        """The questions that the portal has an answer to."""
        return questions(self._facets)

    @property
    def ways(self) -> list[WayIn]:
        return [way_into(facet) for facet in self._facets if facet.name != TRIED]

    @property
    def tried(self) -> WayIn:
        return next(way_into(facet) for facet in self._facets if facet.name == TRIED)

    @property
    def totals(self) -> list[dict[str, object]]:
        """The figures. One query."""
        kinds = Counter(Lesson.objects.public().order_by().values_list("kind", flat=True))
        return totals(self.total, kinds, self._facets)


@retry_if_changed
def front_page(request: HttpRequest) -> HttpResponse:
    """Show what the portal holds and where to start. One query where its parts are ready."""
    public = index()
    return render(request, "pilots/front.html", {"front": Front(public), "content_version": public.number})


def questions(facets: list[Facet]) -> list[Question]:
    """The questions that the portal has an answer to: those whose value a public pilot has. No query."""
    counts = {(facet.name, option.value): option.count for facet in facets for option in facet.options}
    return [
        Question(
            words=str(ask.words),
            url=address(ask),
            count=counts[ask.facet, ask.value] if ask.page == "pilots" else None,
        )
        for ask in QUESTIONS
        if counts.get((ask.facet, ask.value))
    ]


def address(ask: Ask) -> str:
    if ask.page == "matrix":  # the whole table, at the sentence on this value
        return f"{reverse(ask.page)}#gap-{ask.value}"
    return f"{reverse(ask.page)}?{urlencode([*ask.narrowed, (ask.facet, ask.value)])}"


def way_into(facet: Facet) -> WayIn:
    """A facet with its most used values first. No query."""
    options = sorted(facet.options, key=lambda option: -option.count)
    more = len(options) if len(options) > VALUES_SHOWN else 0
    return WayIn(facet, options[:VALUES_SHOWN], more)


def totals(pilots: int, kinds: Counter[str], facets: list[Facet]) -> list[dict[str, object]]:
    """The figures of the front page, each with its label and where it leads. No query."""
    countries, partners = (
        next(len(facet.options) for facet in facets if facet.name == name) for name in ("country", "partner")
    )
    learnt, methods = (sum(kinds[kind] for kind in group) for group in (LEARNT, METHODS))
    return [
        {"label": ngettext("pilot", "pilots", pilots), "count": pilots, "url": reverse("pilots")},
        {"label": ngettext("country", "countries", countries), "count": countries, "url": reverse("authorities")},
        {"label": ngettext("partner", "partners", partners), "count": partners, "url": reverse("partners")},
        {"label": ngettext("lesson", "lessons", learnt), "count": learnt, "url": library(WHAT)},
        {"label": ngettext("working method", "working methods", methods), "count": methods, "url": library(HOW)},
    ]


def library(kinds: tuple[tuple[str, str], ...]) -> str:
    """The address of the lessons, or of the working methods, of all pilots."""
    return f"{reverse('lessons')}?{urlencode(kinds)}"
