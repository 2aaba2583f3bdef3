"""A topic is one activity type, audience, target group, stage or country: what its pilots are, learnt and lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from pilots.browse.facets import Facet, Option, facets
from pilots.browse.filters import FACETS, LessonFilterSet, PilotFilterSet, crossing
from pilots.browse.gaps import Crossed, gaps
from pilots.browse.matrix import strongest_values
from pilots.browse.selection import Selection
from pilots.index.lessons import KIND
from pilots.index.pilots import Index
from pilots.index.rows import ContentChanged, public_lessons, public_pilots
from pilots.models import Lesson
from pilots.models.lesson import LEARNT, METHODS

# What a pilot is described as; where and with whom it worked is no gap.
DESCRIBED = ("activity", "audience", "target", "stage")
# What a page shows of each; links lead to the rest.
MOST_PILOTS, MOST_LESSONS, MOST_VALUES = 12, 12, 8


@dataclass(frozen=True)
class TopicLessons:
    """What the pilots of a topic learnt, or how they worked: the first of `count`; `url` leads to all."""

    lessons: list[Lesson]
    count: int
    url: str

    @property
    def is_part(self) -> bool:
        return len(self.lessons) < self.count


@dataclass(frozen=True)
class Combined:
    """The values of another facet that pilots of a topic have, most used first, each with the list of those pilots.

    `more` is how many there are in all, 0 when all are shown; `url` leads to the list, to choose from them.
    """

    name: str
    label: str
    values: list[tuple[Option, str]]
    more: int
    url: str


@dataclass(frozen=True)
class Missing:
    """What no pilot of a topic is described as, of one facet, in a sentence; `url` leads to the matrix of both."""

    label: str
    sentence: str
    url: str


class Topic:
    """What the page of a topic shows of public pilots, with the first of them by place. `value` is a slug or a code.

    Eight queries, none for cached rows. Raises ContentChanged, also where no pilot is public any more.
    """

    def __init__(self, public: Index, facet: str, value: str) -> None:
        self.public, self.facet, self.value = public, facet, value
        self._chosen = {facet: [value]}
        self._matches = PilotFilterSet.matches(Selection(chosen=self._chosen), public)
        if not self._matches.ids:
            raise ContentChanged
        self.pilots = list(public_pilots(public, self._matches[0:MOST_PILOTS]).values())
        self.learnt, self.methods = self._lessons(LEARNT), self._lessons(METHODS)

    @property
    def count(self) -> int:
        return len(self._matches)

    @property
    def label(self) -> str:
        """What kind of topic it is: “Target group”."""
        return str(FACETS[self.facet])

    @property
    def list_url(self) -> str:
        """The list of its pilots, to filter further."""
        return reverse("pilots") + Selection(chosen=self._chosen).query()

    @property
    def is_part(self) -> bool:
        """Whether the page shows the first of its pilots only."""
        return self.count > MOST_PILOTS

    def _lessons(self, kinds: tuple[Lesson.Kind, ...]) -> TopicLessons:
        selection = Selection(chosen={KIND: [kind.value for kind in kinds], **self._chosen})
        matches = LessonFilterSet.matches(selection, self.public)
        lessons = public_lessons(self.public, matches[0:MOST_LESSONS])
        return TopicLessons(list(lessons.values()), len(matches), reverse("lessons") + selection.query())

    @cached_property
    def _facets(self) -> list[Facet]:
        return facets(PilotFilterSet, self._matches, self.public.known())

    @property
    def combined(self) -> list[Combined]:
        """What its pilots have of each other facet, as far as they have anything."""
        others = (self._combined(facet) for facet in self._facets if facet.name != self.facet)
        return [one for one in others if one.values]

    def _combined(self, facet: Facet) -> Combined:
        options = sorted((option for option in facet.options if option.count), key=lambda option: -option.count)
        values = [(option, self._list_with({facet.name: [option.value]})) for option in options[:MOST_VALUES]]
        more = len(options) if len(options) > MOST_VALUES else 0
        return Combined(facet.name, facet.label, values, more, f"{self.list_url}#filters")

    def _list_with(self, more: Mapping[str, list[str]]) -> str:
        given = {**self._chosen, **more}
        return reverse("pilots") + Selection(chosen={name: given[name] for name in FACETS if name in given}).query()

    @property
    def missing(self) -> list[Missing]:
        """What none of its pilots is described as: its line in the matrix of each other facet."""
        own = Option(self.value, "", self.count, chosen=False)
        others = (facet for facet in self._facets if facet.name in DESCRIBED and facet.name != self.facet)
        return [self._missing(facet, own) for facet in others if facet.options]

    def _missing(self, facet: Facet, own: Option) -> Missing:
        crossed: Crossed = {(option.value, own.value): option.count for option in facet.options}
        (gap,) = gaps(crossed, strongest_values(facet), [own], narrowed=False)
        query = crossing(Selection(), facet.name, self.facet).query()
        return Missing(facet.label, gap.sentence, f"{reverse('matrix')}{query}#gap-{self.value}")
