"""What was erased of a record that is sent again and again stays erased, and sending tells nothing."""

import json
from typing import Any

import pytest

from tests.support.bulk import key, keyed, level, outcomes, send
from tests.support.calls import OPERATOR, get, ledger_size, post, url
from tests.support.deployments import UNIT, deployment, state, window
from tests.support.feeds import SNAPSHOT, brief, since, taken, tip
from tests.support.privacy import OFFICER, erase
from tests.support.service import Service
from tests.support.threats import LEVELS, WHY, spot

KPU = "operator.kpu-banten"
SITE, TITLE = "Rumah Bu Ratmi (fiktif)", "Bu Ratmi (fiktif) diancam"
POINT = {"type": "Point", "coordinates": [106.15, -6.12]}
LESS = {"title": "Seorang warga diancam"}


async def made_by(service: Service, what: str, item: dict[str, Any]) -> dict[str, Any]:
    answer = await send(service, OPERATOR, what, [item])
    assert outcomes(answer) == [(201, "created")]
    return answer.json()["items"][0]


async def test_sending_it_again_brings_back_nothing_and_tells_nothing(service: Service):
    item = keyed(title=TITLE, site=SITE, geometry=POINT, tlp="GREEN")
    made = await made_by(service, "incidents", item)
    after = await tip(service, KPU)
    fields = ("title", "site", "latitude", "longitude")
    assert (await erase(service, OFFICER, made, "incident", made, *fields, rewritten=LESS)).status_code == 201
    size = await ledger_size(service)
    for query in ({}, {"dry_run": "true"}, {"mode": "all_or_nothing"}):
        assert outcomes(await send(service, OPERATOR, "incidents", [item], **query)) == [(200, "unchanged")]
    assert await ledger_size(service) == size
    assert brief(await since(service, KPU, after)) == [("erased", made["id"])]
    more = {**item, "injured_count": 2, "site": "Rumah lain (fiktif)"}
    assert outcomes(await send(service, OPERATOR, "incidents", [more])) == [(200, "updated")]
    now = (await get(service, OPERATOR, url(made))).json()
    assert (now["injured_count"], now["site"], now["geometry"], now["title"]) == (
        2,
        None,
        None,
        LESS["title"],
    )


async def test_neither_snapshot_nor_pages_have_what_was_erased(service: Service):
    item = keyed(title=TITLE, site=SITE, tlp="GREEN")
    made = await made_by(service, "incidents", item)
    await erase(service, OFFICER, made, "incident", made, "title", "site", rewritten=LESS)
    await send(service, OPERATOR, "incidents", [item])
    lines, _ = taken(await get(service, KPU, SNAPSHOT, type="incident"))
    [there] = [each for each in lines if each["id"] == made["id"]]
    [told] = [each for each in await since(service, KPU, None) if each["id"] == made["id"]]
    assert there["record"] == told["record"] == (await get(service, KPU, url(made))).json()
    assert told["change"] == "erased"
    assert not {SITE, TITLE} & {*json.dumps([there, told], ensure_ascii=False).split('"')}


async def test_a_deployment_stays_without_its_place(service: Service):
    await state(service, OPERATOR, UNIT, 1_000)
    item = deployment(**key(), **window(), site=SITE, geometry=POINT)
    made = await made_by(service, "deployments", item)
    about = {"record_type": "deployment"}
    answer = await erase(service, OFFICER, made, "deployment", made, "site", "latitude", "longitude", **about)
    assert answer.status_code == 201
    assert outcomes(await send(service, OPERATOR, "deployments", [item])) == [(200, "unchanged")]


@pytest.mark.parametrize("value", [2, 5], ids=["in force", "waiting"])
async def test_a_level_keeps_the_reason_that_was_written_instead(service: Service, value: int):
    at = spot()
    item = level(at, value)
    kind = "threat_level" if value == 2 else "threat_level_proposal"
    [told] = (await send(service, OPERATOR, "threat-levels", [item])).json()["items"]
    answer = await erase(
        service, OFFICER, told, kind, told, "rationale", record_type=kind, rewritten={"rationale": "Lain."}
    )
    assert answer.status_code == 201, answer.text
    size = await ledger_size(service)
    assert outcomes(await send(service, OPERATOR, "threat-levels", [item])) == [(200, "unchanged")]
    wanted = {name: item[name] for name in ("level", "rationale")}
    assert (await (await service.client(OPERATOR)).put(at.url, json=wanted)).json()["id"] == told["id"]
    assert await ledger_size(service) == size
    other = await post(service, OPERATOR, LEVELS, {**item, "rationale": f"{WHY} Lagi."})
    assert other.json()["id"] != told["id"]  # a person who states it anew means it
