"""Other names of an organisation or place, by which readers of other languages look for it: one a line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.models.plain_text import listed
from pilots.models.text_fields import ProseField

LONGEST_LIST = 1_000  # characters
LONGEST_NAME = 100
LINE = re.compile(r"(?:(?P<language>[a-z]{2,3}):[^\S\n]*)?(?P<name>(?![a-z]{2,3}:\s*$)\S.*)")


class OtherName(NamedTuple):
    """A name and the code of its language, "" where nobody said which."""

    language: str
    name: str


def other_names(lines: str) -> Iterator[OtherName]:
    """Yield the names of a list as editors write it: “La Haye”, or with its language “fr: La Haye”."""
    for line in listed(lines):
        if match := LINE.fullmatch(line):
            yield OtherName(match["language"] or "", match["name"])


def check_other_names(lines: str) -> None:
    """Raise ValidationError naming the first line that is no name."""
    for line in listed(lines):
        said = {"line": line, "most": LONGEST_NAME}
        if not LINE.fullmatch(line):
            raise ValidationError(_("“%(line)s” is no name. Write one name a line, such as “fr: La Haye”.") % said)
        if any(len(one.name) > LONGEST_NAME for one in other_names(line)):
            raise ValidationError(_("“%(line)s” is too long for a name: at most %(most)d characters.") % said)


def other_names_field() -> ProseField:
    return ProseField(
        gettext_lazy("other names"),
        max_length=LONGEST_LIST,
        blank=True,
        validators=[check_other_names],
        help_text=gettext_lazy(
            "What it is called in other languages, one name a line, each with its language: “fr: La Haye”. Names only. "
            "The search finds its pilots by them, and shows them nowhere else."
        ),
    )
