"""What files say of translations that nobody has checked: in a sentence, or name by name."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.index.pilots import Index
from pilots.models.provenance import ORIGINAL
from pilots.models.translation import current_language


def note_on_file(public: Index, pilots: Iterable[int]) -> str:
    """That nobody has checked all translations of a file that shows these pilots; "" where somebody has."""
    if not public.unchecked(current_language()) & BitMap(pilots):
        return ""
    return _("Nobody has checked all translations in this file yet. A machine may have made them.")


def standing(row: Any, field: str, language: str) -> str:
    """What is known of a translation: “fr: machine, not checked, current”; for programs, so in English."""
    known = row.standing_in(field, language)
    checked = f"checked {known.checked_on}" if known.checked_on else "not checked"
    return f"{language}: " + ", ".join(filter(None, [known.made_by, checked, known.state and known.state.value]))


def standing_as_shown(row: Any, field: str) -> str:
    """The same of the text that the page's language shows; "" where that is an original."""
    language = row.text_in(field, current_language())[1]
    return standing(row, field, language) if language != ORIGINAL else ""


def named(standings: Iterable[tuple[str, str]]) -> str:
    """What is known of the texts of some columns, one a line: “pilot title: fr: machine, not checked”."""
    return "\n".join(f"{column}: {known}" for column, known in standings if known)
