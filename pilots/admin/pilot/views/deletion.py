"""What a page that deletes says: what goes along, in the words of editors, and which pilots stand in the way."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.models import Pilot, Presence
from pilots.models.access import readable_pilots
from pilots.models.translation import Translation
from prepare_portal.phrases import labelled


def gone_along(rows: Sequence[Model]) -> tuple[list[str], dict[str, int]]:
    """The rows and their working copies by name, and how many there are of each kind that goes along.

    Ties between two rows, and who has a form open, are no things that anybody would miss.
    """
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(list(rows))
    held: dict[Any, set[Any]] = dict(collector.model_objs)
    found = {kind: rows for kind, rows in held.items() if not kind._meta.auto_created and kind is not Presence}
    named = sorted(found[type(rows[0])], key=lambda row: (getattr(row, "entry_id", row.pk), row.pk))
    counts = Counter[str]()
    for kind, those in found.items():
        counts[_("translations") if issubclass(kind, Translation) else str(kind._meta.verbose_name_plural)] += len(
            those
        )
    return [_named(row) for row in named], counts


def _named(row: Any) -> str:
    kind = _("Working copy") if getattr(row, "revises_id", None) else row._meta.verbose_name
    return labelled(capfirst(str(kind)), row)


def named_users(users: set[Pilot], reader: Any) -> list[Any]:
    """A line for each pilot that keeps a row from being deleted; those that `reader` may not read count only."""
    readable = readable_pilots(reader, Pilot.objects.filter(pk__in=[pilot.pk for pilot in users]))
    lines: list[Any] = [
        format_html(
            '{}: <a href="{}">{}</a>',
            _("Used by the pilot"),
            reverse("admin:pilots_pilot_change", args=[pilot.pk]),
            pilot,
        )
        for pilot in readable.prefetch_related("translations").order_by("slug")
    ]
    others = len(users) - len(lines)
    if others:
        words = ngettext(
            "Used by %(n)d pilot that you may not read", "Used by %(n)d pilots that you may not read", others
        )
        lines.append(words % {"n": others})
    return lines
