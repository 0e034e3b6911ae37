"""Many records in one request: each decided as if it came alone, and safe to send again."""

from typing import Any

import pytest

from tests.support.bulk import key, keyed, level, ndjson, outcomes, send, send_text
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, get, ledger_size, move, post, refused, url
from tests.support.deployments import DEPLOYMENTS, UNIT, deploy, deployment, state, window
from tests.support.service import Service, incident, report
from tests.support.threats import LEVELS, spot, stated

KPU = "operator.kpu-banten"


async def test_each_item_is_made_and_told(service: Service):
    items = [keyed(title=f"Laporan {n}") for n in range(3)]
    size = await ledger_size(service)
    answer = await send(service, OPERATOR, "incidents", items)
    assert outcomes(answer) == [(201, "created")] * 3
    assert await ledger_size(service) == size + 3
    said = answer.json()
    assert (said["created"], said["refused"], said["dry_run"], said["mode"]) == (3, 0, False, "best_effort")
    for number, (item, told) in enumerate(zip(items, said["items"], strict=True)):
        assert told["index"] == number
        assert told["position"] == size + number
        assert (told["record_type"], told["external_id"]) == ("incident", item["external_id"])
        made = (await get(service, OPERATOR, url(told))).json()
        assert {name: made[name] for name in ("title", "external_id")} == {
            name: item[name] for name in ("title", "external_id")
        }
        assert (made["reference"], made["version"]) == (told["reference"], told["version"])
        entry = (await get(service, OPERATOR, url(told, "/history"))).json()["items"][0]
        assert entry["position"] == told["position"]


async def test_sending_all_of_it_again_writes_nothing(service: Service):
    items = [keyed(tlp="AMBER", audience=["kpu-banten", "bawaslu-banten"]), keyed(killed_count=2)]
    first = await send(service, OPERATOR, "incidents", items)
    size = await ledger_size(service)
    items[0]["audience"].reverse()
    again = await send(service, OPERATOR, "incidents", items)
    assert outcomes(again) == [(200, "unchanged")] * 2
    assert await ledger_size(service) == size
    names = ("id", "reference", "version")
    for one, other in zip(first.json()["items"], again.json()["items"], strict=True):
        assert [one[name] for name in names] == [other[name] for name in names]
        assert other["position"] is None


async def test_what_differs_is_changed_and_what_is_left_out_stays(service: Service):
    item = keyed(site="Gudang PPK (fiktif)", severity="minor")
    await send(service, OPERATOR, "incidents", [item])
    del item["site"]
    answer = await send(service, OPERATOR, "incidents", [{**item, "severity": "severe"}])
    assert outcomes(answer) == [(200, "updated")]
    [told] = answer.json()["items"]
    made = (await get(service, OPERATOR, url(told))).json()
    assert (made["severity"], made["site"], made["version"]) == ("severe", "Gudang PPK (fiktif)", 2)


async def test_an_item_that_is_refused_is_told_why_and_the_others_are_written(service: Service):
    items = [
        keyed(),
        {**keyed(), "region_code": "99.99"},
        keyed(kind="tidak_ada"),
        {"title": "x"},
        7,
        keyed(),
    ]
    answer = await send(service, OPERATOR, "incidents", items)
    assert [each[0] for each in outcomes(answer)] == [201, 422, 422, 422, 422, 201]
    pointers = [
        [error["pointer"] for error in (each["problem"] or {}).get("errors", [])]
        for each in answer.json()["items"]
    ]
    assert pointers[1] == ["/region_code"]
    assert pointers[2] == ["/kind"]
    assert {"/kind", "/region_code", "/occurred_at"} <= set(pointers[3])
    assert pointers[4] == [""]
    alone = (await post(service, OPERATOR, INCIDENTS, items[1])).json()
    said = answer.json()["items"][1]["problem"]
    assert (said["type"], said["errors"][0]["detail"]) == (alone["type"], alone["errors"][0]["detail"])


async def test_all_or_nothing_writes_nothing_where_one_is_refused(service: Service):
    items = [keyed(), keyed(region_code="99.99"), keyed()]
    size = await ledger_size(service)
    answer = await send(service, OPERATOR, "incidents", items, mode="all_or_nothing")
    refused(answer, 422, "bulk-refused")
    [told] = answer.json()["items"]
    assert (told["index"], told["status"]) == (1, 422)
    assert told["problem"]["errors"][0]["pointer"] == "/region_code"
    assert await ledger_size(service) == size
    items[1]["region_code"] = "36"
    answer = await send(service, OPERATOR, "incidents", items, mode="all_or_nothing")
    assert outcomes(answer) == [(201, "created")] * 3
    assert [each["position"] for each in answer.json()["items"]] == [size, size + 1, size + 2]


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_a_dry_run_tells_what_would_be_and_writes_nothing(service: Service, mode: str):
    known, other = keyed(), keyed()
    await send(service, OPERATOR, "incidents", [known, other])
    size = await ledger_size(service)
    items = [keyed(), {**known, "title": "Judul lain"}, other]
    answer = await send(service, OPERATOR, "incidents", items, mode=mode, dry_run=True)
    assert outcomes(answer) == [(201, "created"), (200, "updated"), (200, "unchanged")]
    assert answer.json()["dry_run"] is True
    assert [each["id"] is None for each in answer.json()["items"]] == [True, False, False]
    assert await ledger_size(service) == size


