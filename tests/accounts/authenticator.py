"""An authenticator app and a passkey, as software: what tests hold in their hand."""

import os
from typing import Any

import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


def digits(secret: str, steps: int = 0, *, at: float) -> str:
    """What an app with this secret shows at a moment, or so many half minutes later."""
    return pyotp.TOTP(secret.replace(" ", "")).at(at, counter_offset=steps)


class Key:
    """A passkey that was made for one site."""

    def __init__(self, site: str = "localhost", origin: str = "http://localhost:8000") -> None:
        self.site, self.origin, self.count = site, origin, 0
        self.private, self.id = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    def make(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer a question to make a passkey, as a browser does."""
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        made = AttestationObject.create("none", self.data(FLAG.UP | FLAG.UV | FLAG.AT, data), {})
        said = self.said(CollectedClientData.TYPE.CREATE, question)
        return self.answer(clientDataJSON=said, attestationObject=made)

    def use(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer a question to prove that the passkey is at hand."""
        self.count += 1
        data, said = self.data(FLAG.UP | FLAG.UV), self.said(CollectedClientData.TYPE.GET, question)
        signature = self.private.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self.answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def data(self, flags: Any, *credential: Any) -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.site.encode()), flags, self.count, *credential)

    def said(self, kind: Any, question: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(question["challenge"]), self.origin)

    def answer(self, **response: bytes) -> dict[str, Any]:
        """What a browser hands on."""
        said = {name: websafe_encode(value) for name, value in response.items()}
        number = websafe_encode(self.id)
        return {"id": number, "rawId": number, "type": "public-key", "response": said, "clientExtensionResults": {}}
