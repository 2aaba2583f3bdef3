"""Who needs a second factor, and whether what somebody typed is theirs."""

import hashlib
import secrets
import time
from collections.abc import Sequence
from typing import Any

import pyotp
import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pilots.models import AuthenticatorApp, FactorRemovalRequest, Passkey, RecoveryCode

# Whoever has one of these rights can publish, or give rights: they need a second factor first.
POWERFUL = ("pilots.publish_pilot", "auth.change_user", "auth.add_group", "auth.change_group")
ISSUER = "PREPARE pilots"
DRIFT = 1  # half minutes that the clock of a telephone may be wrong
CODES = 10
# Letters and digits that nobody mistakes for each other; 24 of them stand 2^118 guesses, so a plain digest is enough.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 6, 4
LONGEST = 100  # characters of a code that are read


def is_required(user: Any) -> bool:
    """Whether this account may not be without a second factor. Two queries at most."""
    if settings.SECOND_FACTOR != "reviewers":
        return settings.SECOND_FACTOR == "all"
    return user.is_superuser or any(map(user.has_perm, POWERFUL))


def has_one(user: Any) -> bool:
    """Whether this account has an app or a passkey. Two queries at most."""
    return any(model.objects.filter(account=user.pk).exists() for model in (AuthenticatorApp, Passkey))


def is_asked(user: Any) -> bool:
    """Whether the password alone is not enough: the portal asks for it, or the account's owner chose it."""
    return settings.SECOND_FACTOR != "none" and (has_one(user) or is_required(user))


def new_secret() -> str:
    return pyotp.random_base32(32)


def secret_address(user: Any, secret: str) -> str:
    """What an app reads from the picture: whose secret it is, for which site."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=ISSUER)


def picture(address: str) -> str:
    """The address as a QR code: an SVG element, dark on light in every colour scheme, as cameras need it."""
    code = segno.make(address, error="m")
    return code.svg_inline(scale=5, border=4, light="white", dark="black", omitsize=False)


def matching_step(secret: str, digits: str, *, after: int) -> int | None:
    """The number of the half minute that these digits belong to, if it is near now and later than `after`."""
    typed, app, now = "".join(digits.split()), pyotp.TOTP(secret), int(time.time()) // 30
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if secrets.compare_digest(app.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def add_app(user: Any, secret: str, digits: str) -> bool:
    """Make `secret` that of the account's app, in place of an earlier one, if the digits prove that the app has it."""
    step = matching_step(secret, digits, after=0)
    if step is None:
        return False
    said = {"secret": secret, "last_step": step, "added_at": timezone.now(), "used_at": None}
    AuthenticatorApp.objects.update_or_create(account=user, defaults=said)
    return True


def proves(user: Any, typed: str) -> bool:
    """Whether `typed` is what the account's app shows now, or a recovery code; neither is taken twice. Five queries."""
    return _is_shown_by_app(user, typed[:LONGEST]) or _is_recovery_code(user, typed[:LONGEST])


def _is_shown_by_app(user: Any, typed: str) -> bool:
    with transaction.atomic():
        app = AuthenticatorApp.objects.select_for_update().filter(account=user.pk).first()
        step = matching_step(app.secret, typed, after=app.last_step) if app else None
        if app is None or step is None:
            return False
        AuthenticatorApp.objects.filter(pk=app.pk).update(last_step=step, used_at=timezone.now())
    return True


def _is_recovery_code(user: Any, typed: str) -> bool:
    deleted, _models = RecoveryCode.objects.filter(account=user.pk, digest=digest(typed)).delete()
    return bool(deleted)


def digest(code: str) -> str:
    """What is kept of a recovery code; blanks, hyphens and capitals make no difference."""
    letters = "".join(char for char in code.casefold() if char.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()


def new_recovery_codes(user: Any) -> Sequence[str]:
    """Ten codes in place of all earlier ones. Nobody can show them a second time."""
    codes = ["-".join(_letters(LETTERS) for _group in range(GROUPS)) for _code in range(CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(account=user.pk).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(account=user, digest=digest(code)) for code in codes])
    return codes


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(count))


def remove_all(user: Any) -> None:
    """Leave the account with its password alone; the next login asks for a new factor where one is required."""
    with transaction.atomic():
        for model in (AuthenticatorApp, Passkey, RecoveryCode, FactorRemovalRequest):
            model.objects.filter(account=user.pk).delete()
