"""Hostile tokens in the name of an agency's identity provider: none of them counts, none leads anywhere."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidToken
from app.formats.jwk import P256_ORDER
from app.services.issuers import LONGEST, IdentityProvider
from tests.support.forge import Forge, decoded, encoded
from tests.support.hostile import OTHER_EC, OTHER_ED, OTHER_RSA, STRUCTURES
from tests.support.identities import linked
from tests.support.providers import FILED, KEYCLOAK, Signer, entra, filed, keycloak, shared
from tests.support.service import knock
from tests.test_hostile_tokens import CHALLENGE, REFUSED, ROUTES
from tests.test_identity_providers import ME, OPERATOR, Providers, their

__all__ = ["their"]  # a fixture

SUBJECT = "kc-hostile"


def sound(**changes: Any) -> dict[str, Any]:
    claims = {**keycloak(SUBJECT, "siaga-operator"), **changes}
    return {name: value for name, value in claims.items() if value is not ...}


def signed(**header: Any) -> Callable[[Providers], str]:
    return lambda their: their.keycloak.sign(sound(), **header)


def saying(**claims: Any) -> Callable[[Providers], str]:
    return lambda their: their.keycloak.sign(sound(**claims))


def by(signer: Signer, **header: Any) -> Callable[[Providers], str]:
    """Another key under the known id."""
    return lambda their: Signer(signer.algorithm, their.keycloak.kid, signer.key).sign(sound(), **header)


def secret(their: Providers, form: Encoding) -> str:
    key = their.keycloak.key.public_key().public_bytes(form, PublicFormat.SubjectPublicKeyInfo)
    text = f"{encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': their.keycloak.kid})}.{encoded(sound())}"
    return f"{text}.{encoded(hmac.digest(key, text.encode(), hashlib.sha256))}"


def probabilistic(their: Providers) -> str:
    """RSA with the other padding: a sound signature, of an algorithm that the key is not for."""
    text = f"{encoded({'alg': 'PS256', 'typ': 'JWT', 'kid': their.keycloak.kid})}.{encoded(sound())}"
    return f"{text}.{encoded(their.keycloak.key.sign(text.encode(), PSS(MGF1(SHA256()), 32), SHA256()))}"


def named_by_us(their: Providers) -> str:
    """Our own key and header, with their claims."""
    keys = their.service.app.state.token_keys
    return Signer("EdDSA", keys.signing_id, keys.signing_key).sign(sound(), typ="at+jwt")


def of_ours(their: Providers) -> str:
    """Their key, with our issuer."""
    url = their.service.app.state.settings.public_url
    return their.keycloak.sign(sound(iss=url, aud="siaga"), typ="at+jwt")


def curve(make: Callable[[int, int], bytes]) -> Callable[[Providers], str]:
    """A token of the provider with ES256, its two numbers written anew."""

    def token(their: Providers) -> str:
        text, _, signature = their.filed.sign(filed("liaison.bawaslu-banten"), typ="at+jwt").rpartition(".")
        raw = decoded(signature)
        return f"{text}.{encoded(make(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])))}"

    return token


def raw_header(written: bytes) -> Callable[[Providers], str]:
    def token(their: Providers) -> str:
        header = written.replace(b"KID", their.keycloak.kid.encode())
        text = f"{encoded(header)}.{encoded(sound())}"
        return f"{text}.{their.keycloak.sign(sound()).rpartition('.')[2]}"

    return token


def twice(name: str) -> Callable[[Providers], str]:
    return lambda their: their.keycloak.sign(
        (f'{{"{name}":{json.dumps(sound()[name])},' + json.dumps(sound())[1:]).encode()
    )


NOW = int(time.time())
ELSEWHERE = "http://127.0.0.1:1/keys"
HOSTILE: dict[str, Callable[[Providers], str]] = {
    "alg none": lambda their: f"{encoded({'alg': 'none', 'typ': 'JWT', 'kid': their.keycloak.kid})}."
                              f"{encoded(sound())}.",
    **{f"alg {each}": signed(alg=each)
       for each in ("none", "HS256", "ES256", "EdDSA", "RS384", "PS256", "rs256", "", None, 1)},
    "HS256 with the PEM": lambda their: secret(their, Encoding.PEM),
    "HS256 with the DER": lambda their: secret(their, Encoding.DER),
    "PS256 soundly": probabilistic,
    "another RSA key": by(Signer("RS256", key=OTHER_RSA)),
    "another EC key": by(Signer("ES256", key=OTHER_EC)),
    "another Ed25519 key": by(Signer("EdDSA", key=OTHER_ED)),
    "the key of another provider": lambda their: Signer(
        "RS256", their.keycloak.kid, their.entra.key).sign(sound()),
    "the key and id of another provider": lambda their: their.entra.sign(sound()),
    "our own key": named_by_us,
    "their key for our issuer": of_ours,
    "an issuer that nobody knows": saying(iss="https://sso.evil.test/realms/polda"),
    "iss with a slash more": saying(iss=KEYCLOAK + "/"),
    "iss in capitals": saying(iss=KEYCLOAK.upper()),
    "iss in a list": saying(iss=[KEYCLOAK]),
    "iss missing": saying(iss=...),
    "iss of another provider": saying(iss=FILED),
    **{f"{name} in the header": signed(**{name: value}) for name, value in (
        ("jku", ELSEWHERE), ("x5u", ELSEWHERE), ("x5c", ["MIIB"]), ("x5t", "A" * 27), ("jwk", {"kty": "RSA"}),
        ("crit", ["exp"]), ("b64", False), ("zip", "DEF"), ("cty", "JWT"), ("enc", "A128GCM"))},
    "an empty list of what is critical": signed(crit=[]),
    **{f"kid {each}": signed(kid=each)
       for each in ("unknown", "../x", "", None, 7, "x" * 65, "x\0", ELSEWHERE)},
    **{f"typ {each}": signed(typ=each) for each in ("at+jwt", "jwt", "ID", "", None, "logout+jwt", 1)},
    "header with alg twice": raw_header(b'{"alg":"none","alg":"RS256","typ":"JWT","kid":"KID"}'),
    "header in UTF-16": raw_header('{"alg":"RS256","typ":"JWT","kid":"KID"}'.encode("utf-16-le")),
    "no client": saying(azp=...),
    "another client": saying(azp="account-console"),
    "a client in another place": saying(azp=..., client_id="siaga-desk"),
    "a client as an object": saying(azp={"siaga-desk": True}),
    "an ID token by its type": saying(typ="ID"),
    "a refresh token": saying(typ="Refresh"),
    "an offline token": saying(typ="Offline"),
    "a logout token": saying(events={"http://schemas.openid.net/event/backchannel-logout": {}}),
    "a token bound to a proof": saying(typ="DPoP", cnf={"jkt": "x"}),
    "a token bound to a certificate": saying(cnf={"x5t#S256": "x"}),
    "an ID token by its nonce": saying(nonce="n"),
    "an ID token by its hash": saying(at_hash="h"),
    "no type of Keycloak": saying(typ=...),
    "expired": saying(iat=NOW - 600, exp=NOW - 300),
    "in the future": saying(iat=NOW + 3600, exp=NOW + 3900),
    "not yet": saying(nbf=NOW + 3600),
    "for too long": saying(exp=NOW + 86400),
    "for ever": saying(exp=2**63),
    "ends before it begins": saying(exp=NOW - 1, iat=NOW),
    **{f"exp {each!r}": saying(exp=each) for each in (..., None, str(NOW + 60), NOW + 60.5, True, [NOW], -1)},
    **{f"iat {each!r}": saying(iat=each) for each in (..., None, str(NOW), NOW + 0.5, False)},
    **{f"nbf {each!r}": saying(nbf=each) for each in (None, str(NOW), 1.5, True)},
    **{f"sub {each!r}": saying(sub=each) for each in (..., None, "", 1, [SUBJECT], "x" * 256, SUBJECT + "\0",
                                                      "\ud800", "kc-nobody")},
    **{f"{name} twice": twice(name) for name in ("sub", "exp", "iss", "azp", "realm_access")},
    "claims as a list": lambda their: their.keycloak.sign([sound()]),
    "a token as claims": lambda their: their.keycloak.sign(their.keycloak.sign(sound()).encode()),
    "oversize": saying(more="x" * LONGEST),
    "ES256 of zeros": curve(lambda _r, _s: bytes(64)),
    "ES256 with the order added": curve(lambda r, s: r.to_bytes(32) + (s % P256_ORDER or 1).to_bytes(33)),
    "ES256 with r zero": curve(lambda _r, s: bytes(32) + s.to_bytes(32)),
    "ES256 with s of the order": curve(lambda r, _s: r.to_bytes(32) + P256_ORDER.to_bytes(32)),
    "ES256 in DER": curve(encode_dss_signature),
    "ES256 exchanged": curve(lambda r, s: s.to_bytes(32) + r.to_bytes(32)),
    "audience of another": lambda their: their.filed.sign(
        {**filed("liaison.bawaslu-banten"), "aud": "account"}, typ="at+jwt"),
    "audience cut short": lambda their: their.filed.sign(
        {**filed("liaison.bawaslu-banten"), "aud": ["siag", "siaga2"]}, typ="at+jwt"),
    "audience missing": lambda their: their.filed.sign(
        {**filed("liaison.bawaslu-banten"), "aud": None}, typ="at+jwt"),
    "audience as an object": lambda their: their.filed.sign(
        {**filed("liaison.bawaslu-banten"), "aud": {"siaga": "siaga"}}, typ="at+jwt"),
    "another tenant": lambda their: their.entra.sign(entra("0a1b", "Siaga.Operator", tid="other")),
    "another version": lambda their: their.entra.sign(entra("0a1b", "Siaga.Operator", ver="1.0")),
    "a version as a number": lambda their: their.entra.sign(entra("0a1b", "Siaga.Operator", ver=2.0)),
    "an agency that is not listed": lambda their: their.shared.sign(
        shared("operator.polda-banten", "polda-banten"), typ="at+jwt"),
    "two agencies": lambda their: their.shared.sign({
        **shared("operator.polda-banten", "x"), "organisation": {"name": ["Polda Banten", "KPU Banten"]},
    }, typ="at+jwt"),
}  # fmt: skip


@pytest.fixture
async def linked_subjects(their: Providers) -> Providers:
    await linked(their.service, KEYCLOAK, SUBJECT, OPERATOR)
    return their


def provider_of(their: Providers, issuer: str) -> IdentityProvider:
    return next(each for each in their.service.app.state.identity_providers if each.told.issuer == issuer)


async def test_the_tokens_from_which_the_hostile_ones_are_made_count(linked_subjects: Providers):
    their = linked_subjects
    for token in (
        their.keycloak.sign(sound()),
        their.keycloak.sign(sound(nbf=NOW, aud=["account", "siaga"])),
        their.filed.sign(filed("liaison.bawaslu-banten"), typ="at+jwt"),
        curve(lambda r, s: r.to_bytes(32) + s.to_bytes(32))(their),
        their.shared.sign(shared(OPERATOR, "Polda Banten"), typ="at+jwt"),
    ):
        answer = await their.call(token)
        assert answer.status_code == 200, answer.text


def test_there_are_more_than_a_hundred():
    assert len(HOSTILE) + len(STRUCTURES) > 120


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_token_is_refused(linked_subjects: Providers, hostile: str):
    their = linked_subjects
    asked = len(their.server.asked)
    token = HOSTILE[hostile](their)
    for method, path in ROUTES[:: max(1, len(ROUTES) // 8)]:
        status, headers, body = await knock(their.service.app, method, path, f"Bearer {token}".encode())
        assert (status, json.loads(body)) == (401, REFUSED), (method, path)
        assert headers["www-authenticate"] == CHALLENGE
    assert len(their.server.asked) - asked <= 1
    assert set(their.server.asked) == {"/keys"}


@pytest.mark.parametrize("hostile", STRUCTURES)
async def test_no_structure_but_the_one_is_taken(linked_subjects: Providers, hostile: str):
    their = linked_subjects
    forge = Forge(their.shared.sign(shared(OPERATOR, "Polda Banten"), typ="at+jwt"), their.shared.key)
    forge.claims |= {"client_id": "desk"}
    token = STRUCTURES[hostile](forge).encode("utf-8", "replace")
    if hostile == "oversize":  # theirs may be larger than ours
        token = forge.with_claims(more="x" * LONGEST).encode()
    status, _, body = await knock(their.service.app, "GET", ME, b"Bearer " + token)
    assert (status, json.loads(body)) == (401, REFUSED)


async def test_an_address_in_a_token_is_never_asked(linked_subjects: Providers):
    their = linked_subjects
    before = list(their.server.asked)
    for name in ("jku", "x5u", "iss", "kid", "url"):
        for claims in ({}, {name: their.server.url + "/trap"}):
            header = {name: their.server.url + "/trap"}
            await their.call(their.keycloak.sign(sound(**claims), **header))
    assert their.server.asked == before


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_sound_token_with_other_bytes_is_never_accepted(their: Providers, data: st.DataObject):
    signer, issuer, claims, typ = data.draw(st.sampled_from([
        (their.keycloak, KEYCLOAK, keycloak(SUBJECT, "siaga-operator"), "JWT"),
        (their.filed, FILED, filed("liaison.bawaslu-banten"), "at+jwt"),
    ]))  # fmt: skip
    provider = provider_of(their, issuer)
    provider.keys._tried_at = time.monotonic()  # so that no key is asked for
    raw = bytearray(token := signer.sign(claims, typ=typ).encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255))
    if bytes(raw) != token:
        with pytest.raises(InvalidToken):
            run(provider.verify(raw.decode("latin-1")))


def run(verifying: Any) -> Any:
    """The result of what need not wait; an unknown key is not asked for twice at once."""
    try:
        verifying.send(None)
    except StopIteration as done:
        return done.value
    finally:
        verifying.close()
    pytest.fail("it asked the provider")


def test_the_signature_in_another_alphabet_is_another_token(their: Providers):
    text, _, signature = their.keycloak.sign(sound()).rpartition(".")
    other = base64.b64encode(decoded(signature)).decode()
    with pytest.raises(InvalidToken):
        run(provider_of(their, KEYCLOAK).verify(f"{text}.{other}"))
