"""What the security log is told when a form changes an account or a group."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission

from pilots.security_log import Event, record

FLAGS = ("active", "staff", "superuser")
ADDRESSES = ("username", "email")


def record_change(by: Any, form: Any, *, is_new: bool) -> None:
    """Record what the saved form of an account changed of its rights and addresses."""
    account, before, after = form.instance, _rights(form.initial), _rights(form.cleaned_data)
    if is_new:
        gained = {flag for flag in FLAGS if getattr(account, f"is_{flag}")} | after
        record(Event.ACCOUNT_ADDED, by=by, account=account, gained=sorted(gained), how="invitation")
        return
    if before != after:
        record(Event.RIGHTS_CHANGED, by=by, account=account, gained=sorted(after - before), lost=sorted(before - after))
    if fields := [name for name in ADDRESSES if name in form.changed_data]:
        record(Event.ADDRESS_CHANGED, by=by, account=account, fields=fields)


def record_group(by: Any, group: Group, before: Iterable[Permission], after: Iterable[Permission]) -> None:
    """Record which rights a group gained and lost."""
    had, has = _names(before), _names(after)
    record(Event.GROUP_CHANGED, by=by, group=group.name, gained=sorted(has - had), lost=sorted(had - has))


def _rights(values: dict[str, Any]) -> set[str]:
    """What the values of a form give: flags, roles, single rights; nothing for fields that it does not have."""
    flags = {flag for flag in FLAGS if values.get(f"is_{flag}")}
    roles = {f"role:{group.name}" for group in values.get("groups") or ()}
    return flags | roles | _names(values.get("user_permissions") or ())


def _names(permissions: Iterable[Permission]) -> set[str]:
    return {f"right:{permission.codename}" for permission in permissions}
