"""Receivers of webhooks: a small server that answers as it is told to, and webhooks that point at it."""

import asyncio
import base64
import hmac
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.services.delivering import EVERY_SECONDS
from app.settings import Settings
from tests.support.administration import REASON, integration
from tests.support.calls import get, post
from tests.support.service import Service, running

WEBHOOKS = "/api/v1/webhooks"
SCOPES = ["changes:read", "incidents:read", "deployments:read", "threat-levels:read"]
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Message:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.body)

    def is_signed(self, secret: str) -> bool:
        """As the receiver verifies it."""
        said = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = "v1," + base64.b64encode(hmac.digest(key, said, "sha256")).decode()
        return wanted in self.headers["webhook-signature"].split()


Answering = Callable[[Message], Awaitable[bytes]]


async def at_once(_message: Message) -> bytes:
    return ANSWER


def saying(status: str, *headers: str) -> Answering:
    async def answer(_message: Message) -> bytes:
        return "\r\n".join((f"HTTP/1.1 {status}", "Content-Length: 0", *headers, "", "")).encode()

    return answer


async def hanging(_message: Message) -> bytes:
    await asyncio.sleep(30)
    return ANSWER


@dataclass
class Receiver:
    """A partner's server."""

    answering: Answering = at_once
    tls: ssl.SSLContext | None = None
    port: int = 0
    messages: list[Message] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return self.at("127.0.0.1")

    def at(self, host: str) -> str:
        """Its address by another name."""
        return f"http{'s' if self.tls else ''}://{host}:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode().rstrip().split("\r\n")
                headers = {name.lower(): value for name, _, value in (e.partition(": ") for e in lines)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                message = Message(first.split()[1], headers, body)
                self.messages.append(message)
                self.came.set()
                writer.write(await self.answering(message))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def until(self, count: int) -> list[Message]:
        """Wait for so many messages."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) < count:
                self.came.clear()
                await self.came.wait()
        return self.messages


@asynccontextmanager
async def receiving(
    answering: Answering = at_once, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Receiver]:
    receiver = Receiver(answering, tls)
    server = await asyncio.start_server(receiver.serve, host, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()


@dataclass
class Speaker:
    """Who says bytes whatever it hears, and more of them again and again while they are taken."""

    said: bytes
    again: float | None = None  # after so many seconds each time
    port: int = 0
    heard: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heard += await reader.read(65_536)
            writer.write(self.said)
            await writer.drain()
            while self.again is not None:
                await asyncio.sleep(self.again)
                writer.write(b"x" * 1_000)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def speaking(said: bytes, again: float | None = None) -> AsyncIterator[Speaker]:
    speaker = Speaker(said, again)
    server = await asyncio.start_server(speaker.serve, "127.0.0.1", 0)
    speaker.port = server.sockets[0].getsockname()[1]
    try:
        yield speaker
    finally:
        server.close()


@asynccontextmanager
async def telling(settings: Settings, password: str, *targets: str) -> AsyncIterator[Service]:
    """A service that may send to this machine."""
    allowed = settings.model_copy(
        update={"webhook_targets": targets or ("127.0.0.1",), "rate_limit_factor": 0.0}
    )
    async with running(allowed, password) as service:
        yield service


async def webhook(service: Service, url: str, admin: str = "admin.kpu-banten", **more: Any) -> dict[str, Any]:
    """A webhook of a new integration."""
    if "integration_id" not in more:
        more["integration_id"] = (await integration(service, admin, scopes=SCOPES))["id"]
    body = {"url": url, "label": "Server (fiktif)", "reason": REASON, **more}
    answer = await post(service, admin, WEBHOOKS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def deliveries(
    service: Service, made: dict[str, Any], admin: str = "admin.kpu-banten", **asked: Any
) -> list[dict[str, Any]]:
    """The messages of a webhook, the newest first."""
    answer = await get(service, admin, f"{WEBHOOKS}/{made['id']}/deliveries", limit=200, **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def ended(
    service: Service, made: dict[str, Any], is_wanted: Callable[[dict[str, Any]], bool]
) -> list[dict[str, Any]]:
    """The messages of a webhook once all of them are as wanted, and there is one."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await deliveries(service, made)
            if found and all(map(is_wanted, found)):
                return found
            await asyncio.sleep(0.05)


async def alone(service: Service) -> None:
    """Nobody but the test delivers: the lease is somebody else's."""
    until = datetime.now().astimezone() + timedelta(hours=1)
    statement = "UPDATE lease SET holder = 'test', expires_at = :until WHERE name = 'webhooks'"
    async with service.app.state.database.operating() as connection:
        await connection.execute(text(statement), {"until": until})
    await asyncio.sleep(2 * EVERY_SECONDS)  # by then it has asked for it, in vain
    assert not service.app.state.deliverer._lease.holds


def identity(made: dict[str, Any]) -> UUID:
    return UUID(made["id"])
