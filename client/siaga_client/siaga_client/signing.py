"""Proves who asks by a signature (`private_key_jwt`, RFC 7523): the private key never leaves the machine."""

import base64
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SECONDS = 60  # that an assertion counts; the service takes five minutes at most
P256_OCTETS = 32


class WrongKeyError(Exception):
    """The file holds no private key that the service takes."""


class SigningKey:
    """An Ed25519 or P-256 key; which of the two decides how it signs."""

    def __init__(self, pem: bytes) -> None:
        try:
            self._key = load_pem_private_key(pem, None)
        except (ValueError, TypeError):
            raise WrongKeyError("No private key as PEM without a passphrase.") from None
        is_p256 = isinstance(self._key, ec.EllipticCurvePrivateKey) and isinstance(
            self._key.curve, ec.SECP256R1
        )
        if not is_p256 and not isinstance(self._key, Ed25519PrivateKey):
            raise WrongKeyError("The service takes keys of Ed25519 and of P-256.")

    @classmethod
    def read(cls, path: Path) -> "SigningKey":
        """The key in a file; raises OSError or WrongKeyError, also where others may read it, as ssh does."""
        found = path.stat()
        if os.name == "posix" and found.st_uid == os.getuid() and found.st_mode & 0o077:
            raise WrongKeyError(f"Others may read {path}, so it proves nothing: chmod 600, or make another.")
        return cls(path.read_bytes())

    def proof(self, name: str, audience: str) -> dict[str, str]:
        """What a request for a token says instead of a secret; a new one for each, none counts twice."""
        now = int(time.time())
        claims = {"iss": name, "sub": name, "aud": audience, "iat": now, "exp": now + SECONDS}
        signed = f"{_part({'alg': self._algorithm})}.{_part({**claims, 'jti': secrets.token_hex(16)})}"
        assertion = f"{signed}.{_text(self._signature(signed.encode()))}"
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}

    @property
    def _algorithm(self) -> str:
        return "EdDSA" if isinstance(self._key, Ed25519PrivateKey) else "ES256"

    def _signature(self, signed: bytes) -> bytes:
        if isinstance(self._key, Ed25519PrivateKey):
            return self._key.sign(signed)
        if not isinstance(self._key, ec.EllipticCurvePrivateKey):
            raise WrongKeyError
        both = decode_dss_signature(self._key.sign(signed, ec.ECDSA(hashes.SHA256())))
        return b"".join(each.to_bytes(P256_OCTETS, "big") for each in both)  # RFC 7518 §3.4


def _part(said: dict[str, Any]) -> str:
    return _text(json.dumps(said, separators=(",", ":")).encode())


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
