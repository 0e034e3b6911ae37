"""Patrols of every marking, for every reader: read, listed, overdue, counted and told of, or absent."""

from typing import Any

from tests.support.calls import ABSENT, OPERATOR, get, refused
from tests.support.need_to_know import entitled, post
from tests.support.patrols import (
    COVERAGE,
    OVERDUE,
    PATROLS,
    PLANS,
    POINT,
    at,
    created,
    place,
    plan_at,
    planned,
    run_of,
    skip,
    started,
    step,
    stops_of,
    visit,
)
from tests.support.privacy import ERASURES, OFFICER
from tests.support.service import Service
from tests.support.sites import at as site_at
from tests.support.sites import registered
from tests.test_site_visibility import CHIEF, every_marking

KPU = "operator.kpu-banten"
READERS = [
    CHIEF, OPERATOR, "auditor.polda-banten", "integration.polda-banten", "commander.kpu-banten", KPU,
    "liaison.bawaslu-banten",
]  # fmt: skip
HERE = "36.04.13"
MONTHS = {"from": "2024-11-01T00:00:00Z", "to": "2024-12-01T00:00:00Z"}


async def listed(service: Service, account: str, path: str, **asked: Any) -> set[str]:
    """The ids in a list."""
    items = (await get(service, account, path, limit=200, **asked)).json()["items"]
    return {each["id"] for each in items}


@every_marking
async def test_a_patrol_shows_to_whom_it_is_for_and_to_nobody_else(service: Service, marking: dict[str, Any]):
    counted = {each: (await get(service, each, COVERAGE, region=HERE, **MONTHS)).json() for each in READERS}
    plan = await planned(service, CHIEF, region_code=HERE, **marking)
    answer = await (await service.client(CHIEF)).post(
        plan_at(plan, "/patrols"), json={"on_date": "2024-11-27"}
    )
    made = await created(answer)
    stop = (await stops_of(service, made, CHIEF))[0]
    for account in READERS:
        known = entitled(post(account), made)
        for root, of, parts in (
            (PATROLS, made, ("", "/stops", "/history")), (PLANS, plan, ("", "/stops", "/history")),
        ):  # fmt: skip
            for part in parts:
                read = await get(service, account, f"{root}/{of['id']}{part}")
                absent = await get(service, account, f"{root}/{ABSENT}{part}")
                assert read.status_code == (200 if known else 404), (account, root, part)
                assert known or (read.headers, read.content) == (absent.headers, absent.content)
        assert (made["id"] in await listed(service, account, PATROLS, region=HERE)) == known
        assert (plan["id"] in await listed(service, account, PLANS, region=HERE)) == known
        assert (stop["id"] in await listed(service, account, OVERDUE, region=HERE)) == known
        now = (await get(service, account, COVERAGE, region=HERE, **MONTHS)).json()
        assert now["missing"] - counted[account]["missing"] == (3 if known else 0)
        if account in {KPU, "commander.kpu-banten"}:
            for refusal in (await visit(service, stop, account), await skip(service, stop, account)):
                assert refusal.status_code == (403 if known else 404)
    await created(await (await service.client(CHIEF)).post(
        at(made, "/steps"), json={"to": "cancelled", "reason": "Dibatalkan."}
    ))  # fmt: skip


async def test_what_only_the_owner_does_is_refused_to_who_sees_it(service: Service):
    plan = await planned(service, tlp="GREEN")
    made = await run_of(service, plan)
    client = await service.client(KPU)
    match = {"If-Match": '"1"'}
    refused(await client.patch(plan_at(plan), json={"in_use": False}, headers=match), 403, "forbidden")
    refused(await client.post(plan_at(plan, "/patrols"), json={"on_date": "2024-11-27"}), 403, "forbidden")
    refused(await client.patch(at(made), json={"tlp": "CLEAR"}, headers=match), 403, "forbidden")
    body = {"to": "under_way", "reason": "Berangkat."}
    refused(await client.post(at(made, "/steps"), json=body), 403, "forbidden")
    liaison = await service.client("liaison.polda-banten")
    refused(await liaison.post(at(made, "/steps"), json=body), 403, "forbidden")


