"""What an entry said, after each change: who changed it, when, why."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilots.models.accounts import account_field
from pilots.models.public import PilotStatus
from pilots.models.text_fields import LONGEST_NOTE, ProseField

# Of revisions: the entry was public then; and what it said was, at some time.
PUBLIC_THEN = Q(status=PilotStatus.PUBLISHED)
WAS_PUBLIC = PUBLIC_THEN | Q(version__isnull=False)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions, the newest first."""

    def of(self, entry: int) -> "RevisionQuerySet":
        """The revisions of the entry with this id, its working copies included."""
        return self.filter(entry_id=entry)

    def versions(self) -> "RevisionQuerySet":
        """The revisions that became public, each with its number."""
        return self.filter(version__isnull=False)


class Revision(models.Model):
    """One pilot, with its lessons, figures and translations, as it was after one change.

    Kept when the pilot is deleted: `entry_id` is the pilot's id without a foreign key. `row` is the id
    of the row that was changed, the pilot's own or that of its working copy, and `edit_count` counts the
    changes of that row. `owner` and `second_writer` are who wrote the row then, who may read this.
    `state_before` is what undoing a move of many entries needs: the status the row had, and what went with it.
    """

    class Kind(models.TextChoices):
        """What was done."""

        FOUND = "found", _("as it was found")
        CREATED = "created", pgettext_lazy("what was done", "added")
        CHANGED = "changed", pgettext_lazy("what was done", "changed")
        REVISED = "revised", _("working copy made")
        DISCARDED = "discarded", _("working copy thrown away")
        SUBMITTED = "submitted", _("sent for review")
        TAKEN_BACK = "taken-back", _("taken back from review")
        SENT_BACK = "sent-back", _("sent back")
        SCHEDULED = "scheduled", _("publication planned")
        UNSCHEDULED = "unscheduled", _("planned publication called off")
        PUBLISHED = "published", pgettext_lazy("what was done", "published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ARCHIVED = "archived", pgettext_lazy("what was done", "archived")
        RESTORED = "restored", _("taken out of the archive")
        REVERTED = "reverted", _("earlier revision brought back")
        RENAMED = "renamed", _("address changed")
        IMPORTED = "imported", _("imported")
        REPLACED = "replaced", _("value changed in many pilots")
        MERGED = "merged", _("two values made one")
        UNDONE = "undone", pgettext_lazy("what was done", "undone")
        DELETED = "deleted", _("deleted")
        RECOVERED = "recovered", _("recovered after deletion")
        HANDED_OVER = "handed-over", _("writers changed")
        CONFIRMED = "confirmed", _("translation checked")

    # The column keeps its first name: a trigger reads it, and is made anew whatever the state of the tables.
    entry_id = models.BigIntegerField(_("entry"), db_column="entry", db_index=True)
    row = models.BigIntegerField(_("row"))
    edit_count = models.PositiveIntegerField(_("number of changes"))
    kind = models.CharField(_("what was done"), max_length=12, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=10)
    version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    content = models.JSONField(_("content"))
    note = ProseField(_("note"), max_length=LONGEST_NOTE, blank=True)
    actor = account_field(_("by"))
    actor_name = models.CharField(_("name at that time"), max_length=150, blank=True)
    owner = account_field(_("written by"))
    second_writer = account_field(_("written together with"))
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    batch = models.UUIDField(_("part of"), null=True, blank=True, db_index=True)
    state_before = models.JSONField(_("state before"), null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(name="revision_counts_the_edits_of_its_row", fields=["row", "edit_count"]),
            models.UniqueConstraint(
                name="version_number_is_unique_in_its_entry",
                fields=["entry_id", "version"],
                condition=Q(version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_kind_display()}"

    @property
    def title(self) -> str:
        """What the entry was called then, in English or another language; its slug when it had no title."""
        texts = self.content.get("texts", {})
        return next((texts[code]["title"] for code in ("en", *texts) if texts.get(code, {}).get("title")), self.slug)

    @property
    def slug(self) -> str:
        """The address the entry had then."""
        return self.content.get("slug", "").lower()

    @property
    def on_working_copy(self) -> bool:
        """Whether a working copy was changed, not the entry itself."""
        return self.row != self.entry_id
