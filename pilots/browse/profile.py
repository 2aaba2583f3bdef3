"""What the source states of what one needs to repeat a pilot."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from pilots.models import Passage, Pilot
from pilots.models.passage import passage_by_text, section_that_says
from pilots.models.pilot import PROFILE, SECTIONS
from pilots.models.translation import current_language


@dataclass(frozen=True)
class StatedItem:
    """An item that the source states. `passage` is the raw pointer to its sentences.

    `field` names the pilot's own text on it. Where there is none, `section` names the text that says it
    already; both are "" when only the source says it.
    """

    name: str
    label: "str | Promise"
    passage: str
    field: str
    section: str

    @property
    def section_label(self) -> "str | Promise":
        return Passage.About(self.section).label if self.section else ""


@dataclass(frozen=True)
class Profile:
    """The implementation profile of a pilot, in the order of `PROFILE`: what is stated, and what the rest is called."""

    stated: list[StatedItem]
    unstated: list["str | Promise"]

    @property
    def total(self) -> int:
        return len(self.stated) + len(self.unstated)


def profile_of(pilot: Pilot, passages: Iterable[Passage]) -> Profile:
    """The profile of a pilot fetched with its texts. An item is stated when a pointer stands for it. No query.

    A text of the entry that is empty says nothing, though the source has a passage about it.
    """
    silent = {name for name in SECTIONS if not _is_written(pilot, name)}
    said_in = passage_by_text(row for row in passages if row.about not in silent)
    stated = [_stated_item(pilot, name, said_in) for name in PROFILE if name in said_in]
    return Profile(stated, [Passage.About(name).label for name in PROFILE if name not in said_in])


def _stated_item(pilot: Pilot, name: str, said_in: dict[str, str]) -> StatedItem:
    is_written = _is_written(pilot, name)
    return StatedItem(
        name=name,
        label=Passage.About(name).label,
        passage=said_in[name],
        field=name if is_written else "",
        section="" if is_written else section_that_says(said_in[name], said_in),
    )


def _is_written(pilot: Pilot, name: str) -> bool:
    """Whether a text is there in any language."""
    return bool(pilot.text_in(name, current_language())[0])
