"""A client of the OAuth endpoints as another team would write it: a browser, PKCE, forms."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from sqlmodel import SQLModel, col, select, update

from app.domain.oauth import challenge_of
from tests.support.service import Service

CLIENT = "swagger-ui"
REDIRECT = "http://127.0.0.1:8000/docs/static/swagger/oauth2-redirect.html"
VERIFIER = "a-verifier-that-only-this-test-knows-and-tells-late"
ME = "/api/v1/me"


async def ask(service: Service, path: str = "/oauth2/token", **form: str) -> httpx.Response:
    """A form to one of the endpoints, without any header that proves a client."""
    return await (await service.anonymous()).post(path, data=form)


async def by_password(service: Service, account: str, **more: str) -> httpx.Response:
    return await ask(service, grant_type="password", username=account, password=service.password, **more)


async def renew(service: Service, token: str, **more: str) -> httpx.Response:
    return await ask(service, grant_type="refresh_token", refresh_token=token, **more)


async def exchange(service: Service, code: str, /, **changes: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "client_id": CLIENT, "code": code, "redirect_uri": REDIRECT,
            "code_verifier": VERIFIER, **changes}  # fmt: skip
    return await ask(service, **form)


async def me(service: Service, token: str) -> httpx.Response:
    client = await service.anonymous()
    return await client.get(ME, headers={"Authorization": f"Bearer {token}"})


def refusal(answer: httpx.Response, status: int, error: str) -> None:
    """Refused in OAuth's own form."""
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert answer.json()["error_description"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"


def request(**changes: str) -> str:
    """The address to which a client sends a person; a parameter that is empty is left out."""
    asked = {"response_type": "code", "client_id": CLIENT, "redirect_uri": REDIRECT, "state": "s-1",
             "code_challenge": challenge_of(VERIFIER), "code_challenge_method": "S256"} | changes  # fmt: skip
    return "/oauth2/authorize?" + urlencode({name: value for name, value in asked.items() if value})


class Browser:
    """What a person has: a page, its form, and cookies that no script reads."""

    def __init__(self, client: httpx.AsyncClient, password: str) -> None:
        self.client = client
        self.password = password

    async def open(self, **changes: str) -> httpx.Response:
        return await self.client.get(request(**changes))

    async def fill_in(self, page: httpx.Response, **fields: str) -> httpx.Response:
        """Send the form of the page with its hidden fields, as the page says where."""
        action = html.unescape(re.search(r'<form method="post" action="([^"]*)"', page.text)[1])
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        return await self.client.post(f"/oauth2/{action}", data={**hidden, **fields})

    async def sign_in(self, account: str, **more: str) -> httpx.Response:
        page = await self.open()
        assert page.status_code == 200, page.text
        return await self.fill_in(page, username=account, password=self.password, **more)


@asynccontextmanager
async def browser(service: Service) -> AsyncIterator[Browser]:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://siaga.test") as client:
        yield Browser(client, service.password)


def sent_back(answer: httpx.Response) -> dict[str, str]:
    """What the client is told at its address."""
    assert answer.status_code == 303, answer.text
    url = urlsplit(answer.headers["location"])
    assert answer.headers["location"].startswith(REDIRECT + "?")
    return {name: value for name, (value,) in parse_qs(url.query, strict_parsing=True).items()}


async def rows(service: Service, table: type[SQLModel], **where: Any) -> list[Any]:
    query = select(table).where(*(getattr(table, name) == value for name, value in where.items()))
    async with service.app.state.database.session() as session:
        return list((await session.exec(query)).all())


async def turn_back(service: Service, table: type[SQLModel], column: str, row_id: Any, by: timedelta) -> None:
    """As if a time in a row lay further back: the clock itself is not ours to turn."""
    then = datetime.now(UTC) - by
    async with service.app.state.database.engine.begin() as connection:
        await connection.execute(update(table).where(col(table.id) == row_id).values({column: then}))
