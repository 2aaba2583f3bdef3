"""The account that a command is told by name."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError


def get_account(name: str) -> User:
    """The account of exactly this user name. Raises CommandError where there is none."""
    account = User.objects.filter(username=name).first()
    if account is None:
        raise CommandError(f"There is no account “{name}”.")
    return account
