"""Why a pilot or lesson was found: for words that its card does not show, where they stand and what is around."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.content_checks.privacy import tells_of_persons
from pilots.index.stated import STATED
from pilots.models import Lesson, Passage, Pilot
from pilots.models.lesson import LEARNT, METHODS
from pilots.models.other_names import other_names
from pilots.models.pilot import PROFILE, SECTIONS
from pilots.models.translation import current_language, shown
from pilots.models.vocabulary import VOCABULARIES
from pilots.search.highlight import Highlighter, excerpt, joined_spans
from pilots.search.ranking import SearchResult
from pilots.search.wordings import country_token, value_token

MOST = 3  # snippets of one card
# What the card of a pilot shows, and that of a lesson: words found there are marked there, and need no snippet.
COUNTRY = "country"
OTHER_NAMES = "other_names"
ON_PILOTS = ("title", "summary", "authority", COUNTRY, "partners", "activity_types")
ON_LESSONS = ("lessons", "methods", "title", "place", COUNTRY, "activity_types")
# The order in which texts are looked through.
FIELDS = [*ON_PILOTS, "place", "partners_full", OTHER_NAMES, *SECTIONS, *PROFILE, "lessons", "methods"]
FIELDS += ["audiences", "target_groups", "stages", "key_figures", "organisations_involved"]
# What is written in sentences, and so may tell of single persons. Then it is read in the entry, and quoted nowhere.
WRITTEN = ("summary", *SECTIONS, *PROFILE, "lessons", "methods", "key_figures")
# What a pilot is called, and classified as; its lessons are found by these as well.
NAMES = ("title", "authority", "place", COUNTRY, "partners", "partners_full", OTHER_NAMES, *VOCABULARIES)


@dataclass(frozen=True)
class Snippet:
    """A part of a text with the words marked, what the text is, and its language where that is not the page's."""

    label: str
    text: SafeString
    language: str = ""


class SearchedText(NamedTuple):
    """A text of a pilot, as a row of the database: which field, which of several, the id of a value, its language."""

    pilot: int
    field: str
    number: int
    value: int
    language: str
    text: str

    @property
    def token(self) -> str:
        """What stands in the document of a pilot with this value; "" for a text that is no value."""
        if self.field == COUNTRY:
            return country_token(self.text)
        return value_token(self.field, self.value) if self.field in VOCABULARIES else ""

    @property
    def label(self) -> str:
        """What the text is, in words."""
        labels = {
            "place": _("Place"),
            "partners_full": _("Partner"),
            OTHER_NAMES: _("Also called"),
            "lessons": _("Lesson %(number)d") % {"number": self.number},
            "methods": _("Working method %(number)d") % {"number": self.number},
            "key_figures": _("Key figures"),
            "organisations_involved": _("Other organisations involved"),
        }
        return labels.get(self.field) or capfirst(str(Passage.About(self.field).label))


def found_in(found: SearchResult, pilots: Iterable[Pilot]) -> dict[int, list[Snippet]]:
    """The snippets of those of these pilots that need any. Two queries."""
    ids = [pilot.pk for pilot in pilots] if found.pieces else []
    snippets = {pk: _snippets(texts, found, ON_PILOTS) for pk, texts in _read(ids).items()} if ids else {}
    return {pk: some for pk, some in snippets.items() if some}


def found_in_lessons(found: SearchResult, lessons: Iterable[Lesson]) -> dict[int, list[Snippet]]:
    """The snippets of those of these lessons that need any. Two queries.

    They are found by their own words and by what their pilots are called, so nothing else is looked through.
    """
    wanted = list(lessons) if found.pieces else []
    texts = _read([lesson.pilot_id for lesson in wanted]) if wanted else {}
    snippets = {
        lesson.pk: _snippets(_of_lesson(texts[lesson.pilot_id], lesson.number), found, ON_LESSONS)
        for lesson in wanted
        if lesson.pilot_id in texts
    }
    return {pk: some for pk, some in snippets.items() if some}


def _of_lesson(texts: list[SearchedText], number: int) -> list[SearchedText]:
    own = (("lessons", number), ("methods", number))
    return [text for text in texts if text.field in NAMES or (text.field, text.number) in own]


def _snippets(texts: list[SearchedText], found: SearchResult, on_card: Collection[str]) -> list[Snippet]:
    languages = [current_language(), "en", *(language for _word, language in found.elsewhere)]
    return list(islice(_found_elsewhere(*_by_display(texts, languages), found.pieces, on_card), MOST))


def _found_elsewhere(
    displayed: list[SearchedText], others: list[SearchedText], sought: Sequence[Highlighter], on_card: Collection[str]
) -> Iterator[Snippet]:
    """Yield where each piece of the search is found first, for those that the card does not show."""
    shown = [text for text in displayed if text.field in on_card]
    left = [piece for piece in sought if not any(_has(text, piece) for text in shown)]
    for text in (*(text for text in displayed if text.field not in on_card), *others):
        here = [piece for piece in left if _has(text, piece)]
        if here:
            left = [piece for piece in left if piece not in here]
            yield _quoted(text, sought)


