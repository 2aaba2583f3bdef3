"""Who may manage whose account, and which roles one account can give to another."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from pilots.models.roles import ROLES


def may_manage(asker: Any, account: User) -> bool:
    """Whether `asker` may change `account`: superusers any, others those with no right beyond their own.

    Whoever can change an account's address can have a password sent there, and then has its rights.
    Those of a closed account count too, since it can be opened. Three queries at most.
    """
    if asker.is_superuser:
        return True
    if account.is_superuser:
        return False
    theirs = Permission.objects.filter(Q(user=account) | Q(group__user=account)).select_related("content_type")
    return _names(theirs) <= asker.get_all_permissions()


def roles_to_give(asker: Any) -> QuerySet[Group]:
    """The groups that `asker` can put people into: superusers all, others roles with no right beyond theirs."""
    if asker.is_superuser:
        return Group.objects.all()
    mine = asker.get_all_permissions()
    roles = Group.objects.filter(name__in=ROLES).prefetch_related("permissions__content_type")
    return Group.objects.filter(pk__in=[role.pk for role in roles if _names(role.permissions.all()) <= mine]).order_by(
        "pk"
    )


def _names(permissions: Iterable[Permission]) -> set[str]:
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}
