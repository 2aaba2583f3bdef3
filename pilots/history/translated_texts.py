"""The texts of an entry beside their translations, one by one, and how each stands. Takes plain values."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilots.history.differences import Path, flat, nested
from pilots.models import Pilot
from pilots.models.content import PARTS, Content, text_fields
from pilots.models.provenance import ORIGINAL, Record, State, is_unchecked, record_in, state_of
from pilots.models.roles import LANGUAGES
from pilots.models.row_texts import RowTexts

# State → how many texts, and how many of all nobody has checked.
Counts = dict[str, int]
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class TranslatedText:
    """One text of an entry in another language. `path` is that of the translation; `pointer` leads into the source."""

    path: Path
    original: str
    original_record: Record
    text: str
    record: Record
    pointer: str = ""

    @property
    def state(self) -> State:
        return state_of(self.original, self.original_record, self.text, self.record)

    @property
    def is_unchecked(self) -> bool:
        return bool(self.text) and is_unchecked(self.record)

    @property
    def may_be_confirmed(self) -> bool:
        """Whether somebody can find it right as it stands: it is out of date, or nobody has checked it."""
        return bool(self.text) and (self.state != State.CURRENT or self.is_unchecked)


def translated_texts(content: Content, language: str) -> list[TranslatedText]:
    """Every text that the entry says in English or in `language`, in the order of the form."""
    passages = content.get("passages", {})
    found = [
        _text((), content, field, language, passages.get(field, {}).get("passage", "")) for field in text_fields(Pilot)
    ]
    for name, model in PARTS.items():
        for number in sorted(content[name], key=int):
            part = content[name][number]
            found += [_text((name, number), part, field, language, part["passage"]) for field in text_fields(model)]
    return [text for text in found if text.original or text.text]


def _text(row: Path, said: Content, field: str, language: str, pointer: str) -> TranslatedText:
    original, text = (said["texts"].get(code, {}).get(field, "") for code in (ORIGINAL, language))
    original_record, record = (record_in(said, code, field) for code in (ORIGINAL, language))
    return TranslatedText((*row, "texts", language, field), original, original_record, text, record, pointer)


def texts_of_row(said: RowTexts, model: Any, language: str) -> list[TranslatedText]:
    """The same of a row of `model` that is no entry: an organisation, a value, a term."""
    texts = [_text((), said, field, language, "") for field in text_fields(model)]
    return [text for text in texts if text.original or text.text]


def count_states(content: Content) -> dict[str, Counts]:
    """How many texts stand how, by language; states that no text has are left out."""
    return {language: counts_of(translated_texts(content, language)) for language in LANGUAGES}


def counts_of(texts: list[TranslatedText]) -> Counts:
    """How many of these texts stand how."""
    counts: Counts = dict(Counter(text.state.value for text in texts))
    unchecked = sum(text.is_unchecked for text in texts)
    return counts | ({UNCHECKED: unchecked} if unchecked else {})


def with_texts(content: Content, texts: dict[Path, str]) -> Content:
    """The content with other words at these paths; an empty text is none."""
    values = flat(content) | texts
    return nested({path: value for path, value in values.items() if value or path not in texts})


def outdated_by(before: Content, after: Content, model: Any = Pilot) -> Iterator[TranslatedText]:
    """The translations that were up to date `before` the English changed, and are not `after`, as they were.

    Both are contents of an entry, or what a row of another `model` says.
    """
    for language in LANGUAGES:
        then, now = (
            translated_texts(said, language) if model is Pilot else texts_of_row(said, model, language)
            for said in (before, after)
        )
        present = {text.path: text for text in now}
        for text in then:
            later = present.get(text.path)
            if later and text.text and later.text == text.text and _is_worse(text, later):
                yield text


def _is_worse(before: TranslatedText, after: TranslatedText) -> bool:
    ranks = [State.CURRENT, State.OUTDATED_WORDING, State.OUTDATED_MEANING]
    return before.original != after.original and ranks.index(after.state) > ranks.index(before.state)
