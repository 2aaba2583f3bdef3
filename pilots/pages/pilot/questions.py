"""Ask before you copy: what the source does not state, as plain questions to the people of a pilot."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.browse.retry import retry_if_changed
from pilots.browse.selection import NOTES_SHOWN, Selection, read_slugs, shorten
from pilots.browse.shortlist import with_shortlist
from pilots.index.pilots import index
from pilots.index.rows import public_pilots
from pilots.models import Partner, Pilot
from pilots.models.translation import current_language
from pilots.pages.mailto import mailto
from pilots.pages.pilot.entry import PilotEntry
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin

# By what the source may not state: sections and facts of a pilot, items of its profile. In the order they are asked in.
QUESTIONS: dict[str, str | Promise] = {
    "results": gettext_lazy("What came of it?"),
    "evaluation": gettext_lazy("Was it evaluated? By whom, how, and with what outcome?"),
    "lessons": gettext_lazy("What did you learn? What would you do otherwise?"),
    "cost": gettext_lazy("What did it cost to set up and to run, in money and in hours of staff? Who paid?"),
    "staff": gettext_lazy("Who did the work, and what training did they have?"),
    "materials": gettext_lazy("Which materials did you use, and may others have them?"),
    "steps": gettext_lazy("Which steps did you take, in which order?"),
    "methods": gettext_lazy("How did you work together, and who did what?"),
    "delivery": gettext_lazy("Did you work with groups or with one person at a time, on site or remotely?"),
    "setting": gettext_lazy("Where did it take place, and what does it need there?"),
    "start": gettext_lazy("When did it begin, and when did it end?"),
    "duration": gettext_lazy("How often did it take place, and for how long?"),
    "reach": gettext_lazy("How many people did you reach, of how many who could have taken part?"),
    "audiences": gettext_lazy("Which professionals took part?"),
    "target_groups": gettext_lazy("Which people is it meant to support?"),
    "stages": gettext_lazy("Is it for the time in prison, at release, on probation, or after?"),
    "tailoring": gettext_lazy("How did you fit it to the people it was for?"),
    "mechanism": gettext_lazy("Why should it work?"),
    "background": gettext_lazy("Why did you start it? What was the situation before?"),
    "objectives": gettext_lazy("What did you want to achieve?"),
    "changes": gettext_lazy("What did you change on the way, and why?"),
    "fidelity": gettext_lazy("How far was it carried out as planned?"),
    "continuation": gettext_lazy("Did it go on after the pilot? Who carries it now?"),
    "prospects": gettext_lazy("What do you plan next?"),
    "core": gettext_lazy("What must stay as it is for it to work, and what may others change?"),
}
MOST_ASKED = 40
# Some mail programs cut the address of an e-mail that is longer.
LONGEST_MAILTO = 2_000


@dataclass(frozen=True)
class Question:
    """One question, and whether the visitor wants to ask it."""

    name: str
    words: str
    is_asked: bool


@dataclass(frozen=True)
class Letter:
    """An e-mail that is ready to be sent: what the link says, its text, its address."""

    label: str
    text: str
    mailto: str

    @property
    def is_long(self) -> bool:
        """Whether a mail program may cut it."""
        return len(self.mailto) > LONGEST_MAILTO


@retry_if_changed
def questions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the questions about one published pilot, those that are ticked as text and as e-mail.

    Nine queries; two more for a shortlist, which is carried on, and two more again where some of it is not known.
    """
    found = pilot_or_answer(request, Pilot.objects.published(), slug, "pilot-questions")
    if isinstance(found, HttpResponse):
        return found
    public = index()
    pilot = public_pilots(public, [found.pk])[found.pk]
    entry = PilotEntry(pilot, public)
    questions, notes = read_questions(request.GET, [name for name in QUESTIONS if name not in entry.stated])
    _pilots, selection = with_shortlist(Selection(keep=read_slugs(request.GET, "keep")))
    asked = [question.words for question in questions if question.is_asked]
    context = {
        "pilot": pilot,
        "questions": questions,
        "asked": asked,
        "letters": letters_to(
            pilot, Partner.objects.filter(pilots=pilot).with_texts(), asked, origin(request) + pilot.get_absolute_url()
        ),
        "notes": notes,
        "selection": selection,
        "index": public,
        "content_version": public.number,
    }
    return render(request, "pilots/questions.html", context)


def read_questions(query: QueryDict, unstated: Sequence[str]) -> tuple[list[Question], list[str]]:
    """The questions on what is not stated, all ticked unless `ask` names some; and notes. Raises InvalidQuery."""
    names = read_slugs(query, "ask", most=MOST_ASKED)
    questions = [Question(name, str(QUESTIONS[name]), not names or name in names) for name in unstated]
    if names and not any(question.is_asked for question in questions):
        questions = [Question(one.name, one.words, is_asked=True) for one in questions]
    return questions, notes_on(query, names, unstated)[:NOTES_SHOWN]


def notes_on(query: QueryDict, names: Sequence[str], unstated: Sequence[str]) -> list[str]:
    """What of an address this page does not do."""
    unknown = _("“%(name)s” is not something this page can be filtered by.")
    notes = [unknown % {"name": shorten(name)} for name in query if name not in {"ask", "keep"}]
    missing = _("There is no question “%(value)s”.")
    notes += [missing % {"value": shorten(name)} for name in names if name not in QUESTIONS]
    answered = _("The source says something on this, so it is not asked: %(question)s")
    stated = [name for name in names if name in QUESTIONS and name not in unstated]
    return notes + [answered % {"question": QUESTIONS[name]} for name in stated]


def letters_to(pilot: Pilot, partners: Sequence[Partner], asked: Sequence[str], address: str) -> list[Letter]:
    """The e-mails with the questions: to each public contact, or to the editors where there is none."""
    names = [(row.public_contact, row.text_in("name", current_language())[0]) for row in (pilot.authority, *partners)]
    said = {"title": pilot.text_in("title", current_language())[0], "address": address, "name": names[0][1]}
    questions = "\n".join(f"{number}. {words}" for number, words in enumerate(asked, start=1))
    reached = [(contact, name) for contact, name in names if contact]
    opening = _(
        "Hello,\n\nI read about the pilot “%(title)s” at %(address)s. Its source does not answer these questions:"
    )
    if not reached:
        opening = _(
            "Hello,\n\nplease put me in touch with the people of the pilot “%(title)s” (%(name)s) at %(address)s. "
            "Its source does not answer these questions:"
        )
    text = "\n\n".join([opening % said, questions, _("Thank you.")])
    subject = _("Questions about “%(title)s”") % said
    if not reached:
        return [Letter(_("Ask the editors to put you in touch"), text, mailto(settings.CONTACT_EMAIL, subject, text))]
    label = _("Write to %(name)s (%(contact)s)")
    return [
        Letter(label % {"name": name, "contact": contact}, text, mailto(contact, subject, text))
        for contact, name in reached
    ]
