"""What a citation says of a pilot: what the portal knows of the entry as a report of its own, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilots.models import Pilot
from pilots.models.provenance import ORIGINAL


@dataclass(frozen=True)
class CitedPilot:
    """A public pilot as a report of the portal, which is its author and its publisher. `address` is a full one."""

    slug: str
    title: str
    language: str
    publisher: str
    version: int
    issued: date
    address: str

    @property
    def edition(self) -> str:
        """The version, which the entry of another day may not have any more."""
        return _("Version %(number)d") % {"number": self.version}

    def as_csl(self) -> dict[str, Any]:
        """The record as the Citation Style Language has it."""
        return {
            "id": self.slug,
            "type": "report",
            "title": self.title,
            "author": [{"literal": self.publisher}],
            "publisher": self.publisher,
            "issued": {"date-parts": [[self.issued.year, self.issued.month, self.issued.day]]},
            "version": str(self.version),
            "URL": self.address,
            "language": self.language,
        }


def cited(pilot: Pilot, site: str) -> CitedPilot:
    """The record of a public pilot that was fetched with its texts. `site` is scheme and host. No query.

    Its title is the original one, in every language: a report has one name, and a translation may change.
    """
    title, language = pilot.text_in("title", ORIGINAL)
    since = pilot.version_at or pilot.published_at
    return CitedPilot(
        slug=pilot.slug,
        title=" ".join(title.split()),
        language=language,
        publisher=_("PREPARE pilots"),
        version=max(pilot.version, 1),
        issued=since.date(),  # type: ignore[union-attr]  # a public pilot has one, by a constraint
        address=site + pilot.get_absolute_url(),
    )
