"""The page of an import under way: each request writes the next second's worth, and says how far that is."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import Error as DatabaseError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.admin.pilot.views.spreadsheets import ImporterView
from pilots.admin.site import BY_ITSELF
from pilots.models import ImportRun
from pilots.workflow import batches, import_runs

log = logging.getLogger(__name__)
PAGE = "admin:pilots_pilot_import_run"


class ImportRunView(ImporterView):
    """How far an import is, for who began it; it can be left, and goes on when it is opened again."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raises Http404 for the import of somebody else, PermissionDenied."""
        super().setup(request, *args, **kwargs)
        self.run = self.found(kwargs["batch"])

    def found(self, batch: UUID) -> ImportRun:
        mine = import_runs.with_counts().filter(owner=self.request.user.pk, started_at__isnull=False)
        run: ImportRun | None = mine.filter(batch=batch).first()
        if run is None:
            raise Http404
        return run

    def get(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        run: Any = self.run
        if not run.waits and batches.undone_entries(batch):
            return redirect("admin:pilots_pilot_batch", batch)
        context = {
            "title": _("Importing") if run.waits else _("Imported"),
            "run": run,
            "done": run.total - run.waits,
            "written": run.total - run.waits - run.left,
            "words": progress(run.total - run.waits, run.total),
            "refused": run.rows.refused(),
        }
        return self.page("pilot/import_progress", context)

    def post(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Write what is next, or no more with `stop`; a request of the page's own script is answered with figures."""
        if "stop" in request.POST:
            with transaction.atomic():
                import_runs.stop(batch)
            return redirect(PAGE, batch)
        by_itself = request.POST.get(BY_ITSELF) is not None
        try:
            import_runs.go_on(self.run)
        except DatabaseError:
            log.exception("An import was broken off; it can go on.")
            words = _("The database was busy with something else for too long. Go on in a minute.")
            if by_itself:
                return JsonResponse({"words": words}, status=503)
            messages.error(request, words)
        run: Any = self.found(batch)
        if run.waits:
            return under_way_at(PAGE, batch, run.total - run.waits, run.total, by_itself=by_itself)
        return over_at(PAGE, batch, by_itself=by_itself)


def under_way_at(page: str, batch: UUID, done: int, total: int, *, by_itself: bool) -> HttpResponse:
    """How far something is: on its page, or in figures where the page's own script asked."""
    if by_itself:
        return JsonResponse({"words": progress(done, total), "done": done, "total": total})
    return redirect(page, batch)


def over_at(page: str, *place: UUID, by_itself: bool) -> HttpResponse:
    """Lead to the page that says what came of it, or tell the page's own script where that is."""
    return JsonResponse({"next": reverse(page, args=place)}) if by_itself else redirect(page, *place)


def progress(done: int, total: int) -> str:
    """How far it is, in words."""
    return _("%(done)d of %(total)d …") % {"done": done, "total": total}
