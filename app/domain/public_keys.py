"""Which public keys may be enrolled: a point that is no trap, written in the one canonical way.

A verifier may accept signatures under an Ed25519 key of small order that nobody made, and two verifiers may
disagree on keys that are not written canonically; both are refused when a key is enrolled.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

# Curve25519 in Edwards form (RFC 8032 §5.1)
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
ORDER = 2**252 + 27742317777372353535851937790883648493
# NIST P-256 (FIPS 186-5)
P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
B256 = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B

COORDINATE_BYTES = 32
Point = tuple[int, int, int]  # x/z, y/z: no division on the way
IDENTITY: Point = (0, 1, 1)


def coordinate(text: str) -> bytes | None:
    """The 32 bytes of a coordinate in canonical base64url; None for anything else."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    canonical = base64.urlsafe_b64encode(value).decode().rstrip("=")
    return value if canonical == text and len(value) == COORDINATE_BYTES else None


def is_sound_ed25519(key: bytes) -> bool:
    """Whether the bytes are the canonical encoding of a point of the prime order (RFC 8032 §5.1.3)."""
    point = decoded(key)
    return point is not None and not is_identity(point) and is_identity(times(ORDER, point))


def is_identity(point: Point) -> bool:
    """Whether the point is the neutral one."""
    x, y, z = point
    return x == 0 and y == z


def decoded(key: bytes) -> Point | None:
    """The point that a canonical encoding stands for."""
    if len(key) != COORDINATE_BYTES:
        return None
    value = int.from_bytes(key, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    if y >= P:
        return None
    numerator, denominator = (y * y - 1) % P, (D * y * y + 1) % P
    square = numerator * pow(denominator, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return (x if x & 1 == sign else P - x, y, 1)


def added(first: Point, second: Point) -> Point:
    """The sum of two points; the formula holds for every pair (Bernstein and others, 2008)."""
    (x1, y1, z1), (x2, y2, z2) = first, second
    scale, across, up = z1 * z2 % P, x1 * x2 % P, y1 * y2 % P
    square, mixed = scale * scale % P, D * across * up % P
    less, more = square - mixed, square + mixed
    x3 = scale * less * ((x1 + y1) * (x2 + y2) - across - up) % P
    return x3, scale * more * (up + across) % P, less * more % P


def times(count: int, point: Point) -> Point:
    """The point added to itself so often; nothing here is secret, so it need not take the same time."""
    found = IDENTITY
    while count:
        if count & 1:
            found = added(found, point)
        point, count = added(point, point), count >> 1
    return found


def is_sound_p256(x: bytes, y: bytes) -> bool:
    """Whether the coordinates are those of a point of P-256, whose order is prime."""
    across, up = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    return across < P256 and up < P256 and (up * up - across**3 + 3 * across - B256) % P256 == 0


def is_sound(key: Mapping[str, str]) -> bool:
    """Whether a JWK of Ed25519 or P-256 may be enrolled."""
    x = coordinate(key["x"])
    if x is None:
        return False
    if key["crv"] == "Ed25519":
        return is_sound_ed25519(x)
    y = coordinate(key.get("y", ""))
    return y is not None and is_sound_p256(x, y)


def thumbprint(key: Mapping[str, str]) -> str:
    """The key's own name (RFC 7638)."""
    said = {name: key[name] for name in sorted({"crv", "kty", "x", "y"} & key.keys())}
    digest = hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
