"""Public keys as JSON Web Keys (RFC 7517): which are taken, and the one algorithm that each of them has."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey as EcKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as EdKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey as RsaKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.formats import jws

KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_KEYS = 64
PRIVATE = {"d", "dp", "dq", "k", "oth", "p", "q", "qi"}
KINDS = {"OKP": "EdDSA", "EC": "ES256", "RSA": "RS256"}
EDWARDS_PRIME = 2**255 - 19
# The heights of the eight points that any signature can be made for (order 1, 2, 4 and 8).
ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER = {0, 1, EDWARDS_PRIME - 1, ORDER_EIGHT, EDWARDS_PRIME - ORDER_EIGHT}
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
COORDINATE = 32  # bytes, on both curves
RSA_BITS = range(2048, 8193)
RSA_EXPONENTS = range(65537, 2**32, 2)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies signatures of exactly one algorithm, the one of its kind."""

    algorithm: str
    key: EdKey | EcKey | RsaKey

    def verifies(self, signed: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over these bytes."""
        try:
            match self.key:
                case EdKey():
                    self.key.verify(signature, signed)
                case EcKey():
                    self.key.verify(_der(signature), signed, ECDSA(SHA256()))
                case RsaKey():
                    self.key.verify(signature, signed, PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def _der(signature: bytes) -> bytes:
    """Two numbers of 32 bytes (RFC 7518 §3.4) as the library takes them, neither of them zero."""
    if len(signature) != 2 * COORDINATE:
        raise ValueError
    r, s = int.from_bytes(signature[:COORDINATE]), int.from_bytes(signature[COORDINATE:])
    if not (0 < r < P256_ORDER and 0 < s < P256_ORDER):
        raise ValueError
    return encode_dss_signature(r, s)


def read(members: Mapping[str, Any]) -> PublicKey:
    """The key that verifies; raises ValueError or TypeError for any that is not sound or not for that."""
    algorithm = KINDS.get(members.get("kty", ""), "")
    operations = members.get("key_ops", ["verify"])
    if (
        not PRIVATE.isdisjoint(members)
        or members.get("alg", algorithm) != algorithm
        or members.get("use", "sig") != "sig"
        or "verify" not in operations
    ):
        raise ValueError
    match algorithm, members.get("crv"):
        case "EdDSA", "Ed25519":
            return PublicKey(algorithm, _edwards(jws.octets(members["x"])))
        case "ES256", "P-256":
            x, y = (_coordinate(members[name]) for name in "xy")
            return PublicKey(algorithm, EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key())
        case "RS256", None:
            return PublicKey(algorithm, _rsa(*(int.from_bytes(jws.octets(members[name])) for name in "ne")))
    raise ValueError


def _edwards(content: bytes) -> EdKey:
    height = int.from_bytes(content, "little") & (2**255 - 1)
    if height >= EDWARDS_PRIME or height in SMALL_ORDER:
        raise ValueError
    return EdKey.from_public_bytes(content)


def _coordinate(text: str) -> int:
    content = jws.octets(text)
    if len(content) != COORDINATE:
        raise ValueError
    return int.from_bytes(content)


def _rsa(modulus: int, exponent: int) -> RsaKey:
    if modulus.bit_length() not in RSA_BITS or exponent not in RSA_EXPONENTS:
        raise ValueError
    if math.gcd(modulus, 2 * 3 * 5 * 7 * 11 * 13) != 1:
        raise ValueError  # no product of two large primes
    return RSAPublicNumbers(exponent, modulus).public_key()


def read_set(text: bytes) -> dict[str, PublicKey]:
    """The keys of a set by their ids; raises ValueError or TypeError where it is none.

    What cannot verify for us is passed over (RFC 7517 §5), and so is an id that stands twice.
    """
    found = jws.members(text).get("keys")
    if not isinstance(found, list) or len(found) > MOST_KEYS:
        raise ValueError
    named = [each for each in found if isinstance(each, dict) and is_key_id(each.get("kid"))]
    times = Counter(each["kid"] for each in named)
    keys: dict[str, PublicKey] = {}
    for each in named:
        if times[each["kid"]] > 1:
            continue
        try:
            keys[each["kid"]] = read(each)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return keys


def is_key_id(value: Any) -> bool:
    """Whether this can be the id of a key; it is only ever looked up, never part of a path or an address."""
    return isinstance(value, str) and KEY_ID.fullmatch(value) is not None
