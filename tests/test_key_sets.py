"""Which keys of a provider are taken, when they are read anew, and what an outage does."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.formats import jwk
from app.services import key_sets
from app.services.key_sets import KeySet, from_address, from_file
from tests.support.forge import decoded, encoded
from tests.support.providers import KeyServer, Signer, key_server, key_set

DAY = 86_400.0
PRIME = 2**255 - 19


@pytest.fixture
async def server() -> AsyncIterator[KeyServer]:
    async with key_server() as keys:
        yield keys


def keys_of(server: KeyServer, kept: Path | None = None, keep_seconds: float = DAY) -> KeySet:
    return KeySet("uji", from_address(server.url, None), kept, keep_seconds)


def later(keys: KeySet) -> None:
    """As if the time between two attempts were over."""
    keys._tried_at -= key_sets.COOLDOWN_SECONDS


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_a_key_verifies_what_it_signed_and_nothing_else(algorithm: str):
    signer, other = Signer(algorithm), Signer(algorithm)
    key = jwk.read_set(key_set(signer))[signer.kid]
    assert key.algorithm == algorithm
    for signed, sound in ((signer.sign({}), True), (other.sign({}), False)):
        text, _, signature = signed.rpartition(".")
        assert key.verifies(text.encode(), decoded(signature)) is sound
        assert not key.verifies(text.encode() + b"x", decoded(signature))
        assert not key.verifies(text.encode(), decoded(signature)[:-1])
        assert not key.verifies(text.encode(), decoded(signature) + b"\0")
        assert not key.verifies(text.encode(), b"")


def edwards(height: int) -> dict[str, Any]:
    return {"kty": "OKP", "crv": "Ed25519", "x": encoded(height.to_bytes(32, "little"))}


def rsa_key(bits: int, exponent: int = 65537) -> dict[str, Any]:
    numbers = rsa.generate_private_key(exponent, bits).public_key().public_numbers()
    return {"kty": "RSA", "n": encoded(numbers.n.to_bytes(bits // 8)), "e": encoded(exponent.to_bytes(3))}


def changed(algorithm: str, **members: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {**Signer(algorithm).published, **members}


UNSOUND: dict[str, Callable[[], dict[str, Any]]] = {
    **{f"a point of small order {height:x}": lambda height=height: edwards(height)
       for height in (0, 1, PRIME - 1, jwk.ORDER_EIGHT, PRIME - jwk.ORDER_EIGHT)},
    **{f"a point written otherwise {height:x}": lambda height=height: edwards(height)
       for height in (PRIME, PRIME + 1, PRIME + 3, 2**255 - 1)},
    "a point of small order with its sign": lambda: edwards(1 + 2**255),
    "Ed25519 of 31 bytes": lambda: {**edwards(0), "x": encoded(b"\7" * 31)},
    "Ed448": changed("EdDSA", crv="Ed448"),
    "X25519": changed("EdDSA", crv="X25519"),
    "P-384": lambda: {**Signer("ES256").published, "crv": "P-384"},
    "a point that is on no curve": changed("ES256", x=encoded(b"\1" * 32)),
    "coordinates of 33 bytes": changed("ES256", x=encoded(b"\0" + b"\1" * 32)),
    "RSA of 1024 bits": lambda: rsa_key(1024),
    "RSA with the exponent 3": lambda: rsa_key(2048, 3),
    "RSA with a huge exponent": changed("RS256", e=encoded(b"\1" * 9)),
    "RSA of an even number": changed("RS256", n=encoded(b"\xff" * 255 + b"\0")),
    "RSA that is not canonical": changed("RS256", n="AA=="),
    "RSA for PS256": changed("RS256", alg="PS256"),
    "RSA for encryption": changed("RS256", use="enc", alg="RSA-OAEP"),
    "RSA that signs": changed("RS256", key_ops=["sign"]),
    "RSA called EdDSA": changed("RS256", alg="EdDSA"),
    "a private key": changed("RS256", d="AQAB"),
    "a secret": lambda: {"kty": "oct", "k": encoded(b"secret"), "alg": "HS256"},
    "an unknown kind": lambda: {"kty": "LWE"},
    "no kind": dict,
    "a kind in a list": changed("RS256", kty=["RSA"]),
    "a member as a number": changed("EdDSA", x=7),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_key_is_passed_over(name: str):
    sound = Signer("ES256")
    found = jwk.read_set(key_set(sound, more=({**UNSOUND[name](), "kid": "unsound"},)))
    assert found.keys() == {sound.kid}


def test_a_key_needs_an_id_and_an_id_stands_for_one_key():
    signer = Signer("EdDSA")
    for kid in ("../x", "", "k" * 65, None, 1, ["k"]):
        assert jwk.read_set(key_set(more=({**signer.published, "kid": kid},))) == {}
    assert jwk.read_set(key_set(signer, Signer("RS256", kid=signer.kid))) == {}


NO_SETS = [b"", b"[]", b"null", b"{}", b'{"keys":{}}', b'{"keys":[],"keys":[]}', b"\xff", b"[" * 9999,
           b"<html>", json.dumps({"keys": [{}] * 65}).encode()]  # fmt: skip


@pytest.mark.parametrize("content", NO_SETS)
def test_what_is_no_set_of_keys_is_refused(content: bytes):
    with pytest.raises((ValueError, TypeError, RecursionError)):
        jwk.read_set(content)


async def test_a_new_key_is_found_when_a_token_names_it_but_not_too_often(server: KeyServer):
    old, new = Signer("RS256"), Signer("RS256")
    server.content = key_set(old)
    keys = keys_of(server)
    assert await keys.look_for(old.kid)
    server.content = key_set(old, new)
    for _ in range(50):
        assert await keys.look_for(new.kid) is None
    assert len(server.asked) == 1
    later(keys)
    found = await asyncio.gather(*(keys.look_for(kid) for kid in (new.kid, old.kid, "none", new.kid)))
    assert [each is not None for each in found] == [True, True, False, True]
    assert len(server.asked) == 2


async def test_a_key_that_is_no_longer_published_counts_no_longer(server: KeyServer):
    old, new = Signer("RS256"), Signer("RS256")
    server.content = key_set(old)
    keys = keys_of(server)
    await keys.renew()
    server.content = key_set(new)
    await keys.renew()
    assert keys.find(old.kid) is None
    assert keys.find(new.kid)


def broken(server: KeyServer, how: str) -> None:
    match how:
        case "an error":
            server.status = "503 Service Unavailable"
        case "a redirect":
            server.status, server.headers = "302 Found", [f"Location: {server.url}/elsewhere"]
        case "too much":
            server.content = b" " * (key_sets.MOST_BYTES + 1) + server.content
        case "compressed":
            server.headers = ["Content-Encoding: gzip"]
        case "too slow":
            server.delay = 60
        case "a page":
            server.content = b"<html>Log in</html>"
        case "no keys":
            server.content = b'{"keys":[]}'
        case "no HTTP":
            server.status = "x\r\n"


BREAKS = ["an error", "a redirect", "too much", "compressed", "too slow", "a page", "no keys", "no HTTP"]


@pytest.mark.parametrize("how", BREAKS)
async def test_an_outage_leaves_the_keys_as_they_were(
    server: KeyServer, how: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(key_sets, "FETCH_SECONDS", 0.3)
    signer = Signer("ES256")
    server.content = key_set(signer)
    keys = keys_of(server)
    assert keys.state == "no_keys"
    await keys.renew()
    assert keys.state == "ok"
    sound = server.content
    broken(server, how)
    await keys.renew()
    assert keys.state == "cached"
    assert keys.find(signer.kid)
    assert not any("elsewhere" in path for path in server.asked)
    server.content, server.status, server.headers, server.delay = sound, "200 OK", [], 0.0
    await keys.renew()
    assert keys.state == "ok"


async def test_a_request_waits_for_a_slow_provider_only_shortly(
    server: KeyServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(key_sets, "WAIT_SECONDS", 0.1)
    server.content, server.delay = key_set(signer := Signer("EdDSA")), 0.5
    keys = keys_of(server)
    started = time.monotonic()
    assert await keys.look_for(signer.kid) is None
    assert time.monotonic() - started < 0.4
    await asyncio.wait({keys._renewal})
    assert await keys.look_for(signer.kid)


async def test_keys_are_kept_for_a_start_during_an_outage_and_no_longer_than_they_may(
    server: KeyServer, tmp_path: Path
):
    signer = Signer("RS256")
    server.content = key_set(signer)
    kept = tmp_path / "issuers" / "uji.json"
    await keys_of(server, kept).renew()
    server.status = "500 Oops"
    again = keys_of(server, kept)
    again.recall()
    await again.renew()
    assert again.state == "cached"
    assert await again.look_for(signer.kid)
    os.utime(kept, (time.time() - DAY - 1,) * 2)
    too_late = keys_of(server, kept)
    too_late.recall()
    assert too_late.state == "no_keys"
    assert too_late.find(signer.kid) is None
    kept.write_bytes(b"{")
    too_late.recall()
    assert too_late.state == "no_keys"


async def test_a_disk_that_refuses_stops_nothing(server: KeyServer, tmp_path: Path):
    server.content = key_set(signer := Signer("RS256"))
    (tmp_path / "file").touch()
    keys = keys_of(server, tmp_path / "file" / "uji.json")
    keys.recall()
    await keys.renew()
    assert keys.find(signer.kid)


async def test_keys_in_a_file_are_read_anew(tmp_path: Path):
    old, new = Signer("ES256"), Signer("EdDSA")
    path = tmp_path / "keys.json"
    path.write_bytes(key_set(old))
    keys = KeySet("uji", from_file(path), None, DAY)
    assert await keys.look_for(old.kid)
    path.write_bytes(key_set(new))
    later(keys)
    assert await keys.look_for(new.kid)
    assert keys.find(old.kid) is None
    path.unlink()
    await keys.renew()
    assert keys.state == "cached"


async def test_a_provider_that_speaks_no_tls_has_no_keys(server: KeyServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(key_sets, "FETCH_SECONDS", 0.6)
    keys = KeySet("uji", from_address(server.url.replace("http:", "https:"), None), None, DAY)
    await keys.renew()
    assert keys.state == "no_keys"


def test_p256_is_checked_by_its_own_curve():
    numbers = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
    wrong = {"kty": "EC", "crv": "P-256", "kid": "k", "x": encoded(numbers.x.to_bytes(48)[:32]),
             "y": encoded(numbers.y.to_bytes(48)[:32])}  # fmt: skip
    assert jwk.read_set(key_set(more=(wrong,))) == {}
