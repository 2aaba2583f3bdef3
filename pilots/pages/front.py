"""The front page: three ways in (a search, a question, the map), and the newest entries."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from pilots.browse.map_places import all_places
from pilots.browse.retry import retry_if_changed
from pilots.index.facet_values import AUTHORITY_KIND
from pilots.index.lessons import KIND
from pilots.index.pilots import Index, index
from pilots.index.rows import public_pilots
from pilots.models import Authority
from pilots.models.lesson import METHODS
from pilots.pages.map import SmallMap, small_map_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEWEST = 3


class VisitorQuestion(NamedTuple):
    """A question visitors come with, and the values of facets that answer it on one of our pages."""

    words: "_StrPromise"  # translated when shown
    page: str  # the name of its address; where that is the facet's, the page of the value
    facet: str
    value: str
    narrowed: tuple[tuple[str, str], ...] = ()  # what else narrows the page


HOW = tuple((KIND, str(kind)) for kind in METHODS)
TRAINING = ("activity", "training")
QUESTIONS = (
    VisitorQuestion(gettext_lazy("I work in a prison"), "pilots", "stage", "prison"),
    VisitorQuestion(gettext_lazy("I work in probation"), "pilots", "stage", "probation"),
    VisitorQuestion(gettext_lazy("I work for a city"), "pilots", AUTHORITY_KIND, Authority.Kind.MUNICIPALITY),
    VisitorQuestion(gettext_lazy("I work for a region"), "pilots", AUTHORITY_KIND, Authority.Kind.REGION),
    VisitorQuestion(gettext_lazy("I work for a national agency"), "pilots", AUTHORITY_KIND, Authority.Kind.AGENCY),
    VisitorQuestion(gettext_lazy("I work with young offenders"), "pilots", "target", "young-offenders"),
    VisitorQuestion(gettext_lazy("I am looking for training"), "pilots", *TRAINING),
    VisitorQuestion(
        gettext_lazy("Who trained frontline staff?"), "pilots", "audience", "frontline-practitioners", (TRAINING,)
    ),
    VisitorQuestion(gettext_lazy("I plan work between agencies"), "pilots", "activity", "multi-agency-cooperation"),
    VisitorQuestion(
        gettext_lazy("What is restorative practice, and who tried it?"), "activity", "activity", "restorative-practice"
    ),
    VisitorQuestion(
        gettext_lazy("How did pilots for young offenders work?"), "lessons", "target", "young-offenders", HOW
    ),
    VisitorQuestion(
        gettext_lazy("What is no pilot for returning foreign fighters described as?"),
        "matrix",
        "target",
        "returning-foreign-fighters",
    ),
)


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with the address that answers it; `count` pilots where it leads to a list, else None."""

    words: str
    url: str
    count: int | None


class Front:
    """What the front page shows of the content, each part read when the page asks for it."""

    def __init__(self, public: Index) -> None:
        self._public = public
        newest = public.order("newest").among(public.public, 0, NEWEST)
        self.newest = list(public_pilots(public, newest).values())

    @cached_property
    def map(self) -> SmallMap:
        """A small map of all places. One query."""
        return small_map_of(all_places(self._public))

    @property
    def total(self) -> int:
        """How many pilots there are."""
        return len(self._public.public)

    @property
    def questions(self) -> list[AnsweredQuestion]:
        """The questions that the portal has an answer to."""
        return questions(self._public)


@retry_if_changed
def front_page(request: HttpRequest) -> HttpResponse:
    """Show what the portal holds and where to start. One query where its parts are ready."""
    public = index()
    context = {"front": Front(public), "index": public, "content_version": public.number}
    return render(request, "pilots/front.html", context)


def questions(public: Index) -> list[AnsweredQuestion]:
    """The questions that the portal has an answer to: those whose values a public pilot has. No query."""
    counts = {question: len(answering(question, public)) for question in QUESTIONS}
    return [
        AnsweredQuestion(str(question.words), address(question), count if question.page == "pilots" else None)
        for question, count in counts.items()
        if count
    ]


def answering(question: VisitorQuestion, public: Index) -> BitMap:
    """The public pilots that a question is about."""
    facets = [(question.facet, question.value), *(question.narrowed if question.page == "pilots" else ())]
    return BitMap.intersection(public.public, *(public.having(name, (value,)) for name, value in facets))


def address(question: VisitorQuestion) -> str:
    page, value = question.page, question.value
    if page == "matrix":  # the whole table, at the sentence on this value
        return f"{reverse(page)}#gap-{value}"
    if page == question.facet:
        return reverse(page, args=[value])
    return f"{reverse(page)}?{urlencode([*question.narrowed, (question.facet, value)])}"
