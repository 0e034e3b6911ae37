"""What the OAuth endpoints give besides access tokens opens no route, nor does a token that was ended."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest

from app.domain.oauth import Spent
from app.models.oauth import SpentRow
from app.routers.authentication import FRESH_SECONDS
from tests.support.calls import OPERATOR
from tests.support.credentials import account_of, offered, own_account
from tests.support.forge import Forge
from tests.support.hostile import claims
from tests.support.oauth import ask, browser, by_password, exchange, me, renew, sent_back
from tests.support.service import Service, knock
from tests.test_clients import assertion, integration
from tests.test_hostile_tokens import CHALLENGE, REFUSED, ROUTES

END = "/oauth2/revoke"


async def given(service: Service) -> dict[str, Any]:
    return (await by_password(service, await own_account(service))).json()


async def a_refresh_token(service: Service) -> str:
    return (await given(service))["refresh_token"]


async def an_authorization_code(service: Service) -> str:
    async with browser(service) as person:
        return sent_back(await person.sign_in(await own_account(service)))["code"]


async def the_cookie_of_a_session(service: Service) -> str:
    async with browser(service) as person:
        return (await person.sign_in(await own_account(service))).cookies["siaga_session"]


async def the_assertion_of_a_client(service: Service) -> str:
    name, _ = await integration(service)
    return assertion(name)


async def the_offer_of_an_authenticator(service: Service) -> str:
    return (await offered(service, await own_account(service)))[1]


async def the_secret_of_an_integration(service: Service) -> str:
    return service.password


async def the_id_of_a_token(service: Service) -> str:
    token = (await given(service))["access_token"]
    return jwt.decode(token, options={"verify_signature": False})["jti"]


async def a_revoked_token(service: Service) -> str:
    token = (await given(service))["access_token"]
    assert (await me(service, token)).status_code == 200
    assert (await ask(service, END, token=token, client_id="swagger-ui")).status_code == 200
    return token


async def a_token_of_a_revoked_family(service: Service) -> str:
    first = await given(service)
    await renew(service, first["refresh_token"])
    await ask(service, END, token=first["refresh_token"], client_id="swagger-ui")
    return first["access_token"]


async def a_token_of_a_family_whose_old_token_came_back(service: Service) -> str:
    newest = first = await given(service)
    for _ in range(2):
        newest = (await renew(service, newest["refresh_token"])).json()
    assert (await renew(service, first["refresh_token"])).status_code == 400
    return newest["access_token"]


async def a_token_of_a_session_that_was_signed_out(service: Service) -> str:
    async with browser(service) as person:
        code = sent_back(await person.sign_in(await own_account(service)))["code"]
        token = (await exchange(service, code)).json()["access_token"]
        await person.client.post("/oauth2/session/end")
        return token


async def a_token_whose_code_was_used_twice(service: Service) -> str:
    async with browser(service) as person:
        code = sent_back(await person.sign_in(await own_account(service)))["code"]
        token = (await exchange(service, code)).json()["access_token"]
        assert (await exchange(service, code)).status_code == 400
        return token


GIVEN: dict[str, Callable[[Service], Awaitable[str]]] = {
    make.__name__.replace("_", " "): make
    for make in (
        a_refresh_token, an_authorization_code, the_cookie_of_a_session, the_assertion_of_a_client,
        the_offer_of_an_authenticator, the_secret_of_an_integration, the_id_of_a_token, a_revoked_token,
        a_token_of_a_revoked_family, a_token_of_a_family_whose_old_token_came_back,
        a_token_of_a_session_that_was_signed_out, a_token_whose_code_was_used_twice,
    )
}  # fmt: skip
UNNAMEABLE = {
    "null": None, "a_number": 1, "a_list": ["x"], "an_object": {"x": 1}, "empty": "", "with_a_NUL": "x\0",
    "half_a_character": "\ud800", "with_a_space": "a b", "with_a_comma": "a,b", "with_a_quote": "a'--",
    "too_long": "x" * 65, "true": True,
}  # fmt: skip
SIGNED = claims("jti", **UNNAMEABLE) | claims("grant", **UNNAMEABLE) | claims("sid", **UNNAMEABLE)


async def refused_everywhere(service: Service, token: str) -> None:
    value = f"Bearer {token}".encode("utf-8", "replace")
    for method, path in ROUTES:
        status, headers, body = await knock(service.app, method, path, value)
        assert (status, json.loads(body)) == (401, REFUSED), (method, path, body)
        assert headers["www-authenticate"] == CHALLENGE


@pytest.mark.parametrize("name", GIVEN)
async def test_what_is_no_access_token_or_none_any_more_opens_no_route(service: Service, name: str):
    token = await GIVEN[name](service)
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    await refused_everywhere(service, token)


@pytest.mark.parametrize("name", SIGNED)
async def test_a_signed_token_that_could_not_be_revoked_opens_no_route(service: Service, name: str):
    forge = Forge(await service.token(OPERATOR), service.app.state.token_keys.signing_key)
    await refused_everywhere(service, SIGNED[name](forge))


@pytest.mark.parametrize("of", ["jti", "grant", "sid"])
async def test_a_token_is_ended_by_each_of_its_names_and_by_no_other_accounts(service: Service, of: str):
    account = await own_account(service)
    forge = Forge((await by_password(service, account)).json()["access_token"],
                  service.app.state.token_keys.signing_key)  # fmt: skip
    names = {each: uuid4().hex for each in ("jti", "grant", "sid")}
    token = forge.with_claims(**names)
    for owner, status in ((OPERATOR, 200), (account, 401)):
        row = {"account_id": (await account_of(service, owner)).id, "kind": Spent.TOKEN, "value": names[of]}
        async with service.app.state.database.operating() as connection:
            ends = datetime.now(UTC) + timedelta(minutes=1)
            await connection.execute(SpentRow.__table__.insert().values(**row, expires_at=ends))
        await asyncio.sleep(FRESH_SECONDS + 0.05)
        assert (await me(service, token)).status_code == status
