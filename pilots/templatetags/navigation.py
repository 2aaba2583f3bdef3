"""The sections of the site, under the one name that each has everywhere."""

from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

register = template.Library()


class SiteSection(NamedTuple):
    """A section: the name of its address, its own name, and the addresses of the other pages it holds."""

    page: str
    label: "_StrPromise"
    holds: frozenset[str] = frozenset()


TOPICS = ("activity", "audience", "target-group", "stage", "country")
SECTIONS = (
    SiteSection(
        "pilots",
        gettext_lazy("Pilots"),
        frozenset({"map", "matrix", "pilot", "pilot-versions", "pilot-questions", "compare", "shortlist", *TOPICS}),
    ),
    SiteSection("lessons", gettext_lazy("Lessons")),
    SiteSection("partners", gettext_lazy("Partners"), frozenset({"partner", "authorities", "authority"})),
    SiteSection("about", gettext_lazy("About")),
)


@register.simple_tag
def sections(here: str) -> list[tuple[SiteSection, str]]:
    """The sections, each with its `aria-current` on the page `here`: the page itself, within it, or nothing."""
    return [
        (section, "page" if section.page == here else "true" if here in section.holds else "") for section in SECTIONS
    ]
