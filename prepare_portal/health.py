"""For probes: is the process alive, and can it serve?"""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.models import LastBackup, Pilot
from pilots.models.access import readable_pilots
from pilots.search.tables import dialect


def livez(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers. No query."""
    return plain_response("alive", 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503. Says nothing of versions; to staff, what it lacks."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return plain_response("the database does not answer", 503)
    if behind:
        return plain_response("the database is not migrated", 503)
    details = [*warnings_for(request.user), age_of_backup()] if is_staff(request) else []
    return plain_response("\n".join(["ready", *details]), 200)


def warnings_for(user: Any) -> list[str]:
    """What does not work as it should, in words, as far as `user` may know of the entries. One query or none."""
    overdue = readable_pilots(user, Pilot.objects.overdue()).count()
    words = ngettext(
        "%(n)d planned publication is overdue: does anything look at the clock?",
        "%(n)d planned publications are overdue: does anything look at the clock?",
        overdue,
    )
    return [*dialect().shortcomings(), *([words % {"n": overdue}] if overdue else [])]


def age_of_backup() -> str:
    """How old the last good backup is, in words. One query."""
    moment = LastBackup.objects.moment()
    if moment is None:
        return _("There is no backup yet: manage.py backup makes one.")
    words = {"age": timesince(moment), "moment": moment.strftime("%Y-%m-%d %H:%M")}
    return _("The last good backup is %(age)s old: %(moment)s UTC.") % words


def is_staff(request: HttpRequest) -> bool:
    """Whether an editor asks. Probes have no cookie, and their response must not depend on one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def plain_response(text: str, status: int) -> HttpResponse:
    """A response of one line that nobody caches."""
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "60"} if status == 503 else {})
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
