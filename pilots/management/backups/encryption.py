"""Backups for the eyes of few: age files (age-encryption.org), which anybody with a public key can write."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from pyrage.x25519 import Identity, Recipient

BEGINNING = b"age-encryption.org/v1"
LONGEST_KEY_FILE = 100_000


def recipients(keys: Iterable[str]) -> list[Recipient]:
    """The owners of public keys. Raises CommandError for what is none."""
    found = []
    for key in keys:
        try:
            found.append(Recipient.from_str(key.strip()))
        except pyrage.RecipientError as error:
            words = _("“%(key)s” is no public key of age. It begins with “age1”; age-keygen shows it.")
            raise CommandError(words % {"key": key}) from error
    return found


def identities(file: Path) -> list[Identity]:
    """The private keys in a file as age-keygen writes it. Raises CommandError where it has none."""
    try:
        with file.open("rb") as opened:
            text = opened.read(LONGEST_KEY_FILE).decode("utf-8", "replace")
    except OSError as error:
        raise CommandError(_("%(file)s: %(reason)s") % {"file": file, "reason": error.strerror}) from error
    keys = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        found = [Identity.from_str(key) for key in keys]
    except pyrage.IdentityError:
        found = []
    if not found:  # the text may be a secret, so it is not repeated
        raise CommandError(_("%(file)s holds no private key as age-keygen writes it.") % {"file": file})
    return found


def is_encrypted(file: BinaryIO) -> bool:
    """Whether a file, open at its beginning, is one of age. It is at its beginning again afterwards."""
    beginning = file.read(len(BEGINNING))
    file.seek(0)
    return beginning == BEGINNING


def encrypt(plain: BinaryIO, target: BinaryIO, for_whom: Iterable[Recipient]) -> None:
    """Write what `plain` holds so that only the owners of these keys can read it. Constant memory."""
    try:
        pyrage.encrypt_io(plain, target, list(for_whom))
    except pyrage.EncryptError as error:
        raise OSError(None, str(error)) from error


def decrypt(file: BinaryIO, plain: BinaryIO, keys: Iterable[Identity]) -> None:
    """Write what an age file holds. Raises CommandError where no key fits or a byte is not as it was written."""
    try:
        pyrage.decrypt_io(file, plain, list(keys))
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # of the disk, not of what was read
            raise
        words = _("The backup cannot be decrypted: %(reason)s. Is this the right key, and the whole file?")
        raise CommandError(words % {"reason": str(error).strip(".")}) from error
