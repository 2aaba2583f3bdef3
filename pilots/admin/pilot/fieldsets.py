"""The groups of the pilot's form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pilots.models.pilot import PROFILE, SECTIONS

REPEATING_HELP = _(
    "What somebody needs who wants to do the same. An item counts as stated when a sentence of the source answers "
    "it directly and a passage below points to that sentence. Write a text here only where no other text of the "
    "entry says it: visitors are led to the text that does."
)

FIELDSETS: Any = (
    (
        None,
        {
            "fields": ("title", "summary"),
            "description": _(
                "Write what the source says, in your own plain words. Leave empty what it does not say: "
                "visitors then read that the source does not state it."
            ),
        },
    ),
    (
        _("Who and what"),
        {"fields": ("authority", "partners", "activity_types", "audiences", "target_groups", "stages")},
    ),
    (_("Texts"), {"fields": SECTIONS}),
    (
        _("To do this yourself"),
        {"fields": PROFILE, "classes": ("collapse",), "description": REPEATING_HELP},
    ),
    (_("When, and how it is known"), {"fields": (("start", "end"), "evaluation", "source", "reviewed_on")}),
    (_("Address and status"), {"fields": ("slug", ("status", "published_at"), ("created_at", "updated_at"))}),
    (_("For the history"), {"fields": ("note", "wording_only", "seen_edit")}),
)
