"""The two shells around the flows: one waits, the other awaits."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import httpx

from siaga_client.flows import LONGEST_WAIT, STREAMED, Flow, Session, Told, is_refusal
from siaga_client.problems import said_by
from siaga_client.records import ChangePage, Deployment, Incident, ThreatLevel

CHANGES = "/api/v1/changes"
WAIT = {"Prefer": f"wait={LONGEST_WAIT}"}


class Client:
    """Asks, and waits for the answer."""

    def __init__(self, session: Session, http: httpx.Client) -> None:
        self.session, self._http = session, http

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """An answer, or a Problem."""
        return self._run(self.session.request(method, path, **more))

    @contextmanager
    def streamed(self, path: str, **more: Any) -> Iterator[httpx.Response]:
        """An answer that is read piece by piece, or a Problem."""
        answer = self.request("GET", path, streamed=True, **more)
        try:
            yield answer
        finally:
            answer.close()

    def pages(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list."""
        while True:
            page = said_by(self.request("GET", path, params=params), "items", "next")
            yield from page["items"]
            if not page["next"]:
                return
            params["cursor"] = page["next"]

    def incidents(self, **params: Any) -> Iterator[Incident]:
        """Every incident that you see, by the parameters of the list."""
        return cast("Iterator[Incident]", self.pages("/api/v1/incidents", **params))

    def deployments(self, **params: Any) -> Iterator[Deployment]:
        """Every deployment that you see, by the parameters of the list."""
        return cast("Iterator[Deployment]", self.pages("/api/v1/deployments", **params))

    def threat_levels(self, **params: Any) -> Iterator[ThreatLevel]:
        """Every threat level that you see, by the parameters of the list."""
        return cast("Iterator[ThreatLevel]", self.pages("/api/v1/threat-levels", **params))

    def changes(self, after: str, **params: Any) -> Iterator[ChangePage]:
        """Pages of changes without end: store `items` and `next` together."""
        while True:
            answer = self.request("GET", CHANGES, params={**params, "after": after}, headers=WAIT)
            page = cast("ChangePage", said_by(answer, "items", "next"))
            yield page
            after = page["next"]

    def _run(self, flow: Flow) -> httpx.Response:
        told: Told = None
        while True:
            try:
                wanted = flow.send(told)
            except StopIteration as end:
                return cast("httpx.Response", end.value)
            told = None
            if isinstance(wanted, float):
                time.sleep(wanted)
                continue
            try:
                told = self._http.send(wanted, stream=True)
                if is_refusal(told) or not wanted.extensions.get(STREAMED):
                    told.read()
            except httpx.TransportError as error:
                told = error


class AsyncClient:
    """The same, for those who await."""

    def __init__(self, session: Session, http: httpx.AsyncClient) -> None:
        self.session, self._http = session, http

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """An answer, or a Problem."""
        return await self._run(self.session.request(method, path, **more))

    @asynccontextmanager
    async def streamed(self, path: str, **more: Any) -> AsyncIterator[httpx.Response]:
        """An answer that is read piece by piece, or a Problem."""
        answer = await self.request("GET", path, streamed=True, **more)
        try:
            yield answer
        finally:
            await answer.aclose()

    async def pages(self, path: str, **params: Any) -> AsyncIterator[dict[str, Any]]:
        """Every item of a list."""
        while True:
            page = said_by(await self.request("GET", path, params=params), "items", "next")
            for item in page["items"]:
                yield item
            if not page["next"]:
                return
            params["cursor"] = page["next"]

    def incidents(self, **params: Any) -> AsyncIterator[Incident]:
        """Every incident that you see, by the parameters of the list."""
        return cast("AsyncIterator[Incident]", self.pages("/api/v1/incidents", **params))

    def deployments(self, **params: Any) -> AsyncIterator[Deployment]:
        """Every deployment that you see, by the parameters of the list."""
        return cast("AsyncIterator[Deployment]", self.pages("/api/v1/deployments", **params))

    def threat_levels(self, **params: Any) -> AsyncIterator[ThreatLevel]:
        """Every threat level that you see, by the parameters of the list."""
        return cast("AsyncIterator[ThreatLevel]", self.pages("/api/v1/threat-levels", **params))

    async def changes(self, after: str, **params: Any) -> AsyncIterator[ChangePage]:
        """Pages of changes without end: store `items` and `next` together."""
        while True:
            answer = await self.request("GET", CHANGES, params={**params, "after": after}, headers=WAIT)
            page = cast("ChangePage", said_by(answer, "items", "next"))
            yield page
            after = page["next"]

    async def _run(self, flow: Flow) -> httpx.Response:
        told: Told = None
        while True:
            try:
                wanted = flow.send(told)
            except StopIteration as end:
                return cast("httpx.Response", end.value)
            told = None
            if isinstance(wanted, float):
                await asyncio.sleep(wanted)
                continue
            try:
                told = await self._http.send(wanted, stream=True)
                if is_refusal(told) or not wanted.extensions.get(STREAMED):
                    await told.aread()
            except httpx.TransportError as error:
                told = error
