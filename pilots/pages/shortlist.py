"""The visitor's shortlist: the pilots that the address carries, to read, to compare, to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.classification import values_by_pilot
from pilots.browse.comparison import MOST_COMPARED, ShortlistPage
from pilots.content_checks.privacy import tells_of_persons
from pilots.models import Lesson, Passage, Pilot
from pilots.models.lesson import HOW_THEY_WORKED, WHAT_WAS_LEARNT
from pilots.models.translation import current_language
from pilots.pages.mailto import mailto
from pilots.pages.pilot.facts import Fact, further_facts, not_stated_sentence, reached_at
from prepare_portal.context import origin

# The texts of a pilot that the handout has.
SHOWN = ("what_was_done", "results")


@dataclass(frozen=True)
class HandoutText:
    """A text of a pilot; one that tells of single persons is not carried out of its entry."""

    name: str
    label: str
    tells_of_persons: bool


@dataclass(frozen=True)
class ShortlistEntry:
    """A pilot on the shortlist, its facts, its lessons and methods, and the full address of its page.

    Who and where stands above its title, and is no fact here.
    """

    pilot: Pilot
    all_facts: list[Fact]
    lessons: Sequence[Any]  # rows of `Lesson`
    address: str

    @property
    def facts(self) -> list[Fact]:
        """Those that the source states."""
        return [fact for fact in self.all_facts if fact.values]

    @property
    def texts(self) -> list[HandoutText]:
        """What the source states of `SHOWN`."""
        written = {name: self.pilot.text_in(name, current_language()) for name in SHOWN}
        return [HandoutText(name, label_of(name), tells_of_persons(*text)) for name, text in written.items() if text[0]]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """What was learnt and how they worked, each under its heading, as far as the source tells."""
        kinds = ((WHAT_WAS_LEARNT, False), (HOW_THEY_WORKED, True))
        found = [(str(label), [row for row in self.lessons if row.is_method == methods]) for label, methods in kinds]
        return [(label, rows) for label, rows in found if rows]

    @property
    def not_stated(self) -> str:
        """What the source does not state of all this, in one sentence."""
        shown = {*(text.label for text in self.texts), *(label for label, _rows in self.groups)}
        headings = [*map(label_of, SHOWN), str(WHAT_WAS_LEARNT), str(HOW_THEY_WORKED)]
        silent = [fact.label for fact in self.all_facts if not fact.values]
        return not_stated_sentence([*(label for label in headings if label not in shown), *silent])


def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the pilots of the shortlist, in the order they were chosen.

    Five queries, up to seven more when one of them is not known by this name; none for an empty shortlist.
    """
    page = ShortlistPage(request.GET)
    site, heading = origin(request), heading_of(len(page.shortlist))
    address = f"{site}{request.path}{page.selection.query()}"
    context = {
        "listing": page,
        "heading": heading,
        "entries": shortlist_entries(page.shortlist, site),
        "most_compared": MOST_COMPARED,
        "address": address,
        "mail": mail_with(address, heading),
    }
    return render(request, "pilots/shortlist.html", context)


def heading_of(count: int) -> str:
    if not count:
        return _("Your shortlist is empty")
    return ngettext("Your shortlist: %(count)d pilot", "Your shortlist: %(count)d pilots", count) % {"count": count}


def label_of(name: str) -> str:
    return capfirst(str(Passage.About(name).label))


def mail_with(address: str, heading: str) -> str:
    """A link that opens an e-mail to nobody yet, with the address of the shortlist in it."""
    subject = _("PREPARE pilots: %(heading)s") % {"heading": heading}
    body = _("A choice of pilots on preventing radicalisation in probation and release, to read and to print:")
    return mailto("", subject, "\n".join([body, "", address, ""]))


def shortlist_entries(pilots: list[Pilot], site: str) -> list[ShortlistEntry]:
    """These pilots as the handout has them. Three queries, none for no pilots."""
    ids = [pilot.pk for pilot in pilots]
    if not ids:
        return []
    values, passages = values_by_pilot(ids), list(Passage.objects.filter(pilot__in=ids))
    lessons = Lesson.objects.filter(pilot__in=ids).with_texts()
    return [
        ShortlistEntry(
            pilot,
            [
                *further_facts(pilot, values[pilot.pk], [row for row in passages if row.pilot_id == pilot.pk]),
                *reached_at(pilot.authority),
            ],
            [row for row in lessons if row.pilot_id == pilot.pk],
            site + pilot.get_absolute_url(),
        )
        for pilot in pilots
    ]
