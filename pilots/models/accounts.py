"""Fields that name an account."""

from typing import Any

from django.conf import settings
from django.db import models


def account_field(verbose_name: Any, **options: Any) -> Any:
    """A field for the account that did something; empty for nobody, and once the account is deleted."""
    defaults = {"null": True, "blank": True, "related_name": "+", "verbose_name": verbose_name}
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **defaults | options)
