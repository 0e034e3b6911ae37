"""Of the situation: elections, readiness, posture, assistance, and what is overdue, as the lists have it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.calendars import day_of
from app.domain.situation import SituationPart
from app.services import assistance, patrol_stops, situation
from tests.support import assistance as helping
from tests.support import elections as voting
from tests.support import patrols as rounds
from tests.support import posture
from tests.support.acknowledgements import acknowledge, ask
from tests.support.calls import OPERATOR, REASON, get, post, step
from tests.support.posture import COMMANDER, prepared, tick
from tests.support.queries import queries
from tests.support.service import Service, report
from tests.support.sites import registered
from tests.support.situation import KPU, SITUATION, Watch, parts_listed
from tests.support.threats import LEVELS, Spot, stated
from tests.support.winding import later

READERS = (OPERATOR, KPU, "auditor.bawaslu-banten", "operator.korem-064")
PLACE, ELSEWHERE, WATCHED, REGENCY = "36.04.25", "36.04.26", "36.04.27", "36.04"
LATE = 40  # minutes
AT_ONCE = {"within_seconds": 60}
NOTICE = [{"kind": "notification", "text": "Piket siaga (fiktif)."}]
FOR_BAWASLU = {"tlp": "AMBER", "audience": ["bawaslu-banten"]}
NEW = {"acknowledgements", "assistance", "elections", "patrols", "posture", "readiness"}


def in_days(count: int) -> date:
    return day_of(datetime.now(UTC)) + timedelta(days=count)


async def to_be_acknowledged(service: Service, *agencies: str, **marked: Any) -> dict[str, Any]:
    made = await report(service, OPERATOR, severity="minor", **marked)
    answer = await ask(service, made, *agencies, **AT_ONCE)
    assert answer.status_code == 201, answer.text
    return made


async def silences(service: Service, region: str) -> None:
    """Of each kind of record, one that is answered, one that has ended, and some that few know of."""
    for marked in ({"tlp": "GREEN"}, FOR_BAWASLU):
        await to_be_acknowledged(service, "bawaslu-banten", region_code=region, **marked)
    answered = await to_be_acknowledged(service, "kpu-banten", region_code=region, tlp="GREEN")
    assert (await acknowledge(service, KPU, answered)).is_success
    ended = await to_be_acknowledged(service, "kpu-banten", region_code=region, tlp="GREEN")
    assert (await step(service, OPERATOR, ended, "false_report")).status_code == 200


async def late_patrols(service: Service, region: str) -> None:
    hidden = await registered(service, region_code=region, tlp="AMBER+STRICT")
    seen = await registered(service, region_code=region, tlp="GREEN")
    stops = [{"minute": 0, "site_id": seen["id"]}, {"minute": 1, "site_id": hidden["id"]}, rounds.place(2)]
    made = await rounds.started(service, region_code=region, stops=stops, tlp="GREEN")
    [_, _, last] = await rounds.stops_of(service, made)
    assert (await rounds.visit(service, last)).is_success
    await rounds.started(service, region_code=region)
    over = await rounds.started(service, region_code=region, tlp="GREEN")
    assert (await rounds.step(service, over, "completed")).is_success


async def some_of_everything(service: Service, region: str, category: str) -> None:
    """Of each kind some that all partners see, some that few see, and some that are over or to come."""
    await silences(service, region)
    await late_patrols(service, region)
    for more in ({"tlp": "GREEN"}, {}):
        asked: dict[str, Any] = {"region_code": region, **more}
        await helping.asked(service, priority="segera", **asked)
        await helping.asked(service, priority="amat_segera", quantity=7, begin=helping.long_ago(), **asked)
        await voting.issued(service, **asked)
        await voting.issued(service, level="siaga_1", **asked)
        await voting.issued(service, valid_until="2024-11-22T00:00:00+07:00", **asked)
        await voting.issued(service, valid_from="2094-11-22T00:00:00+07:00", **asked)
    taken_back = await helping.asked(service, region_code=region, tlp="GREEN")
    body = {"to": "withdrawn", "reason": REASON}
    assert (await post(service, OPERATOR, helping.at(taken_back, "/steps"), body)).status_code == 200
    await prepared(service, region_code=region, category=category, level=1, measures=NOTICE * 2)
    level = await stated(service, OPERATOR, Spot(region, category), 1, tlp="GREEN")
    assert (await ask(service, level, "kpu-banten", root=LEVELS, **AT_ONCE)).status_code == 201
    await tick(service)
    days = [voting.stage("campaign", str(in_days(-3)), str(in_days(8)))]
    days += [voting.stage("voting", str(in_days(9)), str(in_days(9)))]
    await voting.entered(service, kind="legislative", region_code=region, stages=days)
    await voting.entered(service, kind="legislative", region_code=region, stages=[])


@pytest.fixture(scope="module")
async def lived_in(service: Service) -> Service:
    await some_of_everything(service, PLACE, "political_violence")
    await some_of_everything(service, ELSEWHERE, "political_violence")
    return service


@pytest.mark.parametrize("account", READERS)
async def test_it_says_what_the_lists_say(lived_in: Service, account: str):
    with later(situation, assistance, patrol_stops, minutes=LATE):
        told = (await get(lived_in, account, SITUATION, region=PLACE)).json()
        assert {part: told[part] for part in sorted(NEW)} == await parts_listed(
            lived_in, account, PLACE, datetime.now(UTC) + timedelta(minutes=LATE)
        )
        assert told["elections"]["days_to_voting"] == 9
        wider = (await get(lived_in, account, SITUATION, region=REGENCY)).json()
        for part in ("acknowledgements", "patrols"):
            assert wider[part]["overdue"] >= 2 * told[part]["overdue"] > 0
            assert len(wider[part]["items"]) == min(10, wider[part]["overdue"])
        assert wider["assistance"]["requests"] >= 2 * told["assistance"]["requests"] > 0
        everywhere = (await get(lived_in, account, SITUATION)).json()
        assert everywhere["elections"] == {"days_to_voting": None, "items": None}
        assert everywhere["readiness"]["orders"] >= wider["readiness"]["orders"] > told["readiness"]["orders"]


async def test_what_few_may_see_counts_for_nobody_else(lived_in: Service):
    with later(situation, minutes=LATE):
        mine, theirs = [
            (await get(lived_in, each, SITUATION, region=PLACE)).json() for each in (OPERATOR, KPU)
        ]
    counted = [
        (
            each["acknowledgements"]["overdue"], each["patrols"]["overdue"], each["assistance"]["requests"],
            each["assistance"]["overdue"],
        )
        for each in (mine, theirs)
    ]  # fmt: skip
    # KPU is silent about the level itself, and knows of one silence of Bawaslu, not of the other.
    assert counted == [(3, 5, 4, 2), (2, 2, 2, 1)]
    assert [each["site_id"] is None for each in theirs["patrols"]["items"]] == [False, True]
    assert mine["readiness"]["orders"] >= theirs["readiness"]["orders"] + 2 >= 4
    plans = [[each["region_code"] for each in one["posture"]["items"]] for one in (mine, theirs)]
    assert [PLACE in each for each in plans] == [True, False]


async def test_a_stop_at_a_hidden_site_stands_where_its_plan_is(service: Service):
    hidden = await registered(service, region_code="36.04.28", tlp="AMBER+STRICT")
    stops = [{"minute": 0, "site_id": hidden["id"]}]
    await rounds.started(service, region_code=REGENCY, stops=stops, tlp="GREEN")
    counts = [
        (await get(service, account, SITUATION, region="36.04.28")).json()["patrols"]["overdue"]
        for account in (OPERATOR, KPU)
    ]
    assert counts == [1, 0]


async def test_its_tag_changes_when_something_visible_does_and_not_before(service: Service):
    watch, here = Watch(await service.client(KPU), WATCHED), {"region_code": WATCHED}
    assert await watch.news()
    made = await to_be_acknowledged(service, "kpu-banten", tlp="GREEN", **here)
    assert await watch.news()
    assert watch.told["acknowledgements"]["overdue"] == 0
    with later(situation, minutes=LATE):
        assert await watch.news()  # time alone
        assert watch.told["acknowledgements"]["overdue"] == 1
        await hidden_things(service, here)
        assert not await watch.news()
        assert (await acknowledge(service, KPU, made)).is_success
        assert await watch.news()

        patrol = await rounds.started(service, tlp="GREEN", **here)
        assert await watch.news()
        assert (await rounds.skip(service, (await rounds.stops_of(service, patrol))[0])).is_success
        assert await watch.news()

        request = await helping.asked(service, tlp="GREEN", **here)
        assert await watch.news()
        assert (await helping.change(service, OPERATOR, request, note="Lain (fiktif).")).status_code == 200
        await helping.answered(service, helping.KOREM, request, "acknowledge")
        assert not await watch.news()
        await helping.answered(service, helping.KOREM, request, "accept", quantity=5)
        assert await watch.news()

        order = await voting.issued(service, tlp="GREEN", **here)
        assert await watch.news()
        revoked = await post(
            service, COMMANDER, f"{voting.ORDERS}/{order['id']}/revocation", {"reason": REASON}
        )
        assert revoked.status_code == 200
        assert await watch.news()


async def hidden_things(service: Service, here: dict[str, Any]) -> None:
    """What KPU may not know of, or what says nothing of this place."""
    await to_be_acknowledged(service, "bawaslu-banten", **FOR_BAWASLU, **here)
    await rounds.started(service, **here)
    await helping.asked(service, begin=helping.long_ago(), **here)
    await voting.issued(service, **here)
    await prepared(service, category="disinformation", level=1, measures=NOTICE, **here)
    await stated(service, OPERATOR, Spot(here["region_code"], "disinformation"), 1, tlp="AMBER+STRICT")
    assert await tick(service) >= 1


def days_to(election: dict[str, Any], told: dict[str, Any]) -> Any:
    """The days to the voting of an election, as long as it counts."""
    days = {each["election_id"]: each["days_to_voting"] for each in told["elections"]["items"]}
    return days.get(election["id"], "over")


async def test_its_tag_follows_the_calendar_and_the_decisions_on_a_posture(service: Service):
    region = "36.04.29"
    watch = Watch(await service.client(OPERATOR), region)
    assert await watch.news()
    day = str(in_days(4))
    stages = [voting.stage("voting", day, day)]
    made = await voting.entered(service, kind="legislative", region_code=region, stages=stages)
    assert await watch.news()
    where, commission = f"{voting.ELECTIONS}/{made['id']}", await service.client(voting.KPU)
    changed = await commission.patch(where, json={"source": "Lain (fiktif)"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200
    assert not await watch.news()
    days = [days_to(made, watch.told)]
    for ahead_by in (1, 4, 5):
        with later(situation, days=ahead_by):
            assert await watch.news()  # time alone
            assert not await watch.news()
            days.append(days_to(made, watch.told))
    assert days == [4, 3, 0, "over"]
    assert await watch.news()
    gone = await commission.patch(where, json={"cancelled": True}, headers={"If-Match": '"2"'})
    assert gone.status_code == 200
    assert await watch.news()

    await prepared(service, region_code=region, category="terrorism", level=1, measures=NOTICE)
    await stated(service, OPERATOR, Spot(region, "terrorism"), 1)
    assert await watch.news()
    assert await tick(service) >= 1
    assert await watch.news()
    [activation] = [each for each in watch.told["posture"]["items"] if each["region_code"] == region]
    decision = f"{posture.ACTIVATIONS}/{activation['activation_id']}/drafts/1/decision"
    body = {"decision": "drop", "reason": REASON}
    assert (await post(service, COMMANDER, decision, body)).status_code == 200
    assert await watch.news()


async def test_it_asks_as_many_statements_of_many_records_as_of_few(lived_in: Service):
    async def asked() -> int:
        with later(situation, minutes=LATE), queries(lived_in.app.state.database) as made:
            answer = await get(lived_in, KPU, SITUATION, region=ELSEWHERE)
        assert answer.status_code == 200
        return len(made)

    few = await asked()
    for category in ("disinformation", "terrorism"):
        await some_of_everything(lived_in, ELSEWHERE, category)
    assert await asked() == few <= 2 * len(SituationPart)
