"""Posting one message to a receiver: to the address that was judged, bounded in size and time."""

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from app.domain.webhooks import LONGEST_RETRY_AFTER, DeliveryError
from app.services.webhook_targets import Place, Targets, Unreachable

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0  # of silence
MOST_SECONDS = 13.0  # for all of it; with the surety of a lease shorter than what it lasts
MOST_BYTES = 16_384  # of what is said besides the status; more is not read
REST_SECONDS = 1.0  # for that
CONNECTIONS = 8
SECONDS = re.compile(r"[0-9]{1,9}")

log = logging.getLogger("siaga.webhooks")


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
        # Its jar takes no cookie: what one message brings does not go with the next.
        async with httpx.AsyncClient(
            verify=self._trusted, follow_redirects=False, trust_env=False,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
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
    try:
        async with asyncio.timeout(MOST_SECONDS):
            for url in to.urls[:-1]:
                with suppress(httpx.ConnectError, httpx.ConnectTimeout):  # nothing was said there yet
                    return await _post_to(client, url, to.host, said, body)
            return await _post_to(client, to.urls[-1], to.host, said, body)
    except (TimeoutError, httpx.TimeoutException):
        return Posted(DeliveryError.TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Posted(DeliveryError.TLS if _is_tls(error) else DeliveryError.NO_CONNECTION)
    except Exception:  # the bytes of a stranger were taken apart: whatever they do, other messages go on
        log.exception("an answer of a receiver could not be read")
        return Posted(DeliveryError.NO_CONNECTION)


async def _post_to(
    client: httpx.AsyncClient, url: str, host: str, headers: Mapping[str, str], body: bytes
) -> Posted:
    sni = {"sni_hostname": host}
    async with client.stream("POST", url, content=body, headers=headers, extensions=sni) as answer:
        taken = _taken(answer)
        with suppress(TimeoutError, httpx.HTTPError):  # the status has said all
            async with asyncio.timeout(REST_SECONDS):
                await _pass_over(answer)
        return taken


async def _pass_over(answer: httpx.Response) -> None:
    """Read what else is said, so that the connection can be kept; not much of it."""
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
        until = datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return timedelta(0)
    return max(timedelta(0), min(until - datetime.now(UTC), LONGEST_RETRY_AFTER))


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
