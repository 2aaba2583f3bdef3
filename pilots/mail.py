"""E-mails to people with an account: plain text, with links that no request can bend."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from prepare_portal.counters import FAILED, MAILS, SENT
from prepare_portal.languages import ORIGINAL

log = logging.getLogger("pilots.mail")


class Failure(NamedTuple):
    """When an e-mail could not be sent, and by what kind of error."""

    at: datetime
    reason: str


def link(name: str, *args: Any) -> str:
    """The full address of a page, made from the settings only: what a request calls the host may be a trap."""
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return (settings.SITE_URL or f"http://{host}:{settings.PORT}") + reverse(name, args=args)


def write(template: str, to: str, context: dict[str, Any], language: str = ORIGINAL) -> EmailMessage:
    """An e-mail: the first line of `mail/<template>.txt` is its subject, what follows its text.

    What of `context` can be called is called in the language of who gets it, such as what makes a link.
    """
    with override(language):
        said = {name: value() if callable(value) else value for name, value in context.items()}
        subject, _, body = render_to_string(f"mail/{template}.txt", said).strip().partition("\n")
    return EmailMessage(subject, body.strip() + "\n", to=[to])


def send(message: EmailMessage) -> bool:
    """Send an e-mail and return whether it was sent. A server that fails is logged, and breaks nothing."""
    try:
        message.send()
    except Exception as error:  # whatever a mail server, a network or an address can do wrong
        log.exception("An e-mail could not be sent. Check EMAIL_URL and the mail server.")
        MAILS.labels(FAILED).inc()
        note_failure(type(error).__name__)
        return False
    MAILS.labels(SENT).inc()
    with suppress(OSError):
        failure_file().unlink(missing_ok=True)
    return True


def failure_file() -> Path:
    """What the last e-mail of this machine failed by; not there when it did not. No table: the database may be away."""
    return Path(settings.DATA_DIR) / "last_mail_failure"


def note_failure(reason: str) -> None:
    """Keep what kind of failure it was. What the server said may name addresses, and stands in the log."""
    with suppress(OSError):
        failure_file().write_text(reason)


def last_failure() -> Failure | None:
    """How the last e-mail of this machine failed, None when it was sent."""
    with suppress(OSError):
        at = datetime.fromtimestamp(failure_file().stat().st_mtime, tz=UTC)
        return Failure(at, failure_file().read_text())
    return None


def send_soon(messages: Sequence[EmailMessage]) -> None:
    """Send e-mails independently of each other, after the page was answered.

    Nobody waits for a slow mail server, and how long a response takes does not tell whether anybody was written to.
    """
    Thread(target=_send_all, args=(messages,), name="mail").start()


def _send_all(messages: Sequence[EmailMessage]) -> None:
    for message in messages:
        send(message)
