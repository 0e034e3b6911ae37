"""Relief: one deployment takes the place of another, which is to be released once the first is there."""

from typing import Any

import pytest

from app.domain.deployment_rights import may_relieve
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.deployments import (
    ARRIVES,
    DEPLOYMENTS,
    KOREM,
    TROOPS,
    UNIT,
    arrived,
    at,
    change,
    deploy,
    deployment,
    now,
    request,
    stated,
    step,
    window,
)
from tests.support.feeds import CHANGES
from tests.support.service import Service

KPU = "operator.kpu-banten"
NOBODY = {"relieved_by": None, "relief_arrived_at": None}


def relief(of: dict[str, Any]) -> dict[str, Any]:
    return {name: of[name] for name in NOBODY}


async def to_be_released(service: Service, account: str, made: dict[str, Any], is_so: str = "true") -> bool:
    pages = await walk(service, account, DEPLOYMENTS, relief_arrived=is_so, limit=200)
    return made["id"] in {each["id"] for page in pages for each in page}


async def test_who_is_relieved_is_to_be_released_once_the_relief_is_there(service: Service):
    old = await arrived(service, tlp="GREEN")
    new = await deploy(service, relieves=old["id"], tlp="GREEN")
    assert (new["relieves"], relief(new)) == (old["id"], NOBODY)
    assert relief(await now(service, KPU, old)) == {**NOBODY, "relieved_by": new["id"]}
    assert not await to_be_released(service, KPU, old)
    there = (await step(service, OPERATOR, new, *ARRIVES)).json()
    known = await now(service, KPU, old)
    assert relief(known) == {"relieved_by": new["id"], "relief_arrived_at": there["arrived_at"]}
    assert (known["status"], await to_be_released(service, KPU, old)) == ("on_scene", True)
    assert not await to_be_released(service, KPU, old, "false")
    assert (await step(service, OPERATOR, old, "released")).status_code == 200
    assert not await to_be_released(service, KPU, old)
    assert relief(await now(service, KPU, old)) == relief(known)


async def test_a_relief_that_does_not_come_leaves_no_trace_on_the_other(service: Service):
    old = await arrived(service)
    for way in (("declined",), ("committed", "cancelled")):
        new = await deploy(service, relieves=old["id"])
        assert (await now(service, OPERATOR, old))["relieved_by"] == new["id"]
        assert (await step(service, OPERATOR, new, *way)).status_code == 200
        assert relief(await now(service, OPERATOR, old)) == NOBODY


async def test_the_relief_named_last_is_the_one_that_counts(service: Service):
    old = await arrived(service)
    first, second = [await deploy(service, relieves=old["id"]) for _ in "ab"]
    assert (await step(service, OPERATOR, first, *ARRIVES)).status_code == 200
    assert relief(await now(service, OPERATOR, old)) == {**NOBODY, "relieved_by": second["id"]}
    assert (await step(service, OPERATOR, second, *ARRIVES)).status_code == 200
    assert (await now(service, OPERATOR, old))["relief_arrived_at"]


async def test_what_cannot_be_relieved_is_refused_and_nothing_is_stored(service: Service):
    hidden = await arrived(service, KOREM, home_unit=TROOPS)
    planned = await deploy(service)
    gone = await arrived(service)
    assert (await step(service, OPERATOR, gone, "released")).status_code == 200
    theirs = await arrived(service, KOREM, home_unit=TROOPS, tlp="GREEN")
    old = await arrived(service)
    new = await deploy(service, relieves=old["id"])
    size = await ledger_size(service)
    for named in (ABSENT, hidden["id"], "D-7K3Q-F2W"):
        refused(await request(service, OPERATOR, relieves=named), 422, "invalid", "/relieves")
    for named in (planned, gone):
        refused(await request(service, OPERATOR, relieves=named["id"]), 409, "conflict")
    refused(await request(service, OPERATOR, relieves=theirs["id"]), 403, "forbidden")
    for other in ("relieves", "relieved_by", "relief_arrived_at"):
        refused(await change(service, OPERATOR, new, **{other: None}), 422, "invalid", f"/{other}")
    assert await ledger_size(service) == size


