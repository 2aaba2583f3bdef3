"""What the page of one pilot says of it, each part read only when the page asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.browse.classification import values_by_pilot
from pilots.browse.profile import Profile, profile_of
from pilots.browse.related import Related, shared_values
from pilots.browse.shown_sources import ShownSource, shown_sources
from pilots.index.facet_values import INVOLVED, Classified
from pilots.index.pilots import Index
from pilots.models import GlossaryTerm, Passage, Source
from pilots.models.lesson import HOW_THEY_WORKED, WHAT_WAS_LEARNT
from pilots.models.passage import passage_by_text
from pilots.models.pilot import SECTIONS
from pilots.models.translation import current_language
from pilots.pages.map import SmallMap, small_map
from pilots.pages.pilot.at_a_glance import Answer, at_a_glance
from pilots.pages.pilot.facts import (
    CLASSIFIED,
    Fact,
    Pointer,
    facts_of,
    not_stated_sentence,
    pointers_of,
)
from pilots.templatetags.texts import used_terms

REASONS_SHOWN = 3
# What the page says of a pilot, in the order of a reader: what was done and what came of it, then what one needs to
# repeat it, and why it was done.
READING_ORDER = (
    "what_was_done",
    "figures",
    "results",
    "lessons",
    "methods",
    "prospects",
    "profile",
    "background",
    "objectives",
)


@dataclass(frozen=True)
class EntrySection:
    """A part of the page that has something to say: its anchor, its heading, the pointer to its sentences."""

    name: str
    label: str
    said_in: str = ""


class PilotEntry:
    """A pilot's texts, facts and parts. Nine queries when all of it is shown, one more for a draft's facts.

    A draft comes without `public` and has no related pilots; `alike` are these, the closest first.
    """

    def __init__(self, pilot: Any, public: Index | None = None, alike: Sequence[Any] = ()) -> None:
        self.pilot, self.alike = pilot, alike
        self._public = public

    @cached_property
    def related(self) -> list[tuple[Any, list[str]]]:
        """The related pilots, each with the reasons in words."""
        shared = shared_values(self.pilot.pk, [other.pk for other in self.alike], self._values)
        return [(other, reasons(common)) for other, common in zip(self.alike, shared, strict=True)]

    @cached_property
    def at_a_glance(self) -> list[Answer]:
        """What kind of activity it is, for whom, where, when, and what the source states."""
        return at_a_glance(self.pilot, self.classified, self.stated)

    @property
    def facts(self) -> list[Fact]:
        """What is stated in short."""
        return [fact for fact in self._facts if fact.values]

    @cached_property
    def sections(self) -> list[EntrySection]:
        """The parts of the page that have something to say, in the order of a reader."""
        said_in = passage_by_text(self._passages)
        headings = self._headings
        return [
            EntrySection(name, headings[name], said_in.get(name, "")) for name in READING_ORDER if name in self.stated
        ]

    @cached_property
    def profile(self) -> Profile:
        """What the source states of what somebody needs to repeat the pilot."""
        return profile_of(self.pilot, self._passages)

    @cached_property
    def stated(self) -> set[str]:
        """The names of all that the page has something to say on: sections, items of the profile, facts."""
        texts = {name for name in SECTIONS if self.pilot.text_in(name, current_language())[0]}
        passages = {str(row.about) for row in self._passages if not row.value} - {*SECTIONS}
        others: dict[str, Any] = {about: self.classified[facet] for facet, about in CLASSIFIED}
        others |= {"figures": self.figures, "lessons": self.learnt, "methods": self.methods}
        others |= {"evaluation": self.pilot.evaluation, "start": self.pilot.start or self.pilot.end}
        return {"profile"} | texts | passages | {name for name, value in others.items() if value}

    @cached_property
    def not_stated(self) -> str:
        """What the source does not state, apart from items of the profile, in one sentence; "" for nothing."""
        headings = self._headings
        silent = [headings[name] for name in READING_ORDER if name not in self.stated and name != "figures"]
        silent += [fact.label for fact in self._facts if not fact.values]
        silent += [] if self.organisations else [_("Others involved")]
        return not_stated_sentence(silent)

    @property
    def summary_said_in(self) -> str:
        """The pointer to where the source says what the summary says."""
        return passage_by_text(self._passages).get("summary", "")

    @cached_property
    def pointers(self) -> list[Pointer]:
        """Where the source says so."""
        return pointers_of(self.classified, self._passages, self.organisations, self.figures, self.words)

    @cached_property
    def public_partners(self) -> set[str]:
        """The slugs of organisations involved that have a page of their own."""
        return set(self.classified[INVOLVED])

    @cached_property
    def lessons(self) -> list[Any]:
        """The lessons and working methods."""
        return list(self.pilot.lessons.with_texts())

    @property
    def learnt(self) -> list[Any]:
        return [lesson for lesson in self.lessons if not lesson.is_method]

    @property
    def methods(self) -> list[Any]:
        return [lesson for lesson in self.lessons if lesson.is_method]

    @cached_property
    def figures(self) -> list[Any]:
        return list(self.pilot.key_figures.with_texts())

    @cached_property
    def organisations(self) -> list[Any]:
        """Others involved."""
        return list(self.pilot.organisations_involved.with_texts("partner"))

    @cached_property
    def words(self) -> list[GlossaryTerm]:
        terms = GlossaryTerm.objects.all().with_texts()
        return used_terms(terms, self.pilot, self.lessons, self.figures, self.organisations)

    @cached_property
    def source(self) -> Any:
        """Where it comes from."""
        return next(iter(Source.objects.filter(pk=self.pilot.source_id).with_texts()), None)

    @cached_property
    def shown_source(self) -> ShownSource | None:
        """The text of the source, where visitors may read it."""
        shown = shown_sources([self.pilot.source_id]).get(self.pilot.source_id)
        return shown if not shown or self.pilot.is_public else replace(shown, address="")

    @cached_property
    def map(self) -> SmallMap:
        return small_map([self.pilot], self._public)

    @property
    def _headings(self) -> dict[str, str]:
        own = {"figures": _("In figures"), "profile": _("To do this yourself")}
        own |= {"lessons": str(WHAT_WAS_LEARNT), "methods": str(HOW_THEY_WORKED)}
        return own | {name: capfirst(str(Passage.About(name).label)) for name in SECTIONS}

    @cached_property
    def _facts(self) -> list[Fact]:
        return facts_of(self.pilot, self.classified, self._passages)

    @cached_property
    def _passages(self) -> list[Passage]:
        return list(self.pilot.passages.all())

    @cached_property
    def _values(self) -> dict[int, Classified]:
        return values_by_pilot([self.pilot.pk, *(other.pk for other in self.alike)], self._public)

    @property
    def classified(self) -> Classified:
        """What it is classified as."""
        return self._values[self.pilot.pk]


def reasons(related: Related) -> list[str]:
    """What a related pilot has in common with this one, in words, the strongest first."""
    words = {
        "partner": _("Same partner: %(names)s"),
        "target": _("For the same people: %(names)s"),
        "activity": _("Same activity: %(names)s"),
        "audience": _("With the same professionals: %(names)s"),
        "stage": _("At the same stage: %(names)s"),
        "country": _("Same country: %(names)s"),
    }
    said = [words[facet] % {"names": ", ".join(names)} for facet, names in related.shared.items()]
    return said[:REASONS_SHOWN]
