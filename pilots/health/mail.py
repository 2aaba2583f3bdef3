"""Whether e-mails go out."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilots.health.check_result import CheckResult, good, look, wrong
from pilots.mail import last_failure

LATELY = timedelta(days=1)


def mail() -> CheckResult:
    """Whether there is a mail server, and what it said last, to this machine. No query."""
    failure = last_failure()
    if not settings.EMAIL_HOST:
        says = _("There is no mail server: e-mails are written to the log, with links to set passwords.")
        return (wrong if settings.IN_PRODUCTION else look)(says, _("Set EMAIL_URL."))
    if failure is None:
        return good(_("The mail server took the last e-mail of this machine, or none was sent yet."))
    words = {"moment": date_format(failure.at, "DATETIME_FORMAT"), "reason": failure.reason}
    return (wrong if failure.at > timezone.now() - LATELY else look)(
        _("The last e-mail of this machine could not be sent, on %(moment)s (UTC): %(reason)s.") % words,
        _("Read in the log what the server said, mend EMAIL_URL, then ask for a new password to try it."),
    )
