"""What an entry must have before it can be published."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pilots.checks.finding import Finding, Path, key_for
from pilots.models.content import Content


def check_needed(content: Content) -> list[Finding]:
    """Return what is missing without which no entry is published, each named in `excerpt`."""
    english = content["texts"].get("en", {})
    needed: list[tuple[str, Path, object]] = [
        (_("an English title"), ("texts", "en", "title"), english.get("title")),
        (_("an English summary"), ("texts", "en", "summary"), english.get("summary")),
        (_("a partner"), ("partners",), content["partners"]),
        (_("an activity type"), ("activity_types",), content["activity_types"]),
    ]
    message = _("No entry is published without it.")
    return [
        Finding(f"needed.{path[-1]}", "blocks", path, message, name, key_for(path))
        for name, path, there in needed
        if not there
    ]


def gaps(content: Content) -> list[str]:
    """Return in words what is missing in `content`: without it no entry is published."""
    return [finding.excerpt for finding in check_needed(content)]


def missing(content: Content) -> str:
    """Return the gaps as one phrase, "" when there is none."""
    return get_text_list(gaps(content), _("and"))
