"""One-time codes from an authenticator (TOTP, RFC 6238): six digits, new every thirty seconds."""

import base64
import hmac
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SEED_BYTES = 20  # as long as the hash (RFC 4226 §4)
DRIFT = 1  # steps by which a clock may be off, either way


def code_at(seed: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one step of time (RFC 4226 §5.3)."""
    mac = hmac.digest(seed, step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def step_of(seed: bytes, code: str, now: float) -> int | None:
    """The step of time to which the code belongs, if it is a code of this moment."""
    current = int(now) // STEP_SECONDS
    given = code.replace(" ", "").encode()
    found = None
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code_at(seed, step).encode(), given):
            found = step
    return found


def spelled(seed: bytes) -> str:
    """The seed as one types it into an authenticator."""
    return base64.b32encode(seed).decode()


def address(seed: bytes, account: str) -> str:
    """The seed as an authenticator reads it from a link or a picture of one."""
    label = quote(f"SIAGA:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': spelled(seed), 'issuer': 'SIAGA'})}"
