"""The snapshot: all that one may see, of one moment, in bounded memory; who stops reading is let go."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from app.services import snapshots
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support import deployments as forces
from tests.support.assistance import ASSISTANCE, asked
from tests.support.calls import INCIDENTS, OPERATOR, change, get, refused, walk
from tests.support.deployments import DEPLOYMENTS, STRENGTHS
from tests.support.elections import ELECTIONS, ORDERS, issued
from tests.support.feeds import CHANGES, SNAPSHOT, brief, since, taken
from tests.support.patrols import PATROLS, PLANS, planned, run_of
from tests.support.servers import serving
from tests.support.service import Service, incident, report
from tests.support.sites import PATTERNS, SITES, pattern_set, registered
from tests.support.threats import LEVELS, PROPOSALS, aside, proposed, stated

KPU = "commander.kpu-banten"
LISTS = {
    "assistance_request": ASSISTANCE,
    "deployment": DEPLOYMENTS,
    "election": ELECTIONS,
    "guard_pattern": PATTERNS,
    "incident": INCIDENTS,
    "patrol": PATROLS,
    "patrol_plan": PLANS,
    "readiness_order": ORDERS,
    "site": SITES,
    "threat_level": LEVELS,
    "threat_level_proposal": PROPOSALS,
    "unit_strength": STRENGTHS,
}


async def listed(service: Service, account: str) -> dict[str, dict[str, Any]]:
    """All records as the lists show them, by type and id."""
    pages = {kind: await walk(service, account, path, limit=200) for kind, path in LISTS.items()}
    return {kind: {each["id"]: each for items in found for each in items} for kind, found in pages.items()}


async def some_of_everything(service: Service) -> None:
    named = await report(service, OPERATOR)
    for marking in ({"tlp": "GREEN"}, {"tlp": "AMBER", "audience": ["kpu-banten"]}, {}):
        await report(service, OPERATOR, **marking)
        await forces.deploy(service, incident_id=named["id"], **marking)
        await stated(service, OPERATOR, aside(), 2, basis=[named["id"]], **marking)
        await proposed(service, OPERATOR, aside(), 4, **marking)
        await registered(service, risk="rawan", rationale="Dinilai.", **marking)
        await pattern_set(service, **marking)
        await asked(service, **marking)
        await run_of(service, await planned(service, **marking))
        await issued(service, **marking)


async def test_a_snapshot_is_what_the_lists_show(service: Service):
    await some_of_everything(service)
    for account in (OPERATOR, KPU, "liaison.bawaslu-banten", "integration.korem-064"):
        lines, _ = taken(await get(service, account, SNAPSHOT, type=list(LISTS)))
        held: dict[str, dict[str, Any]] = {kind: {} for kind in LISTS}
        for each in lines:
            assert each["version"] == each["record"]["version"]
            held[each["record_type"]][each["id"]] = each["record"]
        assert held == await listed(service, account)


async def test_only_the_types_asked_for_are_in_it(service: Service):
    await some_of_everything(service)
    lines, _ = taken(await get(service, KPU, SNAPSHOT, type=["deployment", "threat_level"]))
    assert {each["record_type"] for each in lines} == {"deployment", "threat_level"}


async def test_the_changes_go_on_where_the_snapshot_stood(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    answer = await get(service, KPU, SNAPSHOT)
    _, after = taken(answer)
    await change(service, OPERATOR, made, tlp="AMBER+STRICT")
    assert brief(await since(service, KPU, after)) == [("gone", made["id"])]


async def test_everything_in_it_is_of_one_moment(service: Service, monkeypatch: pytest.MonkeyPatch):
    """Whatever is committed while it is read is told by the changes after it."""
    monkeypatch.setattr(snapshots, "ROWS", 1)
    feed = service.app.state.feed
    made = [await report(service, OPERATOR, tlp="GREEN") for _ in range(3)]
    await get(service, KPU, CHANGES)
    known = service.app.state.authenticator._known.values()
    ours = [each.actor for each in known if each.actor and each.actor.account == KPU]
    actor = max(ours, key=lambda each: len(each.permissions))  # not that of another test's narrowed token

    async def now() -> Any:
        return actor

    lines = snapshots.lines(feed, now, ["incident"])
    text = [await anext(lines), await anext(lines)]
    changed = (await change(service, OPERATOR, made[2], title="Judul baru")).json()
    late = await report(service, OPERATOR, tlp="GREEN")
    text += [each async for each in lines]
    *records, last = [json.loads(each) for each in b"".join(text).splitlines()][1:]
    held = {each["id"]: each["record"] for each in records}
    assert held[made[2]["id"]] == made[2]
    assert late["id"] not in held
    told = await since(service, KPU, last["next"], type="incident")
    assert [each["record"] for each in told] == [changed, late]


async def bearer(client: httpx.AsyncClient, account: str) -> dict[str, str]:
    """The header of who has signed in."""
    form = {"grant_type": "password", "username": account, "password": PASSWORD}
    token = (await client.post("/oauth2/token", data=form)).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


async def test_who_stops_reading_is_let_go_and_writers_never_wait(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
            watching = ("operator.kpu-banten", "operator.bawaslu-banten")
            others = [await bearer(client, each) for each in watching]
            client.headers.update(await bearer(client, OPERATOR))
            long = {"tlp": "GREEN", "description": "Air hujan masuk ke gudang. " * 350}
            sent = [client.post(INCIDENTS, json=incident(**long)) for _ in range(600)]
            for begin in range(0, len(sent), 50):
                answers = await asyncio.gather(*sent[begin : begin + 50])
                assert all(each.status_code == 201 for each in answers)
            for _ in range(4):  # more than may be read at once
                async with client.stream("GET", SNAPSHOT) as answer:
                    assert answer.status_code == 200
                    await anext(answer.aiter_lines())
                    assert (await client.post(INCIDENTS, json=incident(tlp="GREEN"))).status_code == 201
                await asyncio.sleep(0.5)
            async with (
                client.stream("GET", SNAPSHOT) as first,
                client.stream("GET", SNAPSHOT, headers=others[0]) as second,
            ):
                assert first.status_code == second.status_code == 200
                for headers in ({}, others[1]):  # one an account, and two in all
                    third = await client.get(SNAPSHOT, headers=headers)
                    refused(third, 429, "too-many-requests")
                    assert int(third.headers["retry-after"]) > 0
            await asyncio.sleep(0.5)
            lines, _ = taken(await client.get(SNAPSHOT))
            assert sum(each["record_type"] == "incident" for each in lines) == 604
