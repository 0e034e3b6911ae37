"""A real NATS server with JetStream and an account for each agency, which a test may stop and start again."""

import asyncio
import json
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from nats.aio.client import Client
from nats.js.api import ConsumerConfig, DeliverPolicy

from app.settings import Settings
from tests.support.servers import free_port

PROGRAM = Path(sys.executable).with_name("nats-server")
PATIENCE = 20.0
STREAM = "SIAGA"
MAY_SEND = {"publish": ["siaga.kpu-banten.>", "siaga.polda-banten.>"], "subscribe": ["_INBOX.>"]}
AGENCIES = ("kpu-banten", "polda-banten")


def password_of(agency: str) -> str:
    return f"for-tests-only-{agency}"


def sender_of(agency: str) -> str:
    """Who sends; may do what docs/integrating.md says that it takes, and no more."""
    return f"siaga-at-{agency}"


def _user(name: str, permissions: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "user": name,
        "password": password_of(name),
        **({"permissions": permissions} if permissions else {}),
    }


@dataclass
class Nats:
    """The server, and who reads there."""

    directory: Path
    port: int
    process: asyncio.subprocess.Process | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{'tls' if 'tls' in self.more else 'nats'}://127.0.0.1:{self.port}"

    async def start(self) -> None:
        accounts = {
            agency: {"jetstream": "enabled", "users": [_user(agency), _user(sender_of(agency), MAY_SEND)]}
            for agency in AGENCIES
        }
        told = {
            "listen": f"127.0.0.1:{self.port}",
            "jetstream": {"store_dir": str(self.directory / "jetstream")},
            "accounts": accounts,
            **self.more,
        }
        path = self.directory / "server.conf"
        path.write_text(json.dumps(told), "utf-8")
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "-c", path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    return

    async def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            await asyncio.wait_for(self.process.wait(), PATIENCE)
            self.process = None

    @asynccontextmanager
    async def as_agency(self, agency: str) -> AsyncIterator[Client]:
        client = Client()
        more: dict[str, Any] = {}
        if "tls" in self.more:
            context = ssl.create_default_context(cafile=self.directory / "tls.crt")
            more = {"tls": context, "tls_handshake_first": True}
        proof = {"user": agency, "password": password_of(agency)}
        await client.connect(self.url, allow_reconnect=False, **proof, **more)
        try:
            yield client
        finally:
            await client.close()

    async def make_streams(self) -> None:
        for agency in AGENCIES:
            async with self.as_agency(agency) as client:
                await client.jetstream().add_stream(name=STREAM, subjects=[f"siaga.{agency}.>"])

    async def held(self, agency: str) -> int:
        """How many messages the agency's stream holds."""
        async with self.as_agency(agency) as client:
            return (await client.jetstream().stream_info(STREAM)).state.messages

    async def read(self, agency: str, subject: str = "siaga.>") -> list[tuple[str, dict[str, Any]]]:
        """All that the agency's stream holds of a subject, oldest first."""
        async with self.as_agency(agency) as client:
            config = ConsumerConfig(deliver_policy=DeliverPolicy.ALL, filter_subject=subject)
            reader = await client.jetstream().pull_subscribe(subject, stream=STREAM, config=config)
            count = (await reader.consumer_info()).num_pending
            found: list[Any] = []
            while len(found) < count:
                found += await reader.fetch(count - len(found), timeout=PATIENCE)
            return [(each.subject, json.loads(each.data)) for each in found]

    async def until_told(self, agency: str, record: str, change: str, count: int = 1) -> list[Any]:
        """What the agency is told, once a record has come up so often."""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = await self.read(agency)
                about = [each for _, each in told if each["data"]["id"] == record]
                if len([each for each in about if each["data"]["change"] == change]) >= count:
                    return told
                await asyncio.sleep(0.05)


@asynccontextmanager
async def nats_server(directory: Path, **more: Any) -> AsyncIterator[Nats]:
    """A server with a stream for each agency, until the block ends."""
    server = Nats(directory, free_port(), more=more)
    await server.start()
    try:
        await server.make_streams()
        yield server
    finally:
        await server.stop()


def line(server: Nats, agency: str, **changes: Any) -> dict[str, Any]:
    """An agency in the file that `SIAGA_NATS` names; each test says only what matters to it."""
    path = server.directory / f"{agency}.password"
    path.write_text(password_of(sender_of(agency)) + "\n", "utf-8")
    return {
        "agency": agency,
        "account": f"integration.{agency}",
        "servers": [server.url],
        "user": sender_of(agency),
        "password_file": path.name,
        **changes,
    }


def relaying(settings: Settings, server: Nats, *lines: dict[str, Any]) -> Settings:
    """Settings of a service that relays."""
    path = server.directory / "relays.json"
    path.write_text(json.dumps({"agency": lines}), "utf-8")
    return settings.model_copy(update={"nats": path})


def make_certificate(directory: Path) -> dict[str, Any]:
    """A certificate of this machine, and what the server says of it in its configuration."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nats.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (directory / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (directory / "tls.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    files = {"cert_file": str(directory / "tls.crt"), "key_file": str(directory / "tls.key")}
    return {"tls": {**files, "handshake_first": True}}
