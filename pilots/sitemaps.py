"""The sitemap: the pages of entries and of what they are about; a part for each kind, in pages of `PART`."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from pilots.models import ActivityType, Audience, Authority, Partner, Pilot, Source, Stage, TargetGroup
from pilots.models.vocabulary import Term

# Addresses in one file. The protocol allows 50,000 (https://www.sitemaps.org/protocol.html); fewer are made quickly.
PART = 5000


class EntrySitemap(Sitemap):
    limit = PART
    protocol = "https" if settings.SITE_URL else "http"


class PilotSitemap(EntrySitemap):
    """Published pilots, with the time of their last change."""

    def items(self) -> QuerySet[Pilot]:
        return Pilot.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item: Pilot) -> datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """When an entry was changed last, without reading all."""
        latest: datetime | None = self.items().aggregate(latest=Max("updated_at"))["latest"]
        return latest


class PartnerSitemap(EntrySitemap):
    def items(self) -> QuerySet[Partner]:
        return Partner.objects.public().order_by("pk").only("slug")


class AuthoritySitemap(EntrySitemap):
    def items(self) -> QuerySet[Authority]:
        return Authority.objects.public().order_by("pk").only("slug")


class SourceSitemap(EntrySitemap):
    def items(self) -> QuerySet[Source]:
        return Source.objects.public().order_by("pk").only("slug")


class TermSitemap(EntrySitemap):
    """The values of a vocabulary that published pilots have."""

    model: type[Term]

    def items(self) -> QuerySet[Term]:
        return self.model.objects.public().order_by("pk").only("slug")


class ActivitySitemap(TermSitemap):
    model = ActivityType


class AudienceSitemap(TermSitemap):
    model = Audience


class TargetGroupSitemap(TermSitemap):
    model = TargetGroup


class StageSitemap(TermSitemap):
    model = Stage


class CountrySitemap(EntrySitemap):
    """The countries of published pilots, by their codes."""

    def items(self) -> QuerySet[Authority, str]:
        return Authority.objects.public().order_by("country").values_list("country", flat=True).distinct()

    def location(self, item: str) -> str:
        return reverse("country", args=[item])


SITEMAPS = {
    "pilots": PilotSitemap,
    "partners": PartnerSitemap,
    "authorities": AuthoritySitemap,
    "sources": SourceSitemap,
    "activities": ActivitySitemap,
    "audiences": AudienceSitemap,
    "target-groups": TargetGroupSitemap,
    "stages": StageSitemap,
    "countries": CountrySitemap,
}
