"""Pointers into the source: paragraph and sentence numbers, never a quotation.

A pointer is written `3` (all of paragraph 3), `3.2` (its second sentence) or `3.2-4`; several are
joined by commas: `2, 3.1`. Paragraphs are the source's lines that are not empty, headings included,
counted from 1.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

POINTER = re.compile(r"(?P<paragraph>[1-9]\d{0,3})(?:\.(?P<first>[1-9]\d{0,2})(?:-(?P<last>[1-9]\d{0,2}))?)?", re.ASCII)


def validate_passage(value: str) -> None:
    """Raise ValidationError unless `value` is a list of pointers."""
    for part in value.split(","):
        match = POINTER.fullmatch(part.strip())
        if not match or (match["last"] and int(match["last"]) <= int(match["first"])):
            raise ValidationError(
                _("“%(part)s” is no passage. Write paragraph and sentences as 3, 3.2 or 3.2-4, several with commas."),
                params={"part": part.strip()},
            )


def describe_passage(value: str) -> str:
    """Return `2, 3.1-2` as “paragraph 2; paragraph 3, sentences 1–2”; "" for ""."""
    return "; ".join(_describe_part(part.strip()) for part in value.split(",") if part.strip())


def _describe_part(part: str) -> str:
    match = POINTER.fullmatch(part)
    if not match:
        return part
    if match["last"]:
        return _("paragraph %(paragraph)s, sentences %(first)s–%(last)s") % match.groupdict()
    if match["first"]:
        return _("paragraph %(paragraph)s, sentence %(first)s") % match.groupdict()
    return _("paragraph %(paragraph)s") % match.groupdict()


class PassageField(models.CharField):
    """A pointer into the pilot's source, empty where there is none."""

    default_validators = [validate_passage]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "help_text",
            gettext_lazy(
                "Where the source says so: paragraph and sentences, such as 3.2-4. Headings count as paragraphs."
            ),
        )
        super().__init__(*args, **kwargs)