def _quoted(text: SearchedText, sought: Sequence[Highlighter]) -> Snippet:
    """The part of a text where it was found; where it tells of single persons, only that it was found there."""
    if text.field in WRITTEN and tells_of_persons(text.text, text.language):
        return Snippet(text.label, mark_safe(escape(_("This is not quoted here. Read it in the entry."))))  # noqa: S308
    spans = joined_spans(piece.spans(text.text, text.language) for piece in sought)
    return Snippet(text.label, excerpt(text.text, spans or [(0, 0)]), _marked(text.language))


def _has(text: SearchedText, piece: Highlighter) -> bool:
    return text.token in piece.words or bool(piece.spans(text.text, text.language))


def _marked(language: str) -> str:
    """A language that has to be said, "" for that of the page."""
    return "" if language == current_language() else language


def _by_display(texts: list[SearchedText], languages: list[str]) -> tuple[list[SearchedText], list[SearchedText]]:
    """The texts that the page of the pilot shows, one of each, and those in other languages, `languages` first."""
    order = {language: n for n, language in reversed([*enumerate(languages)])}
    preferred = sorted(texts, key=lambda text: order.get(text.language, len(languages)))
    best: dict[tuple[str, int, int], SearchedText] = {}
    for text in preferred:
        best.setdefault((text.field, text.number, text.value), text)
    displayed = sorted(best.values(), key=lambda text: (FIELDS.index(text.field), text.number, text.value))
    return displayed, [text for text in preferred if text not in displayed]


def _read(ids: list[int]) -> dict[int, list[SearchedText]]:
    """The texts of public pilots that their pages show. Two queries."""
    stated: set[tuple[int, str]] = set()
    pilots = Pilot.objects.published().filter(pk__in=ids).order_by()
    texts: dict[int, list[SearchedText]] = defaultdict(list)
    named = ("title", "summary", *SECTIONS, *PROFILE)
    written_in = (F("translations__language_code"), *(shown(f"translations__{name}") for name in named))
    for pk, language, *written in pilots.values_list("pk", *written_in):
        texts[pk] += [
            SearchedText(pk, name, 0, 0, language, text) for name, text in zip(named, written, strict=True) if text
        ]
    first, *rest = _rows(pilots)
    for row in map(SearchedText._make, first.union(*rest, all=True)):
        if row.field == STATED:
            stated.add((row.pilot, row.text))
        elif row.field == OTHER_NAMES:
            texts[row.pilot] += _other_names(row)
        elif row.text:
            texts[row.pilot].append(row)
    return {
        pk: [text for text in some if text.field not in PROFILE or (pk, text.field) in stated]
        for pk, some in texts.items()
    }


def _other_names(row: SearchedText) -> Iterator[SearchedText]:
    """Yield each of the names that a row lists."""
    for number, (language, name) in enumerate(other_names(row.text or "")):
        yield row._replace(number=number, language=language, text=name)


def _rows(pilots: QuerySet[Pilot]) -> Iterator[QuerySet[Any, Any]]:
    """Yield queries for names, values and parts."""
    yield _select(pilots, COUNTRY, Value(""), "authority__country")
    for field, path in (("authority", "authority__translations__name"), ("place", "authority__translations__place")):
        yield _select(pilots, field, F("authority__translations__language_code"), path)
    names = F("partners__translations__language_code")
    yield _select(pilots, "partners", names, "partners__translations__name", value="partners")
    yield _select(pilots, "partners_full", names, "partners__translations__full_name", value="partners")
    own = "partners__original_name"
    yield _select(pilots, "partners_full", F("partners__original_language"), own, value="partners", number=Value(1))
    yield _select(pilots, OTHER_NAMES, Value(""), "authority__other_names")
    yield _select(pilots, OTHER_NAMES, Value(""), "partners__other_names", value="partners")
    stated = pilots.filter(passages__in=Passage.objects.of_items())
    yield _select(stated, STATED, Value(""), "passages__about")
    for field in VOCABULARIES:
        language = F(f"{field}__translations__language_code")
        yield _select(pilots, field, language, f"{field}__translations__name", value=field)
    for field, kinds in (("lessons", LEARNT), ("methods", METHODS)):
        some, language = pilots.filter(lessons__kind__in=kinds), F("lessons__translations__language_code")
        yield _select(some, field, language, "lessons__translations__text", number=F("lessons__number"))
    for field, text in (("key_figures", "label"), ("organisations_involved", "name")):
        language, number = F(f"{field}__translations__language_code"), F(f"{field}__number")
        yield _select(pilots, field, language, f"{field}__translations__{text}", number=number)


def _select(
    pilots: QuerySet[Pilot], field: str, language: Any, path: str, *, value: str = "", number: Any = None
) -> QuerySet[Any, Any]:
    return pilots.values_list(
        "pk",
        Value(field, output_field=CharField()),
        Cast(number or Value(0), IntegerField()),
        Cast(F(value) if value else Value(0), BigIntegerField()),
        Cast(language, CharField()),
        Cast(shown(path) if "translations__" in path else F(path), TextField()),
    )
