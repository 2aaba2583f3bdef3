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
from pilots.index.lessons import KIND
from pilots.index.pilots import AUTHORITY_KIND, Index, index
from pilots.index.rows import public_pilots
from pilots.models import Authority
from pilots.models.lesson import METHODS
from pilots.pages.map import SmallMap, small_map_of
from pilots.pages.retry import retry_if_changed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEWEST = 3


class Ask(NamedTuple):
    """A question visitors come with, and the values of facets that answer it on one of our pages."""

    words: "_StrPromise"  # translated when shown
    page: str  # the name of its address; where that is the facet's, the page of the value
    facet: str
    value: str
    narrowed: tuple[tuple[str, str], ...] = ()  # what else narrows the page


HOW = tuple((KIND, str(kind)) for kind in METHODS)
TRAINING = ("activity", "training")
QUESTIONS = (
    Ask(gettext_lazy("I work in a prison"), "pilots", "stage", "prison"),
    Ask(gettext_lazy("I work in probation"), "pilots", "stage", "probation"),
    Ask(gettext_lazy("I work for a city"), "pilots", AUTHORITY_KIND, Authority.Kind.MUNICIPALITY),
    Ask(gettext_lazy("I work for a region"), "pilots", AUTHORITY_KIND, Authority.Kind.REGION),
    Ask(gettext_lazy("I work for a national agency"), "pilots", AUTHORITY_KIND, Authority.Kind.AGENCY),
    Ask(gettext_lazy("I work with young offenders"), "pilots", "target", "young-offenders"),
    Ask(gettext_lazy("I am looking for training"), "pilots", *TRAINING),
    Ask(gettext_lazy("Who trained frontline staff?"), "pilots", "audience", "frontline-practitioners", (TRAINING,)),
    Ask(gettext_lazy("I plan work between agencies"), "pilots", "activity", "multi-agency-cooperation"),
    Ask(
        gettext_lazy("What is restorative practice, and who tried it?"), "activity", "activity", "restorative-practice"
    ),
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


class Front:
    """What the front page shows of the content, each part read when the page asks for it."""

    def __init__(self, public: Index) -> None:
        self._public = public
        newest = public.orders["newest"].among(public.public, 0, NEWEST)
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
    def questions(self) -> list[Question]:
        """The questions that the portal has an answer to."""
        return questions(self._public)


@retry_if_changed
def front_page(request: HttpRequest) -> HttpResponse:
    """Show what the portal holds and where to start. One query where its parts are ready."""
    public = index()
    return render(request, "pilots/front.html", {"front": Front(public), "content_version": public.number})


def questions(public: Index) -> list[Question]:
    """The questions that the portal has an answer to: those whose values a public pilot has. No query."""
    counts = {ask: len(answering(ask, public)) for ask in QUESTIONS}
    return [
        Question(words=str(ask.words), url=address(ask), count=count if ask.page == "pilots" else None)
        for ask, count in counts.items()
        if count
    ]


def answering(ask: Ask, public: Index) -> BitMap:
    """The public pilots that a question is about."""
    facets = [(ask.facet, ask.value), *(ask.narrowed if ask.page == "pilots" else ())]
    return BitMap.intersection(public.public, *(public.having(name, (value,)) for name, value in facets))


def address(ask: Ask) -> str:
    if ask.page == "matrix":  # the whole table, at the sentence on this value
        return f"{reverse(ask.page)}#gap-{ask.value}"
    if ask.page == ask.facet:
        return reverse(ask.page, args=[ask.value])
    return f"{reverse(ask.page)}?{urlencode([*ask.narrowed, (ask.facet, ask.value)])}"
