"""Posting one message to a receiver: to the address that was judged, bounded in size and time."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from app.domain.webhooks import LONGEST_RETRY_AFTER, DeliveryError
from app.services.webhook_targets import Place, Targets, Unreachable

ANSWER_SECONDS = 10.0
MOST_BYTES = 16_384  # of an answer; more is not read
CONNECTIONS = 8
SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Posted:
    """How a receiver took a message."""

    error: DeliveryError | None = None
    status: int | None = None
    retry_after: timedelta = timedelta(0)


Post = Callable[[Mapping[str, str], bytes], Awaitable[Posted]]
Opening = Callable[[str], AbstractAsyncContextManager[Post]]


class Posting:
    """Opens the way to receivers, over TLS that is verified for the host's name."""

    def __init__(self, targets: Targets, trusted: ssl.SSLContext | None = None) -> None:
        self._targets = targets
        self._trusted = trusted or ssl.create_default_context()

    @asynccontextmanager
    async def to(self, url: str) -> AsyncIterator[Post]:
        """A way to one receiver, for some messages; where there is none, each of them says why."""
        try:
            place = await self._targets.place(url)
        except Unreachable as unreachable:
            refused = Posted(unreachable.error)

            async def nowhere(_headers: Mapping[str, str], _body: bytes) -> Posted:
                return refused

            yield nowhere
            return
        # Each part has less time than the whole: the client cleans up after its own time-outs only.
        async with httpx.AsyncClient(
            verify=self._trusted, follow_redirects=False, trust_env=False, timeout=ANSWER_SECONDS / 2,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        ) as client:  # fmt: skip

            async def post(headers: Mapping[str, str], body: bytes) -> Posted:
                return await _post(client, place, headers, body)

            yield post


async def _post(client: httpx.AsyncClient, to: Place, headers: Mapping[str, str], body: bytes) -> Posted:
    said = {
        **headers,
        "Host": to.authority,
        "Content-Type": "application/json",
        "User-Agent": "SIAGA-Webhooks/1",
        "Accept-Encoding": "identity",
    }
    sni = {"sni_hostname": to.host}
    try:
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            client.stream("POST", to.url, content=body, headers=said, extensions=sni) as answer,
        ):
            await _pass_over(answer)
            return _taken(answer)
    except (TimeoutError, httpx.TimeoutException):
        return Posted(DeliveryError.TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Posted(DeliveryError.TLS if _is_tls(error) else DeliveryError.NO_CONNECTION)


async def _pass_over(answer: httpx.Response) -> None:
    """Read what is said, so that the connection can be kept; not much of it."""
    length = 0
    async for chunk in answer.aiter_raw():
        length += len(chunk)
        if length > MOST_BYTES:
            return


def _taken(answer: httpx.Response) -> Posted:
    if answer.is_success:
        return Posted(status=answer.status_code)
    error = DeliveryError.REDIRECTED if answer.is_redirect else DeliveryError.REFUSED
    return Posted(error, answer.status_code, retry_after(answer.headers.get("retry-after", "")))


def retry_after(said: str) -> timedelta:
    """How long a receiver wishes to be left alone (RFC 9110 §10.2.3); nothing where it cannot be read."""
    if SECONDS.fullmatch(said):
        return min(timedelta(seconds=int(said)), LONGEST_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(said)
        wished = until.astimezone(UTC) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return timedelta(0)
    return max(timedelta(0), min(wished, LONGEST_RETRY_AFTER))


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
