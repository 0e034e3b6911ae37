"""Witnesses as partners run them, the real one and ones that misbehave, and a service that asks them."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.formats.notes import COSIGNATURE, VerifierKey, encode, split
from app.services import keys
from app.settings import Settings
from tests.support.providers import KeyServer, key_server
from tests.support.servers import ROOT
from tests.support.service import Service, running

PACKAGE = ROOT / "client" / "verify"
SPAN = 3600.0  # so long that nobody asks but the test


@dataclass
class Partner:
    """A witness that a partner runs, or what looks like one."""

    agency: str
    url: str
    key: str

    def configured(self) -> dict[str, str]:
        return {"agency": self.agency, "url": self.url, "key": self.key}


@dataclass
class Liar:
    """A witness that answers as it is told to; it knows how to sign."""

    server: KeyServer
    agency: str = "kpu-banten"
    name: str = "saksi.kpu-banten.test/siaga"
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw(), COSIGNATURE)

    @property
    def partner(self) -> Partner:
        return Partner(self.agency, self.server.url, str(self.verifier))

    def line(self, text: str, at: int | None = None) -> str:
        at = int(time.time()) if at is None else at
        signed = self.private.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"— {self.name} {encode(self.verifier.id + at.to_bytes(8) + signed)}\n"

    def answers(self, status: str, content: str | bytes = b"", *headers: str) -> None:
        self.server.status = status
        self.server.content = content.encode() if isinstance(content, str) else content
        self.server.headers = list(headers)


@asynccontextmanager
async def liar(**changes: Any) -> AsyncIterator[Liar]:
    async with key_server() as server:
        yield Liar(server, **changes)


def log_key(settings: Settings) -> str:
    return str(keys.log_keys(settings.data_dir, settings.ledger_origin).published[0])


@contextmanager
def partner(directory: Path, settings: Settings, agency: str = "bawaslu-banten") -> Iterator[Partner]:
    """`siaga-verify witness`, in a process of its own."""
    name = f"saksi.{agency}.test/siaga"
    files = ["--key-file", str(directory / f"{agency}.key"), "--state", str(directory / f"{agency}.json")]
    command = [sys.executable, "-m", "siaga_verify", "witness"]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}  # noqa: TID251 - what the child needs
    made = subprocess.run(
        [*command, "init", "--name", name, *files],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    serve = [*command, "serve", "--name", name, *files, "--log", log_key(settings), "--listen", "127.0.0.1:0"]
    with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Partner(agency, process.stdout.readline().split()[-1], made.stdout.split()[-1])
        finally:
            process.terminate()


def with_witnesses(settings: Settings, quorum: int, *partners: Partner, every: float = SPAN) -> Settings:
    """The settings with a file of these witnesses."""
    path = settings.data_dir / "witnesses.json"
    path.write_text(json.dumps({"quorum": quorum, "witness": [each.configured() for each in partners]}))
    return settings.model_copy(update={"witnesses": path, "witness_seconds": every})


@asynccontextmanager
async def witnessed(
    settings: Settings, password: str, quorum: int, *partners: Partner, every: float = SPAN
) -> AsyncIterator[Service]:
    async with running(with_witnesses(settings, quorum, *partners, every=every), password) as service:
        yield service


async def signed(service: Service) -> int:
    """How many entries are signed, once all are."""
    size = (await (await service.client("auditor.polda-banten")).get("/api/v1/ledger/head")).json()["size"]
    assert await service.app.state.signer.wait_for(size, 20)
    return size


async def ask(service: Service, spans: int = 1) -> None:
    """Every witness is asked, as in a span of time that lies so far ahead."""
    now = datetime.now(UTC) + timedelta(seconds=SPAN * spans)
    await asyncio.gather(*(each.try_once(now) for each in service.app.state.witnesses.all))


async def states(service: Service) -> dict[str, Any]:
    answer = await (await service.client("auditor.polda-banten")).get("/api/v1/ledger/witnesses")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def note_of(service: Service, path: str = "/ledger/checkpoint") -> bytes:
    answer = await (await service.anonymous()).get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


async def cosignature(service: Service, other: Liar, at: int | None = None) -> str:
    """What this witness would sign under the newest checkpoint."""
    note = (await note_of(service)).decode()
    return other.line(split(note)[0], at)
