"""What an archive is made of: the public content at one version."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import override
from pyroaring import BitMap

from pilots.api.filters import ORIGINAL
from pilots.browse.deletions import last_public_change
from pilots.index.pilots import Index, index
from pilots.index.terms import Terms, terms_of_reuse
from prepare_portal.context import site_origin

# Of a portal that never had pilots: the earliest day that a zip file can name.
NEVER = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Snapshot:
    """The public content: its index, what full addresses begin with, the terms, and when an entry last changed.

    To leave the public is a change too: whoever harvests by that date has to hear of it.
    """

    public: Index
    site: str
    terms: Terms
    changed_at: datetime

    @property
    def day(self) -> str:
        return f"{self.changed_at.astimezone(UTC):%Y-%m-%d}"

    @property
    def pilots(self) -> BitMap:
        return self.public.public

    def absolute(self, path: str) -> str:
        return self.site + path

    def is_current(self) -> bool:
        """Whether nothing that is public has changed since. One query, more where something has."""
        now = index()
        return now.number == self.public.number and now.public == self.pilots


def snapshot() -> Snapshot:
    """The public content as it is now, with the terms in English. Two queries, more where something changed."""
    public, site = index(), site_origin()
    with override(ORIGINAL):
        terms = terms_of_reuse(public.number, site)
    return Snapshot(public, site, terms, last_public_change(public.number) or NEVER)
