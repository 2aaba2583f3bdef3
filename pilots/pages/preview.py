"""The page of a pilot before it is public: framed in the admin, and behind a link for a colleague."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from pilots.accounts import throttle
from pilots.models import Pilot, PreviewLink
from pilots.models.access import entry_behind, readable_pilots
from pilots.pages import errors
from pilots.pages.errors import error_page
from pilots.pages.pilot.entry import PilotEntry
from prepare_portal.languages import LANGUAGES, language_of


@require_safe
@xframe_options_sameorigin
def framed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry that the editor may read as visitors will see it, for the frame of the admin's preview."""
    pilot = readable_pilots(request.user, _rows()).filter(pk=pk).first()
    if pilot is None:
        entry = entry_behind(request.user, pk)
        if entry is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:framed-preview", args=[entry.pk]))
    return page(request, pilot, {"in_frame": True})


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show a draft to whoever has the link; unknown, ended and revoked links answer alike. Twelve queries.

    The answer is kept by nobody, listed by nobody, and tells nobody where the reader came from. Who tried many links
    that show nothing is shown nothing for a while.
    """
    limits = throttle.preview_limits(request)
    wait = throttle.seconds_to_wait(limits)
    link = None if wait else PreviewLink.objects.working().filter(token=token).first()
    pilot = _rows().filter(pk=link.pilot_id).first() if link else None
    if link is None or pilot is None:
        wait = wait or throttle.count(limits)
        with translation.override(language := language_asked(request)):
            response = errors.too_often(request, wait) if wait else no_such_link(request)
            response.headers["Content-Language"] = language
    else:
        response = page(request, pilot, {"until": link.expires_at, "languages": languages_of(pilot)})
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def no_such_link(request: HttpRequest) -> HttpResponse:
    """The page for every link that leads to no draft, the same to the byte whatever it was."""
    return error_page(
        request,
        404,
        _("This link does not show a draft"),
        _(
            "It was copied incompletely, its time is over, it was ended, or the entry was published or deleted. "
            "Ask whoever sent it for a new one, or look for the pilot in the list."
        ),
        canonical="",
        path_to_report=reverse("pilots"),
    )


def page(request: HttpRequest, pilot: Pilot, more: dict[str, Any]) -> HttpResponse:
    """The page of any pilot in the language of the address, or that its parameter asks for. Nine queries.

    A draft has no place in the list and no related pilots; a working copy stands at the address of its original.
    """
    pilot.slug = pilot.public_slug
    with translation.override(language := language_asked(request)):
        context = {
            "pilot": pilot,
            "entry": PilotEntry(pilot),
            # In place of the page's own address, which is a secret
            "canonical": "",
            "path_to_report": pilot.get_absolute_url(),
            **more,
        }
        response = render(request, "pilots/preview.html", context)
    response.headers["Content-Language"] = language
    return response


def language_asked(request: HttpRequest) -> str:
    """The language of a preview: its address is a secret that has one spelling, so a parameter tells it."""
    language = request.GET.get("language", "")
    return language if language in LANGUAGES else language_of(request.path)


def languages_of(pilot: Pilot) -> list[tuple[str, str]]:
    """The languages that the entry has texts in, with their names, in the order of the settings. No query."""
    written = {row.language_code for row in pilot.translations.all()}
    return [(code, capfirst(str(name))) for code, name in settings.LANGUAGES if code in written]


def _rows() -> Any:
    return Pilot.objects.select_related("revises", "authority").prefetch_related(
        "translations", "authority__translations"
    )
