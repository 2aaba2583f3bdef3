"""The machine: its disk, and what it lets the portal do."""

import os
import shutil

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from pilots.health.check_result import CheckResult, good, look, wrong

LITTLE, TOO_LITTLE = 10**9, 200 * 10**6  # bytes


def free_bytes() -> int:
    """The room left on the disk of DATA_DIR."""
    return shutil.disk_usage(settings.DATA_DIR).free


def disk() -> CheckResult:
    free = free_bytes()
    says = _("The disk of DATA_DIR has %(size)s left.") % {"size": filesizeformat(free)}
    if free >= LITTLE:
        return good(says)
    do = _("Make room: the folders archive, packs and files in DATA_DIR can be deleted at any time.")
    return (look if free >= TOO_LITTLE else wrong)(says, do)


def folder() -> CheckResult:
    """Whether the portal may write where it has to."""
    if os.access(settings.DATA_DIR, os.R_OK | os.W_OK | os.X_OK):
        return good(_("The portal can write to DATA_DIR."))
    return wrong(
        _("The portal cannot write to DATA_DIR."),
        _("Give the folder to the user that the portal runs as, and see whether the disk is read-only."),
    )
