"""Every operation of the API for every role: OpenAPI says what it asks for, GRANTS who holds that."""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.routing import iter_route_contexts

from app.domain.permissions import GRANTS, Permission, Role
from app.main import create_app
from app.routers.order import Endpoint
from app.settings import Settings
from tests.support.service import Service

PUBLIC = {
    "enrol_account", "introspect_token", "issue_token", "read_checkpoint", "read_cosigned_checkpoint",
    "read_entry_bundle", "read_keys", "read_liveness", "read_log_keys", "read_metrics", "read_readiness",
    "read_resource_metadata", "read_server_metadata", "read_tile", "revoke_token",
}  # fmt: skip

# Routes that OpenAPI does not show. All of them are open: the documentation and what it is made of.
HIDDEN = {
    "/docs",
    "/docs/static/docs-init.js",
    "/docs/static/docs.css",
    "/docs/static/sign-in.css",
    "/docs/static/swagger/LICENSE",
    "/docs/static/swagger/NOTICE",
    "/docs/static/swagger/favicon-32x32.png",
    "/docs/static/swagger/oauth2-redirect.html",
    "/docs/static/swagger/oauth2-redirect.js",
    "/docs/static/swagger/swagger-ui-bundle.js",
    "/docs/static/swagger/swagger-ui-bundle.js.LICENSE.txt",
    "/docs/static/swagger/swagger-ui.css",
    "/openapi.json",
}

# The sign-in page and its session, which is proven by a cookie.
SIGN_IN = {
    ("GET", "/oauth2/authorize"),
    ("POST", "/oauth2/authorize"),
    ("POST", "/oauth2/session/end"),
    ("POST", "/oauth2/session/token"),
}

ACCOUNTS = {
    Role.ADMIN: "admin.siaga",
    Role.AUDITOR: "auditor.kpu-banten",
    Role.COMMANDER: "commander.kpu-banten",
    Role.INTEGRATION: "integration.kpu-banten",
    Role.LIAISON: "liaison.kpu-banten",
    Role.OPERATOR: "operator.kpu-banten",
    Role.PRIVACY: "privacy.kpu-banten",
}
VALUES = {"region_code": "36", "agency": "kpu-banten", "category": "terrorism",
          "to": "persons", "unit": "kpu-kab-serang",
          "level": "0", "place": "000.p/1", "position": "0"}  # fmt: skip
ENDLESS = {"read_change_stream": {"Last-Event-ID": "unsound"}}  # what would go on and on is refused too
ANY_ID = "01930000-0000-7000-8000-000000000000"

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
CLOSED = sorted(OPERATIONS.keys() - PUBLIC)


def scopes(name: str) -> set[str]:
    """What an operation asks for; each of the ways to sign in must ask for the same."""
    ways = [set(scopes) for way in OPERATIONS[name][2]["security"] for scopes in way.values()]
    assert all(way == ways[0] for way in ways)
    return ways[0] if ways else set()


def address(name: str) -> str:
    """The path of an operation, to something that exists where that is known beforehand."""
    _, path, operation = OPERATIONS[name]
    for each in operation.get("parameters", []):
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", VALUES.get(each["name"], ANY_ID))
    return path


async def call(client: httpx.AsyncClient, name: str, **headers: str) -> httpx.Response:
    """A request that is not sound, so that it changes nothing, and is refused for its caller first of all."""
    method = OPERATIONS[name][0]
    if method == "GET":
        return await client.get(address(name), headers={**ENDLESS.get(name, {}), **headers})
    unsound = {"content": b"{", "headers": {"Content-Type": "text/plain", **headers}}
    return await client.request(method, address(name), **unsound)


def test_every_operation_is_public_or_asks_for_permissions_that_exist():
    for name in OPERATIONS:
        assert bool(scopes(name)) != (name in PUBLIC), name
        assert scopes(name) <= set(Permission), name


def test_every_name_in_the_list_of_public_operations_is_one():
    assert OPERATIONS.keys() >= PUBLIC


def test_every_route_that_openapi_does_not_show_was_reviewed():
    shown = {(method, path) for method, path, _ in OPERATIONS.values()}
    routes = {
        (method, route.path_format)
        for route in iter_route_contexts(create_app(Settings()).routes)
        for method in route.methods or {"a route of another kind"}
    }
    assert shown <= routes
    assert routes - shown == {("GET", path) for path in HIDDEN} | SIGN_IN


