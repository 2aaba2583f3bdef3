"""The words of pilots and lessons: read from the content, written to `tables`, made anew after each change.

Only what the public may see has words there. A pilot's change is noted as a `ContentChange`, in whatever
way it was made; those whose words are not indexed yet are caught up with before a search.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import F

from pilots.models import KeyFigure, Lesson, OrganisationInvolved, Passage, Pilot
from pilots.models.other_names import other_names
from pilots.models.pilot import PROFILE, SECTIONS
from pilots.models.translation import shown
from pilots.models.vocabulary import VOCABULARIES
from pilots.search.compounds import ends_of_texts
from pilots.search.expression import Word
from pilots.search.page_languages import DocumentText, marked_for, shown_texts
from pilots.search.spelling import spelling_key
from pilots.search.tables import CHECKED_ONLY, EVERY, TIERS, Document, Tier
from pilots.search.wordings import country_token, value_token
from pilots.search.words import COMPOUND, folded, forms

TITLE, NAMES, SUMMARY, TEXTS = TIERS
TIER_OF = {"title": TITLE, "summary": SUMMARY, **dict.fromkeys((*SECTIONS, *PROFILE), TEXTS)}


class PilotTexts:
    """What one pilot says, by tier: texts, and tokens of its values. Its lessons, which have words of their own."""

    def __init__(self) -> None:
        self.texts: dict[str, list[DocumentText]] = {tier: [] for tier in TIERS}
        self.values: set[str] = set()
        self.involved: list[DocumentText] = []
        self.lessons: dict[int, list[DocumentText]] = defaultdict(list)

    def all_texts(self) -> Iterator[str]:
        """Yield every text; those of lessons are among them."""
        for texts in (*self.texts.values(), self.involved):
            yield from (one.text for one in texts)


def pilot_token(pk: int) -> Word:
    return Word(f":pilot:{pk}")


def read_pilot_texts(ids: Iterable[int]) -> dict[int, PilotTexts]:
    """What each of these pilots says, those that are public. Thirteen queries, however many they are."""
    pilots = Pilot.objects.published().filter(pk__in=list(ids)).order_by()
    said = {pk: PilotTexts() for pk in pilots.values_list("pk", flat=True)}
    if said:
        _read_texts(pilots, said)
        _read_names(pilots, said)
        _read_parts(pilots, said)
    return said


def documents(said: dict[int, PilotTexts]) -> tuple[list[Document], list[Document]]:
    """The words of the pilots, and those of their lessons. No query."""
    pilots, lessons = [], []
    for pk, own in said.items():
        marks = {EVERY.text, pilot_token(pk).text} | (
            {CHECKED_ONLY.text} if settings.HIDE_UNCHECKED_TRANSLATIONS else set()
        )
        names = tier([*own.texts[NAMES], *own.involved], own.values)
        others = tier(own.texts[TEXTS], ends_of_texts([*chain.from_iterable(own.texts.values()), *own.involved]))
        pilots.append(Document(pk, (tier(own.texts[TITLE], marks), names, tier(own.texts[SUMMARY]), others)))
        called = [*own.texts[TITLE], *own.texts[NAMES]]
        of_pilot = tier(called, own.values)
        for lesson, texts in own.lessons.items():
            ends = tier([], ends_of_texts([*texts, *called]))
            lessons.append(Document(lesson, (tier(texts, marks), of_pilot, tier([]), ends)))
    return pilots, lessons


def tier(texts: Iterable[DocumentText], values: Iterable[str] = ()) -> Tier:
    """The words of texts, and what else they are found by: compounds as one word, stems, values."""
    runs: list[list[str]] = []
    others = set(values)
    for language, text, pages in texts:
        found = COMPOUND.findall(text)
        words = [word for compound in found for word in folded(compound)]
        own = [words]
        if language == "en" and (respelt := [spelling_key(word) for word in words]) != words:
            own.append(respelt)  # for phrases
        also = frozenset().union(*(forms(compound, language) for compound in set(found)))
        runs += [[marked_for(page, word) for word in run] for page in pages for run in own] if pages else own
        others.update((marked_for(page, word) for page in pages for word in also) if pages else also)
    return Tier(runs, others)


def _read_texts(pilots: Any, said: dict[int, PilotTexts]) -> None:
    """Read titles, summaries, sections and the items of the profile that are stated. Two queries."""
    stated = set(Passage.objects.of_items().filter(pilot__in=pilots).values_list("pilot", "about"))
    found: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    paths = ("translations__language_code", *(shown(f"translations__{name}") for name in TIER_OF))
    for pk, language, *written in pilots.values_list("pk", *paths):
        for name, text in zip(TIER_OF, written, strict=True):
            found[pk, name][language or ""] = text or ""
    for (pk, name), texts in found.items():
        if name not in PROFILE or (pk, name) in stated:
            said[pk].texts[TIER_OF[name]] += shown_texts(texts)


def _read_names(pilots: Any, said: dict[int, PilotTexts]) -> None:
    """Read the names of authorities and partners, countries, values of vocabularies. Six queries."""
    authority = ["authority__translations__language_code"]
    authority += [shown(f"authority__translations__{name}") for name in ("name", "place")]
    facts = ("authority__country", "authority__other_names")
    for pk, country, others, language, *names in pilots.values_list("pk", *facts, *authority):
        said[pk].values.add(country_token(country))
        said[pk].texts[NAMES] += [*(DocumentText(language or "", name) for name in names if name), *_others(others)]
    partner = ["partners__translations__language_code"]
    partner += [shown(f"partners__translations__{name}") for name in ("name", "full_name")]
    own = ("partners__original_language", "partners__original_name", "partners__other_names")
    for pk, own_language, own_name, others, language, *names in pilots.values_list("pk", *own, *partner):
        named = [*(DocumentText(language or "", name) for name in names if name), *_others(others or "")]
        said[pk].texts[NAMES] += [*named, DocumentText(own_language, own_name)] if own_name else named
    for field in VOCABULARIES:
        for pk, value in pilots.filter(**{f"{field}__isnull": False}).values_list("pk", field):
            said[pk].values.add(value_token(field, value))


def _others(lines: str) -> Iterator[DocumentText]:
    return (DocumentText(*other) for other in other_names(lines))


def _read_parts(pilots: Any, said: dict[int, PilotTexts]) -> None:
    """Read lessons, key figures and other organisations. Three queries."""
    for pilot, lesson, text in _part_texts(Lesson, "text", pilots):
        said[pilot].lessons[lesson].append(text)
        said[pilot].texts[TEXTS].append(text)
    for pilot, _figure, text in _part_texts(KeyFigure, "label", pilots):
        said[pilot].texts[TEXTS].append(text)
    for pilot, _organisation, text in _part_texts(OrganisationInvolved, "name", pilots):
        said[pilot].involved.append(text)


def _part_texts(model: Any, field: str, pilots: Any) -> Iterator[tuple[int, int, DocumentText]]:
    rows = model.objects.filter(pilot__in=pilots).order_by("pilot", "number")
    found: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for pilot, pk, language, text in rows.values_list(
        "pilot", "pk", F("translations__language_code"), shown(f"translations__{field}")
    ):
        found[pilot, pk][language or ""] = text or ""
    for (pilot, pk), texts in found.items():
        yield from ((pilot, pk, text) for text in shown_texts(texts))
