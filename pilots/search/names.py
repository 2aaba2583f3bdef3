"""The names of everything public, as the search box suggests them, cached as long as the content stays the same.

Of pilots only the words of their titles are cached: a hundred thousand titles would take too much memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from pyroaring import BitMap

from pilots.index.facet_values import COUNTRY
from pilots.index.per_version import PerVersion, VersionedCache
from pilots.index.pilots import Index, changed_since
from pilots.models import AuthorityTranslation, GlossaryTermTranslation, PartnerTranslation, Pilot, PilotTranslation
from pilots.models.other_names import other_names
from pilots.models.provenance import ORIGINAL
from pilots.models.translation import best_text, current_language, shown
from pilots.search.country_names import country_names
from pilots.search.prefix_index import LayeredIndex, PrefixIndex, TranslatedIndex
from prepare_portal.collation import in_order

PILOT, AUTHORITY, PARTNER, TERM = "pilot", "authority", "partner", "term"
# In the order in which they are suggested when nothing else tells them apart.
KINDS = (PILOT, AUTHORITY, PARTNER, COUNTRY, "activity", "audience", "target", "stage", TERM)

TextInLanguage = tuple[str, str]  # and the code of its language
NOTHING: TextInLanguage = ("", "")
OTHERS = F("master__other_names")


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called, and what tells it from others; `value` is its slug or country code.

    `others` is what it is called otherwise: it is found by these words, and they are not shown.
    """

    kind: str
    value: str
    label: TextInLanguage
    detail: TextInLanguage = NOTHING
    others: str = ""


@dataclass(frozen=True)
class Names:
    """All names in one language, at one number of the content. Never changed once made.

    `others` are all but pilots, sorted by kind, then by how many pilots have them, then by name: their places in
    that order are the rows of `words`, and `kinds` has those of each kind. `pilots` has the words of titles and
    places by the ids of pilots, those of untranslated titles once for all languages.
    """

    number: int | None
    others: list[Name]
    kinds: dict[str, BitMap] = field(repr=False)
    words: PrefixIndex = field(repr=False)
    pilots: TranslatedIndex = field(repr=False)
    places: dict[str, TextInLanguage] = field(repr=False)


_names: PerVersion[Names] = PerVersion()
_titles: PerVersion[LayeredIndex] = PerVersion()  # by language
TITLES: VersionedCache[TextInLanguage] = VersionedCache(most=20_000)


def names(present: Index) -> Names:
    """The names of what is in the index, in the language of the page. No query when nothing has changed."""
    return _names.get(present.number, lambda _old: read_names(present), key=current_language())


def read_names(present: Index) -> Names:
    """The names of what is in the index; titles are read anew as far as they changed. Two or three queries.

    Two more where the page is not in English.
    """
    counted = sorted(_counted(present), key=lambda row: (KINDS.index(row[0].kind), -row[1], in_order(row[0].label[0])))
    others = [name for name, _count in counted]
    by_kind = groupby(range(len(others)), key=lambda place: others[place].kind)
    texts = ((place, _all_words(name)) for place, name in enumerate(others))
    places = {name.value: name.label for name in others if name.kind == AUTHORITY}
    return Names(
        number=present.number,
        others=others,
        kinds={kind: BitMap(some) for kind, some in by_kind},
        words=PrefixIndex(texts),
        pilots=_pilots(present, {name.value: _all_words(name) for name in others if name.kind == AUTHORITY}),
        places=places,
    )


def titles_of(present: Index, ids: list[int]) -> dict[int, TextInLanguage]:
    """The titles of public pilots. One query, none for those that are cached."""
    language = current_language()
    cached = {pk: TITLES.get(present.number, (language, pk)) for pk in ids}
    titles = {pk: title for pk, title in cached.items() if title}
    missing = [pk for pk in ids if pk not in titles]
    for pk, title in read_titles(Pilot.objects.published().filter(pk__in=missing)) if missing else ():
        titles[pk] = title
        TITLES.put(present.number, (language, pk), title)
    return titles


def read_titles(pilots: QuerySet[Pilot]) -> Iterator[tuple[int, TextInLanguage]]:
    """Yield ids and titles of pilots, in the language of the page where they have it. One query."""
    language = current_language()
    return ((pk, best_text(titles, language)) for pk, titles in _read_titles(pilots))


