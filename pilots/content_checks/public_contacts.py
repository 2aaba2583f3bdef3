"""Public contacts that look as if they were a person's: visitors see them, and people leave."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pilots.content_checks.finding import Finding, KnownTerms, key_for

# What mailboxes of offices are called: one such word is enough.
OFFICES = frozenset(
    {"admin", "affairs", "care", "center", "centre", "city", "communication", "community", "contact", "coordination"}
    | {"department", "desk", "director", "hello", "help", "info", "information", "justice", "kontakt", "mail", "office"}
    | {"police", "press", "prevention", "prison", "probation", "project", "public", "radicalisation", "reception"}
    | {"release", "research", "safety", "secretariat", "security", "service", "services", "social", "support", "team"}
    | {"town", "training", "unit", "youth"}
)


def looks_personal(address: str) -> bool:
    """Whether an e-mail address looks like that of one person: first.last@…"""
    words = re.split("[._]", address.partition("@")[0].casefold())
    return len(words) == 2 and all(word.isalpha() for word in words) and not OFFICES & set(words)


def check_public_contacts(known: KnownTerms) -> Iterator[Finding]:
    """Yield the public contacts of the entry's authority and partners that look like a person's."""
    for field, address in known.public_contacts:
        if looks_personal(address):
            yield Finding(
                "contact.personal", "warns", (field,), personal_contact(), address, key_for((field,), address)
            )


def personal_contact() -> str:
    """The sentence for editors."""
    return _("This public contact looks like the address of a person. Give the mailbox of an office or a role.")
