"""What a posture plan prepares: a deployment, help of others, a patrol, a notice; each only by who may."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.services import inbox_notices
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support import patrols
from tests.support.administration import AGENCIES, HOST, act
from tests.support.assistance import ASSISTANCE, KOREM
from tests.support.calls import get, post, refused
from tests.support.deployments import UNIT
from tests.support.deployments import state as strength
from tests.support.posture import (
    ACTIVATIONS,
    AT,
    COMMANDER,
    PLANS,
    WHY,
    call,
    decide,
    drafted,
    measure,
    patrol,
    plan,
    prepared,
    tick,
)
from tests.support.service import Service, running
from tests.support.threats import CHIEF2, KPU, POLDA, hours, stated

FEED = "/api/v1/changes?type=posture_plan&limit=1000"
NOTICE = {"kind": "notification", "text": "Piket siaga (fiktif)."}


async def patch(service: Service, account: str, path: str, version: int, **values: Any) -> dict[str, Any]:
    client = await service.client(account)
    answer = await client.patch(path, json=values, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def come(service: Service, measures: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """What the coming of a level made of a plan with these measures, which a patch put there."""
    made = await prepared(service, measures=[NOTICE], **changes)
    await patch(service, COMMANDER, f"{PLANS}/{made['id']}", 1, measures=measures)
    await stated(service, POLDA, AT, 3)
    assert await tick(service) == 1
    [activation] = await drafted(service)
    return activation


def day(days: int) -> str:
    return str((datetime.now(UTC) + patrols.WIB + timedelta(days=days)).date())


async def only(service: Service, account: str, path: str) -> dict[str, Any]:
    [item] = (await get(service, account, path)).json()["items"]
    return item


async def told(service: Service, account: str, limit: int = 200) -> list[tuple[str, str]]:
    items = (await get(service, account, "/api/v1/inbox", limit=limit)).json()["items"]
    return [(each["title"], each["path"]) for each in items if each["kind"] == "notice"]


async def test_an_activation_makes_a_deployment_a_request_to_korem_a_patrol_and_a_notice(
    fresh: Settings, monkeypatch: pytest.MonkeyPatch
):
    async with running(fresh, PASSWORD) as service:
        await strength(service, POLDA, UNIT, 50)
        route = await patrols.planned(service)
        helped = call(starts_in_hours=6, note="Pengamanan (fiktif).")
        measures = [measure(), helped, patrol(route["id"], in_days=1), NOTICE]
        activation = await come(service, measures)
        assert [each["shortfall"] for each in activation["drafts"]] == [None] * 4
        assert activation["drafts"][2]["measure"]["patrol_plan_id"] == route["id"]
        path = f"{ACTIVATIONS}/{activation['id']}"

        before = datetime.now(UTC)
        answers = await asyncio.gather(*[decide(service, activation, 2) for _ in range(3)])
        assert sorted(each.status_code for each in answers) == [200, 409, 409]
        asked = await only(service, KOREM, ASSISTANCE)
        begin = datetime.fromisoformat(asked["starts_at"])
        assert timedelta(0) <= begin - before - timedelta(hours=6) < timedelta(minutes=5)
        assert datetime.fromisoformat(asked["ends_at"]) - begin == timedelta(hours=48)
        assert begin - datetime.fromisoformat(asked["answer_by"]) == timedelta(hours=3)
        assert (asked["owner_agency"], asked["addressed"], asked["audience"], asked["tlp"]) == (
            "polda-banten", ["korem-064"], ["korem-064"], "AMBER+STRICT",
        )  # fmt: skip
        assert (asked["kind"], asked["quantity"], asked["region_code"], asked["note"]) == (
            "crowd_control", 40, "36.04", helped["note"],
        )  # fmt: skip

        assert (await decide(service, activation, 1)).status_code == 200
        assert (await decide(service, activation, 3)).status_code == 200
        run = await only(service, COMMANDER, patrols.PATROLS)
        assert (run["plan_id"], run["on_date"], run["stop_count"]) == (route["id"], day(1), 3)
        assert len(await patrols.stops_of(service, run)) == 3

        assert await told(service, POLDA) == []
        assert (await decide(service, activation, 4)).json()["status"] == "closed"
        assert await told(service, POLDA) == [(activation["plan_name"], path)]
        assert (await told(service, COMMANDER), await told(service, KOREM)) == ([], [])
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        monkeypatch.setattr(inbox_notices, "today", lambda: tomorrow + timedelta(days=6))
        assert len(await told(service, POLDA, 199)) == 1  # asked otherwise, or the kept answer is told
        monkeypatch.setattr(inbox_notices, "today", lambda: tomorrow + timedelta(days=7))
        assert await told(service, POLDA, 198) == []

        sent = await only(service, COMMANDER, "/api/v1/deployments")
        shown = (await get(service, COMMANDER, path)).json()
        assert shown["assistance_request_ids"] == [asked["id"]]
        assert (shown["deployment_ids"], shown["patrol_ids"]) == ([sent["id"]], [run["id"]])
        refused(await get(service, KOREM, path), 404, "not-found")


async def test_a_token_carries_out_what_it_could_make_itself(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await strength(service, POLDA, UNIT, 50)
        route = await patrols.planned(service)
        activation = await come(service, [measure(), call(), patrol(route["id"]), NOTICE, call()])
        client = await service.anonymous()

        async def with_scope(number: int, more: str, decision: str = "carry_out") -> Any:
            token = await service.token(COMMANDER, scope=f"posture:read posture:write {more}".strip())
            return await client.post(
                f"{ACTIVATIONS}/{activation['id']}/drafts/{number}/decision",
                json={"decision": decision, "reason": WHY},
                headers={"Authorization": f"Bearer {token}"},
            )

        needs = {1: "deployments:write", 2: "assistance:write", 3: "patrols:write"}
        for number, scope in needs.items():
            others = " ".join(each for each in needs.values() if each != scope)
            answer = await with_scope(number, others)
            refused(answer, 403, "forbidden")
            assert f'scope="{scope}"' in answer.headers["www-authenticate"]
        assert {each["state"] for each in (await drafted(service))[0]["drafts"]} == {"waiting"}
        for number, scope in needs.items():
            assert (await with_scope(number, scope)).status_code == 200
        assert (await with_scope(4, "")).status_code == 200
        assert (await with_scope(5, "", "drop")).json()["status"] == "closed"


async def test_what_has_gone_meanwhile_is_a_shortfall_that_the_decider_can_mend(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        route = await patrols.planned(service)
        made = await prepared(
            service, measures=[call(addressed=["korem-064", "pemprov-banten"]), patrol(route["id"])]
        )
        assert made["patrol_plan_ids"] == [route["id"]]
        await act(service, HOST, f"{AGENCIES}/pemprov-banten/departure")
        await patch(service, POLDA, patrols.plan_at(route), 1, in_use=False)
        refused(
            await post(service, COMMANDER, PLANS, plan(measures=[measure(), patrol(route["id"])])),
            422, "invalid", "/measures/1/patrol_plan_id",
        )  # fmt: skip
        await stated(service, POLDA, AT, 3)
        await tick(service)
        [activation] = await drafted(service)
        assert [each["shortfall"] for each in activation["drafts"]] == [
            {"reason": "no_partner", "asked": 2, "available": 1},
            {"reason": "plan_out_of_use", "asked": 1, "available": 0},
        ]

        refused(await decide(service, activation, 1), 422, "invalid", "/addressed")
        refused(await decide(service, activation, 1, on_date=day(1)), 422, "invalid", "/on_date")
        refused(await decide(service, activation, 1, strength_planned=1), 422, "invalid", "/strength_planned")
        refused(await decide(service, activation, 1, starts_at=hours(24 * 400)), 422, "invalid", "/starts_at")
        mended = {"addressed": ["korem-064"], "starts_at": hours(1)}
        refused(await decide(service, activation, 1, decision="drop", **mended), 422, "invalid", "/addressed")
        short = {"addressed": ["korem-064"], "starts_at": hours(-47)}  # over before the answer is due
        refused(await decide(service, activation, 1, **short), 422, "invalid", "/decision")
        assert (await decide(service, activation, 1, **mended)).status_code == 200
        assert (await only(service, KOREM, ASSISTANCE))["addressed"] == ["korem-064"]

        refused(await decide(service, activation, 2), 409, "conflict")
        tomorrow = (datetime.now(UTC) + patrols.WIB + timedelta(days=1)).strftime("%a").lower()
        await patch(service, POLDA, patrols.plan_at(route), 2, in_use=True, weekdays=[tomorrow])
        refused(await decide(service, activation, 2), 422, "invalid", "/on_date")
        assert (await decide(service, activation, 2, on_date=day(1))).status_code == 200


async def test_a_patrol_plan_that_one_may_not_see_is_masked_in_the_measures(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        secret = await patrols.planned(service, tlp="RED", recipients=[POLDA, COMMANDER])
        open_one = await patrols.planned(service, tlp="GREEN")
        refused(
            await post(service, "commander.kpu-banten", PLANS, plan(measures=[patrol(open_one["id"])])),
            422, "invalid", "/measures/0/patrol_plan_id",
        )  # fmt: skip
        made = await prepared(service, tlp="GREEN", measures=[patrol(secret["id"]), patrol(open_one["id"])])
        assert made["patrol_plan_ids"] == [secret["id"], open_one["id"]]
        path = f"{PLANS}/{made['id']}"
        then = made["recorded_at"].replace("+", "%2B")
        for reader in (KPU, CHIEF2):
            shown = (await get(service, reader, path)).json()
            assert [each["patrol_plan_id"] for each in shown["measures"]] == [None, open_one["id"]]
            assert shown["patrol_plan_ids"] == [open_one["id"]]
            for place in (PLANS, f"{path}/history", f"{path}?as_of={then}", FEED):
                answer = await (await service.client(reader)).get(place)
                assert open_one["id"] in answer.text, place
                assert secret["id"] not in answer.text, place

        await stated(service, POLDA, AT, 3)
        await tick(service)
        [activation] = await drafted(service, CHIEF2)
        first, second = activation["drafts"]
        assert (first["measure"]["patrol_plan_id"], first["shortfall"]["reason"]) == (None, "plan_hidden")
        assert (second["measure"]["patrol_plan_id"], second["shortfall"]) == (open_one["id"], None)
        refused(await decide(service, activation, 1, CHIEF2), 409, "conflict")
        assert (await decide(service, activation, 2, CHIEF2)).status_code == 200
        done = (await decide(service, activation, 1)).json()
        assert len(done["patrol_ids"]) == 2
        assert [each["measure"]["patrol_plan_id"] for each in done["drafts"]] == done["patrol_plan_ids"]
        shown = (await get(service, CHIEF2, f"{ACTIVATIONS}/{activation['id']}")).json()
        assert (shown["patrol_ids"], shown["patrol_plan_ids"]) == (done["patrol_ids"][:1], [open_one["id"]])
