"""Integrations hold no more than they need, from where they may; their keys change without a gap."""

import asyncio
import base64
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

from app.domain.public_keys import is_sound_ed25519
from app.routers.authentication import FRESH_SECONDS
from app.settings import Settings
from tests.support.administration import (
    ACCOUNTS,
    ADMIN,
    INTEGRATIONS,
    REASON,
    act,
    enrolled,
    entries_about,
    integration,
    sign_in,
)
from tests.support.calls import get, ledger_size, post, refused
from tests.support.service import Service, running

POLDA = "admin.polda-banten"


def place(made: dict[str, Any], part: str = "") -> str:
    return f"{INTEGRATIONS}/{made['id']}{part}"


async def secret(service: Service, made: dict[str, Any], **more: Any) -> httpx.Response:
    return await act(
        service, ADMIN, place(made, "/credentials"), kind="secret", label="Server (fiktif)", **more
    )


async def listed(service: Service, made: dict[str, Any]) -> list[dict[str, Any]]:
    return (await get(service, ADMIN, place(made, "/credentials"))).json()["items"]


def proof(service: Service, made: dict[str, Any], key: Any, algorithm: str = "EdDSA", **claims: Any) -> str:
    said = {"sub": made["name"], "aud": service.app.state.settings.public_url, "iat": int(time.time())}
    return jwt.encode({**said, **claims}, key, algorithm=algorithm)


def jwk(key: Any) -> dict[str, str]:
    kind = OKPAlgorithm if isinstance(key, Ed25519PrivateKey) else ECAlgorithm
    said = kind.to_jwk(key.public_key(), as_dict=True)
    return {name: said[name] for name in ("kty", "crv", "x", "y") if name in said}


async def enrol_key(service: Service, made: dict[str, Any], key: Any, **more: Any) -> httpx.Response:
    body = {"kind": "public_key", "label": "Kunci (fiktif)", "public_key": jwk(key), "reason": REASON}
    return await post(service, ADMIN, place(made, "/credentials"), {**body, **more})


async def test_an_integration_has_only_scopes_that_integrations_may_have(service: Service):
    made = await integration(service, scopes=["incidents:read", "incidents:write"])
    assert made["scopes"] == ["incidents:read", "incidents:write"]
    for wrong in (["ledger:read"], ["accounts:write"], ["parties:read", "incidents:read"]):
        body = {"post": "sistem9", "scopes": wrong, "reason": REASON}
        refused(await post(service, ADMIN, INTEGRATIONS, body), 422, "invalid", "/scopes")


