"""What may be reused, in one sentence and one address, for every file, feed and answer. No licence is invented."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.index.statements import statements
from pilots.models import Statement
from pilots.models.translation import current_language


class Terms(NamedTuple):
    """The operator's sentence on what may be reused, or that there is none; the full address where it stands."""

    sentence: str
    address: str

    def __str__(self) -> str:
        return f"{self.sentence} {self.address}"


def terms_of_reuse(version: int | None, site: str) -> Terms:
    """The terms, at an address that begins with `site`, its scheme and host. One query, none when nothing changed."""
    (said,) = statements(version, [Statement.Kind.REUSE])
    written = said.row.text_in("text", current_language())[0] if said.row else ""
    sentence = " ".join(written.split()) or _("It is not stated what may be reused.")
    return Terms(sentence, terms_address(site))


def terms_address(site: str) -> str:
    """The full address where the terms stand, whatever they are."""
    return f"{site}{reverse('about')}#{Statement.Kind.REUSE.value}"
