"""Which sites a deployment guards: those that its planner sees, told to whoever sees them."""

import asyncio

from tests.support.bulk import key, outcomes, send_text
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, refused, walk
from tests.support.deployments import at, change, deploy, deployment, now, request, stated
from tests.support.service import Service
from tests.support.sites import change as change_site
from tests.support.sites import registered

CHIEF, KPU, BAWASLU = "commander.polda-banten", "operator.kpu-banten", "operator.bawaslu-banten"
SHARED, STRICT = {"tlp": "AMBER", "audience": ["kpu-banten"]}, {"tlp": "AMBER+STRICT"}


async def test_each_reader_is_told_of_the_sites_that_it_sees(service: Service):
    sites = [await registered(service, **marking) for marking in ({}, SHARED, STRICT)]
    all_of_them = [each["id"] for each in sites]
    made = await deploy(service, tlp="GREEN", site_ids=all_of_them)
    seen = {OPERATOR: all_of_them, KPU: all_of_them[:2], BAWASLU: all_of_them[:1]}
    for account, expected in seen.items():
        assert (await now(service, account, made))["site_ids"] == expected
        (entry,) = (await get(service, account, at(made, "/history"))).json()["items"]
        assert entry["state"]["site_ids"] == expected
        pages = await walk(service, account, "/api/v1/deployments", region="36.04", limit=200)
        (listed,) = [each for page in pages for each in page if each["id"] == made["id"]]
        assert listed["site_ids"] == expected
    changed = (await change(service, OPERATOR, made, site_ids=all_of_them[1:])).json()
    assert changed["site_ids"] == all_of_them[1:]
    emptied = (await change(service, OPERATOR, changed, site_ids=[])).json()
    assert emptied["site_ids"] == []


async def test_a_hidden_site_is_as_unknown_as_one_that_is_not_there(service: Service):
    shown, hidden = await registered(service), await registered(service, KPU, **STRICT)
    made = await deploy(service)
    size = await ledger_size(service)
    answers = []
    for wrong in (hidden["id"], ABSENT):
        answer = await request(service, OPERATOR, site_ids=[shown["id"], wrong])
        refused(answer, 422, "invalid", "/site_ids/1")
        refused(await change(service, OPERATOR, made, site_ids=[wrong]), 422, "invalid", "/site_ids/0")
        answers.append(answer.json())
    assert answers[0] == answers[1]
    twice = await request(service, OPERATOR, site_ids=[shown["id"], shown["id"]])
    refused(twice, 422, "invalid", "/site_ids")
    refused(await request(service, OPERATOR, site_ids=[ABSENT] * 201), 422, "invalid", "/site_ids")
    assert await ledger_size(service) == size


async def test_a_table_names_sites_and_sent_again_changes_nothing(service: Service):
    await stated(service)
    sites = [(await registered(service))["id"] for _ in range(3)]
    row = {**deployment(), **key()}

    def table(named: list[str]) -> str:
        said = {**row, "site_ids": ";".join(named)}
        return f"{','.join(said)}\n{','.join(str(each) for each in said.values())}\n"

    for named, outcome in ((sites[:2], "created"), (sites[:2], "unchanged"), (sites, "updated")):
        answer = await send_text(service, OPERATOR, "deployments", table(named), "text/csv")
        assert [each for _, each in outcomes(answer)] == [outcome]
    (told,) = answer.json()["items"]
    assert (await now(service, OPERATOR, told))["site_ids"] == sites
    wrong = await send_text(service, OPERATOR, "deployments", table([*sites, ABSENT]), "text/csv")
    (error,) = wrong.json()["items"][0]["problem"]["errors"]
    assert error["column"] == "site_ids"


async def test_a_site_that_is_narrowed_meanwhile_is_named_before_or_not_at_all(service: Service):
    for _ in range(4):
        place = await registered(service, KPU)
        sent, narrowed = await asyncio.gather(
            request(service, OPERATOR, site_ids=[place["id"]]), change_site(service, KPU, place, **STRICT)
        )
        assert narrowed.status_code == 200
        assert sent.status_code in {201, 422}, sent.text
        if sent.status_code == 201:  # it saw the site then, and is told of it no more
            assert (await now(service, OPERATOR, sent.json()))["site_ids"] == []
