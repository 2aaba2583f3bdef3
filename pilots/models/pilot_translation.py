"""What a pilot says in one language: its texts, and the items of its implementation profile."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslationsForeignKey

from pilots.models.pilot import Pilot
from pilots.models.text_fields import LONGEST_SUMMARY, LONGEST_TEXT, LineField, ProseField
from pilots.models.translation import Translation


def profile_item(label: Any, help_text: Any) -> ProseField:
    """An item of the profile. It holds a text only where no other text of the entry says it."""
    return ProseField(label, max_length=LONGEST_TEXT, blank=True, help_text=help_text)


class PilotTranslation(Translation):
    """A pilot's texts in one language. What the source does not say is empty."""

    master = TranslationsForeignKey(Pilot, models.CASCADE, related_name="translations")
    title = LineField(_("title"), max_length=200)
    summary = ProseField(
        _("summary"),
        max_length=LONGEST_SUMMARY,
        blank=True,
        help_text=_("Two or three short sentences: who did what, with whom, for whom."),
    )
    background = ProseField(
        _("background"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Why this pilot came about. Leave empty if not stated."),
    )
    objectives = ProseField(
        _("objectives"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("What the pilot was meant to achieve."),
    )
    what_was_done = ProseField(
        _("what was done"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Steps, people, methods. Explain each abbreviation."),
    )
    results = ProseField(
        _("results"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("What came of it, as the source reports it. Intentions belong to prospects."),
    )
    prospects = ProseField(
        _("prospects"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("What is planned or hoped for next."),
    )

    mechanism = profile_item(
        _("why it should work"),
        _("The reason the source gives why this would have the effect it was meant to have. An aim is no reason."),
    )
    materials = profile_item(
        _("materials"),
        _("What was used or handed out: a handbook, worksheets, a tool. The subjects of a training are not materials."),
    )
    steps = profile_item(
        _("steps"),
        _("What came first, next and last, when the source tells the order."),
    )
    staff = profile_item(
        _("who did it, and with what training"),
        _("Who carried it out, beyond the authority and the partner, and how they were prepared for it."),
    )
    delivery = profile_item(
        _("how it was delivered"),
        _("In groups or one to one, in person or at a distance, when the source says which."),
    )
    setting = profile_item(
        _("where, and what it needs there"),
        _("The room, building or town where it took place, and what has to be there."),
    )
    duration = profile_item(
        _("how often and how long"),
        _("Number of sessions, hours, days, weeks."),
    )
    reach = profile_item(
        _("who was reached, of how many"),
        _("Who took part in the end, and out of how many. Not for whom it was meant."),
    )
    tailoring = profile_item(
        _("fitted to whom"),
        _("What was fitted to the people or the place, and to which."),
    )
    changes = profile_item(
        _("changed on the way, and why"),
        _("What was done in another way than planned, and the reason."),
    )
    fidelity = profile_item(
        _("kept to plan"),
        _("Whether it was carried out as planned, and how that is known."),
    )
    cost = profile_item(
        _("cost"),
        _("Setting up, running, time of staff, and who paid."),
    )
    continuation = profile_item(
        _("went on after the pilot"),
        _("What goes on since the pilot ended. A plan to go on belongs to prospects."),
    )
    core = profile_item(
        _("what must stay and what may change"),
        _("What is said to be essential, and what others may do in their own way."),
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("pilot translation")
