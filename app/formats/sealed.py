"""Sealed texts: what we hand out to get it back unread and unchanged (AES-256-GCM, a new nonce each time)."""

import base64
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_OCTETS = 12
TAG_OCTETS = 16
LETTERS = re.compile(r"[A-Za-z0-9_-]+")


class Seal:
    """Seals and opens under one key; two seals of the same content have nothing in common."""

    def __init__(self, key: bytes, purpose: bytes) -> None:
        self._cipher = AESGCM(key)
        self._purpose = purpose

    def close(self, content: bytes) -> str:
        """The content as base64url text."""
        nonce = secrets.token_bytes(NONCE_OCTETS)
        sealed = nonce + self._cipher.encrypt(nonce, content, self._purpose)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    @staticmethod
    def has_form(text: str, size: int) -> bool:
        """Whether this looks like so many octets, sealed: perhaps under a key that is gone."""
        octets = NONCE_OCTETS + size + TAG_OCTETS
        return len(text) == -(-octets * 4 // 3) and LETTERS.fullmatch(text) is not None

    def open(self, text: str) -> bytes | None:
        """The content, or None where we did not seal this, letter by letter."""
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            content = self._cipher.decrypt(sealed[:NONCE_OCTETS], sealed[NONCE_OCTETS:], self._purpose)
        except (ValueError, InvalidTag):
            return None
        return content if base64.urlsafe_b64encode(sealed).decode().rstrip("=") == text else None
