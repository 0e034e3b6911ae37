"""Tokens that we did not issue, or not like this: each is refused in the same words."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.services.tokens import LEEWAY_SECONDS
from tests.support.calls import OPERATOR
from tests.support.service import Service

ME = "/api/v1/me"
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519 (RFC 8032 §5.1)


def encoded(part: Any) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class Forge:
    """A sound token of ours, taken apart, and the key to sign another with."""

    def __init__(self, service: Service, token: str) -> None:
        self.token = token
        self.header = jwt.get_unverified_header(token)
        self.claims = jwt.decode(token, options={"verify_signature": False})
        self.parts = token.split(".")
        self.key: Ed25519PrivateKey = service.app.state.token_keys.signing_key

    def public(self, encoding: Encoding, form: PublicFormat) -> bytes:
        return self.key.public_key().public_bytes(encoding, form)

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

    def unsigned(self, algorithm: str, signature: str = "") -> str:
        return f"{encoded({**self.header, 'alg': algorithm})}.{self.parts[1]}.{signature}"

    def by_secret(self, secret: bytes) -> str:
        """The well-known confusion: the public key as the secret of an HMAC."""
        text = f"{encoded({**self.header, 'alg': 'HS256'})}.{self.parts[1]}"
        return f"{text}.{encoded(hmac.digest(secret, text.encode(), hashlib.sha256))}"

    def malleable(self) -> str:
        """The same signature with the group order added to its second half."""
        signature = base64.urlsafe_b64decode(self.parts[2] + "==")
        half = int.from_bytes(signature[32:], "little") + GROUP_ORDER
        return f"{self.parts[0]}.{self.parts[1]}.{encoded(signature[:32] + half.to_bytes(32, 'little'))}"

    def other_spelling(self) -> str:
        """The last character of the signature with bits that stand for nothing."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        last = alphabet[alphabet.index(self.token[-1]) ^ 1]
        return self.token[:-1] + last

    def twice(self, part: int, name: str) -> str:
        """One member stands twice; a careless reader takes the last."""
        pieces = [json.dumps(self.header), json.dumps(self.claims)]
        value = json.dumps((self.header, self.claims)[part][name])
        pieces[part] = f'{{"{name}":{value},' + pieces[part][1:]
        return self.sign(*(piece.encode() for piece in pieces))


