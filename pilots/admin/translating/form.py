"""The form with which the texts of a row are translated: a field for each text, and a tick for each that is right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.admin.confirm import NoteField
from pilots.admin.opened_with import read_opened_with
from pilots.history.differences import Path
from pilots.history.translated_texts import TranslatedText
from pilots.models import Pilot
from pilots.models.content import PARTS
from pilots.models.provenance import State

OPENED_WITH = "_opened_with"  # what each text said when the page was opened
RIGHT = "-right"  # behind the name of a text: the tick that says that it is right as it stands


@dataclass(frozen=True)
class Line:
    """One text as the page shows it: what it says in both languages, its field, its tick if it can be ticked."""

    text: TranslatedText
    field: Any
    tick: Any


class TranslationForm(forms.Form):
    """Asks for the texts of one row in one language. What others saved since it was opened is not overwritten."""

    all_right = forms.BooleanField(
        label=gettext_lazy("I have read all of it: every text on this page is right"), required=False
    )
    note = NoteField(label=gettext_lazy("Why this change"))

    def __init__(
        self,
        texts: list[TranslatedText],
        model: Any,
        *args: Any,
        may_write: bool = True,
        may_check: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if model is not Pilot:
            del self.fields["note"]  # no history would keep it
        self.texts = {name_of_field(text.path): text for text in texts}
        for name, text in self.texts.items():
            self.fields[name] = field_for(text, model)
            if text.may_be_confirmed:
                self.fields[f"{name}{RIGHT}"] = forms.BooleanField(label=tick_label(text), required=False)
        if self.is_bound:
            untouched = {name: text.text for name, text in self.texts.items() if not self._is_changed(name)}
            self.data = {**self.data.dict(), **untouched}  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            is_open = may_write if name in self.texts else may_check
            field.disabled = not (is_open or self.is_bound)  # what was typed stays

    def lines(self) -> Iterator[Line]:
        """What the page shows of each text."""
        for name, text in self.texts.items():
            yield Line(text, self[name], self[f"{name}{RIGHT}"] if f"{name}{RIGHT}" in self.fields else None)

    def clean(self) -> Any:
        """Refuse what somebody else changed since the page was opened; whoever saves again has seen that."""
        said = super().clean() or {}
        for name in sorted(self.stale, key=list(self.texts).index):
            self.add_error(name, _saved_meanwhile(self.texts[name]))
        if self.stale:
            self.add_error(
                None,
                _("Somebody else changed marked texts after you opened this page. Nothing of yours is saved yet. ")
                + _("Look at the marked fields, then save again."),
            )
        return said

    def is_multipart(self) -> bool:
        """True: otherwise a letter takes up to twelve bytes, and a long entry is more than may be sent."""
        return True

    @property
    def stale(self) -> set[str]:
        """The texts that this form changes or confirms, and that say something else than when it was opened."""
        touched = {name for name in self.texts if self._is_changed(name) or self._is_ticked(name)}
        return {name for name in touched if self._opened(name) != _digests(self.texts[name])}

    @property
    def opened_with(self) -> str:
        """What the page carries: what its texts say."""
        if self.is_bound and not self.stale:
            return str(self.data.get(OPENED_WITH, ""))
        return json.dumps({name: _digests(text) for name, text in self.texts.items()})

    @property
    def changed(self) -> dict[Path, str]:
        """The texts that were changed, by their paths."""
        return {text.path: self.cleaned_data[name] for name, text in self.texts.items() if self._is_changed(name)}

    @property
    def confirmed(self) -> list[Path]:
        """The texts that were found right as they stand."""
        return [text.path for name, text in self.texts.items() if self._is_ticked(name) and not self._is_changed(name)]

    def touched_fields(self) -> list[str]:
        """The names of the fields that this form changes or confirms."""
        return [path[-1] for path in (*self.changed, *self.confirmed)]

    def _opened(self, name: str) -> Any:
        return self._opened_texts.get(name)

    @cached_property
    def _opened_texts(self) -> dict[str, Any]:
        return read_opened_with(self.data.get(OPENED_WITH, ""))

    def _is_changed(self, name: str) -> bool:
        """Whether the text is another than the page had when it was opened, and than is saved now."""
        if name not in self.data:
            return False  # a page that does not have the field says nothing of its text
        try:
            said = self.fields[name].clean(self.data[name])
        except ValidationError:
            return True
        opened = self._opened(name)
        return bool(said != self.texts[name].text and not (isinstance(opened, list) and opened[1:] == [_digest(said)]))

    def _is_ticked(self, name: str) -> bool:
        is_ticked = f"{name}{RIGHT}" in self.data or "all_right" in self.data
        return is_ticked and self.texts[name].may_be_confirmed


def name_of_field(path: Path) -> str:
    """The name of the field for a text: `title`, `lessons-2-text`."""
    return "-".join(step for step in (*path[:-3], path[-1]))


def field_for(text: TranslatedText, model: Any) -> Any:
    """The field for a text, as its model has it, empty where nothing is translated."""
    root: Any = PARTS[text.path[0]] if model is Pilot and text.path[0] in PARTS else model
    described = root._parler_meta.root_model._meta.get_field(text.path[-1])
    field = described.formfield(required=False, initial=text.text, help_text="")
    is_line = not isinstance(field.widget, forms.Textarea)  # a long one must be seen whole, too
    rows = 2 if is_line else min(max(len(text.original) // 55 + 2, 3), 16)
    field.widget = forms.Textarea(attrs={"rows": rows, "cols": 40})
    field.widget.attrs |= {"lang": text.path[-2], "class": "translation"}
    return field


def tick_label(text: TranslatedText) -> str:
    """What ticking the box of a text says."""
    return _("Right as it stands") if text.state == State.CURRENT else _("Still right")


def _saved_meanwhile(text: TranslatedText) -> str:
    words = _("Saved meanwhile: “%(value)s”. What you typed stands here. Look at the English beside it, too.")
    return words % {"value": text.text or "–"}


def _digests(text: TranslatedText) -> list[str]:
    """What both texts are compared by, with what they were when the page was opened."""
    return [_digest(text.original), _digest(text.text)]


def _digest(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()[:12]
