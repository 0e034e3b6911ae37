"""Breaking the glass: one hidden record, by its id, for a while; and its owner is told and looks at it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.change import Change, Subject
from app.domain.permissions import Role
from app.domain.sharing import Classification
from app.models.break_glass import BreakGlassRow
from app.services.accounts import SYSTEM
from app.services.visibility import marking_of
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.break_glass import GLASS, KPU_CHIEF, ask, open_glass
from tests.support.calls import INCIDENTS, REASON, change, get, post, refused, url
from tests.support.deployments import DEPLOYMENTS, deploy
from tests.support.inbox import waiting
from tests.support.service import Service, report, running
from tests.support.threats import LEVELS, PROPOSALS, proposed, spot, stated
from tests.test_separate_worlds import open_account

OWNER, OWNER2 = "commander.polda-banten", "commander2.polda-banten"
UNKNOWN = "I-0000-000"


async def reviewed(service: Service, account: str, grant: dict[str, Any], decision: str) -> Any:
    return await post(
        service, account, f"{GLASS}/{grant['id']}/review", {"decision": decision, "reason": REASON}
    )


async def rewritten(service: Service, grant: dict[str, Any], **values: Any) -> None:
    """The grant as if time had passed; with an entry, for the database takes no change without."""
    state = service.app.state
    async with state.database.session() as session:
        row = await session.get(BreakGlassRow, UUID(grant["id"]))
    change = Change(SYSTEM)
    marking = marking_of(row)
    change.update(row, "break_glass.rewritten", Subject("break_glass", row.id, marking, marking), values)
    await state.lane.write(change)


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


@pytest.mark.parametrize("tlp", ["AMBER", "AMBER+STRICT"])
async def test_a_commander_reads_a_hidden_record_by_its_id_and_nothing_else(service: Service, tlp: str):
    made = await report(service, OWNER, tlp=tlp, title="Tertutup")
    assert (await get(service, KPU_CHIEF, url(made))).status_code == 404
    grant = (await open_glass(service, KPU_CHIEF, made)).json()
    assert (grant["record_id"], grant["path"], grant["review"]) == (made["id"], url(made), "pending")
    read = await get(service, KPU_CHIEF, grant["path"])
    assert (read.status_code, read.json()["title"]) == (200, "Tertutup")
    for part in ("notes", "links", "parties", "attachments", "history", "suggestions"):
        assert (await get(service, KPU_CHIEF, url(made, f"/{part}"))).status_code == 404, part
    assert (await change(service, KPU_CHIEF, made, title="Diubah")).status_code == 404
    listed = await get(service, KPU_CHIEF, INCIDENTS, reference=made["reference"])
    assert listed.json()["items"] == []
    for other in ("commander2.kpu-banten", "commander.bawaslu-banten"):
        assert (await get(service, other, url(made))).status_code == 404


async def test_levels_proposals_and_deployments_are_opened_too(service: Service):
    hidden = {"tlp": "AMBER+STRICT"}
    records = [
        (LEVELS, await stated(service, OWNER, spot(), 2, **hidden)),
        (PROPOSALS, await proposed(service, OWNER, spot(), 4, **hidden)),
        (DEPLOYMENTS, await deploy(service, "operator.polda-banten", **hidden)),
    ]
    for place, made in records:
        where = f"{place}/{made['id']}"
        assert (await get(service, KPU_CHIEF, where)).status_code == 404
        assert (await open_glass(service, KPU_CHIEF, made)).json()["path"] == where
        assert (await get(service, KPU_CHIEF, where)).json()["id"] == made["id"]
        assert (await get(service, KPU_CHIEF, f"{where}/history")).status_code == 404


async def test_what_may_not_be_opened_is_as_unknown_as_what_does_not_exist(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        named = [OWNER, OWNER2]
        red = await report(service, OWNER, tlp="RED", recipients=named)
        about = await report(service, OWNER, about_agencies=["kpu-banten"])
        player = await open_account(service, "player.polda-banten", Role.COMMANDER, "latihan-1")
        elsewhere = await report(service, player)
        strength = "U-0000-000"
        unknown = await ask(service, KPU_CHIEF, UNKNOWN)
        refused(unknown, 404, "not-found")
        for account, reference in (
            ("commander2.kpu-banten", red["reference"]),
            ("commander2.kpu-banten", about["reference"]),
            ("commander2.kpu-banten", elsewhere["reference"]),
            ("commander2.kpu-banten", strength),
        ):
            answer = await ask(service, account, reference)
            assert (answer.status_code, answer.headers, answer.content) == (
                404,
                unknown.headers,
                unknown.content,
            )


async def test_the_sixth_try_of_a_day_is_refused_whatever_it_names(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OWNER)
        await open_glass(service, KPU_CHIEF, made)  # what is found takes no place
        seen = await report(service, OWNER, tlp="GREEN")
        refused(await ask(service, KPU_CHIEF, seen["reference"]), 409, "conflict")
        refused(await ask(service, KPU_CHIEF, "none"), 422, "invalid", "/reference")
        for _ in range(5):
            refused(await ask(service, KPU_CHIEF, UNKNOWN), 404, "not-found")
        for reference in (UNKNOWN, made["reference"], seen["reference"]):
            answer = await ask(service, KPU_CHIEF, reference)
            refused(answer, 429, "too-many-requests")
            assert 0 < int(answer.headers["retry-after"]) <= 86_401
        assert (await ask(service, "commander2.kpu-banten", made["reference"])).status_code == 201


async def test_of_many_tries_at_once_no_more_are_answered_than_a_day_has(fresh: Settings):
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        workers = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        for each in workers:
            await each.client(KPU_CHIEF)
        answers = await asyncio.gather(*(ask(each, KPU_CHIEF, UNKNOWN) for each in workers * 10))
        statuses = sorted(each.status_code for each in answers)
        assert statuses == [404] * 5 + [429] * 15


async def test_a_commander_reads_what_is_above_their_clearance_in_their_own_agency(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        low = await open_account(
            service, "junior.polda-banten", Role.COMMANDER, clearance=Classification.TERBATAS
        )
        made = await report(service, OWNER, classification="rahasia", tlp="GREEN")
        assert (await get(service, low, url(made))).status_code == 404
        grant = (await open_glass(service, low, made)).json()
        assert (await get(service, low, url(made))).status_code == 200
        # Who broke the glass does not review it.
        refused(await reviewed(service, low, grant, "approve"), 403, "forbidden")
        assert (await reviewed(service, OWNER, grant, "approve")).status_code == 200


async def test_a_grant_ends_by_time_by_contest_and_when_the_record_becomes_red(service: Service):
    expired, contested, narrowed = [await report(service, OWNER) for _ in range(3)]
    grants = [(await open_glass(service, KPU_CHIEF, each)).json() for each in (expired, contested, narrowed)]
    await rewritten(service, grants[0], created_at=ago(minutes=31), expires_at=ago(minutes=1))
    answer = await reviewed(service, OWNER, grants[1], "contest")
    assert (answer.status_code, answer.json()["review"]) == (200, "contested")
    red = await change(
        service,
        OWNER,
        narrowed,
        tlp="RED",
        recipients=[OWNER, OWNER2],
    )
    assert red.status_code == 200
    for made in (expired, contested, narrowed):
        answer = await get(service, KPU_CHIEF, url(made))
        refused(answer, 404, "not-found")
        assert answer.content == (await get(service, KPU_CHIEF, f"{INCIDENTS}/{grants[0]['id']}")).content


async def test_it_takes_the_permission_at_each_reading(service: Service):
    made = await report(service, OWNER)
    await open_glass(service, KPU_CHIEF, made)
    narrow = await service.token(KPU_CHIEF, scope="incidents:read")
    headers = {"Authorization": f"Bearer {narrow}"}
    assert (await (await service.anonymous()).get(url(made), headers=headers)).status_code == 404
    refused(await ask(service, "operator.kpu-banten", made["reference"]), 403, "forbidden")


async def test_the_owner_finds_it_in_the_inbox_at_once_and_reviews_it_once(service: Service):
    made = await report(service, OWNER)
    answer = await open_glass(service, KPU_CHIEF, made)
    grant = answer.json()
    inbox = await waiting(service, OWNER)
    (item,) = [each for each in inbox if each["record_id"] == grant["id"]]
    assert (item["kind"], item["title"], item["reference"]) == (
        "break_glass",
        made["reference"],
        grant["reference"],
    )
    assert (item["agency"], item["role"]) == ("kpu-banten", "commander")
    assert item["position"] == int(answer.headers["siaga-ledger-position"])
    told = (await get(service, OWNER, f"{GLASS}/{grant['id']}")).json()
    assert (told["reason"], told["agency"]) == (REASON, "kpu-banten")
    assert KPU_CHIEF not in str(told)
    refused(await reviewed(service, KPU_CHIEF, grant, "approve"), 403, "forbidden")
    refused(await reviewed(service, "commander.bawaslu-banten", grant, "approve"), 404, "not-found")
    answer = await post(service, OWNER, item["path"], {"decision": "approve", "reason": REASON})
    assert (answer.json()["review"], answer.json()["review_reason"]) == ("approved", REASON)
    refused(await reviewed(service, OWNER2, grant, "contest"), 409, "conflict")
    inbox = await waiting(service, OWNER)
    assert grant["id"] not in {each["record_id"] for each in inbox}
    assert (await get(service, KPU_CHIEF, f"{GLASS}/{grant['id']}")).json()["review"] == "approved"


async def test_a_review_that_nobody_closed_in_time_is_shown_as_overdue_and_can_still_be_closed(
    service: Service,
):
    made = await report(service, OWNER)
    grant = (await open_glass(service, KPU_CHIEF, made)).json()
    due = datetime.fromisoformat(grant["review_due_at"]) - datetime.fromisoformat(grant["opened_at"])
    assert due == timedelta(hours=72)
    await rewritten(service, grant, review_due_at=ago(minutes=1))
    for review, found in (("overdue", True), ("pending", False)):
        items = (await get(service, OWNER, GLASS, review=review, limit=200)).json()["items"]
        assert (grant["id"] in {each["id"] for each in items}) == found
    read = await get(service, OWNER, f"{GLASS}/{grant['id']}")
    assert read.json()["review"] == "overdue"
    assert read.headers["etag"] != '"2"'
    assert (await reviewed(service, OWNER, grant, "approve")).json()["review"] == "approved"


async def test_the_audience_of_the_record_does_not_learn_of_it(service: Service):
    made = await report(service, OWNER, tlp="AMBER", audience=["bawaslu-banten"])
    grant = (await open_glass(service, KPU_CHIEF, made)).json()
    for account in ("commander.bawaslu-banten", "auditor.bawaslu-banten"):
        listed = (await get(service, account, GLASS, limit=200)).json()["items"]
        assert grant["id"] not in {each["id"] for each in listed}
        refused(await get(service, account, f"{GLASS}/{grant['id']}"), 404, "not-found")
    history = (await get(service, "commander.bawaslu-banten", url(made, "/history"))).json()["items"]
    assert [each["action"] for each in history] == ["incident.reported"]
    for record in (made["id"], grant["id"]):
        entries = await get(service, "auditor.bawaslu-banten", "/api/v1/ledger/entries", record_id=record)
        assert "break_glass.opened" not in {each["action"] for each in entries.json()["items"]}
    for auditor, account in (("auditor.kpu-banten", KPU_CHIEF), ("auditor.polda-banten", None)):
        entries = await get(service, auditor, "/api/v1/ledger/entries", record_id=grant["id"])
        (entry,) = entries.json()["items"]
        assert (entry["action"], entry["account"]) == ("break_glass.opened", account)


async def test_who_is_not_cleared_for_the_record_does_not_learn_that_it_was_opened(service: Service):
    made = await report(service, OWNER, classification="rahasia")
    grant = (await open_glass(service, KPU_CHIEF, made)).json()
    assert grant["classification"] == "rahasia"
    assert (await get(service, OWNER, f"{GLASS}/{grant['id']}")).status_code == 200
    for account in ("liaison.polda-banten", "operator.polda-banten"):
        refused(await get(service, account, f"{GLASS}/{grant['id']}"), 403, "forbidden")


async def test_the_same_key_gives_the_same_grant(service: Service):
    made = await report(service, OWNER)
    key = {"headers": {"Idempotency-Key": f"kunci-{made['id']}"}}
    first = await open_glass(service, KPU_CHIEF, made, **key)
    again = await open_glass(service, KPU_CHIEF, made, **key)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()
    path = f"{GLASS}/{first.json()['id']}/review"
    body = {"decision": "approve", "reason": REASON}
    answers = [
        await post(service, OWNER, path, body, **{"Idempotency-Key": f"tinjau-{made['id']}"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("minutes", [0, 61, -1, 1.5, "30", None, True])
async def test_it_lasts_at_most_an_hour(service: Service, minutes: Any):
    refused(await ask(service, KPU_CHIEF, UNKNOWN, minutes=minutes), 422, "invalid", "/minutes")
