"""Warnings before publishing that a reviewer has looked at and accepted, with the reason."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models.accounts import account_field
from pilots.models.pilot import Pilot
from pilots.models.text_fields import LONGEST_NOTE, ProseField


class AcceptedWarning(models.Model):
    """One warning about one entry that does not count any more.

    `code` names the check and `key` what it found: the field and the words. When the words change,
    the warning is a new one. It belongs to the entry, so that a working copy has it too.
    """

    entry = models.ForeignKey(Pilot, models.CASCADE, related_name="accepted_warnings", verbose_name=_("pilot"))
    code = models.CharField(_("check"), max_length=40)
    key = models.CharField(_("what was found"), max_length=200)
    reason = ProseField(_("reason"), max_length=LONGEST_NOTE)
    by = account_field(_("by"), blank=False)
    by_name = models.CharField(_("name at that time"), max_length=150, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ("entry", "code", "key")
        constraints = [
            models.UniqueConstraint(name="warning_is_accepted_once", fields=["entry", "code", "key"]),
            models.CheckConstraint(name="accepted_warning_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.code}"
