"""What a check takes and what it gives: texts of an entry with their places, what is known, findings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from pilots.content_checks.tokenizer import Phrases, folded
from pilots.models.content import PARTS, Content

Path = tuple[str, ...]
Level = Literal["blocks", "warns"]


@dataclass(frozen=True)
class KnownTerms:
    """What the portal knows, as plain values: names that are no person's, places, explained terms, the source.

    `public_contacts` are those of the entry's authority and partners, each with the field that names it.
    """

    names: tuple[Phrases, ...] = ()
    places: Phrases = field(default_factory=Phrases)
    abbreviations: frozenset[str] = frozenset()
    source_url: str = ""
    public_contacts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EntryText:
    """One text of an entry: the path that leads to it in the content, its language, its words."""

    path: Path
    language: str
    words: str


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    `path` leads to the field in the content, `message` says what is to be done, `excerpt` what was
    found. `key` stands for field, words and sentence: when one of them changes, it is another finding.
    """

    code: str
    level: Level
    path: Path
    message: str
    excerpt: str = ""
    key: str = ""

    @property
    def about_people(self) -> bool:
        """Whether it is about what could point at a person."""
        return self.code.startswith("disclosure.")

    @property
    def may_be_accepted(self) -> bool:
        """Whether a reviewer can let it pass: all but what every entry must have."""
        return not self.code.startswith("needed.")

    @property
    def token(self) -> str:
        """The finding in sixteen letters, for addresses."""
        return _digest(f"{self.code} {self.key}")


def key_for(path: Path, words: str = "", sentence: str = "") -> str:
    """The key of a finding: field and words as they read, and the sentence they stand in as a digest."""
    parts = ["/".join(path), folded(words)[:120], _digest(folded(sentence)) if sentence else ""]
    return ": ".join(part for part in parts if part)[:200]


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def texts_of(content: Content) -> Iterator[EntryText]:
    """Yield every text of the entry in every language, in the order of the form."""
    for language, texts in content["texts"].items():
        for name, words in texts.items():
            yield EntryText(("texts", language, name), language, words)
    for kind in PARTS:
        for number, part in sorted(content[kind].items(), key=lambda item: int(item[0])):
            for language, texts in part["texts"].items():
                for name, words in texts.items():
                    yield EntryText((kind, number, "texts", language, name), language, words)