def test_no_route_is_served_without_a_policy():
    """The very objects that answer: each asks for a permission, or its path was reviewed as open."""
    reviewed = {OPERATIONS[name][1] for name in PUBLIC} | HIDDEN | {path for _, path in SIGN_IN}
    unguarded = {
        str(route.path).replace(":path}", "}")  # as the document writes a place of several parts
        for route in iter_route_contexts(create_app(Settings()).routes)
        if not Endpoint(route)._scopes
    }
    assert unguarded == reviewed


def test_every_permission_is_asked_for_and_granted():
    assert set().union(*map(scopes, OPERATIONS)) == set().union(*GRANTS.values()) == set(Permission)


async def outcomes(
    client: httpx.AsyncClient, names: Iterable[str], refusals: Mapping[int, str], **headers: str
) -> dict[str, int | None]:
    """For each operation the status of its refusal, None where the caller came through the door."""
    found: dict[str, int | None] = {}
    for name in names:
        answer = await call(client, name, **headers)
        found[name] = answer.status_code if answer.status_code in refusals else None
        if found[name]:
            assert answer.json()["type"] == f"urn:siaga:problem:{refusals[answer.status_code]}", name
            assert answer.headers["content-type"] == "application/problem+json"
    return found


REFUSALS = {401: "unauthenticated", 403: "forbidden"}


@pytest.mark.parametrize("role", Role)
async def test_a_role_comes_through_where_it_holds_the_permission(service: Service, role: Role):
    client = await service.client(ACCOUNTS[role])
    expected = {name: None if scopes(name) <= GRANTS[role] else 403 for name in CLOSED}
    assert await outcomes(client, CLOSED, REFUSALS) == expected


async def test_without_a_token_every_closed_operation_asks_for_one(service: Service):
    found = await outcomes(await service.anonymous(), CLOSED, REFUSALS)
    assert found == dict.fromkeys(CLOSED, 401)


async def test_an_open_operation_asks_for_no_token(service: Service):
    assert await service.app.state.signer.wait_for(1, 30)  # then there is a tile to read
    for name in sorted(PUBLIC):
        answer = await call(await service.anonymous(), name)
        assert answer.status_code in {200, 400, 404, 415, 422}, (name, answer.text)  # never 401 or 403


async def test_a_hidden_route_asks_for_no_token(service: Service):
    for path in sorted(HIDDEN):
        assert (await (await service.anonymous()).get(path)).status_code == 200


async def test_head_is_as_closed_as_get(service: Service):
    anonymous = await service.anonymous()
    for name in (name for name in CLOSED if OPERATIONS[name][0] == "GET"):
        path, unsound = address(name), ENDLESS.get(name, {})
        assert (await anonymous.head(path)).status_code == 401
        for account in ACCOUNTS.values():
            client = await service.client(account)
            asked = await client.get(path, headers=unsound)
            head = await client.head(path, headers=unsound)
            assert head.status_code == asked.status_code, (name, account)
            assert head.content == b""


def part(members: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()


def forgeries(token: str) -> dict[str, str]:
    """Tokens that nobody issued, each made from one that counts."""
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    _, _, signature = token.rpartition(".")
    another = Ed25519PrivateKey.generate()
    wider = {**claims, "scope": " ".join(Permission)}
    return {
        "signed with another key": jwt.encode(claims, another, algorithm="EdDSA", headers=header),
        "signed by nobody": f"{part({**header, 'alg': 'none'})}.{part(claims)}.",
        "with more scopes": f"{part(header)}.{part(wider)}.{signature}",
        "for another account": f"{part(header)}.{part({**claims, 'sub': ANY_ID})}.{signature}",
    }


@pytest.mark.parametrize("forgery", sorted(forgeries(jwt.encode({}, Ed25519PrivateKey.generate(), "EdDSA"))))
async def test_a_forged_token_opens_nothing(service: Service, forgery: str):
    sound = (await service.client(ACCOUNTS[Role.COMMANDER])).headers["authorization"].removeprefix("Bearer ")
    headers = {"Authorization": f"Bearer {forgeries(sound)[forgery]}"}
    found = await outcomes(await service.anonymous(), CLOSED, REFUSALS, **headers)
    assert found == dict.fromkeys(CLOSED, 401)


@pytest.mark.parametrize("permission", sorted(Permission))
async def test_a_token_opens_what_it_was_asked_for_and_the_role_grants(
    service: Service, permission: Permission
):
    token = await service.token(ACCOUNTS[Role.COMMANDER], scope=permission)
    opened = GRANTS[Role.COMMANDER] & {permission}
    found = await outcomes(await service.anonymous(), CLOSED, REFUSALS, Authorization=f"Bearer {token}")
    assert found == {name: None if scopes(name) <= opened else 403 for name in CLOSED}
