"""A receiver that is down for days hears everything afterwards, in order, and nothing twice under one id."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from app.domain.webhooks import (
    DELAYS,
    RESTS,
    RESTS_OF_WHO_ANSWERS,
    DeliveryError,
    delay_after,
    rest_after,
)
from app.services.webhook_posting import Posted
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import integration
from tests.support.calls import OPERATOR, post
from tests.support.days import TAKEN, Days, away_until, deliverer, live_through, one
from tests.support.receivers import SCOPES, alone, deliveries, identity, telling, webhook
from tests.support.service import Service, incident, report

DOWN = timedelta(hours=72)
RECORDS, ROUNDS = 2_000, 5


async def bulk(service: Service, round_: int) -> None:
    items = [
        incident(
            external_source="pusdalops",
            external_id=f"{n}",
            tlp="GREEN",
            title=f"Laporan {n}.{round_} (fiktif)",
        )
        for n in range(RECORDS)
    ]
    answer = await post(service, OPERATOR, "/api/v1/incidents/bulk", items)
    assert answer.status_code == 200, answer.text[:500]


async def test_ten_thousand_events_arrive_after_three_days(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, "http://127.0.0.1:9/hook")
        first = await one(service, "SELECT size FROM ledger_head")
        for round_ in range(ROUNDS):
            await bulk(service, round_)
        begun = datetime.now(UTC)
        days = Days(begun, away_until(begun + DOWN))
        await live_through(deliverer(service, fresh, days), service, days, made)
        assert days.now - begun >= DOWN
        assert len({each for each, _, _ in days.taken}) == len(days.taken) == RECORDS * ROUNDS
        assert {position for _, position, _ in days.taken} == {*range(first, first + RECORDS * ROUNDS)}
        of_each: dict[str, list[int]] = defaultdict(list)
        for _, position, record in days.taken:
            of_each[record].append(position)
        assert len(of_each) == RECORDS
        assert all(a < b for positions in of_each.values() for a, b in pairwise(positions))
        assert days.posted - len(days.taken) < 2_000  # it is not beaten while it is down
        assert days.now - begun < DOWN + timedelta(hours=1)


async def test_one_message_that_is_never_taken_is_given_up_and_holds_up_no_other_record(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, "http://127.0.0.1:9/hook")
        wrong = await report(service, OPERATOR, tlp="GREEN")
        others = [await report(service, OPERATOR, tlp="GREEN") for _ in range(3)]
        begun = datetime.now(UTC)
        refused = Posted(DeliveryError.REFUSED, 422)
        days = Days(begun, lambda _now, content: refused if content["id"] == wrong["id"] else TAKEN)
        await live_through(deliverer(service, fresh, days), service, days, made)
        assert [record for _, _, record in days.taken] == [each["id"] for each in others]
        states = {each["state"]: each for each in await deliveries(service, made)}
        assert states["failed"]["attempts"] == len(DELAYS) + 1
        assert days.now - begun > DOWN


async def test_what_two_webhooks_of_one_integration_hear_is_the_same(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        system = await integration(service, scopes=SCOPES)
        pair = [
            await webhook(service, f"http://127.0.0.1:9/{n}", integration_id=system["id"]) for n in range(2)
        ]
        await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        heard = []
        for made in pair:
            days = Days(begun)
            assert await deliverer(service, fresh, days).turn(identity(made), lambda: True)
            heard.append([each[1:] for each in days.taken])
        assert heard[0] == heard[1]
        assert len(heard[0]) == 1


def test_waiting_grows_and_is_never_at_the_same_moment_for_all():
    assert sum(DELAYS, timedelta()) > DOWN + timedelta(days=1)
    assert sorted(DELAYS) == list(DELAYS)
    assert sorted(RESTS) == list(RESTS)
    for failures in range(1, len(DELAYS) + 1):
        least, most = delay_after(failures, 0.0), delay_after(failures, 1.0)
        assert least is not None
        assert most is not None
        assert least < DELAYS[failures - 1] < most
    assert delay_after(len(DELAYS) + 1, 0.5) is None
    assert rest_after(1_000, 0.5, answers=False) == RESTS[-1]
    assert rest_after(1_000, 0.5, answers=True) == RESTS_OF_WHO_ANSWERS[-1] <= timedelta(minutes=1)
