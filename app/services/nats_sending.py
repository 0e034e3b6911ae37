"""Sends messages to an agency's account of NATS JetStream; needs the optional package nats-py.

Reconnecting is left to the relay: a connection on which anything failed is closed, and the next one is new.
"""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from nats.aio.client import Client
from nats.errors import AuthorizationError, Error
from nats.js.client import JetStreamContext
from nats.js.errors import APIError, NoStreamResponseError

from app.domain.relay import Message, RelayState
from app.formats import cloud_events
from app.services.relay_settings import ConfiguredRelay

CONNECT_SECONDS = 5
ANSWER_SECONDS = 5.0
ALL_SECONDS = 8.0  # for all messages that are sent together
MOST_AT_ONCE = 64
REFUSALS = ("authorization", "authentication", "permissions violation", "user jwt", "account")


class NotSentError(Exception):
    """Not everything was taken; all of it is to be sent again."""

    def __init__(self, state: RelayState, detail: str) -> None:
        super().__init__(detail)
        self.state = state


class Sender:
    """The connection to one agency's account."""

    def __init__(self, told: ConfiguredRelay, beside: Path, source: str) -> None:
        self._told = told
        self._beside = beside
        self._source = source
        self._client: Client | None = None
        self._said = ""  # what the server reported without being asked

    async def connect(self) -> None:
        """Be connected; raises NotSentError."""
        if self._client is not None and self._client.is_connected:
            return
        await self.close()
        self._client = client = Client()
        try:
            async with asyncio.timeout(CONNECT_SECONDS * 2):
                await client.connect(**self._proof(), **self._ways())
        except (Error, OSError, ValueError, TimeoutError) as error:
            await self.close()
            raise NotSentError(self._state_of(error), f"{error!r} {self._said}") from None

    async def send(self, messages: Sequence[Message]) -> None:
        """Send all: those about one record one after another, each once the one before is kept."""
        await self.connect()
        chains: dict[UUID, list[Message]] = defaultdict(list)
        for each in messages:
            chains[each.announcement.id].append(each)
        places = asyncio.Semaphore(MOST_AT_ONCE)
        stream = self._stream()

        async def send(chain: list[Message]) -> None:
            async with places:
                for each in chain:
                    await self._publish(stream, each)

        try:
            async with asyncio.timeout(ALL_SECONDS), asyncio.TaskGroup() as group:
                for chain in chains.values():
                    group.create_task(send(chain))
        except* (Error, OSError, TimeoutError) as errors:
            error = _first(errors)
            await self.close()
            raise NotSentError(self._state_of(error), f"{error!r} {self._said}") from None

    async def close(self) -> None:
        """Let the connection go."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Error, OSError, TimeoutError):
                async with asyncio.timeout(CONNECT_SECONDS):
                    await client.close()

    def _stream(self) -> JetStreamContext:
        if self._client is None:
            raise NotSentError(RelayState.NO_SERVER, "There is no connection.")
        return self._client.jetstream(timeout=ANSWER_SECONDS)

    async def _publish(self, stream: JetStreamContext, each: Message) -> None:
        told = each.announcement
        body = cloud_events.written(
            identity=each.identity,
            source=self._source,
            kind=f"siaga.record.{told.change}",
            subject=f"{told.type}/{told.id}",
            data=told.content(),
        )
        headers = {"Nats-Msg-Id": each.identity, "Content-Type": cloud_events.MEDIA_TYPE}
        await stream.publish(each.subject, body, stream=self._told.stream, headers=headers)

    def _proof(self) -> dict[str, Any]:
        """What proves that the account may be used, read anew for each connection."""
        told = self._told
        if told.credentials_file is not None:
            return {"user_credentials": str(self._beside / told.credentials_file)}
        if told.token_file is not None:
            return {"token": self._read(told.token_file)}
        return {"user": told.user, "password": self._read(told.password_file)}

    def _ways(self) -> dict[str, Any]:
        """TLS comes before anything else is said: a server's word alone must not talk us out of it."""
        over_tls = all(each.startswith("tls://") for each in self._told.servers)
        ca_file = self._told.ca_file
        context = ssl.create_default_context(cafile=self._beside / ca_file if ca_file else None)
        return {
            "servers": list(self._told.servers),
            "name": "siaga",
            "allow_reconnect": False,
            "max_reconnect_attempts": 1,
            "reconnect_time_wait": 0,
            "connect_timeout": CONNECT_SECONDS,
            "error_cb": self._hear,
            **({"tls": context, "tls_handshake_first": True} if over_tls else {}),
        }

    def _read(self, name: Path | None) -> str:
        return (self._beside / name).read_text("utf-8").strip() if name else ""

    async def _hear(self, error: Exception) -> None:
        self._said = str(error)

    def _state_of(self, error: Exception) -> RelayState:
        if isinstance(error, AuthorizationError) or any(e in self._said.lower() for e in REFUSALS):
            return RelayState.REFUSED
        if isinstance(error, NoStreamResponseError | APIError):
            return RelayState.NO_STREAM
        return RelayState.NO_SERVER


def _first(errors: BaseExceptionGroup[Any]) -> Exception:
    found: Any = errors
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found  # type: ignore[no-any-return]
