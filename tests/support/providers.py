"""Identity providers as agencies have them: keys, tokens, and a server that hands out their key sets."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tests.support.forge import encoded

ALGORITHMS: dict[str, Any] = {"RS256": RSAAlgorithm, "ES256": ECAlgorithm, "EdDSA": OKPAlgorithm}
TENANT = "3f1e9d0c-0000-4000-8000-000000000001"
KEYCLOAK = "https://sso.polda-banten.test/realms/polda"
ENTRA = f"https://login.partner.test/{TENANT}/v2.0"
FILED = "https://masuk.bawaslu-banten.test"
SHARED = "https://sso.banten.test"


def new_key(algorithm: str) -> Any:
    match algorithm:
        case "RS256":
            return rsa.generate_private_key(65537, 2048)
        case "ES256":
            return ec.generate_private_key(ec.SECP256R1())
    return Ed25519PrivateKey.generate()


@dataclass
class Signer:
    """A key of a provider, with its id."""

    algorithm: str
    kid: str = field(default_factory=lambda: uuid4().hex)
    key: Any = None

    def __post_init__(self) -> None:
        self.key = self.key or new_key(self.algorithm)

    @property
    def published(self) -> dict[str, Any]:
        public = ALGORITHMS[self.algorithm].to_jwk(self.key.public_key(), as_dict=True)
        public.pop("key_ops", None)
        return {**public, "kid": self.kid, "use": "sig", "alg": self.algorithm}

    def sign(self, claims: Any, **header: Any) -> str:
        """Whatever it is, signed soundly; a header member that is None is left out."""
        head = {"alg": self.algorithm, "typ": "JWT", "kid": self.kid, **header}
        head = {name: value for name, value in head.items() if value is not None}
        text = f"{encoded(head)}.{encoded(claims)}"
        algorithm = jwt.get_algorithm_by_name(self.algorithm)
        return f"{text}.{encoded(algorithm.sign(text.encode(), self.key))}"


def key_set(*signers: Signer, more: tuple[dict[str, Any], ...] = ()) -> bytes:
    return json.dumps({"keys": [*(each.published for each in signers), *more]}).encode()


def timed(**claims: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iat": now, "exp": now + 300, **claims}


def keycloak(subject: str, *roles: str, **more: Any) -> dict[str, Any]:
    """An access token as Keycloak makes it without a mapper for the audience."""
    return timed(
        iss=KEYCLOAK, sub=subject, typ="Bearer", azp="siaga-desk", jti=str(uuid4()), sid=str(uuid4()),
        realm_access={"roles": ["offline_access", *roles]}, scope="openid profile", email_verified=False,
        resource_access={"account": {"roles": ["manage-account"]}}, acr="1",
        preferred_username="piket.subuh", **more,
    )  # fmt: skip


def entra(subject: str, *roles: str, **more: Any) -> dict[str, Any]:
    """An access token as Entra ID makes it in version 2.0."""
    claims = timed(
        iss=ENTRA, aud="c0ffee00-0000-4000-8000-000000000002", oid=subject, sub="pairwise-" + subject[:8],
        tid=TENANT, ver="2.0", azp="c0ffee00-0000-4000-8000-000000000003", azpacr="1", roles=list(roles),
        scp="siaga.use", rh="0.x", uti="y", name="Piket (fiktif)",
    )  # fmt: skip
    return {**claims, "nbf": claims["iat"], **more}


def filed(account: str, **more: Any) -> dict[str, Any]:
    return timed(iss=FILED, sub="u1", aud=["siaga", "account"], siaga_account=account, **more)


def shared(account: str, agency: str, **more: Any) -> dict[str, Any]:
    return timed(iss=SHARED, sub="u1", aud="siaga", client_id="desk", account=account,
                 organisation={"name": agency}, **more)  # fmt: skip


def configured(keys_url: str) -> str:
    """The settings file: four providers of four kinds."""
    return f"""
[[issuer]]
name = "polda-banten"
issuer = "{KEYCLOAK}"
keys_url = "{keys_url}"
algorithms = ["RS256"]
types = ["JWT"]
require = {{ azp = ["siaga-desk", "siaga-mobile"], typ = "Bearer" }}
agency = "polda-banten"

[issuer.roles]
claim = ["realm_access", "roles"]
values = {{ siaga-operator = "operator", siaga-commander = "commander" }}

[[issuer]]
name = "kpu-banten"
issuer = "{ENTRA}"
keys_file = "entra.json"
algorithms = ["RS256"]
types = ["JWT"]
audience = "c0ffee00-0000-4000-8000-000000000002"
require = {{ tid = "{TENANT}", ver = "2.0", azp = "c0ffee00-0000-4000-8000-000000000003" }}
agency = "kpu-banten"
subject = "oid"
roles = {{ claim = "roles", values = {{ "Siaga.Operator" = "operator" }} }}

[[issuer]]
name = "bawaslu-banten"
issuer = "{FILED}"
keys_file = "filed.json"
algorithms = ["ES256"]
types = ["at+jwt"]
audience = "siaga"
agency = "bawaslu-banten"
account = "siaga_account"

[[issuer]]
name = "bersama"
issuer = "{SHARED}"
keys_file = "shared.json"
algorithms = ["EdDSA", "ES256"]
types = ["at+jwt", "application/at+jwt"]
audience = "siaga"
account = "account"

[issuer.agency]
claim = ["organisation", "name"]
values = {{ "KPU Banten" = "kpu-banten", "Polda Banten" = "polda-banten" }}
"""


class KeyServer:
    """Answers every request with what it was told to; it notes the paths that it was asked for."""

    def __init__(self) -> None:
        self.content = b""
        self.status = "200 OK"
        self.headers: list[str] = []
        self.delay = 0.0
        self.asked: list[str] = []
        self.url = ""
        self.tasks: set[asyncio.Task[None] | None] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tasks.add(asyncio.current_task())
        with suppress(ConnectionError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked.append(head.split()[1].decode())
            await asyncio.sleep(self.delay)
            lines = [f"HTTP/1.1 {self.status}", f"Content-Length: {len(self.content)}", "Connection: close"]
            writer.write("\r\n".join([*lines, *self.headers, "", ""]).encode() + self.content)
            await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def key_server() -> AsyncIterator[KeyServer]:
    keys = KeyServer()
    server = await asyncio.start_server(keys.answer, "127.0.0.1", 0)
    keys.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys"
    async with server:
        yield keys
        for task in keys.tasks:
            task.cancel()
        await asyncio.gather(*keys.tasks, return_exceptions=True)
