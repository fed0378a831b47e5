"""A security key in software: it answers a browser's two questions as a real one would."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class SoftwareKey:
    """One key pair for one site, with a person who always touches it."""

    host: str
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    handle: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user: str = ""

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives for these options."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        told = self._told(CollectedClientData.TYPE.CREATE, challenge=asked["challenge"])
        public = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
            self.secret.public_key()
        )
        known = AttestedCredentialData.create(Aaguid(bytes(16)), self.handle, public)
        data = AuthenticatorData.create(
            self._host_hash(), SEEN | AuthenticatorData.FLAG.AT, 1, bytes(known)
        )
        seal = AttestationObject.create("none", data, {})
        return self._answer(told, attestationObject=websafe_encode(bytes(seal)))

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives for these options."""
        challenge = options["publicKey"]["challenge"]
        told = self._told(CollectedClientData.TYPE.GET, challenge=challenge)
        data = AuthenticatorData.create(self._host_hash(), SEEN, 2)
        signature = self.secret.sign(bytes(data) + told.hash, ec.ECDSA(SHA256()))
        return self._answer(
            told,
            authenticatorData=websafe_encode(bytes(data)),
            signature=websafe_encode(signature),
            userHandle=self.user,
        )

    def _told(self, kind: CollectedClientData.TYPE, *, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, f"http://{self.host}")

    def _host_hash(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _answer(self, told: CollectedClientData, **response: str) -> dict[str, Any]:
        identifier = websafe_encode(self.handle)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "response": {"clientDataJSON": websafe_encode(bytes(told)), **response},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