def _read_titles(pilots: QuerySet[Pilot]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = PilotTranslation.objects.filter(master__in=pilots.order_by()).order_by("master_id")
    by_pilot = groupby(rows.values_list("master_id", "language_code", shown("title")).iterator(), key=itemgetter(0))
    return ((pk, {code: title for _pk, code, title in texts}) for pk, texts in by_pilot)


def _pilots(present: Index, places: dict[str, str]) -> TranslatedIndex:
    """The words of titles with all that their places are called. Two queries at most, four where not in English."""
    language = current_language()
    original = _titles.get(present.number, lambda old: _layers(present, old, places, ORIGINAL), key=ORIGINAL)
    if language == ORIGINAL:
        return TranslatedIndex(original)
    own = _titles.get(present.number, lambda old: _layers(present, old, places, language), key=language)
    return TranslatedIndex(original, own)


def _layers(present: Index, old: LayeredIndex | None, places: dict[str, str], language: str) -> LayeredIndex:
    """The words of all pilots with a title in this language; after few changes only the changed ones are read."""
    public = Pilot.objects.published()
    changed = changed_since(old.number) if old else None
    if old is None or changed is None:
        return LayeredIndex(present.number, PrefixIndex(_titles_and_places(present, public, places, language)))
    pilots = BitMap(pk for pk in changed if pk > 0)
    latest = _titles_and_places(present, public.filter(pk__in=pilots), places, language) if pilots else ()
    return replace(old, changed=pilots, above=PrefixIndex(latest))


def _titles_and_places(
    present: Index, pilots: QuerySet[Pilot], places: dict[str, str], language: str
) -> Iterator[tuple[int, str]]:
    """Yield each pilot with a title in this language, in the original language whatever title it has."""
    for pk, titles in _read_titles(pilots):
        title = best_text(titles, language)[0] if language == ORIGINAL else titles.get(language)
        if title and pk in present.facts:  # else it was published meanwhile, and is read at the next number
            yield pk, f"{title} {places.get(present.facts[pk].authority, '')}"


def _all_words(name: Name) -> str:
    return f"{name.label[0]} {name.detail[0]} {name.others}"


def _counted(present: Index) -> Iterator[tuple[Name, int]]:
    """Yield all names but those of pilots, with how many public pilots have them: some, or it is a term. One query."""
    counts: dict[str, Any] = {facet: present.counts(facet, present.public) for facet in present.sets}
    counts[AUTHORITY] = present.authorities
    for name in chain(_countries(present), _values(present), _described()):
        count = counts.get(name.kind, {}).get(name.value, 0)
        if count or name.kind == TERM:
            yield name, count


def _countries(present: Index) -> Iterator[Name]:
    language = current_language()
    for code, name in present.known()[COUNTRY].items():
        yield Name(COUNTRY, code, (name, language), others=" ".join(other for _language, other in country_names(code)))


def _values(present: Index) -> Iterator[Name]:
    language = current_language()
    for facet, values in present.named.items():
        if facet != PARTNER:
            for value in values.values():
                yield Name(facet, value.slug, best_text(value.names, language), others=" ".join(value.names.values()))


def _described() -> Iterator[Name]:
    """Yield authorities, partners and terms, those without a public pilot too. One query."""
    authorities = _texts(AUTHORITY, AuthorityTranslation, shown("place"), shown("name"), F("language_code"), OTHERS)
    partners = _texts(PARTNER, PartnerTranslation, shown("name"), shown("full_name"), F("language_code"), OTHERS)
    own_words = (F("master__original"), F("master__original_language"))
    terms = _texts(TERM, GlossaryTermTranslation, shown("term"), *own_words, Value(""))
    found: dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]] = {}
    others: dict[tuple[str, str], str] = {}
    for kind, value, code, label, detail, detail_code, lines in authorities.union(partners, terms, all=True):
        labels, details = found.setdefault((kind, value), ({}, {}))
        labels[code], details[detail_code] = label, detail
        others.setdefault((kind, value), " ".join(other.name for other in other_names(lines)))
    language = current_language()
    for (kind, value), (labels, details) in found.items():
        words = " ".join([others[kind, value], *labels.values(), *details.values()])
        yield Name(kind, value, best_text(labels, language), best_text(details, language), words)


def _texts(kind: str, model: Any, *texts: F | Value) -> QuerySet[Any, Any]:
    kind_of = Value(kind, output_field=CharField())
    return model.objects.order_by().values_list(kind_of, "master__slug", "language_code", *texts)
