"""What texts are called on the pages about translating, and how they stand, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.history.differences import Path
from pilots.history.labels import describe_record, part_label
from pilots.history.translated_texts import TranslatedText
from pilots.models import Partner, Pilot
from pilots.models.content import PARTS, Content
from pilots.models.marked_text import MarkedText
from pilots.models.pilot import PROFILE
from pilots.models.provenance import ORIGINAL
from prepare_portal.phrases import series_of


def group_of(path: Path, content: Content) -> str:
    """The heading that a text of an entry stands under."""
    if path[0] in PARTS:
        return part_label(path[0], path[1], content)
    return _("To do this yourself") if path[-1] in PROFILE else _("Texts")


def label_of_text(path: Path, model: Any) -> str:
    """What the field of a text is called."""
    root = PARTS.get(path[0], model)
    return str(capfirst(root._parler_meta.root_model._meta.get_field(path[-1]).verbose_name))


def full_label(path: Path, content: Content) -> str:
    """What the field of a text is called where no heading stands above it: “Lesson 1 · Text”."""
    return f"{group_of(path, content)} · {label_of_text(path, Pilot)}"


def describe(text: TranslatedText) -> str:
    """How a text stands, and who made and checked it: “out of date in meaning; made by a machine, not checked”."""
    state = str(text.state.label)
    return capfirst(series_of([state, describe_record(text.record)]) if text.text else state)


def in_its_language(name: str, texts: Sequence[TranslatedText], model: Any) -> str:
    """What a row is called, by the first of its `texts`, with the language it is in where that is known."""
    for first in texts[:1]:
        if name == first.text:
            return MarkedText(name, str(first.path[-2]))
        if name == first.original:
            return MarkedText(name, "" if model is Partner else ORIGINAL)
    return name
