"""Leads from the pages of a working copy that was deleted, or is a colleague's alone, to the same pages of its entry.

A copy is deleted when it is published or thrown away, but its addresses stand in e-mails, bookmarks and open tabs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.admin.unsaved_forms import store_typed
from pilots.models import Pilot
from pilots.models.access import entry_behind

View = Callable[..., HttpResponseBase]

# Pages that an entry has as well, by the ends of their names; all others lead to the form.
SAME_PAGES = ("change", "history", "compare", "preview")


def lead_on(request: HttpRequest, key: Any) -> HttpResponseRedirect | None:
    """The way from a page of a working copy that cannot be shown to its entry, having said so; else None."""
    entry = entry_behind(request.user, key)
    if entry is None:
        return None
    words = _("The working copy of “%(pilot)s” was published or thrown away. This is the entry itself.")
    if Pilot.objects.filter(pk=key).exists():
        words = _("You may not read the working copy of “%(pilot)s”. This is the entry itself.")
    messages.info(request, words % {"pilot": entry})
    match = request.resolver_match
    name = (match.url_name or "").removeprefix("pilots_pilot_") if match else ""
    if "now" in request.GET.values():  # what the copy says now, which is nothing
        name = "history"
    same = name if name in SAME_PAGES and request.method in ("GET", "HEAD") else "change"
    is_kept = request.GET and same == name != "history"
    query = f"?{request.GET.urlencode()}" if is_kept else ""
    return HttpResponseRedirect(reverse(f"admin:pilots_pilot_{same}", args=[entry.pk]) + query)


def following(view: View) -> View:
    """A page about one pilot that leads on to the entry where it would answer 404 for a deleted copy.

    What was typed there, such as why the copy is sent back, is kept first.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            way = store_typed(request) or lead_on(request, kwargs.get("pk", kwargs.get("object_id")))
            if way is None:
                raise
            return way

    return page
