"""Asks, for each field that two editors changed in different ways, which of the two to take."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.admin.pilot.conflicts.labels import said, unit_label
from pilots.history.differences import THERE, Path, flat, nested
from pilots.history.labels import Names
from pilots.history.merge import MergeResult, MergeUnit, Values
from pilots.models import Pilot
from pilots.models.content import PARTS, Content, text_fields
from pilots.models.text_fields import ProseField

THEIRS, MINE, BOTH, ANEW = "theirs", "mine", "both", "anew"


def take(path: Path) -> str:
    """The name of the field that asks which one to take."""
    return "take:" + "|".join(path)


def anew(path: Path) -> str:
    """The name of the field for a text written anew."""
    return "anew:" + "|".join(path)


def is_text(unit: MergeUnit) -> bool:
    """Whether the unit is one text, which can be written anew."""
    return "texts" in unit.path and len({*unit.base, *unit.theirs, *unit.mine}) == 1


def text_field(path: Path, **options: Any) -> Any:
    """The field of a form for a text, with the limits that the entry's own form has."""
    model: Any = PARTS.get(path[0], Pilot)
    field = model._parler_meta.root_model._meta.get_field(path[-1])
    rows = 6 if isinstance(field, ProseField) else 2
    widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": rows})
    return field.formfield(label=_("Your new text"), widget=widget, **options)


class Decisions(forms.Form):
    """One question for each conflict. Nothing is chosen beforehand: a person decides."""

    def __init__(self, merged: MergeResult, names: Names, data: Any = None) -> None:
        super().__init__(data)
        self.merged, self.names = merged, names
        for unit in merged.conflicts:
            self.fields[take(unit.path)] = forms.ChoiceField(
                label=unit_label(unit),
                choices=self._choices(unit),
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose one.")},
            )
            if is_text(unit):
                field = text_field(unit.path, initial=unit.mine.get(unit.path, ""))
                field.required = False
                self.fields[anew(unit.path)] = field

    def _choices(self, unit: MergeUnit) -> list[tuple[str, str]]:
        choices = [(THEIRS, _("Keep what is saved")), (MINE, _("Take mine"))]
        if unit.is_list and unit.together not in ([], unit.theirs.get(unit.path), unit.mine.get(unit.path)):
            both = said({unit.path: unit.together}, self.names)
            choices.append((BOTH, _("Take both together: %(values)s") % {"values": both}))
        return [*choices, (ANEW, _("Write it anew"))] if is_text(unit) else choices

    def clean(self) -> dict[str, Any]:
        """Check texts written anew as the entry's own form does."""
        for unit in self.merged.conflicts:
            if self.cleaned_data.get(take(unit.path)) == ANEW:
                try:
                    text_field(unit.path).clean(self.cleaned_data.get(anew(unit.path), ""))
                except ValidationError as error:
                    self.add_error(anew(unit.path), error)
        return self.cleaned_data

    def decided(self) -> dict[Path, Values]:
        """What was decided, by the path of each conflict."""
        return {unit.path: self._decided(unit) for unit in self.merged.conflicts}

    def _decided(self, unit: MergeUnit) -> Values:
        choice = self.cleaned_data[take(unit.path)]
        if choice == ANEW:
            return {unit.path: self.cleaned_data[anew(unit.path)]}
        if choice == BOTH:
            return {unit.path: unit.together}
        return unit.mine if choice == MINE else unit.theirs

    def questions(self) -> Iterator[dict[str, Any]]:
        """Yield what the page shows of each conflict."""
        for unit in self.merged.conflicts:
            yield {
                "label": unit_label(unit),
                "base": said(unit.base, self.names),
                "theirs": said(unit.theirs, self.names),
                "mine": said(unit.mine, self.names),
                "take": self[take(unit.path)],
                "anew": self[anew(unit.path)] if is_text(unit) else None,
            }


def with_texts_anew(mine: Content, data: Any) -> Content:
    """`mine` with the texts that were written anew on a page that came too late, so that they stay."""
    values = flat(mine)
    for name in data:
        path = tuple(name.removeprefix("anew:").split("|"))
        if name.startswith("anew:") and data.get(take(path)) == ANEW and _may_hold(values, path):
            with contextlib.suppress(ValidationError):
                values[path] = text_field(path).clean(data[name])
    return nested(values)


def _may_hold(values: Values, path: Path) -> bool:
    """Whether a content can have a text at `path`: of the entry, or of a part that is there."""
    row, field = path[:-3], path[-1]
    if len(path) not in {3, 5} or path[-3] != "texts" or path[-2] not in dict(settings.LANGUAGES):
        return False
    is_there = not row or (row[0] in PARTS and (*row, THERE) in values)
    return is_there and field in text_fields(PARTS[row[0]] if row else Pilot)
