"""What invented pilots refer to: authorities, partners, values of vocabularies, sources, glossary terms.

Every function yields rows that are not saved, each after those it points at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db.models import Model

from pilots.development.sample.dice import Dice
from pilots.development.sample.places import COUNTRIES, point
from pilots.development.sample.provenance import records_of
from pilots.development.sample.words import SENTENCES, lengthened
from pilots.models import (
    Authority,
    AuthorityTranslation,
    GlossaryTerm,
    GlossaryTermTranslation,
    Partner,
    PartnerTranslation,
    Source,
    SourceTranslation,
)

MOST_AUTHORITIES = 5000
SOURCES = 3
TERMS = [f"ST{number}" for number in range(1, 13)]


@dataclass(frozen=True)
class Cast:
    """Everything that pilots refer to. Only pilots that are not public have the hidden authority and partner."""

    authorities: list[Authority]
    partners: list[Partner]
    hidden_authority: Authority
    hidden_partner: Partner
    sources: list[Source]
    vocabularies: dict[str, list[Any]]  # by the name of the pilot's field

    @classmethod
    def of(cls, rows: list[Model], vocabularies: dict[str, list[Any]]) -> "Cast":
        """The cast found among `rows`: the last authority and the last partner are the hidden ones."""
        *authorities, hidden_authority = (row for row in rows if isinstance(row, Authority))
        *partners, hidden_partner = (row for row in rows if isinstance(row, Partner))
        sources = [row for row in rows if isinstance(row, Source)]
        return cls(authorities, partners, hidden_authority, hidden_partner, sources, vocabularies)


def everybody(random: Random, pilots: int, countries: int, partners: int) -> Iterator[Model]:
    """Yield all that so many pilots refer to, vocabularies aside: as many countries and partners as they can use."""
    number = max(min(pilots, countries), min(pilots // 2, MOST_AUTHORITIES))
    for place in range(1, number + 1):
        yield from authority(Dice.for_entry(random, place), place, countries)
    for place in range(1, min(partners, pilots) + 1):
        yield from partner(Dice.for_entry(random, place), place)
    yield from authority(Dice(random), number + 1, countries, name="Hidden sample place")
    yield from partner(Dice(random), partners + 1, name="Hidden sample partner")
    for place in range(1, SOURCES + 1):
        yield from source(place)
    for place in range(1, len(TERMS) + 1):
        yield from term(place)


def authority(dice: Dice, number: int, countries: int, name: str = "") -> Iterator[Model]:
    """Yield an authority with its texts, in one of the first `countries` countries; the n-th in the n-th of them."""
    name = name or f"Sample place {number}"
    [country] = dice.several(COUNTRIES[:countries], number, 1, 1)
    latitude, longitude = point(dice, country, number) or (None, None)
    row = Authority(
        slug=name.lower().replace(" ", "-"),
        kind=dice.favoured(Authority.Kind.values),
        country=country.code,
        latitude=latitude,
        longitude=longitude,
    )
    yield row
    official = f"Municipality of {name}"
    texts = {"en": (lengthened(official, 200), lengthened(name, 100)) if is_long(number) else (official, name)}
    if dice.chance(0.1):
        texts["fr"] = (f"Ville d’exemple {number}", f"Exemple {number}")
    known = records_of(number, dict(zip(("name", "place"), texts["en"], strict=True)))
    for language, (full, place) in texts.items():
        records = known if language != "en" else {}
        yield AuthorityTranslation(master=row, language_code=language, name=full, place=place, provenance=records)


def partner(dice: Dice, number: int, name: str = "") -> Iterator[Model]:
    name = name or f"Sample partner {number}"
    own_name = dice.chance(0.2)
    yield (
        row := Partner(
            slug=name.lower().replace(" ", "-"),
            kind=dice.one(Partner.Kind.values[1:]) if dice.chance(0.7) else "",
            country=dice.favoured(COUNTRIES).code if dice.chance(0.5) else "",
            original_name=f"Föreningen Påhittad {number}" if own_name else "",
            original_language="sv" if own_name else "",
        )
    )
    yield PartnerTranslation(
        master=row,
        language_code="en",
        name=lengthened(name, 100) if is_long(number) else name,
        full_name=f"The Invented Association for Samples, number {number}" if dice.chance(0.4) else "",
    )


def values(model: Any, present: int, wanted: int) -> Iterator[Model]:
    """Yield values of the vocabulary `model` from number `present` + 1 up to number `wanted`."""
    kind = str(model._meta.verbose_name)
    for number in range(present + 1, wanted + 1):
        name = f"Sample {kind} {number}"
        yield (row := model(slug=name.lower().replace(" ", "-"), order=1000 + number))
        yield model._parler_meta.root_model(
            master=row,
            language_code="en",
            name=lengthened(name, 100) if is_long(number) else name,
            description="Made up, to see how a long list looks.",
        )


def source(number: int) -> Iterator[Model]:
    """Yield a source; only the first one says everything about itself."""
    whole = number == 1
    yield (
        row := Source(
            slug=f"sample-source-{number}",
            publisher="Sample publisher" if whole else "",
            year=2020 if whole else None,
            url="https://sample.example/source" if whole else "",
        )
    )
    terms_of_reuse = "Free to copy, because there is nothing in it." if whole else ""
    yield SourceTranslation(
        master=row, language_code="en", title=f"Sample source {number}", terms_of_reuse=terms_of_reuse
    )


def term(number: int) -> Iterator[Model]:
    """Yield a glossary term; every third stands for words in French."""
    french = number % 3 == 0
    abbreviation = TERMS[number - 1]
    yield (
        row := GlossaryTerm(
            slug=abbreviation.lower(),
            original=f"Service témoin {number}" if french else "",
            original_language="fr" if french else "",
        )
    )
    texts = {"en": f"Sample service {number}, which does not exist.", "fr": SENTENCES["fr"]}
    known = records_of(number, {"term": abbreviation, "meaning": texts["en"]})
    for language, meaning in texts.items() if french else [("en", texts["en"])]:
        records = known if language != "en" else {}
        said = {"term": abbreviation, "meaning": meaning}
        yield GlossaryTermTranslation(master=row, language_code=language, **said, provenance=records)


def is_long(number: int) -> bool:
    """Whether the entry with this number has names as long as the database allows: one in forty."""
    return number % 40 == 3