HOSTILE = {
    "alg none": lambda f: f.unsigned("none"),
    "alg None": lambda f: f.unsigned("None"),
    "alg NONE": lambda f: f.unsigned("NONE"),
    "alg nOnE": lambda f: f.unsigned("nOnE"),
    "alg none with the old signature": lambda f: f.unsigned("none", f.parts[2]),
    "alg empty": lambda f: f.unsigned(""),
    "alg missing": lambda f: f.without_header("alg"),
    "alg null": lambda f: f.with_header(alg=None),
    "alg list": lambda f: f.with_header(alg=["EdDSA"]),
    "alg eddsa": lambda f: f.with_header(alg="eddsa"),
    "alg Ed25519": lambda f: f.with_header(alg="Ed25519"),
    "HS256 with the raw public key": lambda f: f.by_secret(f.public(Encoding.Raw, PublicFormat.Raw)),
    "HS256 with the PEM of the public key": lambda f: f.by_secret(
        f.public(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    ),
    "HS256 with an empty secret": lambda f: f.by_secret(b""),
    "claims changed": lambda f: f"{f.parts[0]}.{encoded({**f.claims, 'sub': str(uuid4())})}.{f.parts[2]}",
    "signature of another key": lambda f: jwt.encode(
        f.claims, Ed25519PrivateKey.generate(), "EdDSA", {"typ": "at+jwt", "kid": f.header["kid"]}
    ),
    "signature cut off": lambda f: f"{f.parts[0]}.{f.parts[1]}.",
    "signature too short": lambda f: f.token[:-4],
    "signature malleable": lambda f: f.malleable(),
    "signature spelt otherwise": lambda f: f.other_spelling(),
    "padding": lambda f: f.token + "==",
    "header padded": lambda f: f"{f.parts[0]}=.{f.parts[1]}.{f.parts[2]}",
    "line break": lambda f: f"{f.parts[0]}.{f.parts[1]}\t.{f.parts[2]}",
    "two parts": lambda f: f"{f.parts[0]}.{f.parts[1]}",
    "four parts": lambda f: f.token + ".x",
    "five parts as of an encrypted token": lambda f: f.token + ".x.x",
    "dots": lambda _: "..",
    "no token at all": lambda _: "x",
    "not ASCII": lambda f: f.token + "é",
    "oversize": lambda f: f.with_claims(more="x" * 5000),
    "oversize header": lambda f: f.with_header(kid="k" * 5000),
    "deeply nested header": lambda f: f.sign(b"[" * 2500, f.claims),
    "kid unknown": lambda f: f.with_header(kid="token-19700101"),
    "kid missing": lambda f: f.without_header("kid"),
    "kid as a path": lambda f: f.with_header(kid="../identity"),
    "kid as a number": lambda f: f.with_header(kid=1),
    "kid with a NUL": lambda f: f.with_header(kid=f.header["kid"] + "\0"),
    "typ JWT": lambda f: f.with_header(typ="JWT"),
    "typ missing": lambda f: f.without_header("typ"),
    "typ in capitals": lambda f: f.with_header(typ="AT+JWT"),
    "an embedded key": lambda f: f.with_header(jwk={"kty": "OKP"}),
    "a key elsewhere": lambda f: f.with_header(jku="https://siaga.test/keys"),
    "a critical extension": lambda f: f.with_header(crit=["b64"], b64=False),
    "nested": lambda f: f.with_header(cty="JWT"),
    "a token as claims": lambda f: f.sign(f.header, f.token.encode()),
    "claims as a list": lambda f: f.sign(f.header, [f.claims]),
    "header as a list": lambda f: f.sign([f.header], f.claims),
    "claims empty": lambda f: f.sign(f.header, {}),
    "claims not JSON": lambda f: f.sign(f.header, b"\xff\xfe"),
    "alg twice": lambda f: f.twice(0, "alg"),
    "sub twice": lambda f: f.twice(1, "sub"),
    "expired": lambda f: f.with_claims(exp=int(time.time()) - 60),
    "issued in the future": lambda f: f.with_claims(iat=int(time.time()) + 600),
    "not yet valid": lambda f: f.with_claims(nbf=int(time.time()) + 600),
    "exp as text": lambda f: f.with_claims(exp="9999999999"),
    "exp infinite": lambda f: f.sign(f.header, json.dumps({**f.claims, "exp": float("inf")}).encode()),
    "exp not a number": lambda f: f.sign(f.header, json.dumps({**f.claims, "exp": float("nan")}).encode()),
    "exp with many digits": lambda f: f.sign(
        f.header, json.dumps({**f.claims, "exp": 1}).replace('"exp": 1', '"exp": ' + "9" * 1000).encode()
    ),
    "exp true": lambda f: f.with_claims(exp=True),
    "aud of another": lambda f: f.with_claims(aud="other"),
    "aud as a list": lambda f: f.with_claims(aud=["siaga"]),
    "iss of another": lambda f: f.with_claims(iss="https://elsewhere.test"),
    "iss as a list": lambda f: f.with_claims(iss=[f.claims["iss"]]),
    "sub of nobody": lambda f: f.with_claims(sub=str(uuid4())),
    "sub of the system": lambda f: f.with_claims(sub="00000000-0000-0000-0000-000000000000"),
    "sub is no id": lambda f: f.with_claims(sub=OPERATOR),
    "sub as a number": lambda f: f.with_claims(sub=1),
    "scope as a list": lambda f: f.with_claims(scope=["reference:read"]),
    **{f"{name} missing": lambda f, name=name: f.without_claim(name)
       for name in ("aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub")},
}  # fmt: skip


@pytest.fixture
async def forge(service: Service) -> Forge:
    return Forge(service, await service.token(OPERATOR))


async def call(service: Service, authorization: str | bytes) -> Any:
    client = await service.anonymous()
    value = authorization if isinstance(authorization, bytes) else authorization.encode()
    return await client.get(ME, headers=[(b"Authorization", value)])


async def test_a_token_that_is_signed_again_unchanged_counts(service: Service, forge: Forge):
    assert (await call(service, f"Bearer {forge.token}")).status_code == 200
    assert (await call(service, f"Bearer {forge.sign(forge.header, forge.claims)}")).status_code == 200


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_token_is_refused(service: Service, forge: Forge, hostile: str):
    answer = await call(service, f"Bearer {HOSTILE[hostile](forge)}")
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.headers["www-authenticate"]
    assert told.startswith('Bearer realm="siaga", error="invalid_token", resource_metadata=')
    assert answer.json() == {
        "type": "urn:siaga:problem:unauthenticated",
        "title": "Authentication is needed",
        "status": 401,
    }


NO_BEARER = ["", "Bearer", "Bearer ", "Basic eDp5", "Token x", "Bearer\tx", "x" * 9000]


@pytest.mark.parametrize("header", NO_BEARER)
async def test_a_header_without_a_bearer_token_asks_for_one(service: Service, header: str):
    answer = await call(service, header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="siaga"')


async def test_bytes_that_are_no_text_are_no_token(service: Service, forge: Forge):
    for noise in (b"\xff", b"\xc3\x28", b"\x80" * 50):
        assert (await call(service, b"Bearer " + noise)).status_code == 401
        assert (await call(service, f"Bearer {forge.token}".encode() + noise)).status_code == 401


async def test_the_name_of_the_scheme_has_no_case(service: Service, forge: Forge):
    assert (await call(service, f"bEaReR {forge.token}")).status_code == 200


async def test_a_token_in_the_address_does_not_count(service: Service, forge: Forge):
    client = await service.anonymous()
    assert (await client.get(f"{ME}?access_token={forge.token}")).status_code == 401


async def test_a_token_ends_when_its_time_is_over(service: Service, forge: Forge):
    now = int(time.time())
    within_leeway = forge.with_claims(iat=now - 900, exp=now - 1)
    just_over = forge.with_claims(iat=now - 900, exp=now - LEEWAY_SECONDS - 1)
    assert (await call(service, f"Bearer {within_leeway}")).status_code == 200
    assert (await call(service, f"Bearer {just_over}")).status_code == 401
