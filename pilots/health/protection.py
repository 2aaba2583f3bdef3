"""What protects the portal: its settings, second factors, and the way that requests come."""

import functools
import operator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Tags, run_checks
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.accounts.second_factor import POWERFUL
from pilots.accounts.source import source_of
from pilots.health.check_result import CheckResult, good, look, wrong
from pilots.models import AuthenticatorApp, Passkey
from prepare_portal.phrases import all_of

NAMED = 5
OTHERS_MAY = 0o077  # what a mode must not have


def secrets() -> CheckResult:
    """Whether the settings are those of a site on the internet, and whether the key is nobody else's. No query."""
    if not settings.IN_PRODUCTION:
        says = _("The portal is set up for this machine only, without HTTPS.")
        return look(says, _("If anybody reaches it from elsewhere, set SITE_URL and put a proxy in front."))
    file = settings.DATA_DIR / "secret_key"
    if file.exists() and file.stat().st_mode & OTHERS_MAY:
        says = _("Others on this machine can read the file secret_key in DATA_DIR.")
        return wrong(says, _("Set its mode to 0600. Delete it and restart the portal if others may have read it."))
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    if found:
        return wrong(" ".join(str(each.msg) for each in found), _("Run manage.py check --deploy for all of it."))
    return good(_("SITE_URL is set, and Django's checks of a site on the internet find nothing."))


def second_factors() -> CheckResult:
    """Whether all who need one have one. Two queries."""
    if settings.SECOND_FACTOR == "none":
        says = _("Nobody is asked for a second factor.")
        return (wrong if settings.IN_PRODUCTION else look)(says, _("Set SECOND_FACTOR to reviewers or all."))
    missing = accounts_without()
    if not missing:
        return good(_("Everybody who needs a second factor has one."))
    names = sorted(account.get_username() for account in missing[: NAMED + 1])
    words = ngettext(
        "%(n)d account needs a second factor and has none: %(names)s.",
        "%(n)d accounts need a second factor and have none: %(names)s.",
        len(missing),
    )
    shown = all_of(names[:NAMED]) + (" …" if len(missing) > NAMED else "")
    return look(
        words % {"n": len(missing), "names": shown},
        _("They are asked to add one at their next login. Close accounts that nobody uses."),
    )


def accounts_without() -> QuerySet[Any]:
    """The accounts of editors that need a second factor and have none, as `second_factor.is_required` has it."""
    users: Any = get_user_model().objects
    rows = users.filter(is_active=True)
    if settings.SECOND_FACTOR == "reviewers":
        rows = functools.reduce(operator.or_, map(users.with_perm, POWERFUL))
    for model in (AuthenticatorApp, Passkey):
        rows = rows.exclude(Exists(model.objects.filter(account=OuterRef("pk"))))
    return rows.filter(is_staff=True).distinct().order_by("pk")


def way(request: HttpRequest) -> CheckResult:
    """How the request came, as the portal sees it. No query."""
    source = source_of(request)
    if not settings.IN_PRODUCTION:
        return good(_("This page came from this machine, by HTTP."))
    if not request.is_secure():
        says = _("This page came without HTTPS, as far as the portal can tell.")
        return wrong(says, _("Let the proxy say X-Forwarded-Proto, and name it in FORWARDED_ALLOW_IPS."))
    if not source:
        says = _(
            "This page came by HTTPS, but the proxy does not say from where. Attempts to log in count by account only."
        )
        return look(says, _("Let the proxy set X-Forwarded-For to the visitor's address."))
    words = _("This page came by HTTPS, from %(address)s. If that is not your own address, look at the proxy.")
    return good(words % {"address": source})
