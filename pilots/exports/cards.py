"""The cards that previews of links show: one of each pilot, one of the site."""

from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from pilots.browse.refusals import refuse_parameters
from pilots.browse.retry import retry_if_changed
from pilots.index.facet_values import Classified
from pilots.index.pilots import index
from pilots.index.rows import public_pilots
from pilots.models import Pilot
from pilots.models.translation import current_language
from pilots.pages import errors
from pilots.pages.pilot.detail import id_or_answer
from pilots.pictures.card import Card, draw_card
from pilots.pictures.standalone import values_of
from prepare_portal.phrases import all_of

PATIENCE = 2  # seconds that one waits for others' cards, a hundred times as long as one takes

_drawing = Lock()


@retry_if_changed
def pilot_card(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The card of one public pilot. Five queries."""
    refuse_parameters(request.GET)
    public = index()
    found = id_or_answer(request, slug, public.number, "pilot-card")
    if isinstance(found, HttpResponse):
        return found
    return _picture(request, card_of(public_pilots(public, [found])[found], public.known(found)))


def site_card(request: HttpRequest) -> HttpResponseBase:
    """The card of all other pages. No query."""
    refuse_parameters(request.GET)
    title = _("What local pilots tried, and how they worked")
    about = _("Local activities on preventing radicalisation in probation and release")
    return _picture(request, Card(_("PREPARE pilots"), title, current_language(), (about,)))


def card_of(pilot: Pilot, values: Classified) -> Card:
    """What the card of a public pilot says. No query."""
    title, language = pilot.text_in("title", current_language())
    authority, _language = pilot.authority.text_in("name", current_language())
    partners = all_of(values["partner"].values())
    lines = [" · ".join([authority, *values["country"].values()])]
    lines += [_("with %(partners)s") % {"partners": partners}] if partners else []
    return Card(_("PREPARE pilots"), title, language, tuple(" ".join(line.split()) for line in lines))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    """The drawn card, which pages of other sites may show; 503 where too many are drawn at once."""
    if not _drawing.acquire(timeout=PATIENCE):
        return errors.busy(request)
    try:
        drawn = draw_card(card, *_design())
    finally:
        _drawing.release()
    return HttpResponse(drawn, content_type="image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@cache
def _design() -> tuple[dict[str, str], str]:
    """The tokens, and the mark of the site."""
    static = Path(settings.BASE_DIR) / "static"
    tokens = (static / "css" / "tokens.css").read_text(encoding="utf-8")
    return values_of(tokens), (static / "img" / "mark.svg").read_text(encoding="utf-8")
