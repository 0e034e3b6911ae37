"""The change feed: what has become of the records that one may see, and nothing of those that one may not."""

from typing import Any

import pytest

from tests.support import administration as people
from tests.support import deployments as forces
from tests.support.calls import INCIDENTS, OPERATOR, attach, change, move, post, refused, step, url
from tests.support.feeds import CHANGES, brief, page, since, tip
from tests.support.queries import queries
from tests.support.service import Service, report
from tests.support.threats import aside, stated

KPU, BAWASLU = "operator.kpu-banten", "commander.bawaslu-banten"
CHIEF = "commander.polda-banten"


async def read(service: Service, account: str, made: dict[str, Any]) -> dict[str, Any]:
    return (await (await service.client(account)).get(url(made))).json()


async def test_a_new_record_is_told_as_it_stands(service: Service):
    after = await tip(service, KPU)
    made = await report(service, OPERATOR, tlp="GREEN")
    told = await since(service, KPU, after)
    assert [each["record"] for each in told] == [await read(service, KPU, made)]
    (only,) = told
    assert (only["change"], only["record_type"], only["version"]) == ("changed", "incident", 1)


async def test_a_record_that_changed_often_is_told_once_at_its_last_place(service: Service):
    after = await tip(service, KPU)
    first = await report(service, OPERATOR, tlp="GREEN")
    second = await report(service, OPERATOR, tlp="GREEN")
    changed = await step(service, OPERATOR, first, "verified")
    told = await since(service, KPU, after)
    assert brief(told) == [("changed", second["id"]), ("changed", first["id"])]
    assert told[1]["record"] == changed.json()
    assert told[0]["position"] < told[1]["position"] == int(changed.headers["siaga-ledger-position"])


async def test_narrowing_takes_the_record_away_and_widening_brings_it(service: Service):
    after = await tip(service, KPU)
    made = await report(service, OPERATOR, tlp="GREEN")
    narrow = (await change(service, OPERATOR, made, tlp="AMBER+STRICT")).json()
    told = await since(service, KPU, after)
    assert brief(told) == [("gone", made["id"])]
    assert told[0]["record"] is told[0]["version"] is None
    after = await tip(service, KPU)
    hidden = (await change(service, OPERATOR, narrow, title="Tidak untuk semua")).json()
    assert await since(service, KPU, after) == []
    shared = (await change(service, OPERATOR, hidden, audience=["kpu-banten"])).json()
    told = await since(service, KPU, after)
    assert [each["record"] for each in told] == [shared]


async def test_what_is_hidden_by_now_is_not_told_by_an_earlier_entry(service: Service):
    after = await tip(service, KPU)
    made = await report(service, OPERATOR, tlp="GREEN")
    other = await report(service, OPERATOR, tlp="GREEN")
    await change(service, OPERATOR, made, tlp="AMBER+STRICT")
    told = await since(service, KPU, after, limit=1)
    assert brief(told) == [("changed", other["id"]), ("gone", made["id"])]


async def test_what_was_never_shown_is_never_told(service: Service):
    start = await tip(service, BAWASLU)
    made = await report(service, OPERATOR)
    await step(service, OPERATOR, made, "verified")
    await change(service, CHIEF, await read(service, OPERATOR, made), classification="rahasia")
    assert await since(service, BAWASLU, start) == []
    assert made["id"] not in str(await since(service, BAWASLU, None))


async def test_a_hand_over_is_told_to_both(service: Service):
    made = await report(service, OPERATOR, tlp="AMBER", audience=["kpu-banten"])
    ours, theirs = await tip(service, OPERATOR), await tip(service, KPU)
    await move(service, CHIEF, made, "offer", to="kpu-banten")
    await move(service, "commander.kpu-banten", made, "accept")
    for account, after in ((OPERATOR, ours), (KPU, theirs)):
        answer = await (await service.client(account)).get(url(made))
        told = await since(service, account, after)
        if answer.status_code == 200:
            assert [each["record"] for each in told] == [answer.json()]
        else:
            assert brief(told) == [("gone", made["id"])]


@pytest.mark.parametrize("part", ["note", "party", "attachment", "link"])
async def test_a_part_is_a_change_of_its_record(service: Service, part: str):
    made, other = [await report(service, OPERATOR, tlp="GREEN") for _ in range(2)]
    after = await tip(service, KPU)
    if part == "note":
        answer = await post(service, OPERATOR, url(made, "/notes"), {"text": "Petugas di tempat."})
    elif part == "party":
        person = {"role": "witness", "name": "Saksi A (fiktif)"}
        answer = await post(service, OPERATOR, url(made, "/parties"), person)
    elif part == "attachment":
        answer = await attach(service, OPERATOR, made)
    else:
        link = {"kind": "related_to", "target_id": other["id"]}
        answer = await post(service, OPERATOR, url(made, "/links"), link)
    assert answer.status_code == 201
    told = await since(service, KPU, after)
    assert [each["record"] for each in told] == [made]


