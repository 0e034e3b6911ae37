"""What a record said at a moment: every answer of its life, again, for who may see it now and then."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.models.threat_levels import ThreatLevelRow
from app.schemas.threat_levels import ThreatLevel
from app.services import threat_rules as rules
from tests.support.calls import (
    ABSENT,
    OPERATOR,
    attach,
    change,
    get,
    move,
    post,
    refused,
    step,
    url,
)
from tests.support.deployments import DEPLOYMENTS, UNIT, deploy, statement
from tests.support.service import Service, report
from tests.support.threats import CHIEF, LEVELS, PROPOSALS, WHY, aside, proposed, state, stated

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
BEFORE = "2024-11-26T05:30:00+07:00"


def now() -> str:
    return datetime.now(UTC).isoformat()


class Life:
    """What a reader was told of one thing, and when."""

    def __init__(self, service: Service, account: str, path: str) -> None:
        self.service, self.account, self.path = service, account, path
        self.told: list[tuple[str, dict[str, Any]]] = []

    async def note(self) -> None:
        answer = await get(self.service, self.account, self.path)
        assert answer.status_code == 200, answer.text
        self.told.append((now(), answer.json()))

    async def relive(self) -> None:
        for moment, told in self.told:
            answer = await get(self.service, self.account, self.path, as_of=moment)
            assert answer.json() == told
        assert len({str(told) for _, told in self.told}) > 1


async def life(
    service: Service, account: str, path: str, *acts: Callable[[], Awaitable[httpx.Response]]
) -> None:
    told = Life(service, account, path)
    await told.note()
    for act in acts:
        answer = await act()
        assert answer.status_code < 300, answer.text
        await told.note()
    await told.relive()
    refused(await get(service, account, path, as_of=BEFORE), 404, "not-found")


async def test_the_life_of_an_incident(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await life(
        service, OPERATOR, url(made),
        lambda: change(service, OPERATOR, made, title="Judul kedua", severity="severe"),
        lambda: step(service, OPERATOR, made, "verified"),
        lambda: move(service, OPERATOR, made, "offer", to="kpu-banten"),
        lambda: move(service, KPU, made, "accept"),
        lambda: change(service, KPU, {**made, "version": 5}, tlp="GREEN", audience=[]),
        lambda: step(service, KPU, made, "responding"),
    )  # fmt: skip


async def test_the_life_of_a_statement_and_of_a_proposal(service: Service):
    at = aside()
    level = await stated(service, OPERATOR, at, 2)
    await life(service, OPERATOR, f"{LEVELS}/{level['id']}", lambda: state(service, OPERATOR, at, 3))
    waiting = await proposed(service, OPERATOR, aside(), 4)
    decide = f"{PROPOSALS}/{waiting['id']}/decision"
    await life(
        service, OPERATOR, f"{PROPOSALS}/{waiting['id']}",
        lambda: post(service, CHIEF, decide, {"decision": "approve", "reason": WHY}),
    )  # fmt: skip


async def test_a_statement_past_its_review_had_lapsed_though_nobody_had_written_that(service: Service):
    level = ThreatLevel.model_validate(await stated(service, OPERATOR, aside(), 2))
    told = rules.lapsed_by(ThreatLevelRow, level, level.review_by)
    assert told.model_dump(include={"status", "ended_at"}) == {
        "status": "lapsed",
        "ended_at": level.review_by,
    }
    assert rules.lapsed_by(ThreatLevelRow, level, level.valid_from) == level


async def test_the_life_of_a_deployment_and_of_a_strength(service: Service):
    sent = await deploy(service, OPERATOR)
    client = await service.client(OPERATOR)
    path = f"{DEPLOYMENTS}/{sent['id']}"
    await life(
        service, OPERATOR, path,
        lambda: client.patch(path, json={"site": "Gudang KPU"}, headers={"If-Match": '"1"'}),
        lambda: post(service, OPERATOR, f"{path}/steps", {"to": "cancelled", "reason": WHY}),
    )  # fmt: skip
    strength = f"/api/v1/units/{UNIT}/strength"
    await client.put(strength, json=statement())
    number = (await client.get(strength)).json()["strength"]
    told = Life(service, OPERATOR, strength)
    await told.note()
    await client.put(strength, json=statement(strength=number + 1))
    await told.note()
    await told.relive()


async def test_the_life_of_a_person_and_of_a_file(service: Service):
    made = await report(service, OPERATOR)
    person = {"role": "witness", "name": "Saksi A (fiktif)"}
    added = (await post(service, OPERATOR, url(made, "/parties"), person)).json()
    client, path = await service.client(OPERATOR), url(made, f"/parties/{added['id']}")
    await life(
        service, OPERATOR, path,
        lambda: client.patch(path, json={"name": "Saksi B (fiktif)"}, headers={"If-Match": '"1"'}),
    )  # fmt: skip
    shared = await report(service, OPERATOR, **SHARED)
    file = (await attach(service, OPERATOR, shared)).json()
    path = url(shared, f"/attachments/{file['id']}")
    handed = {"kind": "handed_over", "to": "kpu-banten", "purpose": WHY}
    await life(
        service, OPERATOR, path,
        lambda: post(service, OPERATOR, f"{path}/custody", handed),
        lambda: post(service, KPU, f"{path}/custody", {"kind": "received", "purpose": WHY}),
    )  # fmt: skip


async def test_the_past_takes_the_marking_of_then_and_of_now(service: Service):
    made = await report(service, OPERATOR, title="Judul tertutup")
    hidden = now()
    made = (await change(service, OPERATOR, made, title="Judul terbuka", **SHARED)).json()
    open_then = now()
    assert (await get(service, KPU, url(made), as_of=open_then)).json()["title"] == "Judul terbuka"
    refused(await get(service, KPU, url(made), as_of=hidden), 404, "not-found")
    made = (await change(service, OPERATOR, made, audience=[])).json()
    refused(await get(service, KPU, url(made), as_of=open_then), 404, "not-found")
    closed = now()
    made = (await change(service, OPERATOR, made, **SHARED)).json()
    # Neither the hidden state nor the older one that was shown is what it said then.
    refused(await get(service, KPU, url(made), as_of=closed), 404, "not-found")
    assert (await get(service, KPU, url(made), as_of=open_then)).json()["version"] == 2


async def test_what_is_hidden_then_is_as_absent_as_what_never_was(service: Service):
    made = await report(service, OPERATOR)
    hidden = now()
    await change(service, OPERATOR, made, **SHARED)
    answers = [
        await get(service, KPU, url(made), as_of=hidden),
        await get(service, KPU, url(made), as_of=BEFORE),
        await get(service, KPU, url({"id": ABSENT}), as_of=hidden),
    ]
    assert len({each.content for each in answers}) == 1
    assert {each.status_code for each in answers} == {404}


async def test_a_link_to_a_hidden_record_is_left_out_of_the_past(service: Service):
    incident = await report(service, OPERATOR)
    sent = await deploy(service, OPERATOR, tlp="GREEN", incident_id=incident["id"])
    path = f"{DEPLOYMENTS}/{sent['id']}"
    assert (await get(service, OPERATOR, path, as_of=now())).json()["incident_id"] == incident["id"]
    assert (await get(service, KPU, path, as_of=now())).json()["incident_id"] is None


@pytest.mark.parametrize("wrong", ["kemarin", "2024-11-25", "2024-11-25T05:30:00", "1732487400", ""])
async def test_a_moment_is_written_as_rfc_3339_has_it(service: Service, wrong: str):
    made = await report(service, OPERATOR)
    refused(await get(service, OPERATOR, url(made), as_of=wrong), 422, "invalid", "as_of")


async def test_nobody_knows_what_will_be_said(service: Service):
    made = await report(service, OPERATOR)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    refused(await get(service, OPERATOR, url(made), as_of=later), 422, "invalid", "as_of")


async def test_persons_of_the_past_need_the_same_permission(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    person = {"role": "witness", "name": "Saksi A (fiktif)"}
    added = (await post(service, OPERATOR, url(made, "/parties"), person)).json()
    path = url(made, f"/parties/{added['id']}")
    refused(await get(service, "liaison.polda-banten", path, as_of=now()), 403, "forbidden")
    refused(await get(service, OPERATOR, path, as_of=BEFORE), 404, "not-found")


async def test_the_tag_of_the_past_is_not_that_of_the_version(service: Service):
    made = await report(service, OPERATOR)
    present, past = (
        await get(service, OPERATOR, url(made)),
        await get(service, OPERATOR, url(made), as_of=now()),
    )
    assert present.json() == past.json()
    assert present.headers["etag"] == '"1"' != past.headers["etag"]
    client = await service.client(OPERATOR)
    again = await client.get(str(past.request.url), headers={"If-None-Match": past.headers["etag"]})
    assert again.status_code == 304
