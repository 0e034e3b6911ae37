"""Witnesses: partners cosign the ledger; how each stands is told as it is, and nobody waits for them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from siaga_verify.checkpoints import Trust, open_checkpoint
from siaga_verify.notes import LOG, WITNESS, read_key
from sqlalchemy import text

from app.domain.witnesses import (
    CONTRADICTIONS,
    WITNESS_REASONS,
    WITNESS_STATES,
    WitnessReason,
    WitnessState,
    counted,
    seconds_until_next,
    state_of,
)
from app.services.cosigning import Witness
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.service import Service, report
from tests.support.witnesses import (
    SPAN,
    Partner,
    ask,
    cosignature,
    liar,
    log_key,
    note_of,
    partner,
    signed,
    states,
    witnessed,
)

OPERATOR = "operator.polda-banten"


def trust(settings: Settings, quorum: int, *partners: Partner) -> Trust:
    return Trust(
        [read_key(log_key(settings), LOG)], [read_key(each.key, WITNESS) for each in partners], quorum
    )


async def test_partners_cosign_what_is_signed_and_anyone_can_check_it(fresh: Settings, tmp_path: Path):
    """With the witness that partners run, and the verifier that they check with."""
    with partner(tmp_path, fresh) as bawaslu, partner(tmp_path, fresh, "kpu-banten") as kpu:
        async with witnessed(fresh, PASSWORD, 2, bawaslu, kpu) as service:
            for spans in (1, 2, 3):
                await report(service, OPERATOR)
                size = await signed(service)
                await ask(service, spans)
                for path in ("/ledger/checkpoint", "/ledger/cosigned"):
                    opened = open_checkpoint(await note_of(service, path), trust(fresh, 2, bawaslu, kpu))
                    assert opened.size == size
                    assert len(opened.cosigned) == 2
            told = await states(service)
            assert (told["quorum"], told["size"], told["cosigned_size"]) == (2, size, size)
            assert [(each["agency"], each["state"], each["lag"]) for each in told["witnesses"]] == [
                ("bawaslu-banten", "cosigns", 0),
                ("kpu-banten", "cosigns", 0),
            ]


async def test_they_are_asked_by_themselves_and_one_who_hangs_delays_nobody(fresh: Settings, tmp_path: Path):
    async with liar() as hanging:
        hanging.server.delay = 60
        with partner(tmp_path, fresh) as bawaslu:
            async with witnessed(fresh, PASSWORD, 1, bawaslu, hanging.partner, every=1) as service:
                began = time.monotonic()
                await report(service, OPERATOR)
                assert time.monotonic() - began < 8  # one who hangs is given ten
                size = await signed(service)
                while (await states(service))["witnesses"][0]["size"] < size:
                    assert time.monotonic() - began < 40
                    await asyncio.sleep(0.1)
                while not hanging.server.asked:
                    assert time.monotonic() - began < 40
                    await asyncio.sleep(0.1)
                await report(service, OPERATOR)


async def test_where_a_witness_is_further_than_we_remember_its_size_is_taken(fresh: Settings, tmp_path: Path):
    with partner(tmp_path, fresh) as bawaslu:
        async with witnessed(fresh, PASSWORD, 1, bawaslu) as service:
            await signed(service)
            await ask(service)
            async with service.app.state.database.operating() as connection:
                await connection.execute(text("DELETE FROM ledger_witness"))
            await report(service, OPERATOR)
            size = await signed(service)
            await ask(service, 2)
            told = (await states(service))["witnesses"][0]
            assert (told["state"], told["size"], told["contradiction"]) == ("cosigns", size, None)


SIZE = "Content-Type: text/x.tlog.size"


ANSWERS: list[tuple[str, str | bytes, list[str], str]] = [
    ("409 Conflict", "99999999\n", [SIZE], "unknown_size"),
    ("409 Conflict", "1\n", [SIZE], "unknown_size"),
    ("409 Conflict", "0\n", [SIZE], "other_root"),
    ("409 Conflict", "1\n", [], "unreadable"),
    ("409 Conflict", "-1\n", [SIZE], "unreadable"),
    ("409 Conflict", "9" * 60_000, [SIZE], "unreadable"),
    ("422 Unprocessable", "", [], "other_root"),
    ("403 Forbidden", "", [], "unknown_key"),
    ("404 Not Found", "", [], "unknown_log"),
    ("400 Bad Request", "", [], "not_understood"),
    ("302 Found", "", ["Location: http://127.0.0.1:1/"], "not_understood"),
    ("429 Too Many", "", [], "busy"),
    ("500 Oops", "", [], "busy"),
    ("200 OK", "", [], "unreadable"),
    ("200 OK", b"\xff\xfe", [], "unreadable"),
    ("200 OK", "— other.test AAAAAAAAAAAA\n", [], "unreadable"),
    ("200 OK", b"x" * 1_000_000, [], "unreadable"),
    ("nonsense", "", [], "no_answer"),
]


async def test_what_a_witness_answers_is_told_as_it_is(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        before = None
        for spans, (status, content, headers, reason) in enumerate(ANSWERS, 1):
            other.answers(status, content, *headers)
            await ask(service, spans)
            told = (await states(service))["witnesses"][0]
            assert (told["reason"], told["size"]) == (reason, 0), (status, content[:20])
            assert told["state"] == state_of(WitnessReason(reason))
            before = reason if reason in CONTRADICTIONS else before
            assert told["contradiction"] == before
            readiness = (await (await service.anonymous()).get("/readyz")).json()
            assert readiness["status"] == "ok"
            assert readiness["witnesses"] == [{"name": other.name, "state": told["state"]}]


async def test_a_false_signature_never_counts_and_stays_on_record(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        before = await note_of(service)
        sound = await cosignature(service, other)
        for line, reason in (
            (other.line("siaga.invalid/ledger\n1\nAAAA\n"), "false_signature"),
            (await cosignature(service, other, int(time.time()) + 86_400), "false_time"),
        ):
            other.answers("200 OK", line)
            await ask(service, 1 if reason == "false_signature" else 3)
            told = (await states(service))["witnesses"][0]
            assert (told["state"], told["reason"], told["contradiction"]) == ("contradicts", reason, reason)
            assert await note_of(service) == before
            assert (await (await service.anonymous()).get("/ledger/cosigned")).status_code == 404
        other.answers("200 OK", f"— other.test AAAAAAAAAAAA\n{sound}")
        await ask(service, 9)
        told = (await states(service))["witnesses"][0]
        assert (told["state"], told["reason"], told["contradiction"]) == ("cosigns", None, "false_time")
        assert (await note_of(service)).decode() == before.decode() + sound


async def test_a_witness_that_forgot_what_it_signed_is_told_of(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        other.answers("200 OK", await cosignature(service, other))
        await ask(service)
        await report(service, OPERATOR)
        await signed(service)
        other.answers("409 Conflict", "0\n", SIZE)
        await ask(service, 2)
        told = (await states(service))["witnesses"][0]
        assert told["state"] == "contradicts"
        assert told["lag"] == 1
        assert told["cosigned_at"] is not None


async def test_the_operator_and_a_second_witness_of_an_agency_add_nothing_to_a_quorum(fresh: Settings):
    async with (
        liar(agency="siaga", name="saksi.siaga.test") as host,
        liar(agency="kpu-banten", name="satu.kpu-banten.test") as one,
        liar(agency="kpu-banten", name="dua.kpu-banten.test") as two,
        liar(agency="bawaslu-banten", name="saksi.bawaslu-banten.test") as bawaslu,
        witnessed(fresh, PASSWORD, 2, *(each.partner for each in (host, one, two, bawaslu))) as service,
    ):
        size = await signed(service)
        for each in (host, one, two):
            each.answers("200 OK", await cosignature(service, each))
        bawaslu.answers("503 Busy")
        await ask(service)
        assert (await states(service))["cosigned_size"] == 0
        bawaslu.answers("200 OK", await cosignature(service, bawaslu))
        await ask(service, 9)
        assert (await states(service))["cosigned_size"] == size


async def test_of_several_workers_one_asks(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        other.answers("200 OK", await cosignature(service, other))
        other.server.delay = 0.3
        await asyncio.gather(*(ask(service) for _ in range(8)))
        assert len(other.server.asked) == 1


async def test_who_fails_is_asked_less_often(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        other.answers("500 Oops")
        for spans in (1, 2, 3, 4):
            await ask(service, spans)
        assert len(other.server.asked) == 4  # a span of an hour is longer than the longest wait
    assert [seconds_until_next(5, failures) for failures in (0, 1, 3, 99)] == [5, 10, 40, 300]


async def test_a_witness_is_asked_about_the_present_log_only(fresh: Settings):
    async with liar() as other, witnessed(fresh, PASSWORD, 1, other.partner) as service:
        await signed(service)
        (here,) = service.app.state.witnesses.all
        elsewhere = Witness(service.app.state.database, here.client, SPAN, "other.test/log")
        await elsewhere.try_once(datetime.now(UTC) + timedelta(seconds=SPAN))
        assert other.server.asked == []
        assert elsewhere.key != here.key


async def test_without_witnesses_the_list_is_empty(service: Service):
    told = await states(service)
    assert (told["quorum"], told["cosigned_size"], told["witnesses"]) == (0, 0, [])
    assert (await (await service.anonymous()).get("/ledger/cosigned")).status_code == 404


def test_every_state_and_reason_has_a_label_and_a_place():
    assert set(WITNESS_STATES) == set(WitnessState)
    assert set(WITNESS_REASONS) == set(WitnessReason)
    assert {state_of(each) for each in WitnessReason} == {
        WitnessState.CONTRADICTS,
        WitnessState.REFUSES,
        WitnessState.UNREACHABLE,
    }


def test_agencies_are_counted_once_and_the_operator_never():
    assert counted(["siaga", "kpu-banten", "kpu-banten"]) == 1
