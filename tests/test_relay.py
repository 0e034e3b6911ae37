"""The relay to NATS JetStream: each agency hears in its own account what it may know, also what it missed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, change, step
from tests.support.nats import Nats, line, make_certificate, nats_server, relaying
from tests.support.service import Service, report, running

KPU, POLDA = "kpu-banten", "polda-banten"
RECIPIENTS = ["integration.kpu-banten", "operator.polda-banten"]


@pytest.fixture
async def nats(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nats]:
    async with nats_server(tmp_path_factory.mktemp("nats")) as server:
        yield server


async def state(service: Service, agency: str = KPU) -> dict[str, Any]:
    answer = await (await service.anonymous()).get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    return next(each for each in answer.json()["relays"] if each["agency"] == agency)


async def until(service: Service, wanted: str, agency: str = KPU, behind: int = 0) -> None:
    async with asyncio.timeout(20):
        while True:
            told = await state(service, agency)
            if told["state"] == wanted and told["behind"] >= behind:
                return
            await asyncio.sleep(0.05)


async def caught_up(service: Service) -> None:
    """NATS has a message before the line has noted that."""
    async with asyncio.timeout(20):
        while True:
            if (await state(service))["behind"] == 0:
                return
            await asyncio.sleep(0.05)


def about(told: list[tuple[str, dict[str, Any]]], made: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    return [
        (subject, each["data"]["change"], each["data"]["version"])
        for subject, each in told
        if each["data"]["id"] == made["id"]
    ]


async def test_a_message_says_that_something_changed_and_nothing_of_it(fresh: Settings, nats: Nats):
    async with running(relaying(fresh, nats, line(nats, KPU)), PASSWORD) as service:
        await until(service, "relaying")
        made = await report(service, OPERATOR, tlp="GREEN", region_code="36.03", title="Gudang terbakar")
        (subject, event), *_ = await nats.until_told(KPU, made["id"], "changed")
    assert subject == "siaga.kpu-banten.incident.36.03"
    position = event["data"]["position"]
    assert event == {
        "specversion": "1.0",
        "id": f"{position}/incident/{made['id']}",
        "source": fresh.public_url,
        "type": "siaga.record.changed",
        "subject": f"incident/{made['id']}",
        "datacontenttype": "application/json",
        "data": {
            "position": position, "type": "incident", "id": made["id"], "version": 1, "change": "changed",
        },
    }  # fmt: skip


async def test_each_agency_hears_in_its_own_account_what_it_may_know(fresh: Settings, nats: Nats):
    settings = relaying(fresh, nats, line(nats, KPU), line(nats, POLDA))
    async with running(settings, PASSWORD) as service:
        await until(service, "relaying")
        await until(service, "relaying", POLDA)
        hidden = await report(service, OPERATOR)
        shared = await report(service, OPERATOR, tlp="GREEN")
        kpu = await nats.until_told(KPU, shared["id"], "changed")
        polda = await nats.until_told(POLDA, shared["id"], "changed")
    assert {each["data"]["id"] for _, each in kpu} == {shared["id"]}
    assert {each["data"]["id"] for _, each in polda} == {hidden["id"], shared["id"]}
    assert {subject.split(".")[1] for subject, _ in kpu} == {KPU}
    assert {subject.split(".")[1] for subject, _ in polda} == {POLDA}


async def test_red_is_never_relayed_even_to_who_may_see_it(fresh: Settings, nats: Nats):
    async with running(relaying(fresh, nats, line(nats, KPU)), PASSWORD) as service:
        await until(service, "relaying")
        red = await report(service, OPERATOR, tlp="RED", recipients=RECIPIENTS)
        seen = await (await service.client(RECIPIENTS[0])).get(f"/api/v1/incidents/{red['id']}")
        assert seen.status_code == 200, "the integration itself may see it"
        narrowed = await report(service, OPERATOR, tlp="GREEN")
        await change(service, OPERATOR, narrowed, tlp="RED", recipients=RECIPIENTS)
        last = await report(service, OPERATOR, tlp="GREEN")
        told = await nats.until_told(KPU, last["id"], "changed")
    assert about(told, red) == []
    assert about(told, narrowed)[-1] == ("siaga.kpu-banten.incident.gone", "gone", None)


async def test_while_the_server_is_away_writing_goes_on_and_what_is_missed_is_kept(
    fresh: Settings, nats: Nats
):
    async with running(relaying(fresh, nats, line(nats, KPU)), PASSWORD) as service:
        await until(service, "relaying")
        await nats.stop()
        await until(service, "no_server")
        made = [await report(service, OPERATOR, tlp="GREEN") for _ in range(5)]
        await until(service, "no_server", behind=5)
        metrics = (await (await service.anonymous()).get("/metrics")).text
        assert 'siaga_relay{agency="kpu-banten",state="no_server"} 1' in metrics
        assert 'siaga_relay{agency="kpu-banten",state="relaying"} 0' in metrics
        await nats.start()
        told = await nats.until_told(KPU, made[-1]["id"], "changed")
        await until(service, "relaying")
    assert [each["data"]["id"] for _, each in told] == [each["id"] for each in made]


async def test_it_goes_on_where_it_stopped_and_what_is_sent_twice_is_kept_once(fresh: Settings, nats: Nats):
    settings = relaying(fresh, nats, line(nats, KPU))
    async with running(settings, PASSWORD) as service:
        await until(service, "relaying")
        first = await report(service, OPERATOR, tlp="GREEN")
        await step(service, OPERATOR, first, "verified")
        before = await nats.until_told(KPU, first["id"], "changed", count=2)
    async with running(settings.model_copy(update={"nats": None}), PASSWORD) as service:
        missed = await report(service, OPERATOR, tlp="GREEN")
        # As after a crash between sending and noting how far it was.
        async with service.app.state.database.operating() as connection:
            await connection.execute(text("UPDATE relay SET position = position - 2"))
    async with running(settings, PASSWORD) as service:
        told = await nats.until_told(KPU, missed["id"], "changed")
    assert told[: len(before)] == before
    assert len(told) == len(before) + 1


async def test_of_several_workers_one_relays(fresh: Settings, nats: Nats):
    settings = relaying(fresh, nats, line(nats, KPU))
    async with running(settings, PASSWORD) as one:
        await until(one, "relaying")
        async with running(settings, PASSWORD) as other:
            made = await report(other, OPERATOR, tlp="GREEN")
            await nats.until_told(KPU, made["id"], "changed")
            await caught_up(one)
            assert await state(other) == await state(one)
            assert [each.app.state.relay.lines[0].position is None for each in (one, other)] == [False, True]
        again = await report(one, OPERATOR, tlp="GREEN")
        await nats.until_told(KPU, again["id"], "changed")


async def test_it_tells_why_nothing_goes_through(fresh: Settings, nats: Nats):
    (nats.directory / "wrong").write_text("wrong", "utf-8")
    other_stream = line(nats, POLDA, stream="OTHER")
    settings = relaying(fresh, nats, line(nats, KPU, password_file="wrong"), other_stream)
    async with running(settings, PASSWORD) as service:
        await until(service, "refused")
        await until(service, "relaying", POLDA)
        await report(service, OPERATOR)
        await until(service, "no_stream", POLDA)
    assert await nats.held(POLDA) == 0


@pytest.mark.parametrize("account", ["integration.polda-banten", "integration.nobody"])
async def test_the_eyes_must_be_an_account_of_the_agency(fresh: Settings, nats: Nats, account: str):
    async with running(relaying(fresh, nats, line(nats, KPU, account=account)), PASSWORD) as service:
        await report(service, OPERATOR, tlp="GREEN")
        await until(service, "no_account")
    assert await nats.held(KPU) == 0


async def test_without_a_file_there_is_no_relay(service: Service):
    answer = await (await service.anonymous()).get("/readyz")
    assert answer.json()["relays"] == []


async def test_over_tls_the_certificate_must_count(fresh: Settings, tmp_path: Path):
    async with nats_server(tmp_path, **make_certificate(tmp_path)) as nats:
        unknown = line(nats, POLDA)
        settings = relaying(fresh, nats, line(nats, KPU, ca_file="tls.crt"), unknown)
        async with running(settings, PASSWORD) as service:
            await until(service, "relaying")
            made = await report(service, OPERATOR, tlp="GREEN")
            await nats.until_told(KPU, made["id"], "changed")
            await until(service, "no_server", POLDA)
        assert await nats.held(POLDA) == 0


async def test_a_server_cannot_talk_it_out_of_tls(fresh: Settings, tmp_path: Path):
    """As somebody in between would: nothing is said before the handshake, no password above all."""
    heard = bytearray()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.11.0","max_payload":1048576}\r\n')
        heard.extend(await reader.read(4096))
        writer.close()

    between = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = between.sockets[0].getsockname()[1]
    async with nats_server(tmp_path) as nats:
        told = line(nats, KPU, servers=[f"tls://127.0.0.1:{port}"])
        async with running(relaying(fresh, nats, told), PASSWORD) as service:
            await until(service, "no_server")
    between.close()
    assert heard
    assert b"CONNECT" not in heard
