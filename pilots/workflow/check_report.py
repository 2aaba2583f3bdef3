"""What the checks find in an entry as it stands now, and which of it a reviewer has accepted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.utils import translation
from django_countries import countries

from pilots.content_checks.checklist import check
from pilots.content_checks.finding import Finding, KnownTerms
from pilots.content_checks.names import capitalised_phrases
from pilots.content_checks.tokenizer import Phrases
from pilots.models import (
    AcceptedWarning,
    Authority,
    GlossaryTerm,
    Partner,
    Pilot,
    Source,
)
from pilots.models.content import Content, read_content
from pilots.models.other_names import other_names
from pilots.models.vocabulary import VOCABULARIES


@dataclass(frozen=True)
class CheckReport:
    """What was found, in the order of the checks: what is open, and what was accepted, with who and why."""

    open: list[Finding]
    accepted: list[tuple[Finding, AcceptedWarning]]

    @property
    def blocking(self) -> list[Finding]:
        """What keeps the entry from being published."""
        return [finding for finding in self.open if finding.level == "blocks"]

    @property
    def warnings(self) -> list[Finding]:
        """What is worth a look and keeps nothing from being published."""
        return [finding for finding in self.open if finding.level == "warns"]

    @property
    def about_people(self) -> list[Finding]:
        """What could point at a person and nobody has accepted."""
        return [finding for finding in self.open if finding.about_people]


def run_checks(row: Pilot, content: Content | None = None) -> CheckReport:
    """What the checks find in `content`, by default in what `row` says. Nine queries, and those of reading."""
    content = read_content(row) if content is None else content
    accepted = {(warning.code, warning.key): warning for warning in AcceptedWarning.objects.filter(entry=row.entry_id)}
    found = [(finding, accepted.get((finding.code, finding.key))) for finding in check(content, known_for(content))]
    return CheckReport(
        [finding for finding, warning in found if warning is None],
        [(finding, warning) for finding, warning in found if warning],
    )


def known_for(content: Content) -> KnownTerms:
    """What the portal knows: names of bodies, places, countries and values, glossary, source. Seven queries."""
    bodies = list(Authority.objects.values_list("translations__name", "translations__place").order_by())
    partners = Partner.objects.values_list("translations__name", "translations__full_name", "original_name").order_by()
    terms = list(GlossaryTerm.objects.values_list("translations__term", "original", "translations__meaning").order_by())
    sources = Source.objects.filter(slug=content["source"]).order_by()
    source = list(sources.values_list("translations__title", "publisher", "url"))
    explained = [name for _term, _original, meaning in terms for name in capitalised_phrases(meaning or "")]
    names = [
        *vocabulary_names(),
        *names_in_other_languages(),
        *_nonempty(bodies),
        *_nonempty(partners),
        *_nonempty(row[:2] for row in [*terms, *source]),
        *explained,
    ]
    return KnownTerms(
        names=(Phrases.of(names), names_of_countries()),
        places=Phrases.of(place for _name, place in bodies if place),
        abbreviations=frozenset(row[0] for row in terms if row[0]) | {str(code) for code, _name in countries},
        source_url=source[0][2] if source else "",
        public_contacts=public_contacts(content),
    )


def public_contacts(content: Content) -> tuple[tuple[str, str], ...]:
    """The public contacts of the authority and the partners of an entry, each with its field. One query."""
    theirs = Authority.objects.filter(slug=content["authority"]).order_by()
    others = Partner.objects.filter(slug__in=content["partners"]).order_by()
    rows = (some.exclude(public_contact="") for some in (theirs, others))
    first, second = (
        some.values_list(Value(field), "public_contact")
        for field, some in zip(("authority", "partners"), rows, strict=True)
    )
    return tuple(first.union(second))


def names_in_other_languages() -> list[str]:
    """What else authorities and partners are called, such as “Nueva York”. One query."""
    lists = Authority.objects.values_list("other_names").order_by()
    return [
        one.name
        for (lines,) in lists.union(Partner.objects.values_list("other_names").order_by(), all=True)
        for one in other_names(lines)
    ]


def vocabulary_names() -> list[str]:
    """The names of all values of the vocabularies, in every language. One query."""
    models: list[Any] = [model._parler_meta.root_model for model in VOCABULARIES.values()]
    first, *others = (model.objects.values_list("name").order_by() for model in models)
    return [name for (name,) in first.union(*others)]


def _nonempty(rows: Iterable[tuple[str | None, ...]]) -> Iterator[str]:
    for row in rows:
        yield from (value for value in row if value)


@cache
def names_of_countries() -> Phrases:
    names: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {str(name) for _code, name in countries}
    return Phrases.of(names)
