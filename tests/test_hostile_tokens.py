"""Tokens that we did not issue, or not like this: on every route each is refused in the same words."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidToken
from app.services.tokens import LEEWAY_SECONDS
from tests.support.calls import OPERATOR
from tests.support.forge import Forge
from tests.support.hostile import FAMILIES, HOSTILE
from tests.support.service import Service, knock
from tests.test_permissions_matrix import CLOSED, OPERATIONS, address

ME = "/api/v1/me"
ROUTES = [(OPERATIONS[name][0], address(name)) for name in CLOSED]
REFUSED = {
    "type": "urn:siaga:problem:unauthenticated",
    "title": "Authentication is needed",
    "status": 401,
}
CHALLENGE = (
    'Bearer realm="siaga", error="invalid_token", '
    'resource_metadata="http://127.0.0.1:8000/.well-known/oauth-protected-resource"'
)
SECONDS = 0.05  # of this process, for one request: some hundred times what it takes


@pytest.fixture
async def forge(service: Service) -> Forge:
    return Forge(await service.token(OPERATOR), service.app.state.token_keys.signing_key)


async def call(service: Service, authorization: str | bytes, *more: bytes) -> Any:
    client = await service.anonymous()
    value = authorization if isinstance(authorization, bytes) else authorization.encode("utf-8", "replace")
    return await client.get(ME, headers=[(b"Authorization", each) for each in (value, *more)])


def test_there_are_more_than_a_hundred_and_each_has_a_name_of_its_own():
    assert len(HOSTILE) == sum(map(len, FAMILIES)) >= 250


async def test_no_two_of_them_are_the_same_token(forge: Forge):
    made = {name: make(forge) for name, make in HOSTILE.items()}
    assert len(set(made.values())) == len(made)
    assert forge.token not in made.values()


async def test_a_token_that_is_signed_again_unchanged_counts(service: Service, forge: Forge):
    assert (await call(service, f"Bearer {forge.token}")).status_code == 200
    assert (await call(service, f"Bearer {forge.sign(forge.header, forge.claims)}")).status_code == 200
    assert (await call(service, f"Bearer {forge.with_claims(jti='another', nbf=1)}")).status_code == 200


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_token_is_refused_on_every_route(service: Service, forge: Forge, hostile: str):
    value = f"Bearer {HOSTILE[hostile](forge)}".encode("utf-8", "replace")
    started = time.process_time()
    for method, path in ROUTES:
        status, headers, body = await knock(service.app, method, path, value)
        assert status == 401, (method, path, body)
        assert headers["content-type"] == "application/problem+json"
        assert headers["www-authenticate"] == CHALLENGE
        assert json.loads(body) == REFUSED
    assert time.process_time() - started < SECONDS * len(ROUTES)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_sound_token_with_other_bytes_is_never_accepted(
    service: Service, forge: Forge, data: st.DataObject
):
    verify = service.app.state.token_issuer.verify
    verify(forge.token)
    raw = bytearray(forge.token.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["set", "flip", "insert", "drop", "exchange"])):
            case "set":
                raw[place] = data.draw(st.integers(0, 255))
            case "flip":
                raw[place] ^= 1 << data.draw(st.integers(0, 7))
            case "insert":
                raw.insert(place, data.draw(st.integers(0, 255)))
            case "drop":
                del raw[place]
            case "exchange":
                other = data.draw(st.integers(0, len(raw) - 1))
                raw[place], raw[other] = raw[other], raw[place]
    mutated = raw.decode("latin-1")
    if mutated != forge.token:
        with pytest.raises(InvalidToken):
            verify(mutated)


NO_BEARER = ["", "Bearer", "Bearer ", "Basic eDp5", "Token x", "Bearer\tx", "x" * 9000]


@pytest.mark.parametrize("header", NO_BEARER)
async def test_a_header_without_a_bearer_token_asks_for_one(service: Service, header: str):
    answer = await call(service, header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="siaga"')


async def test_two_tokens_are_none(service: Service, forge: Forge):
    sound = f"Bearer {forge.token}".encode()
    for other in (sound, b"Bearer x", b"", b"Basic eDp5"):
        assert (await call(service, sound, other)).status_code == 401
        assert (await call(service, other, sound)).status_code == 401


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
