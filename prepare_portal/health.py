"""For probes: is the process alive, and can it serve?"""

from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse

from pilots.health import content
from pilots.health.check_result import Condition
from pilots.health.readings import migrations_missing


def livez(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers. No query."""
    return plain_response("alive", 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503. Says nothing of versions; to staff, what it lacks."""
    try:
        behind = migrations_missing()
    except Error:
        return plain_response("the database does not answer", 503)
    if behind:
        return plain_response("the database is not migrated", 503)
    return plain_response("\n".join(["ready", *(details(request.user) if is_staff(request) else [])]), 200)


def details(user: Any) -> list[str]:
    """What does not work as it should, in words, as far as `user` may know of the entries, and the last backup."""
    found = [content.search(), content.schedule(user)]
    return [*(finding.says for finding in found if finding.state != Condition.GOOD), content.backup().says]


def is_staff(request: HttpRequest) -> bool:
    """Whether an editor asks. Probes have no cookie, and their response must not depend on one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def plain_response(text: str, status: int) -> HttpResponse:
    """A response of one line that nobody caches."""
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "60"} if status == 503 else {})
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
