"""Signatures of webhooks as Standard Webhooks 1.0.0 has them (HMAC-SHA256, `v1`)."""

import base64
import hmac
from collections.abc import Iterable, Mapping

PREFIX = "whsec_"


def written(secret: bytes) -> str:
    """A secret as it is handed over."""
    return PREFIX + base64.b64encode(secret).decode()


def headers(secrets: Iterable[bytes], identity: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """The headers of a message, signed by each secret that counts; neither id nor time may hold a dot."""
    said = f"{identity}.{timestamp}.".encode() + body
    signatures = (base64.b64encode(hmac.digest(each, said, "sha256")).decode() for each in secrets)
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }
