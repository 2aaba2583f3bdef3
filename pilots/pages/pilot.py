"""The page of one pilot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.find.browse import no_such_pilot
from pilots.find.filters import PilotFilter
from pilots.find.index import Classified, Index, index
from pilots.find.lessons import PilotsOfLessons
from pilots.find.neighbours import Place, place_of
from pilots.find.parameters import NOTES_SHOWN, BadAddress, Selection
from pilots.find.related import Related, like, shared_values
from pilots.find.shortlist import give_authorities
from pilots.find.trail import ORIGINS, Trail, read_trail
from pilots.find.values import INVOLVED, values_by_pilot
from pilots.models import GlossaryTerm, Passage, Pilot, Source
from pilots.models.pilot import SECTIONS
from pilots.pages import errors
from pilots.pages.facts import facts_of, passage_by_text, pointers_of
from pilots.pages.map import small_map
from pilots.pages.moved import get_or_redirect

REASONS_SHOWN = 3


def pilot_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published pilot, and where it stands in the list the visitor came from.

    Twelve queries; four more when that list is a search, five when it is one of lessons; one more when the
    pilot is not in it.
    """
    try:
        trail = read_trail(request.GET)
    except BadAddress as error:
        return errors.bad_request(request, error)
    found = get_or_redirect(Pilot.objects.published().select_related("authority"), slug, "pilot")
    return render(request, "pilots/pilot.html", page_of(found, trail)) if isinstance(found, Pilot) else found


@dataclass(frozen=True)
class Way:
    """The way on from a pilot: through the list the visitor came from, back to it, and to the shortlist."""

    pilot: Pilot
    trail: Trail
    place: Place
    named: dict[object, Pilot]
    in_list: bool
    notes: tuple[str, ...]

    @property
    def previous(self) -> Pilot | None:
        """The pilot before this one in the visitor's list."""
        return self.named.get(self.place.previous)

    @property
    def following(self) -> Pilot | None:
        """The pilot after this one in the visitor's list."""
        return self.named.get(self.place.following)

    @property
    def selection(self) -> Selection:
        """What the visitor chose there."""
        return self.trail.selection

    @property
    def query(self) -> str:
        """The query string for a link to another pilot of the list."""
        return self.trail.query

    @property
    def sentence(self) -> str:
        """Where this pilot stands."""
        place = {"number": self.place.number, "total": self.place.total}
        if self.in_list and self.selection:
            words = ngettext(
                "This is the only pilot in your list.",
                "Number %(number)d of the %(total)d pilots in your list.",
                self.place.total,
            )
        else:
            words = ngettext("This is the only pilot.", "Number %(number)d of all %(total)d pilots.", self.place.total)
        return words % place

    @property
    def back_label(self) -> str:
        """What the link back is called."""
        labels = {
            "lessons": _("Back to the lessons"),
            "map": _("Back to the map"),
            "partners": _("Back to who worked with whom"),
        }
        ours = _("Back to your list") if self.selection else _("All pilots")
        return labels.get(self.trail.origin, ours)

    @property
    def back(self) -> str:
        """The address of the page the visitor came from, at the part of a long list where the visitor was."""
        is_list = self.trail.origin == ORIGINS[0]
        page = self.selection.page
        if is_list:
            page = (self.place.number - 1) // self.selection.per_page + 1 if self.in_list else 1
        return reverse(self.trail.origin) + self.trail.back(page)

    @property
    def shortlist(self) -> list[Pilot]:
        """The pilots of the shortlist, as far as there are any by those names."""
        return [self.named[slug] for slug in self.trail.selection.keep if slug in self.named]


def page_of(pilot: Pilot, trail: Trail) -> dict[str, object]:
    """Return what the page of `pilot` shows. Eleven queries beside the pilot's own."""
    public = index()
    related = like(pilot.pk, public)
    place, in_list = place_in_list(pilot, trail, public)
    values = values_by_pilot([pilot.pk, *related], public)
    selection = trail.selection
    named = named_pilots({pilot.pk, *related, place.previous, place.following}, selection.keep)
    trail = Trail(replace(selection, keep=tuple(slug for slug in selection.keep if slug in named)))
    notes = [no_such_pilot(slug) for slug in selection.keep if slug not in named][:NOTES_SHOWN]
    if not in_list:
        notes.append(_("Your list does not hold this pilot. Previous and next lead through all pilots."))
    pilot = named.get(pilot.pk, pilot)
    shared = shared_values(pilot.pk, related, values)
    return {
        "pilot": pilot,
        "way": Way(pilot, trail, place, named, in_list, (*selection.notes, *notes)),
        "map": small_map([pilot]),
        "related": [(named[other.pk], reasons(other)) for other in shared if other.pk in named],
        **contents_of(pilot, values[pilot.pk]),
    }


def place_in_list(pilot: Pilot, trail: Trail, public: Index) -> tuple[Place, bool]:
    """Return where `pilot` stands in the list and True, or its place among all pilots and False. No query of its own.

    Raises Http404 when the pilot was hidden while this page was made.
    """
    own = (PilotsOfLessons if trail.origin == "lessons" else PilotFilter)(trail.selection, public)
    for pilots, is_own in ((own, True), (PilotFilter(trail.selection.cleared(), public), False)):
        place = place_of(pilot, pilots)
        if place:
            return place, is_own
    raise Http404


def named_pilots(ids: set[int | None], slugs: Iterable[str]) -> dict[object, Pilot]:
    """Return public pilots with their texts and authorities, by id and by slug. Two queries."""
    rows = Pilot.objects.published().filter(Q(pk__in=ids - {None}) | Q(slug__in=slugs)).with_texts("authority")
    give_authorities(rows)
    return {key: row for row in rows for key in (row.pk, row.slug)}


def contents_of(pilot: Pilot, values: Classified) -> dict[str, object]:
    """Return the texts, facts and parts of `pilot`. Six queries."""
    for source in Source.objects.filter(pk=pilot.source_id).with_texts():
        pilot.source = source
    passages = list(pilot.passages.all())
    said_in = passage_by_text(passages)
    return {
        "facts": facts_of(pilot, values, passages),
        "sections": [(section, Passage.About(section).label, said_in.get(section, "")) for section in SECTIONS],
        "summary_passage": said_in.get("summary", ""),
        "lessons": pilot.lessons.with_texts(),
        "figures": pilot.key_figures.with_texts(),
        "organisations": pilot.organisations_involved.with_texts("partner"),
        "public_partners": set(values[INVOLVED]),
        "pointers": pointers_of(values, passages),
        "terms": GlossaryTerm.objects.all().with_texts(),
    }


def reasons(related: Related) -> list[str]:
    """Return in words what a related pilot has in common with this one, the strongest first."""
    words = {
        "partner": _("Same partner: %(names)s"),
        "target": _("For the same people: %(names)s"),
        "activity": _("Same activity: %(names)s"),
        "audience": _("With the same professionals: %(names)s"),
        "stage": _("At the same stage: %(names)s"),
        "country": _("Same country: %(names)s"),
    }
    said = [words[facet] % {"names": ", ".join(names)} for facet, names in related.shared.items()]
    return said[:REASONS_SHOWN]
