"""The sentences of the source, shown to editors beside what is written from them."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from pilots.models import Pilot


@dataclass(frozen=True)
class SentencesOf:
    """A read-only row of the form: what the source says where a field of the pilot rests on it."""

    about: str
    pointer: str

    short_description = _("In the source")

    @property
    def __name__(self) -> str:
        return f"{self.about}_in_the_source"

    def __call__(self, pilot: Pilot) -> SafeString:
        return quoted(pilot, self.pointer)


def quoted(pilot: Pilot, pointer: str) -> SafeString:
    """The sentences that a pointer of `pilot` names. Two queries for the first of a pilot's pointers, then none."""
    text = pilot.source.numbered_text if pilot.source_id else None
    if text is None or not pointer:
        return mark_safe("–")
    return render_to_string("admin/pilots/sentences.html", {"quotation": text.look_up(pointer)})


def has_text(pilot: Pilot | None) -> bool:
    """Whether the text of the pilot's source is there. Two queries at first, then none."""
    return bool(pilot and pilot.source_id and pilot.source.numbered_text)


def sentences_by_field(pilot: Pilot | None) -> dict[str, SentencesOf]:
    """What to show beside the fields of a pilot, by their names. One query at first, then none."""
    if pilot is None or not has_text(pilot):
        return {}
    cached = pilot.__dict__
    if "_sentences" not in cached:
        rows = pilot.passages.filter(value="")
        cached["_sentences"] = {row.about: SentencesOf(row.about, row.passage) for row in rows}
    return cached["_sentences"]


def with_sentences(fields: Any, sentences: dict[str, SentencesOf]) -> tuple[Any, ...]:
    """The fields of a group of the form, each with the sentences it rests on behind it."""
    shown: list[Any] = []
    for line in fields:
        shown.append(line)
        shown += [sentences[name] for name in ([line] if isinstance(line, str) else line) if name in sentences]
    return tuple(shown)
