"""The application in this process, called over ASGI by one client for each account."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from app.main import create_app, lifespan
from app.settings import Settings

TOKEN_SECONDS = 600  # after which a token is not handed to one more test


class Service:
    """The running application, and its clients."""

    def __init__(self, app: FastAPI, password: str, stack: AsyncExitStack) -> None:
        self.app = app
        self.password = password
        self._stack = stack
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._signed_in_at: dict[str, float] = {}

    async def anonymous(self) -> httpx.AsyncClient:
        """A client without a token."""
        if "" not in self._clients:
            self._clients[""] = await self._open({})
        return self._clients[""]

    async def client(self, account: str) -> httpx.AsyncClient:
        """A client with a token of a demo account, such as `operator.polda-banten`, good for minutes yet."""
        now = time.monotonic()
        if now - self._signed_in_at.get(account, -TOKEN_SECONDS) >= TOKEN_SECONDS:
            bearer = {"Authorization": f"Bearer {await self.token(account)}"}
            if account in self._clients:
                self._clients[account].headers.update(bearer)
            else:
                self._clients[account] = await self._open(bearer)
            self._signed_in_at[account] = now
        return self._clients[account]

    async def token(self, account: str, **more: str) -> str:
        form = {"grant_type": "password", "username": account, "password": self.password, **more}
        if account.startswith("integration."):
            form = {
                "grant_type": "client_credentials",
                "client_id": account,
                "client_secret": self.password,
                **more,
            }
        answer = await (await self.anonymous()).post("/oauth2/token", data=form)
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    async def _open(self, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://siaga.test", headers=headers)
        return await self._stack.enter_async_context(client)


async def knock(
    app: FastAPI, method: str, path: str, authorization: bytes
) -> tuple[int, dict[str, str], bytes]:
    """The answer to a request without a body, asked of the application itself: for who asks very often."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("siaga.test", 80),
        "headers": [(b"host", b"siaga.test"), (b"authorization", authorization)],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(each.get("body", b"") for each in sent[1:])


@asynccontextmanager
async def running(settings: Settings, password: str) -> AsyncIterator[Service]:
    """The application from start to end of its life."""
    app = create_app(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(lifespan(app))
        yield Service(app, password, stack)


def incident(**changes: Any) -> dict[str, Any]:
    """A sound report that every agency of Banten may make; each test says only what matters to it."""
    return {
        "title": "Kotak suara basah",
        "kind": "log_damage",
        "region_code": "36",
        "occurred_at": "2024-11-25T05:30:00+07:00",
        **changes,
    }


async def report(service: Service, account: str, **changes: Any) -> dict[str, Any]:
    """An incident reported by an account, as the service answers it."""
    answer = await (await service.client(account)).post("/api/v1/incidents", json=incident(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()
