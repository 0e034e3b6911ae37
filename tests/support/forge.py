"""A sound token of ours, taken apart, with the key to sign another: what an attacker can only wish for."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519 (RFC 8032 §5.1)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encoded(part: Any) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class Forge:
    """Makes tokens in which nothing is wrong but what was asked for."""

    def __init__(self, token: str, key: Ed25519PrivateKey) -> None:
        self.token = token
        self.header = jwt.get_unverified_header(token)
        self.claims = jwt.decode(token, options={"verify_signature": False})
        self.parts = token.split(".")
        self.key = key

    def public(self, encoding: Encoding, form: PublicFormat) -> bytes:
        return self.key.public_key().public_bytes(encoding, form)

    @property
    def raw(self) -> bytes:
        return self.public(Encoding.Raw, PublicFormat.Raw)

    @property
    def pem(self) -> bytes:
        return self.public(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def jwk(self) -> dict[str, str]:
        return {"kty": "OKP", "crv": "Ed25519", "x": encoded(self.raw)}

    def sign(self, header: Any, claims: Any) -> str:
        """Signed with the service's own key, so that nothing but the content is wrong."""
        text = f"{encoded(header)}.{encoded(claims)}"
        return f"{text}.{encoded(self.key.sign(text.encode()))}"

    def with_header(self, **members: Any) -> str:
        return self.sign({**self.header, **members}, self.claims)

    def without_header(self, name: str) -> str:
        return self.sign({key: value for key, value in self.header.items() if key != name}, self.claims)

    def with_claims(self, **members: Any) -> str:
        return self.sign(self.header, {**self.claims, **members})

    def without_claim(self, name: str) -> str:
        return self.sign(self.header, {key: value for key, value in self.claims.items() if key != name})

    def with_signature(self, signature: bytes | str, **header: Any) -> str:
        """The sound claims under this signature."""
        first = encoded({**self.header, **header}) if header else self.parts[0]
        last = signature if isinstance(signature, str) else encoded(signature)
        return f"{first}.{self.parts[1]}.{last}"

    @property
    def signature(self) -> bytes:
        return decoded(self.parts[2])

    def by_secret(self, secret: bytes, size: int = 256) -> str:
        """The well-known confusion: something public as the secret of an HMAC."""
        text = f"{encoded({**self.header, 'alg': f'HS{size}'})}.{self.parts[1]}"
        return f"{text}.{encoded(hmac.digest(secret, text.encode(), f'sha{size}'))}"

    def by(self, key: Any, algorithm: str, **header: Any) -> str:
        """Signed soundly, with another key."""
        return jwt.encode(self.claims, key, algorithm, {**self.header, "alg": algorithm, **header})

    def malleable(self) -> str:
        """The same signature with the group order added to its second half."""
        half = int.from_bytes(self.signature[32:], "little") + GROUP_ORDER
        return self.with_signature(self.signature[:32] + half.to_bytes(32, "little"))

    def other_spelling(self) -> str:
        """The last character of the signature with bits that stand for nothing."""
        return self.token[:-1] + ALPHABET[ALPHABET.index(self.token[-1]) ^ 1]

    def twice(self, part: int, name: str) -> str:
        """One member stands twice; a careless reader takes the last."""
        pieces = [json.dumps(self.header), json.dumps(self.claims)]
        value = json.dumps((self.header, self.claims)[part][name])
        pieces[part] = f'{{"{name}":{value},' + pieces[part][1:]
        return self.sign(*(piece.encode() for piece in pieces))

    def literally(self, name: str, value: str) -> str:
        """A claim as it is written, whether or not that is JSON."""
        claims = json.dumps({**self.claims, name: "@"}).replace('"@"', value)
        return self.sign(self.header, claims.encode())

    def digest(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()
