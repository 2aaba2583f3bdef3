"""How the portal is, in words: for those who can do something about it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pilots.health.check_result import Condition
from pilots.health.checks import findings


def how_it_is(request: HttpRequest) -> HttpResponse:
    """Everything that is looked at, the worst first. Administrators only: it names accounts. Twelve queries or so."""
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    found = findings(request)
    context = {
        **admin.site.each_context(request),
        "title": _("How the portal is"),
        "findings": found,
        "to_do": sum(result.state != Condition.GOOD for _name, result in found),
    }
    return TemplateResponse(request, "admin/how_it_is.html", context)