async def test_a_link_to_what_one_may_not_see_is_no_change(service: Service):
    made, hidden = await report(service, OPERATOR, tlp="GREEN"), await report(service, OPERATOR)
    after = await tip(service, KPU)
    link = {"kind": "related_to", "target_id": hidden["id"]}
    assert (await post(service, OPERATOR, url(made, "/links"), link)).status_code == 201
    assert await since(service, KPU, after) == []


async def test_a_record_that_names_another_is_told_when_that_one_comes_or_goes(service: Service):
    """What one may not see is left out of other records: so these change with what one may see."""
    named = await report(service, OPERATOR)
    sent = await forces.deploy(service, incident_id=named["id"], tlp="GREEN")
    level = await stated(service, OPERATOR, aside(), 2, basis=[named["id"]])
    after = await tip(service, KPU)
    wider = (await change(service, OPERATOR, named, tlp="GREEN")).json()
    told = {each["id"]: each for each in await since(service, KPU, after)}
    assert told.keys() == {named["id"], sent["id"], level["id"]}
    assert told[sent["id"]]["record"]["incident_id"] == named["id"]
    assert told[level["id"]]["record"]["basis"] == [named["id"]]
    only = await since(service, KPU, await tip(service, KPU, type="deployment"), type="deployment")
    assert only == []
    after, some = await tip(service, KPU), await tip(service, KPU, type="deployment")
    await change(service, OPERATOR, wider, tlp="AMBER+STRICT")
    told = {each["id"]: each for each in await since(service, KPU, after)}
    assert told[named["id"]]["change"] == "gone"
    assert told[sent["id"]]["record"]["incident_id"] is None
    assert told[level["id"]]["record"]["basis"] == []
    (only,) = await since(service, KPU, some, type="deployment")
    assert only == told[sent["id"]]


async def test_only_the_types_asked_for_are_told(service: Service):
    start = {each: await tip(service, KPU, type=each) for each in ("incident", "deployment", "threat_level")}
    made = await report(service, OPERATOR, tlp="GREEN")
    sent = await forces.deploy(service, tlp="GREEN")
    level = await stated(service, OPERATOR, aside(), 1)
    for record_type, record in (("incident", made), ("deployment", sent), ("threat_level", level)):
        told = await since(service, KPU, start[record_type], type=record_type)
        assert brief(told) == [("changed", record["id"])]


async def test_accounts_settings_and_access_are_never_told(service: Service):
    after = await tip(service, CHIEF)
    await people.made(service, "admin.polda-banten")
    assert await since(service, CHIEF, after) == []


async def test_pages_go_on_where_the_one_before_ended(service: Service):
    after = await tip(service, KPU)
    made = [(await report(service, OPERATOR, tlp="GREEN"))["id"] for _ in range(5)]
    await report(service, OPERATOR)
    first = await page(service, KPU, after=after, limit=2)
    assert [each["id"] for each in first["items"]] == made[:2]
    assert first["more"] is True
    rest = await since(service, KPU, first["next"], limit=2)
    assert [each["id"] for each in rest] == made[2:]


async def test_from_the_beginning_every_record_is_told_once_as_it_stands(service: Service):
    told = await since(service, KPU, None, limit=1_000)
    held = {each["id"]: each for each in told if each["change"] != "gone"}
    listed = (await page_of_incidents(service))["items"]
    assert listed
    for each in listed:
        assert held[each["id"]]["record"] == each


async def page_of_incidents(service: Service) -> dict[str, Any]:
    return (await (await service.client(KPU)).get(f"{INCIDENTS}?limit=200")).json()


async def test_a_page_takes_as_many_statements_for_many_changes_as_for_few(service: Service):
    database = service.app.state.database
    counted = []
    for many in (1, 12):
        after = await tip(service, KPU)
        for _ in range(many):
            named = await report(service, OPERATOR)
            await forces.deploy(service, incident_id=named["id"], tlp="GREEN")
            await stated(service, OPERATOR, aside(), 2, basis=[named["id"]])
            await change(service, OPERATOR, named, tlp="GREEN")
        taken = []
        for _ in range(3):  # the size of the ledger is asked for beside requests, too
            with queries(database) as made:
                told = await page(service, KPU, after=after, limit=1_000)
            assert len(told["items"]) == 3 * many
            taken.append(len(made))
        counted.append(min(taken))
    assert counted[0] == counted[1] <= 12


async def test_an_administrator_follows_nothing(service: Service):
    for path in (CHANGES, "/api/v1/snapshot", "/api/v1/stream"):
        refused(await (await service.client("admin.siaga")).get(path), 403, "forbidden")