async def test_whoever_acts_under_the_same_command_may_relieve(service: Service):
    old = await arrived(service, tlp="GREEN")
    lent = await deploy(
        service, KOREM, home_unit=TROOPS, controlling_unit=UNIT, command_relation="perbantuan_tni",
        tlp="GREEN", relieves=old["id"],
    )  # fmt: skip
    assert (await now(service, OPERATOR, old))["relieved_by"] == lent["id"]


async def test_nobody_learns_of_a_relief_that_is_hidden(service: Service):
    old = await arrived(service, tlp="GREEN")
    before = await now(service, KPU, old)
    new = await arrived(service, relieves=old["id"])  # for its own agency alone
    shown = await now(service, KPU, old)
    assert relief(shown) == NOBODY
    assert {**before, "version": 0, "updated_at": ""} == {**shown, "version": 0, "updated_at": ""}
    assert not await to_be_released(service, KPU, old)
    assert await to_be_released(service, KPU, old, "false")
    assert await to_be_released(service, OPERATOR, old)
    for part in ("", "/history", "/strength"):
        told = (await get(service, KPU, at(old, part))).text
        assert new["id"] not in told
        assert new["reference"] not in told
    actions = [each["action"] for each in (await walk(service, KPU, at(old, "/history"), limit=200))[0]]
    assert set(actions) == {"deployment.requested", "deployment.stepped", "deployment.changed"}
    assert new["id"] not in (await get(service, KPU, CHANGES, limit=200)).text


async def test_a_relief_tells_nobody_of_one_that_is_hidden(service: Service):
    old = await arrived(service)
    new = await deploy(service, relieves=old["id"], tlp="GREEN")
    assert (await now(service, KPU, new))["relieves"] is None
    assert old["id"] not in (await get(service, KPU, at(new, "/history"))).text
    client = await service.client(OPERATOR)
    match = {"If-Match": f'"{(await now(service, OPERATOR, old))["version"]}"'}
    assert (await client.patch(at(old), json={"tlp": "GREEN"}, headers=match)).status_code == 200
    assert (await now(service, KPU, new))["relieves"] == old["id"]


async def test_a_table_that_is_sent_again_relieves_once_and_books_what_it_says(service: Service):
    await stated(service)
    old = await arrived(service, strength_planned=30)
    week, key = window(), {"external_source": "regu-uji", "external_id": "pengganti-1"}
    row = deployment(relieves=old["id"], status="committed", strength_planned=900, **week, **key)
    path = "/api/v1/deployments/bulk?mode=best_effort"
    again = {**row, "external_id": "pengganti-2", "strength_planned": 200}
    told = (await post(service, OPERATOR, path, [row, {**again, "relieves": None}])).json()["items"]
    assert [each["status"] for each in told] == [201, 409]  # the second finds no room beside the first
    assert (await now(service, OPERATOR, old))["relieved_by"] == told[0]["id"]
    same = (await post(service, OPERATOR, path, [row])).json()["items"]
    assert [each["status"] for each in same] == [200]
    told = (await post(service, OPERATOR, path, [{**row, "relieves": told[0]["id"]}])).json()["items"]
    assert [(each["status"], each["problem"]["errors"][0]["pointer"]) for each in told] == [
        (422, "/relieves")
    ]


@pytest.mark.parametrize(
    ("relation", "by", "may"),
    [
        ("organik", {"a"}, True),
        ("organik", {"b"}, False),
        ("bko", {"b"}, True),
        ("koordinasi", {"b"}, False),
        ("bko", {"c"}, False),
        ("bko", {"c", "a"}, True),
    ],
)
def test_who_may_relieve(relation: str, by: set[str], may: bool):  # noqa: FBT001 - a case of the table
    of = {"owner": "a", "controlling": "b", "command_relation": relation}
    assert may_relieve(**of, by=frozenset(by)) == may
