"""Who may move a pilot to which status, and what it takes. The only place that changes a status.

Every move locks the row, checks, saves, and is kept in the history with its actor. A published
pilot is never changed itself: `revise` makes a working copy, and publishing that puts its content
in the place of the public one, at a stroke.
"""

from pilots.workflow.accepted_warnings import accept_warning, reopen_warning
from pilots.workflow.entries import delete, rename, rewrite
from pilots.workflow.recovery import recover
from pilots.workflow.rules import (
    Conflict,
    Refused,
    is_reviewer,
    languages_open_to,
    may_discard,
    may_edit,
    may_make,
    may_revise,
    may_translate,
    may_translate_into,
    may_translate_row,
    may_write,
)
from pilots.workflow.scheduled_publishing import publish_all_due, publish_if_due
from pilots.workflow.transitions import (
    archive,
    publish,
    restore,
    schedule,
    send_back,
    submit,
    take_back,
    unschedule,
    withdraw,
)
from pilots.workflow.translating import PlannedTranslation, translate, translate_many, translate_row
from pilots.workflow.translation_checks import confirm_translation, may_check
from pilots.workflow.working_copies import discard, revise

__all__ = [
    "Conflict",
    "PlannedTranslation",
    "Refused",
    "accept_warning",
    "archive",
    "confirm_translation",
    "delete",
    "discard",
    "is_reviewer",
    "languages_open_to",
    "may_check",
    "may_discard",
    "may_edit",
    "may_make",
    "may_revise",
    "may_translate",
    "may_translate_into",
    "may_translate_row",
    "may_write",
    "publish",
    "publish_all_due",
    "publish_if_due",
    "recover",
    "rename",
    "reopen_warning",
    "restore",
    "revise",
    "rewrite",
    "schedule",
    "send_back",
    "submit",
    "take_back",
    "translate",
    "translate_many",
    "translate_row",
    "unschedule",
    "withdraw",
]
