"""What is public: the statuses of an entry, and which entries visitors may see."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models.translation import SluggedQuerySet

# A server looks at the clock every minute, a timer every five.
LATE = timedelta(minutes=10)


class PilotStatus(models.TextChoices):
    """Where an entry stands on its way to the public. Changed through `pilots.workflow` only."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


# On the way to the public; what is archived is not.
UNPUBLISHED = (PilotStatus.DRAFT, PilotStatus.IN_REVIEW)


class PilotQuerySet(SluggedQuerySet):
    def published(self) -> Self:
        """What the public may see. Every query for it starts here."""
        return self.filter(status=PilotStatus.PUBLISHED)

    def withdrawn(self) -> Self:
        """Entries that were public once and are not now, those in the archive included."""
        return self.originals().filter(published_at__isnull=False).exclude(status=PilotStatus.PUBLISHED)

    def originals(self) -> Self:
        return self.filter(revises__isnull=True)

    def overdue(self) -> Self:
        """Those that should have been published minutes ago."""
        return self.filter(publish_at__lt=timezone.now() - LATE)
