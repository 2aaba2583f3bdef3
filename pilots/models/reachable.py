"""Addresses that visitors open: to read more of an organisation and to write to it. Both are empty at delivery."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilots.models.text_fields import AddressField, MailboxField


def website_field() -> AddressField:
    return AddressField(_("website"), max_length=500, blank=True)


def public_contact_field() -> MailboxField:
    return MailboxField(
        _("public contact"),
        max_length=254,
        blank=True,
        help_text=_(
            "The mailbox of an office or a role, such as prevention@town.example: visitors see it and send it their "
            "questions. Never the address of a person."
        ),
    )


def web_address(field: str, *, name: str) -> models.CheckConstraint:
    """The constraint that a field is empty or an address that a browser opens."""
    schemes = (Q(**{f"{field}__startswith": scheme}) for scheme in ("https://", "http://"))
    return models.CheckConstraint(
        name=name,
        condition=reduce(or_, schemes, Q(**{field: ""})),
        violation_error_message=_("The address must begin with https:// or http://."),
    )