async def test_two_secrets_count_while_one_takes_the_place_of_the_other(service: Service):
    made = await integration(service)
    first = (await secret(service, made)).json()
    assert first["secret"]
    second = (await secret(service, made, overlap_days=2)).json()
    refused(await secret(service, made), 409, "conflict")
    old, new = await listed(service, made)
    assert (old["id"], new["id"]) == (first["id"], second["id"])
    assert "secret" not in old
    ends = datetime.fromisoformat(old["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=1, hours=23) < ends <= timedelta(days=2)
    assert new["expires_at"] is None
    gone = await act(service, ADMIN, place(made, f"/credentials/{old['id']}/revocation"))
    assert gone.json()["revoked_at"]
    refused(await act(service, ADMIN, place(made, f"/credentials/{old['id']}/revocation")), 409, "conflict")
    assert (await secret(service, made, overlap_days=0)).status_code == 201
    assert (await secret(service, made)).status_code == 201
    for days in (8, -1, "3"):
        refused(await secret(service, made, overlap_days=days), 422, "invalid", "/overlap_days")


async def test_two_keys_are_never_three_also_at_once(service: Service):
    made = await integration(service)
    answers = await asyncio.gather(*(secret(service, made) for _ in range(6)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201, 201, 409, 409, 409, 409]
    live = [each for each in await listed(service, made) if each["revoked_at"] is None]
    assert len(live) == 2


async def test_every_step_of_a_key_is_an_entry_of_its_account(service: Service):
    made = await integration(service)
    first = (await secret(service, made)).json()
    await secret(service, made)
    await act(service, ADMIN, place(made, f"/credentials/{first['id']}/revocation"))
    assert await entries_about(service, "auditor.kpu-banten", made["id"]) == [
        "account.created",
        "account.credential_added",
        "account.credential_added",
        "account.credential_outlived",
        "account.credential_revoked",
    ]


@pytest.mark.parametrize(("key", "algorithm"), [(Ed25519PrivateKey.generate(), "EdDSA"),
                                               (generate_private_key(SECP256R1()), "ES256")])  # fmt: skip
async def test_a_public_key_is_enrolled_with_the_proof_that_one_holds_it(
    service: Service, key, algorithm: str
):
    made = await integration(service)
    answer = await enrol_key(service, made, key, proof=proof(service, made, key, algorithm))
    assert answer.status_code == 201, answer.text
    assert answer.json()["secret"] is None
    assert answer.json()["key_id"]


async def test_without_a_sound_proof_no_key_is_enrolled(service: Service):
    made, key = await integration(service), Ed25519PrivateKey.generate()
    other, size = Ed25519PrivateKey.generate(), await ledger_size(service)
    wrong = [
        proof(service, made, other),
        proof(service, made, key, sub="integration.polda-banten"),
        proof(service, made, key, aud="https://lain.example"),
        proof(service, made, key, iat=int(time.time()) - 400),
        proof(service, made, key, iat=int(time.time()) + 400),
        proof(service, made, key, iat="now"),
        jwt.encode({"sub": made["name"]}, key, algorithm="EdDSA"),
        "a.b.c",
    ]
    for each in wrong:
        refused(await enrol_key(service, made, key, proof=each), 422, "invalid", "/proof")
    refused(await enrol_key(service, made, key), 422, "invalid", "")
    assert await ledger_size(service) == size


# Points of order 1, 2, 4 and 8, and encodings that are not canonical (Chalkias and others, 2020; RFC 8032).
BAD_POINTS = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0200000000000000000000000000000000000000000000000000000000000000",
]


@pytest.mark.parametrize("point", BAD_POINTS)
def test_a_point_of_small_order_or_in_a_second_spelling_is_no_key(point: str):
    assert not is_sound_ed25519(bytes.fromhex(point))


@pytest.mark.parametrize("point", BAD_POINTS[:4])
async def test_such_a_point_is_refused_by_name(service: Service, point: str):
    made, key = await integration(service), Ed25519PrivateKey.generate()
    x = base64.urlsafe_b64encode(bytes.fromhex(point)).decode().rstrip("=")
    bad = {"kty": "OKP", "crv": "Ed25519", "x": x}
    answer = await enrol_key(service, made, key, public_key=bad, proof=proof(service, made, key))
    refused(answer, 422, "invalid", "/public_key")


def test_a_key_that_somebody_made_is_sound():
    for _ in range(50):
        assert is_sound_ed25519(Ed25519PrivateKey.generate().public_key().public_bytes_raw())


async def test_a_key_of_another_form_is_refused(service: Service):
    made, key = await integration(service), generate_private_key(SECP256R1())
    good, signed = jwk(key), proof(service, made, key, "ES256")
    for wrong in ({**good, "y": good["x"]}, {**good, "kty": "OKP"}, {**good, "crv": "P-521"},
                  {**good, "d": "x"}, {"kty": "EC", "crv": "P-256", "x": good["x"]},
                  {**good, "x": "A" * 42}):  # fmt: skip
        refused(await enrol_key(service, made, key, public_key=wrong, proof=signed), 422, "invalid")


async def test_systems_and_people_do_not_mix(service: Service):
    made, person = await integration(service), await enrolled(service)
    refused(await get(service, ADMIN, f"{ACCOUNTS}/{made['id']}"), 404, "not-found")
    refused(await get(service, ADMIN, f"{INTEGRATIONS}/{person['id']}"), 404, "not-found")
    for path in ("", "/credentials"):
        refused(await get(service, POLDA, place(made, path)), 404, "not-found")
    assert (
        await act(service, POLDA, place(made, "/credentials"), kind="secret", label="x")
    ).status_code == 404
    assert (await act(service, POLDA, place(made, "/suspension"))).status_code == 404


async def test_an_account_is_used_only_from_its_networks(service: Service):
    account = await enrolled(service, allowed_networks=["127.0.0.0/8", "10.0.0.0/8"])
    client = await sign_in(service, account["name"])
    assert (await client.get("/api/v1/me")).status_code == 200
    spoofed = await client.get("/api/v1/me", headers={"X-Forwarded-For": "192.0.2.7"})
    assert spoofed.status_code == 200
    headers = {"If-Match": f'"{account["version"]}"'}
    body = {"allowed_networks": ["10.0.0.0/8"], "reason": REASON}
    admin = await service.client(ADMIN)
    assert (await admin.patch(f"{ACCOUNTS}/{account['id']}", json=body, headers=headers)).status_code == 200
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    for header in ({}, {"X-Forwarded-For": "10.1.2.3"}):
        answer = await client.get("/api/v1/me", headers=header)
        refused(answer, 403, "forbidden")
        assert "127.0.0.1" in answer.json()["detail"]


async def test_behind_a_trusted_proxy_it_is_the_proxy_that_says_who_calls(fresh: Settings, service: Service):
    settings = fresh.model_copy(
        update={"trusted_proxies": Settings(trusted_proxies=["127.0.0.1/32"]).trusted_proxies}
    )
    async with running(settings, service.password) as own:
        account = await enrolled(own, allowed_networks=["10.0.0.0/8"])
        client = await sign_in(own, account["name"])
        for named, status in (("10.1.2.3", 200), ("192.0.2.7, 10.1.2.3", 200), ("10.1.2.3, 192.0.2.7", 403),
                              ("10.1.2.3, 127.0.0.1", 200), ("nonsense", 403),
                              ("::ffff:10.1.2.3", 200)):  # fmt: skip
            answer = await client.get("/api/v1/me", headers={"X-Forwarded-For": named})
            assert answer.status_code == status, named
