"""The public keys of an identity provider: read in the background, kept through an outage, never too old."""

import asyncio
import logging
import os
import secrets
import ssl
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

import httpx

from app.formats import jwk
from app.formats.jwk import PublicKey

log = logging.getLogger("siaga.issuers")

REFRESH_SECONDS = 300.0
COOLDOWN_SECONDS = 30.0  # between two attempts, whoever asks for them
FETCH_SECONDS = 5.0
WAIT_SECONDS = 2.0  # of a request whose token names a key that is not known yet
MOST_BYTES = 262_144

FAILURES = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, TypeError, RecursionError)

State = Literal["ok", "cached", "no_keys"]
Fetch = Callable[[], Awaitable[bytes]]


def from_file(path: Path) -> Fetch:
    """Reads a file that somebody puts there, as in a network without a way out."""

    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)

    async def fetch() -> bytes:
        return bounded(await asyncio.to_thread(read))

    return fetch


def from_address(url: str, ca_file: Path | None) -> Fetch:
    """Asks the provider: over TLS, without following it elsewhere, bounded in size and time."""
    trusted = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)

    async def fetch() -> bytes:
        # Each part has less time than the whole: the client cleans up after its own time-outs only.
        async with (
            asyncio.timeout(FETCH_SECONDS),
            httpx.AsyncClient(
                verify=trusted, follow_redirects=False, trust_env=False, timeout=FETCH_SECONDS / 2
            ) as client,
            client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as answer,
        ):
            if answer.status_code != httpx.codes.OK or "content-encoding" in answer.headers:
                raise ValueError(f"it answered {answer.status_code}")
            content = b""
            async for chunk in answer.aiter_raw():
                content = bounded(content + chunk)
            return content

    return fetch


def bounded(content: bytes) -> bytes:
    """The content; raises ValueError where there is too much of it."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES} bytes")
    return content


class KeySet:
    """The keys of one provider as this worker last read them; `state` says whether they can be read now."""

    def __init__(self, name: str, fetch: Fetch, kept: Path | None, keep_seconds: float) -> None:
        self._name = name
        self._fetch = fetch
        self._kept = kept
        self._keep_seconds = keep_seconds
        self._keys: dict[str, PublicKey] = {}
        self._read_at = 0.0
        self._tried_at = -COOLDOWN_SECONDS
        self._failing: bool | None = None  # nobody has tried yet
        self._renewal: asyncio.Task[None] | None = None

    @property
    def state(self) -> State:
        """`ok`, `cached` while the provider cannot be asked, `no_keys` where none count any more."""
        if not self._keys or self._is_too_old():
            return "no_keys"
        return "ok" if self._failing is False else "cached"

    def told(self) -> str:
        """The state and the keys in words, for who runs the service."""
        keys = ", ".join(f"{key_id} ({key.algorithm})" for key_id, key in sorted(self._keys.items()))
        return f"{self.state}: {keys}" if keys else self.state

    def _is_too_old(self) -> bool:
        return time.time() - self._read_at > self._keep_seconds

    def find(self, key_id: str) -> PublicKey | None:
        """A key that counts now."""
        return None if self._is_too_old() else self._keys.get(key_id)

    async def look_for(self, key_id: str) -> PublicKey | None:
        """The same, after asking the provider for one that is not known; not often, and not for long."""
        key = self.find(key_id)
        if key is None and (renewal := self._renew_unless_tried()):
            await asyncio.wait({renewal}, timeout=WAIT_SECONDS)
            key = self.find(key_id)
        return key

    def _renew_unless_tried(self) -> asyncio.Task[None] | None:
        if self._renewal is None and time.monotonic() - self._tried_at >= COOLDOWN_SECONDS:
            self._renewal = asyncio.create_task(self.renew())
            self._renewal.add_done_callback(self._renewed)
        return self._renewal

    def _renewed(self, _done: asyncio.Task[None]) -> None:
        self._renewal = None

    async def renew(self) -> None:
        """Read the keys anew; where that fails the old ones stay for a while."""
        self._tried_at = time.monotonic()
        try:
            content = await self._fetch()
            keys = jwk.read_set(content)
            if not keys:
                raise ValueError("there is no key in it that can verify")
        except FAILURES as error:
            if not self._failing:
                log.warning("the keys of %s cannot be read: %s", self._name, repr(error))
            self._failing = True
            return
        self._keys, self._read_at = keys, time.time()
        if self._failing:
            log.info("the keys of %s were read", self._name)
        self._failing = False
        if self._kept:
            await asyncio.to_thread(keep, self._kept, content)

    def recall(self) -> None:
        """What an earlier process kept, so that a start during an outage finds keys; as old as it is."""
        if self._kept is None:
            return
        try:
            self._keys = jwk.read_set(bounded(self._kept.read_bytes()))
            self._read_at = self._kept.stat().st_mtime
        except (OSError, ValueError, TypeError, RecursionError):
            self._keys = {}

    async def run(self) -> None:
        """Renew until cancelled."""
        try:
            while True:
                if renewal := self._renew_unless_tried():
                    await asyncio.wait({renewal})
                await asyncio.sleep(COOLDOWN_SECONDS if self._failing else REFRESH_SECONDS)
        finally:
            if self._renewal:
                self._renewal.cancel()


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a disk that refuses is told in the log and stops nothing."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(content)
        os.replace(draft, path)  # noqa: PTH105 - says atomic
    except OSError as error:
        log.warning("the keys of an identity provider could not be kept: %s", error)
