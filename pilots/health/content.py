"""The database and what stands in it: does it answer, is it migrated, is search up to date, is there a backup?"""

import time
from datetime import timedelta
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.health import readings
from pilots.health.check_result import CheckResult, good, look, wrong
from pilots.models import LastBackup, Pilot
from pilots.models.access import readable_pilots
from pilots.search.tables import dialect

SLOW = 0.25  # seconds in which the database says how large it is
TAKEN_IN_AT_ONCE = 200  # pilots that one search indexes
AHEAD = 60  # seconds
FRESH, OLD = timedelta(days=2), timedelta(days=7)


def database() -> CheckResult:
    """Whether it answers, and how quickly. One query."""
    began = time.perf_counter()
    size = readings.database_bytes()
    took = time.perf_counter() - began
    words = {"ms": round(took * 1000), "size": filesizeformat(size)}
    if took > SLOW:
        says = _("The database took %(ms)d milliseconds to answer, and holds %(size)s.") % words
        return look(says, _("See what else keeps the database or its disk busy."))
    return good(_("The database answers, and holds %(size)s.") % words)


def migrations() -> CheckResult:
    """Whether its tables are those of this release. One query."""
    missing = readings.migrations_missing()
    if not missing:
        return good(_("The tables are those of this release."))
    words = ngettext("%(n)d migration is missing.", "%(n)d migrations are missing.", len(missing))
    return wrong(words % {"n": len(missing)}, _("Run manage.py set_up, then restart the portal."))


def search() -> CheckResult:
    """Whether words are found that were written last, and misspelt ones. Two queries."""
    lacks, waiting = dialect().shortcomings(), readings.pilots_to_index()
    if waiting > TAKEN_IN_AT_ONCE:
        words = ngettext(
            "%(n)d changed entry is found by its former words only.",
            "%(n)d changed entries are found by their former words only.",
            waiting,
        )
        return look(words % {"n": waiting}, _("Run manage.py set_up, which indexes them all."))
    if lacks:
        return look(" ".join(lacks), _("Install the extension pg_trgm, then run manage.py set_up."))
    return good(_("Search knows what was written last, or takes it in with the next search."))


def schedule(user: Any) -> CheckResult:
    """Whether what `user` may know to be planned was published on time. One query or none."""
    overdue = readable_pilots(user, Pilot.objects.overdue()).count()
    if not overdue:
        return good(_("No planned publication is overdue."))
    words = ngettext(
        "%(n)d planned publication is overdue: does anything look at the clock?",
        "%(n)d planned publications are overdue: does anything look at the clock?",
        overdue,
    )
    return wrong(words % {"n": overdue}, _("Run manage.py publish_due, and read what it says."))


def clock() -> CheckResult:
    """Whether this machine's clock stands behind what was written last. One query."""
    ahead = (readings.content_changed_at() or 0) - time.time()
    if ahead <= AHEAD:
        now = date_format(timezone.now(), "DATETIME_FORMAT")
        return good(_("The clock of this machine says %(now)s (UTC).") % {"now": now})
    return look(
        _("The content was changed last at a time that this machine takes for the future."),
        _("Compare the clocks of all machines. Codes of authenticator apps need one that is right to half a minute."),
    )


def backup() -> CheckResult:
    """How old the last good one is. One query."""
    moment = LastBackup.objects.moment()
    if moment is None:
        says = _("There is no backup yet: manage.py backup makes one.")
        return wrong(says, _("Make one now, and let a timer make one every night."))
    words = {"age": timesince(moment), "moment": moment.strftime("%Y-%m-%d %H:%M")}
    says = _("The last good backup is %(age)s old: %(moment)s UTC.") % words
    if moment > timezone.now() - FRESH:
        return good(says)
    kind = look if moment > timezone.now() - OLD else wrong
    return kind(says, _("Make one by hand, and see why the timer made none."))
