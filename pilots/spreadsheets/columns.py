"""The columns of the spreadsheet. Their names are part of the file format, so they are never translated."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from pilots.models import Pilot
from pilots.models.content import MANY, ONE, PARTS, PLAIN, text_fields
from pilots.models.plain_text import clean_line

LONGEST = 200  # characters of a heading that are looked at
DATES = ("start", "end", "reviewed_on")
HEADINGS = {"organisations_involved": "other organisations"}


@dataclass(frozen=True)
class SheetColumn:
    """One column: which field of the content it holds, and in which language if it holds texts."""

    field: str
    language: str = ""

    @property
    def name(self) -> str:
        """What stands above it: “what was done”, “what was done (fr)”."""
        name = HEADINGS.get(self.field, self.field.replace("_", " "))
        return f"{name} ({self.language})" if self.language not in ("", "en") else name

    @property
    def is_date(self) -> bool:
        return self.field in DATES


SLUG, EDIT, STATUS = SheetColumn("slug"), SheetColumn("edit"), SheetColumn("status")
PASSAGES = SheetColumn("passages")
# What tables for visitors have beside these: the pilot's full address, its public version, how far its translations
# can be relied on, what may be reused.
ADDRESS, VERSION, TRANSLATIONS, TERMS = FOR_VISITORS = (
    SheetColumn("address"),
    SheetColumn("version"),
    SheetColumn("translations"),
    SheetColumn("terms"),
)
# An import reads none of them.
ONLY_SHOWN = (STATUS, *FOR_VISITORS)


def columns(languages: Iterable[str]) -> list[SheetColumn]:
    """The columns for texts in these languages, in their order in the file; English is always there."""
    wanted = set(languages) - {"en"}
    others = [code for code, _name in settings.LANGUAGES if code in wanted]
    texts = [SheetColumn(field, "en") for field in text_fields(Pilot)]
    translated = [SheetColumn(column.field, code) for code in others for column in texts]
    parts = [SheetColumn(field, code) for field in PARTS for code in ("en", *others)]
    facts = [SheetColumn(field) for field in (*ONE[:1], *MANY, *PLAIN[:3], *ONE[1:], *PLAIN[3:])]
    return [SLUG, EDIT, STATUS, *texts, *facts, *translated, *parts, PASSAGES]


@cache
def _by_name() -> dict[str, SheetColumn]:
    every = (*columns(code for code, _name in settings.LANGUAGES), *FOR_VISITORS)
    return {column.name: column for column in every}


def all_names() -> list[str]:
    return [*_by_name()]


def column_named(heading: str) -> SheetColumn | None:
    """The column with this heading, however it is spaced and capitalised, or None."""
    name, _bracket, rest = clean_line(heading[:LONGEST]).removeprefix("'").replace("_", " ").lower().partition("(")
    language, _bracket, behind = rest.partition(")")
    language, words = language.strip() + behind.strip(), " ".join(name.split())
    return _by_name().get(words if language in ("", "en") else f"{words} ({language})")
