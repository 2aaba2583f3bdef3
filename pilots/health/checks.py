"""Everything that is looked at, in the order in which the page shows it."""

from collections.abc import Callable, Iterator

from django.db import Error
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pilots.health import content, machine, mail, protection
from pilots.health.check_result import CheckResult, Condition, wrong

WORST_FIRST = (Condition.WRONG, Condition.LOOK, Condition.GOOD)


def findings(request: HttpRequest) -> list[CheckResult]:
    """What was found, the worst first. Ten queries or so, whatever there is."""
    return sorted(_all(request), key=lambda finding: WORST_FIRST.index(finding.state))


def _all(request: HttpRequest) -> Iterator[CheckResult]:
    yield _looked(content.database, _("Database"))
    yield _looked(content.migrations, _("Tables"))
    yield _looked(content.search, _("Search"))
    yield _looked(lambda: content.schedule(request.user), _("Planned publications"))
    yield _looked(content.clock, _("Clock"))
    yield _looked(content.backup, _("Backup"))
    yield _looked(mail.mail, _("E-mail"))
    yield _looked(machine.disk, _("Disk"))
    yield _looked(machine.folder, _("Folder"))
    yield _looked(protection.secrets, _("Settings"))
    yield _looked(protection.second_factors, _("Second factors"))
    yield _looked(lambda: protection.way(request), _("The way here"))


def _looked(check: Callable[[], CheckResult], name: str) -> CheckResult:
    """What the check finds; that it could not look is a finding, too."""
    try:
        return check()
    except (Error, OSError):
        return wrong(name, _("This could not be looked at."), _("Read in the log what the database or the disk said."))
