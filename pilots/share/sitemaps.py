"""The sitemap: the pages of entries, and nothing else."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from pilots.models import Authority, Partner, Pilot


class EntrySitemap(Sitemap):
    """Pages of one kind of entry."""

    protocol = "https" if settings.SITE_URL else "http"


class PilotSitemap(EntrySitemap):
    """Published pilots, with the time of their last change."""

    def items(self) -> QuerySet[Pilot]:
        """Return the public pilots."""
        return Pilot.objects.published().order_by("slug")

    def lastmod(self, item: Pilot) -> datetime:
        """Return when the entry was last changed."""
        return item.updated_at


class PartnerSitemap(EntrySitemap):
    """Partners of published pilots."""

    def items(self) -> QuerySet[Partner]:
        """Return the partners that have a page."""
        return Partner.objects.public().order_by("slug")


class AuthoritySitemap(EntrySitemap):
    """Authorities of published pilots."""

    def items(self) -> QuerySet[Authority]:
        """Return the authorities that have a page."""
        return Authority.objects.public().order_by("slug")


SITEMAPS = {"pilots": PilotSitemap, "partners": PartnerSitemap, "authorities": AuthoritySitemap}
