"""Passkeys: what a browser is asked, and whether its answer holds. The checks are those of Yubico's library."""

import hashlib
import struct
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pilots.models import Passkey
from pilots.models.plain_text import clean_line

MOST = 10  # of one account
ALGORITHM = 3  # the label of the algorithm in a public key (COSE, RFC 9052)
# What the library can raise while it reads an answer that anybody may have written
MALFORMED = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
    *(struct.error, RuntimeError),  # too short; too deep, or a kind of key that it does not know
)


class NotTheirs(ValueError):
    """The answer is not that of a passkey of this account to this question."""


def server() -> Fido2Server:
    """Asks and checks for this site alone: a passkey made for another host, or used on one, is refused."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    site = PublicKeyCredentialRpEntity(name="PREPARE pilots", id=host)
    return Fido2Server(site, verify_origin=is_this_site)


def is_this_site(origin: str) -> bool:
    """Whether a page of this site asked. Without SITE_URL, that is `localhost` with any port."""
    asked = urlsplit(origin)
    if not settings.SITE_URL:
        return asked.hostname == "localhost"
    site = urlsplit(settings.SITE_URL)
    return (asked.scheme, asked.hostname, asked.port or 443) == ("https", site.hostname, site.port or 443)


def ask_to_add(user: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to make a passkey, and what has to be remembered until it answers. One query."""
    question, state = server().register_begin(
        PublicKeyCredentialUserEntity(id=handle_of(user), name=user.get_username(), display_name=str(user)),
        [data for _row, data in known(user)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(question.public_key), state


def add(user: Any, state: dict[str, Any], answer: Any, name: str) -> Passkey:
    """Keep the passkey that the browser made. Raises NotTheirs."""
    try:
        made = server().register_complete(state, answer)
    except MALFORMED as error:
        raise NotTheirs from error
    data = made.credential_data
    if data is None or data.public_key.get(ALGORITHM) not in CoseKey.supported_algorithms():
        raise NotTheirs
    if Passkey.objects.filter(account=user.pk).count() >= MOST:
        raise NotTheirs
    row = Passkey(account=user, name=clean_line(name), credential=bytes(data), sign_count=made.counter)
    row.credential_digest = hashlib.sha256(data.credential_id).hexdigest()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # two accounts never share a key
        raise NotTheirs from error
    return row


def ask_to_prove(user: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to use a passkey of this account, and what has to be remembered. One query."""
    question, state = server().authenticate_begin(
        [data for _row, data in known(user)], user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(question.public_key), state


def prove(user: Any, state: dict[str, Any], answer: Any) -> Passkey:
    """The passkey of this account that answered. Raises NotTheirs, also for a copy that counts less than the key."""
    rows = known(user)
    try:
        used = server().authenticate_complete(state, [data for _row, data in rows], answer)
        count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except MALFORMED as error:
        raise NotTheirs from error
    row = next(row for row, data in rows if data.credential_id == used.credential_id)
    with transaction.atomic():
        now = Passkey.objects.select_for_update().get(pk=row.pk)
        if (count or now.sign_count) and count <= now.sign_count:
            raise NotTheirs
        Passkey.objects.filter(pk=row.pk).update(sign_count=count, used_at=timezone.now())
    return row


def known(user: Any) -> list[tuple[Passkey, AttestedCredentialData]]:
    """The passkeys of an account, as rows and as the library reads them. One query."""
    return [(row, AttestedCredentialData(bytes(row.credential))) for row in Passkey.objects.filter(account=user.pk)]


def handle_of(user: Any) -> bytes:
    """What keys know the account by. It tells nobody who that is."""
    return salted_hmac("pilots.passkey", str(user.pk), algorithm="sha256").digest()