async def test_each_item_has_a_key_of_its_own(service: Service):
    twice = keyed()
    answer = await send(service, OPERATOR, "incidents", [twice, incident(), twice])
    assert [each[0] for each in outcomes(answer)] == [201, 422, 422]
    assert answer.json()["items"][1]["problem"]["errors"][0]["pointer"] == "/external_id"
    assert "Item 0" in answer.json()["items"][2]["problem"]["errors"][0]["detail"]


async def test_what_one_may_not_see_is_as_if_it_were_not_there(service: Service):
    """A RED record of the same agency has the key: who does not see it makes one of their own."""
    mine = keyed()
    named = ["commander.polda-banten", "commander2.polda-banten"]
    hidden = await report(service, "commander.polda-banten", **{**mine, "tlp": "RED", "recipients": named})
    fresh = keyed()
    both = await send(service, OPERATOR, "incidents", [mine, fresh])
    assert outcomes(both) == [(201, "created")] * 2
    one, other = both.json()["items"]
    assert one["id"] != hidden["id"]
    assert one.keys() == other.keys()
    assert outcomes(await send(service, OPERATOR, "incidents", [mine])) == [(200, "unchanged")]
    seen = await send(service, "commander.polda-banten", "incidents", [{**mine, "title": "Judul lain"}])
    assert outcomes(seen) == [(200, "updated")]  # the one of the same marking
    assert seen.json()["items"][0]["id"] == one["id"]


async def test_another_agency_uses_the_same_key_for_its_own(service: Service):
    mine = keyed(tlp="GREEN")
    await send(service, OPERATOR, "incidents", [mine])
    assert outcomes(await send(service, KPU, "incidents", [mine])) == [(201, "created")]


async def test_the_rules_of_a_single_change_hold(service: Service):
    """A record that was handed over is still found, and no longer its sender's to change."""
    mine = keyed(tlp="GREEN")
    [told] = (await send(service, OPERATOR, "incidents", [mine])).json()["items"]
    await move(service, OPERATOR, told, "offer", to="kpu-banten")
    await move(service, KPU, told, "accept")
    assert outcomes(await send(service, OPERATOR, "incidents", [mine])) == [(200, "unchanged")]
    answer = await send(service, OPERATOR, "incidents", [{**mine, "title": "Judul lain"}])
    assert outcomes(answer) == [(403, "refused")]


async def test_levels_are_stated_proposed_and_left_alone(service: Service):
    low, high, held = level(), level(value=4), spot()
    await stated(service, OPERATOR, held, 2)
    answer = await send(service, OPERATOR, "threat-levels", [low, high, level(held), low])
    assert outcomes(answer) == [(201, "created"), (202, "waiting"), (200, "unchanged"), (422, "refused")]
    types = [each["record_type"] for each in answer.json()["items"][:3]]
    assert types == ["threat_level", "threat_level_proposal", "threat_level"]
    again = await send(service, OPERATOR, "threat-levels", [low, high])
    assert outcomes(again) == [(200, "unchanged")] * 2
    higher = await send(service, OPERATOR, "threat-levels", [{**low, "level": 3}])
    [told] = higher.json()["items"]
    assert (await get(service, OPERATOR, f"{LEVELS}/{told['id']}")).json()["level"] == 3


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_no_unit_is_promised_twice_by_one_bulk(service: Service, mode: str):
    await state(service, OPERATOR, UNIT, 1_000)
    when = {**window(), "status": "committed", "strength_planned": 400}
    items = [deployment(**key(), **when) for _ in range(3)]
    dry = await send(service, OPERATOR, "deployments", items, mode="best_effort", dry_run=True)
    assert [each[0] for each in outcomes(dry)] == [201, 201, 409]
    answer = await send(service, OPERATOR, "deployments", items, mode=mode)
    if mode == "all_or_nothing":
        refused(answer, 422, "bulk-refused")
        assert [each["index"] for each in answer.json()["items"]] == [2]
        answer = await send(service, OPERATOR, "deployments", items[:2], mode=mode)
        assert outcomes(answer) == [(201, "created")] * 2
    else:
        assert [each[0] for each in outcomes(answer)] == [201, 201, 409]
    fewer = [{**items[0], "strength_planned": 200}, {**items[2], "strength_planned": 400}]
    assert [each[0] for each in outcomes(await send(service, OPERATOR, "deployments", fewer))] == [200, 201]
    full = await post(service, OPERATOR, DEPLOYMENTS, deployment(**{**when, "strength_planned": 1}))
    refused(full, 409, "conflict")


