"""Receivers over TLS: the certificate is judged for the name, the connection goes to the judged address."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.webhooks import DeliveryError
from app.services.webhook_posting import Posted, Posting
from app.services.webhook_targets import Targets
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR
from tests.support.certificates import Authority
from tests.support.names import Names
from tests.support.receivers import ended, receiving, speaking, telling, webhook
from tests.support.service import report

HOST = "hook.partner.test"
HERE = "127.0.0.1"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    known = Names()
    known.tell(HOST, [HERE])
    monkeypatch.setattr(socket, "getaddrinfo", known)
    return known


@asynccontextmanager
async def sending(authority: Authority, *allowed: str) -> AsyncIterator[Posting]:
    targets = Targets(allowed or (HERE,))
    try:
        yield Posting(targets, ssl.create_default_context(cafile=authority.certificate))
    finally:
        targets.close()


async def posted(posting: Posting, url: str) -> Posted:
    async with posting.to(url) as post:
        return await post({"webhook-id": "x"}, b"{}")


def told_names(context: ssl.SSLContext) -> list[str | None]:
    """The names that clients ask for before anything else is said."""
    told: list[str | None] = []
    context.sni_callback = lambda _connection, name, _context: told.append(name)
    return told


async def test_the_name_is_verified_while_the_address_is_the_judged_one(authority: Authority, names: Names):
    tls = authority.server(HOST)
    told = told_names(tls)
    names.tell(HOST, [HERE], ["192.0.2.1"])  # where it would go if the name were asked again
    async with receiving(tls=tls) as receiver, sending(authority) as posting:
        assert await posted(posting, receiver.at(HOST)) == Posted(status=204)
        (message,) = receiver.messages
    assert message.headers["host"] == f"{HOST}:{receiver.port}"
    assert told == [HOST]
    assert names.asked == [HOST]


@pytest.mark.parametrize("held", [("other.partner.test",), (HERE,), ("partner.test",), ("*.test",)])
async def test_a_certificate_for_something_else_does_not_count(
    authority: Authority, names: Names, held: tuple[str, ...]
):
    """Not even one for the address that the connection goes to."""
    async with receiving(tls=authority.server(*held)) as receiver, sending(authority) as posting:
        assert await posted(posting, receiver.at(HOST)) == Posted(DeliveryError.TLS)
    assert receiver.messages == []
    assert names.asked == [HOST]


@pytest.mark.usefixtures("names")
async def test_an_authority_that_nobody_trusts_does_not_count(authority: Authority, tmp_path: Path):
    other = Authority(tmp_path, "lain")
    async with receiving(tls=other.server(HOST)) as receiver, sending(authority) as posting:
        assert await posted(posting, receiver.at(HOST)) == Posted(DeliveryError.TLS)
    assert receiver.messages == []


@pytest.mark.usefixtures("names")
async def test_a_certificate_that_is_over_does_not_count(authority: Authority):
    tls = authority.server(HOST, until=datetime.now(UTC) - timedelta(hours=1))
    async with receiving(tls=tls) as receiver, sending(authority) as posting:
        assert await posted(posting, receiver.at(HOST)) == Posted(DeliveryError.TLS)
    assert receiver.messages == []


@pytest.mark.usefixtures("names")
async def test_who_speaks_without_tls_where_it_is_due_is_told_nothing(authority: Authority):
    async with speaking(b"HTTP/1.1 200 OK\r\n\r\n") as speaker, sending(authority) as posting:
        assert await posted(posting, f"https://{HOST}:{speaker.port}/hook") == Posted(DeliveryError.TLS)
    assert b"{}" not in speaker.heard


@pytest.mark.parametrize("host", [f"{HOST}.", HOST.upper(), "ganti.partner.test"])
async def test_the_name_counts_however_it_is_written(authority: Authority, names: Names, host: str):
    names.tell(host.lower(), [HERE])
    async with (
        receiving(tls=authority.server(HOST, "*.partner.test")) as receiver,
        sending(authority) as posting,
    ):
        assert await posted(posting, receiver.at(host)) == Posted(status=204)


@pytest.mark.parametrize("address", [HERE, "::1"])
async def test_an_address_is_verified_as_such(authority: Authority, address: str):
    written = f"[{address}]" if ":" in address else address
    for held, wanted in ((address, Posted(status=204)), (HOST, Posted(DeliveryError.TLS))):
        tls = authority.server(held)
        async with receiving(tls=tls, host=address) as receiver, sending(authority, address) as posting:
            assert await posted(posting, receiver.at(written)) == wanted


async def test_where_one_address_is_dead_the_next_is_tried(authority: Authority, names: Names):
    names.tell(HOST, ["127.0.0.2", HERE])  # at the first nobody listens
    async with (
        receiving(tls=authority.server(HOST)) as receiver,
        sending(authority, "127.0.0.0/8") as posting,
    ):
        assert await posted(posting, receiver.at(HOST)) == Posted(status=204)
    assert len(receiver.messages) == 1


async def test_the_service_itself_sends_over_tls(
    fresh: Settings, authority: Authority, names: Names, monkeypatch: pytest.MonkeyPatch
):
    """An agency's own authority is trusted as OpenSSL has it said."""
    monkeypatch.undo()
    known = socket.getaddrinfo

    def with_ours(host: str | None, *arguments: object, **more: object) -> object:
        asked = names if host == HOST else known
        return asked(host, *arguments, **more)  # type: ignore[operator, arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", with_ours)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    async with (
        receiving(tls=authority.server(HOST)) as receiver,
        receiving(tls=authority.server("x.test")) as bad,
        telling(fresh, PASSWORD, HERE) as service,
    ):
        good = await webhook(service, receiver.at(HOST))
        made = await webhook(service, bad.at(HOST))
        await report(service, OPERATOR, tlp="GREEN")
        (message,) = await receiver.until(1)
        assert message.is_signed(good["secret"])
        (waiting,) = await ended(service, made, lambda each: each["attempts"] > 0)
        assert (waiting["state"], waiting["error"], waiting["status"]) == ("waiting", "tls", None)
    assert bad.messages == []
