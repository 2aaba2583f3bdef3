"""Which version of the public content the database holds, and which pilots changed on the way to it.

Database triggers (`pilots.models.triggers`) queue the pilot of every row that is written, in whatever
way it is written. `pilots.index.content_version` takes the queue in and raises the number.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Stand in the queue for what is not one pilot's: names, the glossary, former addresses; or for everything.
NAMES = 0
EVERYTHING = -1


class ContentVersion(models.Model):
    """One row: the number of the public content. A number is never given twice."""

    number = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("version of the content")
        verbose_name_plural = _("versions of the content")

    def __str__(self) -> str:
        return str(self.number)


class ContentQueue(models.Model):
    """A pilot of which a row was written since the number was last raised. Written by triggers only."""

    pilot = models.BigIntegerField(_("pilot"), db_index=True)

    class Meta:
        verbose_name = _("change of the content")
        verbose_name_plural = _("changes of the content")

    def __str__(self) -> str:
        return str(self.pilot)


class ContentChange(models.Model):
    """The last change of one pilot: at which number, whether it was public then, whether its words are indexed."""

    pilot = models.BigIntegerField(_("pilot"), primary_key=True)
    number = models.BigIntegerField(_("number"), db_index=True)
    public = models.BooleanField(_("public"))
    indexed = models.BooleanField(_("words are indexed"), default=False)

    class Meta:
        verbose_name = _("last change of a pilot")
        verbose_name_plural = _("last changes of pilots")
        indexes = [
            models.Index(name="changes_to_index", fields=["pilot"], condition=models.Q(indexed=False)),
        ]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.number}"
