"""The sitemap: the pages of entries and of what they are about; a part for each kind, in pages of `PART`."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from pyroaring import BitMap

from pilots.index.pilots import index
from pilots.models import ActivityType, Audience, Authority, Partner, Pilot, Source, Stage, TargetGroup
from pilots.models.vocabulary import Term
from prepare_portal.languages import LANGUAGES, ORIGINAL, in_language

# Entries in one file, each with an address in every language. The protocol allows 50,000 addresses
# (https://www.sitemaps.org/protocol.html); fewer are made quickly, and kept as pages are.
PART = 200


class EntrySitemap(Sitemap):
    """Entries of a kind, each in every language, and with each the way to the others.

    Django would read all entries for each file, and make the address of each thirty times.
    """

    limit = PART
    protocol = "https" if settings.SITE_URL else "http"
    unchecked: dict[str, BitMap]  # pilots with a text that nobody has checked, by language
    translated: dict[str, BitMap]  # pilots with a text in a language
    unchecked_works: dict[str, bool]

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """What the template of Django's sitemaps shows: the English address of each item, then the others."""
        public = index()
        self.unchecked = {code: public.unchecked(code) for code in LANGUAGES}
        self.translated = {code: public.translated(code) for code in LANGUAGES}
        self.unchecked_works = {code: public.has_unchecked_works(code) for code in LANGUAGES}
        host = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        return [
            url | {"location": alternate["location"], "alternates": alternates}
            for url in super().get_urls(page, site, protocol)
            for languages in [self.languages_of(url["item"])]
            for alternates in [alternates_of(host, url["location"].removeprefix(host), languages)]
            for alternate in alternates[:-1]
        ]

    def languages_of(self, item: Any) -> list[str]:
        """In which languages the page of an item shows entries, and nobody need be told that texts are unchecked."""
        return [code for code in LANGUAGES if self.translated[code] and not self.unchecked[code]]


def alternates_of(host: str, path: str, languages: list[str]) -> list[dict[str, str]]:
    """The full addresses of a page in some languages, the last one for readers of any other."""
    named = [(code, code) for code in languages] + [("x-default", ORIGINAL)]
    return [{"lang_code": name, "location": host + in_language(path, code)} for name, code in named]


class PilotSitemap(EntrySitemap):
    """Published pilots, with the time of their last change."""

    def items(self) -> QuerySet[Pilot]:
        return Pilot.objects.published().order_by("pk").only("slug", "updated_at")

    def languages_of(self, item: Pilot) -> list[str]:
        return [code for code in LANGUAGES if item.pk in self.translated[code] - self.unchecked[code]]

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


class TextSitemap(EntrySitemap):
    """Rows with texts of their own on their pages."""

    def languages_of(self, item: Any) -> list[str]:
        return [code for code in super().languages_of(item) if not item.has_unchecked(code)]


class SourceSitemap(TextSitemap):
    def items(self) -> QuerySet[Source]:
        return Source.objects.public().order_by("pk").only("slug").prefetch_related("translations")


class TermSitemap(TextSitemap):
    """The values of a vocabulary that published pilots have."""

    model: type[Term]

    def languages_of(self, item: Any) -> list[str]:
        return [code for code in super().languages_of(item) if not self.unchecked_works[code]]

    def items(self) -> QuerySet[Term]:
        return self.model.objects.public().order_by("pk").only("slug").prefetch_related("translations")


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

    def languages_of(self, item: str) -> list[str]:
        return [code for code in super().languages_of(item) if not self.unchecked_works[code]]

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
