"""How a client proves who it is: by secrets that overlap, or by an assertion signed with its own key."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

from app.domain.oauth import ASSERTION_TYPE
from app.domain.permissions import Role
from app.models.credentials import CredentialUseRow
from app.services.passwords import HASHER
from tests.support.credentials import give_credential, own_account
from tests.support.oauth import ask, me, refusal, rows
from tests.support.service import Service

ISSUER = "http://127.0.0.1:8000"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
KEYS = {"EdDSA": Ed25519PrivateKey.generate(), "ES256": ec.generate_private_key(ec.SECP256R1())}


def public(algorithm: str) -> dict[str, Any]:
    kind = OKPAlgorithm if algorithm == "EdDSA" else ECAlgorithm
    known = json.loads(kind.to_jwk(KEYS[algorithm].public_key()))
    return {name: known[name] for name in ("kty", "crv", "x", "y") if name in known}


async def integration(service: Service, algorithm: str = "EdDSA") -> tuple[str, UUID]:
    """An integration with a key, and the id of that."""
    name = await own_account(service, Role.INTEGRATION)
    return name, await give_credential(service, name, "public_key", public_key=public(algorithm))


def assertion(name: str, algorithm: str = "EdDSA", header: dict | None = None, **changes: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": name,
        "sub": name,
        "aud": ISSUER,
        "iat": now,
        "exp": now + 60,
        "jti": uuid4().hex,
        **changes,
    }
    kept = {key: value for key, value in claims.items() if value is not None}
    return jwt.encode(kept, KEYS[algorithm], algorithm=algorithm, headers=header)


async def assert_itself(service: Service, said: str, **more: str) -> httpx.Response:
    form = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": said, **more}
    return await ask(service, grant_type="client_credentials", **form)


async def by_secret(service: Service, name: str, secret: str) -> httpx.Response:
    return await ask(service, grant_type="client_credentials", client_id=name, client_secret=secret)


async def test_two_secrets_count_side_by_side_until_one_ends(service: Service):
    name = await own_account(service, Role.INTEGRATION)
    old = await give_credential(service, name, "secret", secret_hash=HASHER.hash("old"))
    assert (await by_secret(service, name, "old")).status_code == 200
    await give_credential(service, name, "secret", secret_hash=HASHER.hash("new"))
    for secret in ("old", "new"):
        assert (await by_secret(service, name, secret)).status_code == 200
    refusal(await by_secret(service, name, service.password), 401, "invalid_client")
    (use,) = await rows(service, CredentialUseRow, credential_id=old)
    assert abs(use.used_at.timestamp() - time.time()) < 60


@pytest.mark.parametrize("ended", [{"revoked_at": YESTERDAY}, {"expires_at": YESTERDAY}])
async def test_a_secret_or_key_that_ended_does_not_count(service: Service, ended: dict):
    name = await own_account(service, Role.INTEGRATION)
    await give_credential(service, name, "secret", secret_hash=HASHER.hash("x"), **ended)
    await give_credential(service, name, "public_key", public_key=public("EdDSA"), **ended)
    refusal(await by_secret(service, name, "x"), 401, "invalid_client")
    refusal(await assert_itself(service, assertion(name)), 401, "invalid_client")


@pytest.mark.parametrize("algorithm", KEYS)
async def test_an_assertion_of_its_own_key_proves_a_client(service: Service, algorithm: str):
    name, key = await integration(service, algorithm)
    for header in (None, {"kid": str(key)}, {"typ": "client-authentication+jwt"}):
        answer = await assert_itself(service, assertion(name, algorithm, header))
        assert answer.status_code == 200, answer.text
    assert (await me(service, answer.json()["access_token"])).json()["account"] == name
    for audience in (f"{ISSUER}/oauth2/token", [ISSUER]):
        answer = await assert_itself(service, assertion(name, algorithm, aud=audience), client_id=name)
        assert answer.status_code == 200, answer.text
    assert await rows(service, CredentialUseRow, credential_id=key)


async def test_an_assertion_counts_once_however_many_send_it_at_once(service: Service):
    name, _ = await integration(service)
    said = assertion(name)
    answers = await asyncio.gather(*(assert_itself(service, said) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19
    refusal(await assert_itself(service, said), 401, "invalid_client")


now = int(time.time())
WRONG: dict[str, dict[str, Any]] = {
    "for somebody else": {"aud": "https://elsewhere.example"},
    "for two": {"aud": [ISSUER, "https://elsewhere.example"]},
    "for nobody": {"aud": None},
    "no jti": {"jti": None},
    "jti empty": {"jti": ""},
    "jti long": {"jti": "x" * 129},
    "jti a number": {"jti": 1},
    "no exp": {"exp": None},
    "exp over": {"exp": now - 3600},
    "exp far": {"exp": now + 3600},
    "exp as text": {"exp": str(now + 60)},
    "exp with a fraction": {"exp": now + 60.5},
    "issued in the future": {"iat": now + 3600},
    "not yet": {"nbf": now + 3600},
    "of another": {"iss": "integration.kpu-banten"},
    "no issuer": {"iss": None},
    "about another": {"sub": "integration.kpu-banten"},
    "about a person": {"iss": "operator.polda-banten", "sub": "operator.polda-banten"},
    "about nobody": {"iss": "x", "sub": "x"},
    "about a number": {"iss": 1, "sub": 1},
}


@pytest.mark.parametrize("name", WRONG)
async def test_an_assertion_with_something_wrong_proves_nothing(service: Service, name: str):
    account, _ = await integration(service)
    try:
        said = assertion(account, **WRONG[name])
    except TypeError:  # the library does not write what it should refuse
        said = forged(account, **WRONG[name])
    refusal(await assert_itself(service, said), 401, "invalid_client")


def forged(name: str, **changes: Any) -> str:
    claims = jwt.decode(assertion(name), options={"verify_signature": False}) | changes
    return jwt.PyJWS().encode(json.dumps(claims).encode(), KEYS["EdDSA"], algorithm="EdDSA")


async def test_a_key_has_one_algorithm_and_one_owner(service: Service):
    name, _ = await integration(service, "EdDSA")
    other, _ = await integration(service, "ES256")
    foreign = jwt.encode(
        jwt.decode(assertion(name), options={"verify_signature": False}),
        Ed25519PrivateKey.generate(),
        "EdDSA",
    )
    for said in (
        assertion(name, "ES256"),
        assertion(other, "EdDSA"),
        foreign,
        assertion(name, header={"kid": "another"}),
        assertion(name, header={"jwk": public("EdDSA")}),
        assertion(name, header={"typ": "at+jwt"}),
        jwt.encode({"iss": name, "sub": name}, None, "none"),
        assertion(name)[:-4],
        "x",
        "..",
    ):
        refusal(await assert_itself(service, said), 401, "invalid_client")


async def test_a_client_proves_itself_in_one_way_only(service: Service):
    name, _ = await integration(service)
    answer = await assert_itself(service, assertion(name), client_secret="x", client_id=name)
    refusal(answer, 400, "invalid_request")
    untold = await ask(service, grant_type="client_credentials", client_assertion=assertion(name))
    refusal(untold, 401, "invalid_client")


async def test_a_member_that_stands_twice_is_refused(service: Service):
    client = await service.anonymous()
    body = "grant_type=password&username=a&username=b&password=x"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    refusal(await client.post("/oauth2/token", content=body, headers=kind), 400, "invalid_request")


@pytest.mark.parametrize(
    "form", [{}, {"grant_type": "x" * 51}, {"grant_type": "password", "username": "x" * 201}]
)
async def test_a_form_that_is_not_valid_is_told_in_the_form_of_oauth(service: Service, form: dict):
    refusal(await ask(service, **form), 400, "invalid_request")


async def test_a_public_client_cannot_act_for_itself(service: Service):
    answer = await ask(service, grant_type="client_credentials", client_id="swagger-ui")
    refusal(answer, 400, "unauthorized_client")
