"""What runs beside requests: one that fails ends no other, and does not end in silence."""

import asyncio
import logging
from collections.abc import Sequence

import pytest

from app.domain.relay import Message
from app.routers.streaming import Following
from app.services.relay_settings import ConfiguredRelay
from app.services.relaying import Line, Relay
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, get
from tests.support.service import running


class Connection:
    """To a message server that takes what comes."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()

    async def connect(self) -> None:
        self.connected.set()

    async def send(self, messages: Sequence[Message]) -> None:
        pass

    async def close(self) -> None:
        pass


class Broken(Connection):
    """To one that fails as nobody has thought of."""

    async def close(self) -> None:
        raise AttributeError("no transport")


def line(agency: str, sender: Connection) -> Line:
    told = ConfiguredRelay(
        agency=agency,
        account=f"integration.{agency}",
        servers=["tls://nats.invalid:4222"],
        token_file="token",
    )
    return Line(told, sender)


async def test_a_relay_that_fails_as_nobody_has_thought_of_ends_no_other(
    fresh: Settings, caplog: pytest.LogCaptureFixture
):
    async with running(fresh, PASSWORD) as service:
        state, sound = service.app.state, Connection()
        relay = Relay(state.database, state.feed.news, fresh)
        relay.lines = [line("kpu-banten", Broken()), line("polda-banten", sound)]
        relaying = asyncio.create_task(relay.run())
        try:
            async with asyncio.timeout(20):
                await sound.connected.wait()
            assert not relaying.done()
        finally:
            relaying.cancel()
    assert "the relay to kpu-banten could not be looked after" in caplog.text
    assert "no transport" in caplog.text


async def test_a_routine_that_ends_stands_in_the_log_while_the_worker_serves(
    fresh: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    async def run(_self: Following) -> None:
        raise AttributeError("no transport")

    monkeypatch.setattr(Following, "run", run)
    async with running(fresh, PASSWORD) as service:
        assert (await get(service, OPERATOR, "/api/v1/me")).status_code == 200
        (told,) = [each for each in caplog.records if "beside requests" in each.getMessage()]
        assert (told.levelno, "run" in told.getMessage()) == (logging.ERROR, True)
        assert told.exc_info
