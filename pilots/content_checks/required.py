"""What an entry must have before it can be published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pilots.content_checks.finding import Finding, Path, key_for
from pilots.models.content import PARTS, Content, text_fields
from prepare_portal.phrases import all_of


def check_required(content: Content) -> list[Finding]:
    """What is missing without which no entry is published, each named in `excerpt`."""
    english = content["texts"].get("en", {})
    needed: list[tuple[str, Path, object]] = [
        (_("an English title"), ("texts", "en", "title"), english.get("title")),
        (_("an English summary"), ("texts", "en", "summary"), english.get("summary")),
        (_("a partner"), ("partners",), content["partners"]),
        (_("an activity type"), ("activity_types",), content["activity_types"]),
    ]
    needed += _texts_of_parts(content)
    message = _("No entry is published without it.")
    return [
        Finding(f"needed.{path[-1]}", "blocks", path, message, name, key_for(path))
        for name, path, there in needed
        if not there
    ]


def _texts_of_parts(content: Content) -> Iterator[tuple[str, Path, object]]:
    """Yield the English text of each part: without it visitors would read another language in its place."""
    words = {
        "lessons": _("the English text of lesson or working method %(number)s"),
        "key_figures": _("the English text of key figure %(number)s"),
        "organisations_involved": _("the English text of other organisation involved %(number)s"),
    }
    for kind, model in PARTS.items():
        name = text_fields(model)[0]
        for number, part in sorted(content[kind].items(), key=lambda item: int(item[0])):
            said = part["texts"].get("en", {}).get(name)
            yield words[kind] % {"number": number}, (kind, number, "texts", "en", name), said


def missing_fields(content: Content) -> str:
    """What every public entry has and `content` lacks, as one phrase; "" when nothing is missing."""
    return all_of([finding.excerpt for finding in check_required(content)])
