"""How tokens are ended and looked at, what clients are told of the service, and how a refusal says why."""

import asyncio

import httpx
import jwt
import pytest

from app.domain.permissions import GRANTS, Permission, Role
from app.routers.authentication import FRESH_SECONDS
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import INCIDENTS
from tests.support.credentials import alter, own_account
from tests.support.oauth import ask, by_password, me, refusal, renew
from tests.support.queries import WHO_CALLS, queries
from tests.support.service import Service, incident, running

SYSTEM = "integration.polda-banten"


async def end(service: Service, token: str, **client: str) -> httpx.Response:
    return await ask(service, "/oauth2/revoke", token=token, **(client or {"client_id": "swagger-ui"}))


async def look_at(service: Service, token: str, client: str = SYSTEM) -> dict:
    form = {"token": token, "client_id": client, "client_secret": service.password}
    answer = await ask(service, "/oauth2/introspect", **form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def given(service: Service) -> tuple[str, dict]:
    account = await own_account(service)
    return account, (await by_password(service, account)).json()


async def test_a_revoked_access_token_is_refused_within_a_second(service: Service):
    account, first = await given(service)
    other = (await by_password(service, account)).json()
    assert (await me(service, first["access_token"])).status_code == 200
    for _ in range(2):
        answer = await end(service, first["access_token"])
        assert (answer.status_code, answer.content) == (200, b"")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    answer = await me(service, first["access_token"])
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert (await me(service, other["access_token"])).status_code == 200
    assert (await renew(service, first["refresh_token"])).status_code == 200


async def test_a_revoked_refresh_token_takes_its_family_along(service: Service):
    _, first = await given(service)
    second = (await renew(service, first["refresh_token"])).json()
    assert (await me(service, second["access_token"])).status_code == 200
    assert (await end(service, first["refresh_token"], client_id="swagger-ui")).status_code == 200
    refusal(await renew(service, second["refresh_token"]), 400, "invalid_grant")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    for token in (first, second):
        assert (await me(service, token["access_token"])).status_code == 401


@pytest.mark.parametrize("token", ["x", "a.b.c", "\x00", "x" * 4000])
async def test_ending_what_is_no_token_is_as_good_as_done(service: Service, token: str):
    assert (await end(service, token)).status_code == 200


async def test_a_client_ends_only_its_own_tokens(service: Service):
    _, first = await given(service)
    client = {"client_id": SYSTEM, "client_secret": service.password}
    for token in (first["access_token"], first["refresh_token"]):
        assert (await end(service, token, **client)).status_code == 200
        refusal(await end(service, token, client_id=SYSTEM, client_secret="wrong"), 401, "invalid_client")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    assert (await me(service, first["access_token"])).status_code == 200
    assert (await renew(service, first["refresh_token"])).status_code == 200


async def test_introspection_says_what_a_token_is_worth(service: Service):
    account, first = await given(service)
    claims = jwt.decode(first["access_token"], options={"verify_signature": False})
    seen = await look_at(service, first["access_token"])
    assert seen == {
        "active": True, "scope": " ".join(sorted(GRANTS[Role.OPERATOR])), "client_id": "swagger-ui",
        "username": account, "token_type": "Bearer",
        **{name: claims[name] for name in ("exp", "iat", "sub", "aud", "iss", "jti")},
    }  # fmt: skip
    renewing = await look_at(service, first["refresh_token"])
    assert (renewing["active"], renewing["username"]) == (True, account)
    await renew(service, first["refresh_token"])
    assert await look_at(service, first["refresh_token"]) == {"active": False}
    await alter(service, account, "account.changed", roles=["admin"])
    assert (await look_at(service, first["access_token"]))["scope"] == "inbox:read reference:read"
    await end(service, first["access_token"])
    assert await look_at(service, first["access_token"]) == {"active": False}


async def test_introspection_tells_nothing_of_other_agencies(service: Service):
    _, first = await given(service)
    for token in (first["access_token"], first["refresh_token"], "x"):
        assert await look_at(service, token, "integration.kpu-banten") == {"active": False}


async def test_introspection_is_for_integrations(service: Service):
    for form in ({"client_id": "swagger-ui"}, {}, {"client_id": SYSTEM, "client_secret": "wrong"}):
        refusal(await ask(service, "/oauth2/introspect", token="x", **form), 401, "invalid_client")


async def test_the_service_describes_itself_and_every_address_is_there(service: Service):
    client = await service.anonymous()
    server = (await client.get("/.well-known/oauth-authorization-server")).json()
    assert server["issuer"] == "http://127.0.0.1:8000"
    for name in ("authorization", "token", "revocation", "introspection"):
        address = server[f"{name}_endpoint"].removeprefix(server["issuer"])
        assert (await client.options(address)).status_code == 204
    assert (await client.get(server["jwks_uri"].removeprefix(server["issuer"]))).status_code == 200
    assert set(server["scopes_supported"]) == set(Permission)
    assert server["code_challenge_methods_supported"] == ["S256"]
    resource = (await client.get("/.well-known/oauth-protected-resource")).json()
    assert resource["authorization_servers"] == [server["issuer"]]
    assert resource["resource"] == server["issuer"]


async def test_a_refusal_says_what_is_missing_and_where_to_get_it(service: Service):
    client = await service.anonymous()
    where = 'resource_metadata="http://127.0.0.1:8000/.well-known/oauth-protected-resource"'
    bare = (await client.get("/api/v1/me")).headers["www-authenticate"]
    assert bare == f'Bearer realm="siaga", {where}'
    wrong = (await me(service, "x")).headers["www-authenticate"]
    assert wrong == f'Bearer realm="siaga", error="invalid_token", {where}'
    auditor = await service.client("auditor.polda-banten")
    lacking = await auditor.post(INCIDENTS, json=incident())
    assert lacking.status_code == 403
    assert lacking.headers["www-authenticate"] == (
        f'Bearer realm="siaga", error="insufficient_scope", scope="incidents:write", {where}'
    )


async def test_who_calls_is_one_statement_a_second_and_a_signature_is_checked_once(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        account = await own_account(service)
        token = (await by_password(service, account)).json()["access_token"]
        assert (await me(service, token)).status_code == 200
        known = [*service.app.state.authenticator._known.values()]
        await asyncio.sleep(FRESH_SECONDS)
        with queries(service.app.state.database, besides=()) as asked:
            for _ in range(5):
                assert (await me(service, token)).status_code == 200
        assert [all(each in text for each in WHO_CALLS) for text, _ in asked] == [True]
        assert "LEFT OUTER JOIN spent" in asked[0][0]
        assert [*service.app.state.authenticator._known.values()] == known
