"""The portal's configuration, read from environment variables and refused in plain words.

Every variable the portal itself reads is listed in `VARIABLES`; a test holds the README's
table against it. A value that cannot work stops the start with one sentence.
"""

import ipaddress
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

VARIABLES = (
    "ADMIN_PASSWORD",
    "BACKUP_RECIPIENTS",
    "CONTACT_EMAIL",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "FORWARDED_ALLOW_IPS",
    "HIDE_UNCHECKED_TRANSLATIONS",
    "HOST",
    "METRICS_PORT",
    "METRICS_TOKEN",
    "PAGE_CACHE",
    "PORT",
    "SECOND_FACTOR",
    "SECRET_KEY",
    "SITE_URL",
    "WEB_CONCURRENCY",
)

SQLITE_OPTIONS = {
    # Readers and one writer at the same time; other writers wait, in no order, up to a minute instead of failing.
    # With synchronous=NORMAL, a power cut may take the saves that were confirmed last.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
}


def stop(sentence: str) -> NoReturn:
    """End the start with one sentence on standard error and exit status 1."""
    raise SystemExit(f"The portal did not start: {sentence}")


def text(name: str, default: str = "") -> str:
    """The variable without surrounding spaces, or `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def switch(name: str, usual: str = "off") -> bool:
    """Whether the variable is on; stops on anything but on, off, 1, 0, or nothing."""
    value = text(name, usual).lower()
    if value not in {"on", "off", "1", "0"}:
        stop(f"{name} is “{value}”. Set it to on or off.")
    return value in {"on", "1"}


def one_of(name: str, choices: tuple[str, ...], usual: str) -> str:
    """The variable as one of `choices`; stops when it is none."""
    value = text(name, usual).lower()
    if value not in choices:
        stop(f"{name} is “{value}”. Set it to {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def proxies() -> str:
    """The addresses in FORWARDED_ALLOW_IPS; stops when one is none, as gunicorn would without naming the setting."""
    addresses = text("FORWARDED_ALLOW_IPS", "127.0.0.1")
    try:
        for address in addresses.split(","):
            ipaddress.ip_network(address.strip())
    except ValueError:
        stop(
            f"FORWARDED_ALLOW_IPS is “{addresses}”. Set it to the addresses of your proxies, with commas between them."
        )
    return addresses


def data_dir(base: Path) -> Path:
    """The folder for the database, the secret key and uploads, made if missing."""
    folder = Path(text("DATA_DIR", str(base / "var"))).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts and passwords are nobody else's business
    except OSError as error:
        stop(f"DATA_DIR is “{folder}”, which cannot be used ({error.strerror}). Name a folder that can be written to.")
    return folder


def site_url() -> str:
    """The public address such as `https://pilots.example.org`, or "" for this machine only."""
    url = text("SITE_URL").rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        whole = parts.scheme == "https" and parts.hostname and not (parts.path or parts.query or parts.fragment)
    except ValueError:
        whole = None
    if not whole:
        stop(f"SITE_URL is “{url}”. Set it to https:// and a host name, such as https://pilots.example.org.")
    return url


def database(folder: Path) -> dict[str, Any]:
    """Django's settings for the database named by DATABASE_URL, or SQLite in `folder`."""
    url = text("DATABASE_URL", f"sqlite:///{folder / 'portal.sqlite3'}")
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        config = {}
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        keep_private(config["NAME"])
        return config | {"OPTIONS": SQLITE_OPTIONS}
    if config.get("ENGINE") == "django.db.backends.postgresql":
        return config | {"OPTIONS": encrypted(config)}
    # The address may hold a password, so it is not repeated here.
    stop("DATABASE_URL cannot be read. Set it to postgres://user:password@host/name or sqlite:///path/to/file.")


def keep_private(name: str) -> None:
    """Let nobody but its owner read a database file and those beside it, which SQLite makes like the file itself.

    Made here if it is missing, because SQLite would let everybody read it.
    """
    if not name or name == ":memory:":
        return
    try:
        os.close(os.open(name, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        stop(f"the database file “{name}” cannot be used ({error.strerror}). Check DATABASE_URL and DATA_DIR.")
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError, PermissionError):  # whose file it is not, cannot change that
            os.chmod(name + end, 0o600)


def encrypted(config: dict[str, Any]) -> dict[str, Any]:
    """The options of a PostgreSQL connection: encrypted to another machine, unless DATABASE_URL says how."""
    options: dict[str, Any] = config.get("OPTIONS", {})
    hosts = (
        options.get("hostaddr") or options.get("host") or config.get("HOST") or os.environ.get("PGHOST", "")
    ).split(",")
    if all(is_this_machine(host) for host in hosts) or "PGSSLMODE" in os.environ:
        return options
    return {"sslmode": "require"} | options


def is_this_machine(host: str) -> bool:
    """Whether a database's host is a socket or this machine itself."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def secret_key(folder: Path, *, shared: bool) -> str:
    """SECRET_KEY, or one kept in `folder` (made at the first start, readable by its owner only).

    `shared` is true where several machines may serve the site: they must be given the same key.
    """
    key = text("SECRET_KEY")
    if key and len(key) < 50:
        stop("SECRET_KEY is too short. Set it to at least 50 random characters.")
    if key:
        return key
    if shared:
        stop("SECRET_KEY is missing. With SITE_URL and PostgreSQL, give every machine the same 50 or more characters.")
    file = folder / "secret_key"
    if not file.exists():
        _make_key(file)
    with suppress(PermissionError):
        file.chmod(0o600)
    key = file.read_text().strip()
    if len(key) < 50:
        stop(f"the key in “{file}” is too short. Remove the file, and the next start makes a new one.")
    return key


def _make_key(file: Path) -> None:
    """Write a key whole or not at all; where another server that starts now was quicker, its key stays."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix="secret_key-")  # readable by its owner only
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        os.link(name, file)
    os.unlink(name)


def contact_email(*, required: bool) -> str:
    """The address for reports of mistakes and concerns; stops when `required` and missing."""
    if not text("CONTACT_EMAIL") and required:
        stop("CONTACT_EMAIL is missing. Set it to the address that reads reports of mistakes and concerns.")
    return email_address("CONTACT_EMAIL", "editors@portal.localhost")


def email_address(name: str, default: str) -> str:
    """The variable as one e-mail address; stops when it is none."""
    address = text(name, default)
    try:
        validate_email(address)
    except ValidationError:
        stop(f"{name} is “{address}”, which is no e-mail address.")
    return address


def whole_number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    """The variable as a whole number; stops when it is none or out of range."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and at_least <= int(value[:9]) <= at_most):
        stop(f"{name} is “{value}”. Set it to a whole number from {at_least} to {at_most}.")
    return int(value)


def metrics_port(taken: int) -> int:
    """The port of this machine on which Prometheus may ask, 0 for none; stops where the portal itself has it."""
    port = whole_number("METRICS_PORT", 0, at_least=0, at_most=65535)
    if port == taken:
        stop(f"METRICS_PORT is {port}, and so is PORT. Set it to another one.")
    return port


def metrics_token() -> str:
    """What Prometheus has to know to ask the site itself, "" for nobody may."""
    token = text("METRICS_TOKEN")
    if token and not (len(token) >= 32 and token.isascii() and token.isprintable()):
        stop("METRICS_TOKEN is too easy to guess or cannot be sent. Set it to at least 32 letters and digits.")
    return token
