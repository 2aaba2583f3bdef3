"""Finds wordings by their fingerprints in what an entry said before: the English that a translation rests on, …"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pilots.history.differences import Path
from pilots.history.translated_texts import TranslatedText, translated_texts
from pilots.models import Revision
from pilots.models.access import readable_revisions
from pilots.models.content import Content
from pilots.models.provenance import State, fingerprint

# By entry, the fingerprints that are looked for, by the paths of the texts.
Wanted = Mapping[int, dict[Path, str]]


def earlier_wordings(user: Any, entry: int, texts: Iterable[TranslatedText]) -> dict[Path, str]:
    """The English that each outdated text rests on, by the path of the text, as far as `user` may read it.

    One query when something is out of date, else none; revisions are read one by one, the newest first.
    """
    return wordings_by_entry(user, {entry: texts})[entry]


def wordings_by_entry(user: Any, texts: Mapping[int, Iterable[TranslatedText]]) -> dict[int, dict[Path, str]]:
    """The same for many entries. One query for all of them."""
    return _find(user, {entry: _outdated(texts[entry]) for entry in texts}, lambda text: text.original)


def earlier_translations(user: Any, wanted: Wanted) -> dict[int, dict[Path, str]]:
    """The translations of many entries that said what has these fingerprints, as `wordings_by_entry`."""
    return _find(user, wanted, lambda text: text.text)


def _find(user: Any, sought: Wanted, said: Callable[[TranslatedText], str]) -> dict[int, dict[Path, str]]:
    found: dict[int, dict[Path, str]] = {entry: {} for entry in sought}
    wanted = {entry: paths for entry, paths in sought.items() if paths}
    if wanted:
        revisions = readable_revisions(user, Revision.objects.filter(entry_id__in=wanted)).order_by("-pk")
        for entry, content in revisions.values_list("entry_id", "content").iterator():
            if entry in wanted:
                found[entry] |= _among(content, wanted[entry], said)
                left = {path: rests_on for path, rests_on in wanted.pop(entry).items() if path not in found[entry]}
                wanted |= {entry: left} if left else {}
            if not wanted:
                break
    return found


def _outdated(texts: Iterable[TranslatedText]) -> dict[Path, str]:
    return {text.path: text.record["of"] for text in texts if text.state in OUTDATED and text.record.get("of")}


OUTDATED = (State.OUTDATED_WORDING, State.OUTDATED_MEANING)


def _among(content: Content, wanted: dict[Path, str], said: Callable[[TranslatedText], str]) -> dict[Path, str]:
    language = next(iter(wanted))[-2]
    texts = {text.path: said(text) for text in translated_texts(content, language)}
    return {
        path: texts[path] for path, sought in wanted.items() if path in texts and fingerprint(texts[path]) == sought
    }
