"""Invented pilots with everything that belongs to them, as rows that are not saved."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from pilots.development.sample.cast import TERMS, Cast, is_long
from pilots.development.sample.dice import Dice
from pilots.development.sample.provenance import records_of
from pilots.development.sample.words import SENTENCES, TITLES, lengthened, prose
from pilots.models import (
    KeyFigure,
    KeyFigureTranslation,
    Lesson,
    LessonTranslation,
    OrganisationInvolved,
    OrganisationInvolvedTranslation,
    Passage,
    Pilot,
    PilotTranslation,
)
from pilots.models.pilot import PROFILE, SECTIONS

# How many values of each vocabulary a pilot has: at least, at most.
CLASSIFIED = {"activity_types": (1, 3), "audiences": (0, 3), "target_groups": (0, 3), "stages": (0, 2)}
MOST_LESSONS, MOST_FIGURES, MOST_ORGANISATIONS = 4, 3, 3
COUNTED = ("sample officers", "invented meetings", "made-up hours of training", "imaginary families")
HIDDEN = (Pilot.Status.DRAFT, Pilot.Status.IN_REVIEW, Pilot.Status.ARCHIVED)
FIRST_DAY = datetime(2020, 1, 1, 9, tzinfo=UTC)
DAYS = 5 * 365
LAST_DAY = FIRST_DAY + timedelta(days=DAYS)


def published(cast: Cast, random: Random, number: int) -> Iterator[Model]:
    """Yield a public pilot, then all that belongs to it, each row after those it points at.

    Pilot 1 has everything, pilot 2 only what a pilot must have; with the others it is left to chance.
    """
    dice = Dice.for_entry(random, number)
    [authority] = dice.several(cast.authorities, number, 1, 1)
    partners = dice.several(cast.partners, number, 1, 3)
    yield from parts_of(cast, dice, pilot(cast, dice, number, authority, Pilot.Status.PUBLISHED), partners, number)


def hidden(cast: Cast, random: Random, number: int) -> Iterator[Model]:
    """Yield a pilot that is not public, in the same way. Half of them have an authority and a partner of their own."""
    dice = Dice(random)
    theirs = dice.chance(0.5)
    authority = cast.hidden_authority if theirs else dice.favoured(cast.authorities)
    partners = [cast.hidden_partner if theirs else dice.favoured(cast.partners)]
    yield from parts_of(cast, dice, pilot(cast, dice, number, authority, dice.one(HIDDEN)), partners, number)


def pilot(cast: Cast, dice: Dice, number: int, authority: Any, status: str) -> Pilot:
    public = status == Pilot.Status.PUBLISHED
    start, end = dates(dice)
    moved = FIRST_DAY + timedelta(days=dice.random.randrange(DAYS), minutes=number % 600)
    return Pilot(
        slug=f"{'' if public else 'hidden-'}sample-pilot-{number}",
        status=status,
        published_at=moved if public or status == Pilot.Status.ARCHIVED else None,
        reviewed_on=moved.date() if public and dice.chance(0.8) else None,
        authority=authority,
        source=dice.favoured(cast.sources),
        start=start,
        end=end,
        evaluation=dice.one(Pilot.Evaluation.values[1:]) if dice.chance(0.4) else "",
    )


def dates(dice: Dice) -> tuple[str, str]:
    """Start and end, each a year, a month, a day, or empty."""
    if not dice.chance(0.6):
        return "", ""
    year, month, day = 2008 + dice.count(12), 1 + dice.count(11), 1 + dice.count(27)
    start = dice.one((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))
    later = year + 1 + dice.count(3)
    end = dice.one((f"{later}", f"{later}-{day % 12 + 1:02}", f"{later}-{month:02}-{day:02}"))
    return start, end if dice.chance(0.5) else ""


def parts_of(cast: Cast, dice: Dice, row: Pilot, partners: list[Any], number: int) -> Iterator[Model]:
    """Yield the pilot, its classifications, texts, lessons, figures, organisations and passages."""
    yield row
    chosen = {"partners": partners} | {
        name: dice.several(cast.vocabularies[name], number, *limits) for name, limits in CLASSIFIED.items()
    }
    for name, values in chosen.items():
        field: Any = Pilot._meta.get_field(name)
        for value in values:
            yield field.remote_field.through(**{"pilot": row, field.m2m_reverse_field_name(): value})
    english = english_texts(dice, row, chosen, number)
    yield english
    yield from translations(dice, row, number, english)
    yield from lessons(dice, row)
    yield from figures(dice, row)
    yield from organisations(dice, row, cast)
    yield from passages(dice, row, english, chosen)


def english_texts(dice: Dice, row: Pilot, chosen: dict[str, list[Any]], number: int) -> PilotTranslation:
    """The English texts; a section is empty as often as the sources of real pilots leave it out."""
    what, _language = chosen["activity_types"][0].text_in("name", "en")
    title = f"{row.slug.partition('pilot')[0].replace('-', ' ')}pilot {number}: {what.lower()}".capitalize()
    for audience in chosen["audiences"][:1]:
        title += f" for {audience.text_in('name', 'en')[0].lower()}"
    sections = {
        name: "\n\n".join(prose(dice, TERMS, 5) for _part in range(1 + dice.count(1))) if dice.chance(0.65) else ""
        for name in SECTIONS
    }
    sections |= {item: prose(dice, TERMS, 1) for item in PROFILE if dice.chance(0.1)}
    return PilotTranslation(
        master=row,
        language_code="en",
        title=lengthened(title, 200) if is_long(number) else title[:200],
        summary=f"This pilot is made up. {prose(dice, TERMS, 3)}",
        **sections,
    )


def translations(dice: Dice, row: Pilot, number: int, english: PilotTranslation) -> Iterator[Model]:
    """Yield translations of the pilot: for each language, one pilot in twelve has one."""
    for language, title in TITLES.items():
        if dice.chance(1 / 12):
            text = SENTENCES[language]
            texts = {"title": title.format(number=number), "summary": text, "what_was_done": text}
            known = records_of(number, {name: getattr(english, name) for name in texts})
            yield PilotTranslation(master=row, language_code=language, **texts, provenance=known)


def lessons(dice: Dice, row: Pilot) -> Iterator[Model]:
    """Yield the lessons of a pilot and their texts; four of them are of the four kinds."""
    first = dice.random.randrange(len(Lesson.Kind.values))
    for number in range(1, dice.count(MOST_LESSONS) + 1):
        kind = Lesson.Kind.values[(first + number) % len(Lesson.Kind.values)]
        yield (lesson := Lesson(pilot=row, number=number, kind=kind, passage=pointer(dice)))
        text = prose(dice, TERMS, 2)
        yield LessonTranslation(master=lesson, language_code="en", text=text)
        if dice.chance(0.1):
            known = records_of(number, {"text": text})
            yield LessonTranslation(master=lesson, language_code="fr", text=SENTENCES["fr"], provenance=known)


def figures(dice: Dice, row: Pilot) -> Iterator[Model]:
    for number in range(1, dice.count(MOST_FIGURES) + 1):
        value = dice.random.randint(2, 400)
        yield (
            figure := KeyFigure(
                pilot=row,
                number=number,
                qualifier=dice.one(KeyFigure.Qualifier.values),
                value=value,
                upper=value + 10 if dice.random.random() < 0.2 else None,
                passage=pointer(dice),
            )
        )
        yield KeyFigureTranslation(master=figure, language_code="en", label=dice.one(COUNTED))


def organisations(dice: Dice, row: Pilot, cast: Cast) -> Iterator[Model]:
    """Yield the other organisations involved; one in four is a partner of other pilots."""
    for number in range(1, dice.count(MOST_ORGANISATIONS) + 1):
        partner = dice.favoured(cast.partners) if dice.random.random() < 0.25 else None
        name = partner.slug.replace("-", " ").capitalize() if partner else f"Sample organisation {dice.count(900)}"
        yield (other := OrganisationInvolved(pilot=row, number=number, partner=partner, passage=pointer(dice)))
        yield OrganisationInvolvedTranslation(master=other, language_code="en", name=name)


def passages(dice: Dice, row: Pilot, english: PilotTranslation, chosen: dict[str, list[Any]]) -> Iterator[Model]:
    """Yield where the source is said to say so, for half of the texts and a third of the classifications."""
    for about in ("title", "summary", *SECTIONS):
        if getattr(english, about) and dice.chance(0.5):
            yield Passage(pilot=row, about=about, passage=pointer(dice) or "1")
    for item in PROFILE:  # one in four has no text of its own: another text says it
        if getattr(english, item) or dice.chance(0.03):
            yield Passage(pilot=row, about=item, passage=pointer(dice) or "1")
    for about, values in chosen.items():
        for value in values:
            if dice.chance(0.3):
                heading = dice.random.random() < 0.2
                where = "2" if heading else pointer(dice) or "3"
                yield Passage(pilot=row, about=about, value=value.slug, passage=where, rests_on_heading=heading)


def pointer(dice: Dice) -> str:
    paragraph, first = dice.random.randint(3, 40), dice.random.randint(1, 5)
    return dice.one((f"{paragraph}", f"{paragraph}.{first}", f"{paragraph}.{first}-{first + 2}", ""))