async def test_links_to_what_is_hidden_are_left_out_and_so_is_the_distance_to_it(service: Service):
    hidden = await registered(service, geometry=POINT, tlp="AMBER+STRICT")
    open_to_all = await registered(service, geometry=POINT)
    stops = [{"minute": 0, "site_id": each["id"]} for each in (hidden, open_to_all)]
    plan = await planned(service, stops=[*stops, place(1)], tlp="GREEN")
    shown = (await get(service, KPU, plan_at(plan, "/stops"))).json()["items"]
    assert [each["site_id"] for each in shown] == [None, open_to_all["id"], None]
    made = await run_of(service, plan)
    await created(await step(service, made, "under_way", at=made["starts_at"]))
    for stop in await stops_of(service, made):
        assert (await created(await visit(service, stop)))["distance_m"] == 0
    theirs = await stops_of(service, made, KPU)
    assert [(each["site_id"], each["distance_m"]) for each in theirs] == [
        (None, None), (open_to_all["id"], 0), (None, 0),
    ]  # fmt: skip
    told = (await get(service, KPU, at(made, "/history"))).json()["items"]
    said = [each["state"] for each in told if each["action"] == "patrol.stop_visited"]
    assert [each["distance_m"] for each in said] == [None, 0, 0]
    assert hidden["id"] not in str([theirs, told])
    # Who cannot see the site is told no distance to it, though the patrol be their own.
    secret = await registered(service, CHIEF, geometry=POINT, classification="rahasia", tlp="AMBER+STRICT")
    plan = await planned(service, CHIEF, stops=[{"minute": 0, "site_id": secret["id"]}])
    made = await run_of(service, plan)
    await created(await step(service, made, "under_way", at=made["starts_at"]))
    (stop,) = await stops_of(service, made)
    assert (stop["site_id"], (await created(await visit(service, stop)))["distance_m"]) == (None, None)


async def test_a_plan_that_is_hidden_later_is_left_out_of_its_patrols(service: Service):
    plan = await planned(service, tlp="GREEN")
    made = await run_of(service, plan)
    assert made["id"] in await listed(service, KPU, PATROLS, plan=plan["id"])
    client = await service.client(OPERATOR)
    match = {"If-Match": '"1"'}
    await created(await client.patch(plan_at(plan), json={"tlp": "AMBER+STRICT"}, headers=match))
    assert (await get(service, KPU, at(made))).json() == {**made, "plan_id": None}
    assert await listed(service, KPU, PATROLS, plan=plan["id"]) == set()
    await created(await client.patch(at(made), json={"tlp": "AMBER+STRICT"}, headers=match))
    assert (await get(service, KPU, at(made))).status_code == 404
    assert (await get(service, KPU, at(made, "/stops"))).status_code == 404


async def test_a_hidden_patrol_hinders_none_and_tells_nothing_of_itself(service: Service):
    plan = await planned(service)
    body = {"on_date": "2024-11-27"}
    chief, operator = await service.client(CHIEF), await service.client(OPERATOR)
    secret = await chief.post(plan_at(plan, "/patrols"), json={**body, "classification": "rahasia"})
    assert secret.status_code == 201
    made = await created(await operator.post(plan_at(plan, "/patrols"), json=body))
    refused(await operator.post(plan_at(plan, "/patrols"), json=body), 409, "conflict")
    answer = await chief.patch(at(made), json={"classification": "rahasia"}, headers={"If-Match": '"1"'})
    refused(answer, 409, "conflict")
    blind = {**body, "on_date": "2024-11-28", "classification": "rahasia"}
    refused(
        await operator.post(plan_at(plan, "/patrols"), json=blind), 422, "invalid", "/classification"
    )  # fmt: skip


async def test_what_was_erased_of_a_stop_is_gone(service: Service):
    made = await started(service)
    stop = (await stops_of(service, made))[0]
    await created(await visit(service, stop, remark="Catatan (fiktif)."))
    officer = await service.client(OFFICER)
    body = {
        "record_type": "patrol", "record_id": made["id"], "subject_type": "patrol_stop",
        "subject_id": stop["id"], "fields": ["remark", "visit_latitude"], "legal_basis": "purpose_met",
        "reason": "Tidak diperlukan lagi.",
    }  # fmt: skip
    await created(await officer.post(ERASURES, json=body))
    now = (await stops_of(service, made))[0]
    assert (now["remark"], now["visit_geometry"], now["outcome"]) == (None, None, "visited")
    assert "Catatan (fiktif)" not in (await get(service, OPERATOR, at(made, "/history"))).text
    # A stop is part of its patrol, and not of the site that it names.
    site = await registered(service, geometry=POINT)
    named = await started(service, stops=[{"minute": 0, "site_id": site["id"]}])
    (stop,) = await stops_of(service, named)
    of_site = {**body, "record_type": "site", "record_id": site["id"], "subject_id": stop["id"]}
    refused(await officer.post(ERASURES, json=of_site), 422, "invalid", "/subject_id")
    assert (await get(service, OPERATOR, site_at(site))).status_code == 200
