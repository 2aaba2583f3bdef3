"""Reads the e-mails that the portal sent."""

import re
import threading

from django.core import mail
from django.core.mail import EmailMessage


def sent() -> list[EmailMessage]:
    """Every e-mail that was sent, having waited for those under way."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return mail.outbox


def emails() -> list[tuple[str, str]]:
    """Return to whom each e-mail went and its subject, in order of the address."""
    return sorted((message.to[0], message.subject) for message in sent())


def links(message: EmailMessage) -> list[str]:
    """The addresses that stand in an e-mail."""
    return re.findall(r"\S+://\S+", message.body)