async def test_a_deployment_is_changed_but_keeps_unit_and_status(service: Service):
    await deploy(service, OPERATOR)
    mine = deployment(**key())
    [told] = (await send(service, OPERATOR, "deployments", [mine])).json()["items"]
    assert outcomes(await send(service, OPERATOR, "deployments", [mine])) == [(200, "unchanged")]
    more = {**mine, "strength_planned": 11, "site": "TPS 7 (fiktif)"}
    assert outcomes(await send(service, OPERATOR, "deployments", [more])) == [(200, "updated")]
    made = (await get(service, OPERATOR, f"{DEPLOYMENTS}/{told['id']}")).json()
    assert (made["strength_planned"], made["site"], made["version"]) == (11, "TPS 7 (fiktif)", 2)
    answer = await send(service, OPERATOR, "deployments", [{**more, "status": "committed"}])
    assert outcomes(answer) == [(409, "refused")]
    answer = await send(service, OPERATOR, "deployments", [{**more, "home_unit": "polres-lebak"}])
    assert answer.json()["items"][0]["problem"]["errors"][0]["pointer"] == "/home_unit"


async def test_a_hidden_link_is_as_unknown_as_one_that_is_not_there(service: Service):
    chief, named = "commander.polda-banten", ["commander.polda-banten", "commander2.polda-banten"]
    hidden = await report(service, chief, tlp="RED", recipients=named)
    await deploy(service, chief)
    mine = deployment(**key(), tlp="GREEN")
    linked = {**mine, "incident_id": hidden["id"]}
    assert outcomes(await send(service, chief, "deployments", [linked])) == [(201, "created")]
    told = await send(service, OPERATOR, "deployments", [linked])
    absent = await send(service, OPERATOR, "deployments", [{**mine, "incident_id": ABSENT}])
    assert outcomes(told) == [(422, "refused")]
    assert told.content == absent.content
    for item in (mine, {**mine, "incident_id": None}):
        assert outcomes(await send(service, OPERATOR, "deployments", [item])) == [(200, "unchanged")]
    assert outcomes(await send(service, chief, "deployments", [linked])) == [(200, "unchanged")]


async def test_lines_are_read_one_by_one(service: Service):
    items = [keyed(), keyed()]
    text = ndjson(items[:1]) + "\n{broken\n" + ndjson(items[1:])
    answer = await send_text(service, OPERATOR, "incidents", text, "application/x-ndjson")
    assert [each[0] for each in outcomes(answer)] == [201, 422, 201]
    assert [each["line"] for each in answer.json()["items"]] == [1, 3, 4]
    assert answer.json()["items"][1]["problem"]["errors"][0]["code"] == "json_invalid"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[",
        "[{}",
        "[{},]",
        "[{}] x",
        "[{} {}]",
        "null",
        '[{"a":1,"a":2}]',
        "[" * 5000,
        "[]",
        "\ufeff[]",
    ],
)
async def test_a_body_that_is_no_array_is_refused_as_a_whole(service: Service, text: str):
    size = await ledger_size(service)
    refused(await send_text(service, OPERATOR, "incidents", text, "application/json"), 422, "invalid", "")
    assert await ledger_size(service) == size


async def test_a_body_in_another_form_is_refused(service: Service):
    for kind in ("text/csv", "text/plain", "", "application/xml"):
        answer = await send_text(service, OPERATOR, "incidents", "[]", kind)
        refused(answer, 415, "unsupported-media-type")
    refused(
        await send_text(service, OPERATOR, "incidents", b"[\xff]", "application/json"), 422, "invalid", ""
    )


async def test_what_stands_after_a_break_is_found_before_anything_is_written(service: Service):
    size = await ledger_size(service)
    text = ndjson([keyed() for _ in range(150)]).replace("\n", ",")
    refused(await send_text(service, OPERATOR, "incidents", f"[{text}", "application/json"), 422, "invalid")
    assert await ledger_size(service) == size


@pytest.mark.parametrize(("mode", "most"), [("best_effort", 10_000), ("all_or_nothing", 1_000)])
async def test_more_items_than_there_may_be_are_refused(service: Service, mode: str, most: int):
    body: Any = [{}] * (most + 1)
    answer = await send(service, OPERATOR, "incidents", body, mode=mode)
    refused(answer, 422, "invalid", "")
    assert str(most) in answer.json()["errors"][0]["detail"]


async def test_an_item_has_a_bound(service: Service):
    for text, kind in (
        (f'[{{"title": "{"x" * 140_000}"}}]', "application/json"),
        (f'{{"title": "{"x" * 140_000}"}}\n', "application/x-ndjson"),
    ):
        answer = await send_text(service, OPERATOR, "incidents", text, kind)
        assert "too_long" in answer.text


async def test_a_bulk_speaks_the_language_of_its_caller(service: Service):
    answer = await send(service, OPERATOR, "incidents", [incident()], {"Accept-Language": "id"})
    assert answer.headers["content-language"] == "id"
    assert "kunci" in answer.json()["items"][0]["problem"]["errors"][0]["detail"]


async def test_chunks_and_their_positions(service: Service):
    items = [keyed() for _ in range(250)]
    size = await ledger_size(service)
    answer = await send(service, OPERATOR, "incidents", items)
    assert outcomes(answer) == [(201, "created")] * 250
    assert [each["position"] for each in answer.json()["items"]] == list(range(size, size + 250))
