"""Which mail server EMAIL_URL names, read like all settings: what cannot work stops the start."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from prepare_portal.environment import stop, text


@dataclass(frozen=True)
class MailServer:
    """Who takes the portal's e-mails, as Django's settings name it; without a host they go to the standard output."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False

    @property
    def backend(self) -> str:
        return f"django.core.mail.backends.{'smtp' if self.host else 'console'}.EmailBackend"


def mail_server() -> MailServer:
    """The server that EMAIL_URL names.

    `smtps://` is encrypted from the first byte, `smtp://` from STARTTLS on; only a server on this
    machine is spoken to in plain words.
    """
    url = text("EMAIL_URL")
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.path in {"", "/"} and parts.port != 0
        rest = parts.query or parts.fragment
    except ValueError:
        whole = rest = None
    if not whole or rest or bool(parts.username) != bool(parts.password):
        # The address may hold a password, so it is not repeated here.
        stop("EMAIL_URL cannot be read. Set it to smtp://user:password@host:587 or smtps://user:password@host:465.")
    host, ssl = str(parts.hostname), parts.scheme == "smtps"
    here = host in {"localhost", "127.0.0.1", "::1"}
    return MailServer(
        host=host,
        port=parts.port or (465 if ssl else 25 if here else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=not (ssl or here),
        use_ssl=ssl,
    )
