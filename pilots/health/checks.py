"""Everything that is looked at, in the order in which the page shows it."""

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pilots.health import content, machine, mail, protection
from pilots.health.check_result import CheckResult, Condition, wrong

WORST_FIRST = (Condition.WRONG, Condition.LOOK, Condition.GOOD)


def findings(request: HttpRequest) -> list[tuple[str, CheckResult]]:
    """What was looked at and how it is, the worst first. Ten queries or so, whatever there is."""
    looked = [(name, _looked(check)) for name, check in _checks(request)]
    return sorted(looked, key=lambda finding: WORST_FIRST.index(finding[1].state))


def _checks(request: HttpRequest) -> list[tuple[str, Callable[[], CheckResult]]]:
    return [
        (_("Database"), content.database),
        (_("Tables"), content.migrations),
        (_("Search"), content.search),
        (_("Planned publications"), lambda: content.schedule(request.user)),
        (_("Clock"), content.clock),
        (_("Backup"), content.backup),
        (_("E-mail"), mail.mail),
        (_("Disk"), machine.disk),
        (_("Folder"), machine.folder),
        (_("Settings"), protection.secrets),
        (_("Second factors"), protection.second_factors),
        (_("The way here"), lambda: protection.way(request)),
    ]


def _looked(check: Callable[[], CheckResult]) -> CheckResult:
    """What the check finds; that it could not look is a finding, too."""
    try:
        return check()
    except (Error, OSError):
        return wrong(_("This could not be looked at."), _("Read in the log what the database or the disk said."))
