"""The list of pilots and the page of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.find.browse import Listing, NoSuchPage
from pilots.find.facets import known_values
from pilots.find.parameters import PER_PAGE, BadAddress
from pilots.models import Authority, GlossaryTerm, Partner, Passage, Pilot, Source
from pilots.models.pilot import SECTIONS
from pilots.pages import errors
from pilots.pages.facts import facts_of, passage_by_text, pointers_of
from pilots.pages.moved import get_or_redirect


def pilot_list(request: HttpRequest) -> HttpResponse:
    """Show the pilots that match the address. Sixteen queries at most."""
    try:
        listing = Listing(request.GET)
    except BadAddress as error:
        return errors.bad_request(request, error)
    except NoSuchPage as error:
        raise Http404(str(error)) from error
    return render(request, "pilots/list.html", {"listing": listing, "sizes": PER_PAGE})


def pilot_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published pilot. Eleven queries."""
    published = Pilot.objects.published().select_related("authority", "source").prefetch_related("translations")
    found = get_or_redirect(published, slug, "pilot")
    return render(request, "pilots/pilot.html", page_of(found)) if isinstance(found, Pilot) else found


def page_of(pilot: Pilot) -> dict[str, object]:
    """Return what the page of `pilot` shows. Nine queries beside the pilot's own two."""
    for name, rows in {"authority": Authority.objects, "source": Source.objects}.items():
        for row in rows.filter(pk=getattr(pilot, f"{name}_id")).with_texts():
            setattr(pilot, name, row)
    values = known_values(Pilot.objects.filter(pk=pilot.pk))
    passages = list(pilot.passages.all())
    said_in = passage_by_text(passages)
    return {
        "pilot": pilot,
        "facts": facts_of(pilot, values, passages),
        "sections": [(section, Passage.About(section).label, said_in.get(section, "")) for section in SECTIONS],
        "summary_passage": said_in.get("summary", ""),
        "lessons": pilot.lessons.with_texts(),
        "figures": pilot.key_figures.with_texts(),
        "organisations": pilot.organisations_involved.with_texts("partner"),
        "public_partners": set(Partner.objects.public().filter(involvements__pilot=pilot)),
        "pointers": pointers_of(values, passages),
        "terms": GlossaryTerm.objects.all().with_texts(),
    }
