"""The values that pilots are classified by, as the API gives them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pilots.browse.filters import LessonFilterSet
from pilots.browse.value_addresses import address_of
from pilots.index.facet_values import VOCABULARIES
from pilots.index.lessons import KIND, lesson_index
from pilots.index.pilots import Index
from pilots.index.stated import STATED

# Partners have a resource of their own.
PARTNER = "partner"
ROWS = {facet: model for facet, (model, _field) in VOCABULARIES.items() if facet != PARTNER}


@dataclass(frozen=True)
class VocabularyValue:
    """A value of a vocabulary; `row` holds its texts, where it has any."""

    slug: str
    name: str
    count: int
    url: str
    row: Any = None

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True)
class Vocabulary:
    """What pilots or lessons are filtered by, with all values that public ones have."""

    name: str
    label: str
    values: list[VocabularyValue]


def vocabulary_names() -> list[str]:
    """The names of all vocabularies, in the order of the form, that of lessons last."""
    facets = [name for name in LessonFilterSet.base_filters if name in ROWS]
    return ["country", "authority_kind", *facets, STATED, KIND]


def vocabulary(name: str, public: Index) -> Vocabulary:
    """The vocabulary of this name. One query, none where its values have no descriptions."""
    known, label = LessonFilterSet.known(public)[name], str(LessonFilterSet.base_filters[name].label)
    rows = {row.slug: row for row in ROWS[name].objects.public().with_texts()} if name in ROWS else {}
    index = lesson_index(public) if name == KIND else public
    counts = index.counts(name, index.public)
    return Vocabulary(
        name,
        label,
        [
            VocabularyValue(slug, words, counts.get(slug, 0), _page(name, slug), rows.get(slug))
            for slug, words in known.items()
        ],
    )


def _page(name: str, slug: str) -> str:
    return f"{reverse('lessons')}?{KIND}={slug}" if name == KIND else address_of(name, slug)
