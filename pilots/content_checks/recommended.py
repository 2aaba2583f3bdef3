"""What an entry leaves out: texts, facets, lessons, pointers into the source, translations."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from pilots.content_checks.fields import name_of, name_of_language
from pilots.content_checks.finding import Finding, Path, key_for, texts_of
from pilots.models.content import PARTS, Content
from pilots.models.passage import section_that_says
from pilots.models.pilot import PROFILE, SECTIONS
from prepare_portal.phrases import all_of

FACETS = ("audiences", "target_groups", "stages")
ORIGINAL = settings.LANGUAGE_CODE


def check_recommended(content: Content) -> Iterator[Finding]:
    """Yield what is not there and could be. A source may be silent: these only warn."""
    english = content["texts"].get(ORIGINAL, {})
    for name in SECTIONS:
        if not english.get(name):
            yield _warning("missing.text", ("texts", ORIGINAL, name), _("Empty. Right only if the source is silent."))
    for name in FACETS:
        if not content[name]:
            yield _warning("missing.facet", (name,), _("No value. Visitors who filter by it do not find this entry."))
    if not content["lessons"]:
        yield _warning(
            "missing.lesson",
            ("lessons",),
            _("No lesson or working method. Add what others can take from this pilot."),
        )
    yield from _pointers(content)
    yield from _profile(content)
    yield from _translations(content)


def _pointers(content: Content) -> Iterator[Finding]:
    message = _("No passage of the source is given, so nobody can check these words against it.")
    unstated = _("No passage of the source is given, so this item does not count as stated and is not shown.")
    for name, words in content["texts"].get(ORIGINAL, {}).items():
        if words and name not in content["passages"]:
            yield _warning("missing.passage", ("texts", ORIGINAL, name), unstated if name in PROFILE else message)
    for kind in PARTS:
        for number, part in content[kind].items():
            if part["texts"] and not part["passage"]:
                yield _warning("missing.passage", (kind, number, "passage"), message)


def _profile(content: Content) -> Iterator[Finding]:
    """Yield the items of the profile that are said to be stated, and that nothing in the entry says."""
    english = content["texts"].get(ORIGINAL, {})
    texts = {name: said.get("passage", "") for name, said in content["passages"].items() if english.get(name)}
    for name in PROFILE:
        passage = content["passages"].get(name, {}).get("passage", "")
        if passage and not english.get(name) and not section_that_says(passage, texts):
            message = _("The source is said to state this, but no text rests on that passage. Write what it says.")
            yield _warning("missing.item", ("texts", ORIGINAL, name), message, passage)


def _translations(content: Content) -> Iterator[Finding]:
    """Yield one warning for each language that was begun and not finished."""
    written: dict[str, set[Path]] = {}
    for text in texts_of(content):
        written.setdefault(text.language, set()).add(_without_language(text.path))
    original = [_without_language(text.path) for text in texts_of(content) if text.language == ORIGINAL]
    for language in written:
        absent = [path for path in original if path not in written[language]]
        if absent:
            names = all_of([name_of(path) for path in absent])
            message = _("Not translated into %(language)s: %(names)s.") % {
                "language": name_of_language(language),
                "names": names,
            }
            yield _warning("missing.translation", _in_language(absent[0], language), message, names)


def _without_language(path: Path) -> Path:
    place = path.index("texts") + 1
    return (*path[:place], "", *path[place + 1 :])


def _in_language(path: Path, language: str) -> Path:
    return tuple(language if step == "" else step for step in path)


def _warning(code: str, path: Path, message: str, words: str = "") -> Finding:
    return Finding(code, "warns", path, message, key=key_for(path, words))
