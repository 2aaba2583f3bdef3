"""In which language an account is written to."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountLanguage(models.Model):
    """The language of the e-mails to one account; without a row it is English.

    The address tells the language of every page, so nothing else is chosen for good.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    language_code = models.CharField(max_length=15)

    class Meta:
        verbose_name = verbose_name_plural = _("Language of e-mails")

    def __str__(self) -> str:
        return f"{self.user}: {self.language_code}"


def languages_of(accounts: Iterable[Any]) -> dict[Any, str]:
    """The languages of accounts by their ids. One query."""
    chosen = dict.fromkeys((account.pk for account in accounts), settings.LANGUAGE_CODE)
    rows = AccountLanguage.objects.filter(user__in=list(chosen)).values_list("user", "language_code")
    return chosen | {user: code for user, code in rows if code in dict(settings.LANGUAGES)}


def set_language(account: Any, language: str) -> None:
    """Write to `account` in a language from now on. Two queries."""
    AccountLanguage.objects.update_or_create(user=account, defaults={"language_code": language})
