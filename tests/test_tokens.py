"""How accounts get a token, what stands in it, and when it stops to count."""

import asyncio
import base64
import time
from uuid import UUID

import httpx
import jwt
import pytest

from app.domain.permissions import GRANTS, Role
from app.routers.authentication import FRESH_SECONDS
from tests.support.calls import INCIDENTS, OPERATOR, refused
from tests.support.credentials import alter, own_account
from tests.support.service import Service, incident

INTEGRATION = "integration.polda-banten"
ME = "/api/v1/me"


async def ask(service: Service, headers: dict | None = None, **form: str) -> httpx.Response:
    client = await service.anonymous()
    return await client.post("/oauth2/token", data=form, headers=headers)


async def with_token(
    service: Service, token: str, method: str, path: str, body: object = None
) -> httpx.Response:
    client = await service.anonymous()
    return await client.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def no_token(answer: httpx.Response, status: int, error: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["error"] == error
    assert answer.json()["error_description"]
    assert answer.headers["cache-control"] == "no-store"
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_a_post_gets_a_token_with_its_password(service: Service):
    answer = await ask(service, grant_type="password", username=OPERATOR, password=service.password)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["pragma"] == "no-cache"
    body = answer.json()
    assert body["token_type"] == "Bearer"
    assert 0 < body["expires_in"] <= 900
    assert body["scope"].split() == sorted(GRANTS[Role.OPERATOR])
    assert (await with_token(service, body["access_token"], "GET", ME)).json()["account"] == OPERATOR


async def test_an_integration_gets_a_token_by_basic_or_in_the_body(service: Service):
    in_body = {"client_id": INTEGRATION, "client_secret": service.password}
    for headers, form in ((basic(INTEGRATION, service.password), {}), (None, in_body)):
        answer = await ask(service, headers, grant_type="client_credentials", **form)
        assert answer.status_code == 200, answer.text
        claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
        assert claims["client_id"] == INTEGRATION


async def test_the_public_client_of_the_documentation_page_needs_no_secret(service: Service):
    form = {"grant_type": "password", "username": OPERATOR, "password": service.password}
    answer = await ask(service, basic("swagger-ui", ""), **form)
    assert answer.status_code == 200


@pytest.mark.parametrize("name", [OPERATOR, "operator.no-such-agency", "", "\x00", "\ufffd", INTEGRATION])
async def test_a_wrong_password_is_told_like_an_unknown_name(service: Service, name: str):
    answer = await ask(service, grant_type="password", username=name, password="wrong")
    no_token(answer, 400, "invalid_grant")
    known = await ask(service, grant_type="password", username=OPERATOR, password="wrong")
    assert answer.content == known.content


@pytest.mark.parametrize("name", [INTEGRATION, "integration.no-such-agency", "", "\x00", OPERATOR])
async def test_a_wrong_client_secret_is_told_like_an_unknown_client(service: Service, name: str):
    for headers, form in ((basic(name, "x"), {}), (None, {"client_id": name, "client_secret": "x"})):
        answer = await ask(service, headers, grant_type="client_credentials", **form)
        no_token(answer, 401, "invalid_client")


async def test_people_do_not_use_client_credentials_nor_integrations_a_password(service: Service):
    secret = service.password
    answer = await ask(service, grant_type="client_credentials", client_id=OPERATOR, client_secret=secret)
    no_token(answer, 401, "invalid_client")
    answer = await ask(service, grant_type="password", username=INTEGRATION, password=secret)
    no_token(answer, 400, "invalid_grant")


@pytest.mark.parametrize("grant", ["implicit", "Password", "urn:openid:params:grant-type:ciba", "x"])
async def test_another_grant_is_not_offered(service: Service, grant: str):
    answer = await ask(service, grant_type=grant, username=OPERATOR, password=service.password)
    no_token(answer, 400, "unsupported_grant_type")


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic /w==", "Basic AA==", "Negotiate x"])
async def test_a_client_header_that_means_nothing_gives_no_token(service: Service, header: str):
    answer = await ask(service, {"Authorization": header}, grant_type="client_credentials")
    no_token(answer, 401, "invalid_client")


async def test_a_token_can_be_narrowed_and_then_does_less(service: Service):
    token = await service.token(OPERATOR, scope="incidents:read reference:read")
    assert (await with_token(service, token, "GET", INCIDENTS)).status_code == 200
    refused(await with_token(service, token, "POST", INCIDENTS, incident()), 403, "forbidden")
    me = (await with_token(service, token, "GET", ME)).json()
    assert me["permissions"] == ["incidents:read", "reference:read"]


async def test_a_token_never_carries_more_than_the_role_grants(service: Service):
    token = await service.token("auditor.polda-banten", scope="incidents:write ledger:read root")
    assert jwt.decode(token, options={"verify_signature": False})["scope"] == "ledger:read"
    refused(await with_token(service, token, "POST", INCIDENTS, incident()), 403, "forbidden")


async def test_a_token_narrowed_to_nothing_does_nothing(service: Service):
    token = await service.token(OPERATOR, scope="none:such")
    refused(await with_token(service, token, "GET", INCIDENTS), 403, "forbidden")


async def test_the_published_keys_verify_a_token(service: Service):
    token = await service.token(OPERATOR)
    answer = await (await service.anonymous()).get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert all("d" not in key for key in answer.json()["keys"])
    keys = jwt.PyJWKSet.from_dict(answer.json())
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(
        token, keys[header["kid"]].key, algorithms=["EdDSA"], audience="siaga",
        issuer=service.app.state.settings.public_url,
    )  # fmt: skip
    assert claims["sub"]


async def test_a_token_is_an_access_token_as_rfc_9068_has_it(service: Service):
    before = int(time.time())
    token = await service.token(OPERATOR)
    header = jwt.get_unverified_header(token)
    assert header == {"typ": "at+jwt", "alg": "EdDSA", "kid": header["kid"]}
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["iss"] == service.app.state.settings.public_url
    assert (claims["aud"], claims["client_id"], claims["agency"]) == ("siaga", "swagger-ui", "polda-banten")
    assert before <= claims["iat"] <= int(time.time())
    assert 0 < claims["exp"] - claims["iat"] <= 900
    assert claims["scope"].split() == sorted(GRANTS[Role.OPERATOR])
    assert str(UUID(claims["sub"])) == claims["sub"]
    again = jwt.decode(await service.token(OPERATOR), options={"verify_signature": False})
    assert len({claims["jti"], again["jti"]}) == 2


async def test_a_suspended_account_loses_access_within_a_second(service: Service):
    name = await own_account(service)
    token = await service.token(name)
    assert (await with_token(service, token, "GET", ME)).status_code == 200
    await alter(service, name, "account.suspended", active=False)
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    answer = await with_token(service, token, "GET", ME)
    refused(answer, 401, "unauthenticated")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    again = await ask(service, grant_type="password", username=name, password=service.password)
    no_token(again, 400, "invalid_grant")


async def test_a_role_that_was_taken_away_is_gone_within_a_second(service: Service):
    name = await own_account(service)
    token = await service.token(name)
    assert (await with_token(service, token, "POST", INCIDENTS, incident())).status_code == 201
    await alter(service, name, "account.changed", roles=["auditor"])
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await with_token(service, token, "POST", INCIDENTS, incident()), 403, "forbidden")
    assert (await with_token(service, token, "GET", INCIDENTS)).status_code == 200


async def test_a_role_that_was_given_later_needs_a_new_token(service: Service):
    name = await own_account(service)
    token = await service.token(name)
    await alter(service, name, "account.changed", roles=["operator", "auditor"])
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await with_token(service, token, "GET", "/api/v1/ledger/entries"), 403, "forbidden")
    newer = await service.token(name)
    assert (await with_token(service, newer, "GET", "/api/v1/ledger/entries")).status_code == 200
