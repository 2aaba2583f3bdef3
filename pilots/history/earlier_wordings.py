"""Finds the English wording that a translation rests on, by its fingerprint, in what an entry said before."""

from collections.abc import Iterable
from typing import Any

from pilots.history.differences import Path
from pilots.history.translated_texts import TranslatedText, translated_texts
from pilots.models import Revision
from pilots.models.access import readable_revisions
from pilots.models.content import Content
from pilots.models.provenance import State, fingerprint


def earlier_wordings(user: Any, entry: int, texts: Iterable[TranslatedText]) -> dict[Path, str]:
    """The English that each outdated text rests on, by the path of the text, as far as `user` may read it.

    One query when something is out of date, else none; revisions are read one by one, the newest first.
    """
    wanted = {text.path: text.record["of"] for text in texts if text.state in OUTDATED and text.record.get("of")}
    found: dict[Path, str] = {}
    if wanted:
        revisions = readable_revisions(user, Revision.objects.of(entry)).order_by("-pk")
        for content in revisions.values_list("content", flat=True).iterator():
            found |= _among(content, wanted)
            wanted = {path: rests_on for path, rests_on in wanted.items() if path not in found}
            if not wanted:
                break
    return found


OUTDATED = (State.OUTDATED_WORDING, State.OUTDATED_MEANING)


def _among(content: Content, wanted: dict[Path, str]) -> dict[Path, str]:
    language = next(iter(wanted))[-2]
    said = {text.path: text.original for text in translated_texts(content, language)}
    return {path: said[path] for path, rests_on in wanted.items() if fingerprint(said.get(path, "")) == rests_on}
