"""What an entry must have before it can be published."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pilots.models.content import Content


def gaps(content: Content) -> list[str]:
    """Return in words what is missing in `content`: without it no entry is published."""
    english = content["texts"].get("en", {})
    needed = [
        (_("an English title"), english.get("title")),
        (_("an English summary"), english.get("summary")),
        (_("a partner"), content["partners"]),
        (_("an activity type"), content["activity_types"]),
    ]
    return [name for name, there in needed if not there]


def missing(content: Content) -> str:
    """Return the gaps as one phrase, "" when there is none."""
    return get_text_list(gaps(content), _("and"))
