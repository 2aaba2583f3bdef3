"""People with a role, and browsers in which they are logged in."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from tests.factories import UserFactory
from tests.visitors import visitor


def person(role: str = "", **fields: Any) -> User:
    """An account with this role: contributor, reviewer, administrator, superuser, or none of them."""
    user = UserFactory(is_staff=True, is_superuser=role == "superuser", **fields)
    if role and role != "superuser":
        user.groups.add(Group.objects.get(name=role))
    return user


def administrator(*, days: int = 8, **fields: Any) -> User:
    """Somebody who has been an administrator for so many days."""
    return person("administrator", date_joined=timezone.now() - timedelta(days=days), **fields)


def browser_of(user: User) -> Client:
    client = visitor()
    client.force_login(user)
    return client
