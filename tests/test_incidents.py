"""Incidents: what agencies do with them, through HTTP."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.references import is_reference
from tests.support.calls import INCIDENTS, OPERATOR, change, get, post, refused, url, walk
from tests.support.service import Service, incident, report


async def found(service: Service, account: str, **query: object) -> list[str]:
    """The ids that a list answers with."""
    answer = await get(service, account, INCIDENTS, **query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_an_incident_is_read_as_it_was_reported(service: Service):
    made = await report(service, "operator.polda-banten", title="Gudang bocor", severity="moderate")
    client = await service.client("operator.polda-banten")
    answer = await client.get(f"/api/v1/incidents/{made['id']}")
    assert answer.json() == made
    assert answer.headers["etag"] == '"1"'


async def test_another_agency_cannot_tell_that_it_exists(service: Service):
    made = await report(service, "operator.polda-banten")
    client = await service.client("commander.kpu-banten")
    hidden = await client.get(f"/api/v1/incidents/{made['id']}")
    absent = await client.get("/api/v1/incidents/01930000-0000-7000-8000-000000000000")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


async def test_a_report_outside_the_area_is_refused(service: Service):
    client = await service.client("operator.polda-banten")
    answer = await client.post("/api/v1/incidents", json=incident(region_code="36.03.13"))
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:siaga:problem:outside-jurisdiction"


async def test_a_report_has_the_defaults_that_keep_it_close(service: Service):
    made = await report(service, OPERATOR)
    assert made["owner_agency"] == "polda-banten"
    assert (made["tlp"], made["classification"], made["audience"]) == ("AMBER+STRICT", "biasa", [])
    assert (made["status"], made["severity"], made["exercise"]) == ("reported", "unknown", "live")
    assert made["source"] == {"channel": "agency", "reliability": "f", "credibility": "6"}
    assert made["group"] == "logistics"
    assert made["version"] == 1
    assert is_reference(made["reference"])
    assert made["recorded_at"] == made["updated_at"] == made["reported_at"]


async def test_times_are_kept_in_utc_whatever_their_offset(service: Service):
    made = await report(
        service, OPERATOR, occurred_at="2024-11-25T05:30:00+07:00", reported_at="2024-11-25T08:00:00+09:00"
    )
    assert made["occurred_at"] == "2024-11-24T22:30:00Z"
    assert made["reported_at"] == "2024-11-24T23:00:00Z"


async def test_a_place_is_answered_as_the_point_that_was_sent(service: Service):
    point = {"type": "Point", "coordinates": [106.6386, -6.0977]}
    made = await report(service, OPERATOR, geometry=point)
    assert made["geometry"] == point
    gone = await change(service, OPERATOR, made, geometry=None)
    assert gone.json()["geometry"] is None


async def test_a_time_to_come_is_refused(service: Service):
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    client = await service.client(OPERATOR)
    answer = await client.post(INCIDENTS, json=incident(occurred_at=later))
    refused(answer, 422, "invalid", "/occurred_at")
    answer = await client.post(INCIDENTS, json=incident(reported_at=later))
    refused(answer, 422, "invalid", "/reported_at")


async def test_what_happened_after_it_was_reported_is_refused(service: Service):
    times = {"occurred_at": "2024-11-25T09:00:00Z", "reported_at": "2024-11-25T08:00:00Z"}
    refused(await post(service, OPERATOR, INCIDENTS, incident(**times)), 422, "invalid", "/occurred_at")


MISFITS = [
    ({"tlp": "GREEN", "audience": ["kpu-banten"]}, "/audience"),
    ({"tlp": "AMBER", "recipients": ["operator.polda-banten", "commander.polda-banten"]}, "/recipients"),
    ({"tlp": "RED"}, "/recipients"),
    ({"tlp": "RED", "recipients": ["operator.polda-banten"]}, "/recipients"),
    ({"tlp": "RED", "recipients": ["commander.polda-banten", "liaison.kpu-banten"]}, "/recipients"),
    ({"tlp": "CLEAR", "classification": "terbatas"}, "/tlp"),
    ({"classification": "sangat_rahasia"}, "/classification"),
    ({"tlp": "AMBER", "audience": ["siaga"]}, "/audience"),
    ({"lead_agency": "kpu-banten"}, "/lead_agency"),
    ({"assigned_agencies": ["kpu-banten"]}, "/assigned_agencies"),
]


@pytest.mark.parametrize(("marking", "pointer"), MISFITS)
async def test_a_marking_that_contradicts_itself_is_refused(service: Service, marking: dict, pointer: str):
    refused(await post(service, OPERATOR, INCIDENTS, incident(**marking)), 422, "invalid", pointer)


async def test_a_change_keeps_what_it_does_not_name(service: Service):
    made = await report(service, OPERATOR, site="Gudang PPK", severity="minor")
    answer = await change(service, OPERATOR, made, severity="severe", injured_count=2)
    changed = answer.json()
    assert answer.headers["etag"] == '"2"'
    expected = {"severity": "severe", "injured_count": 2, "version": 2, "updated_at": changed["updated_at"]}
    assert changed == {**made, **expected}
    assert (await get(service, OPERATOR, url(made))).json() == changed


async def test_a_change_that_names_nothing_is_refused(service: Service):
    made = await report(service, OPERATOR)
    refused(await change(service, OPERATOR, made), 422, "invalid")


async def test_status_is_not_changed_by_a_patch(service: Service):
    made = await report(service, OPERATOR)
    refused(await change(service, OPERATOR, made, status="closed"), 422, "invalid", "/status")


async def test_the_list_shows_the_newest_first(service: Service):
    made = [await report(service, OPERATOR) for _ in range(3)]
    assert (await found(service, OPERATOR))[:3] == [each["id"] for each in reversed(made)]


async def test_walking_all_pages_gives_no_gap_and_no_repeat(service: Service):
    mark = uuid4().hex
    made = [(await report(service, OPERATOR, title=f"Antre {mark}"))["id"] for _ in range(7)]
    pages = await walk(service, OPERATOR, INCIDENTS, text=mark, limit=3)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [item["id"] for page in pages for item in page] == made[::-1]


async def test_a_report_during_the_walk_does_not_disturb_it(service: Service):
    mark = uuid4().hex
    made = [(await report(service, OPERATOR, title=mark))["id"] for _ in range(4)]
    first = (await get(service, OPERATOR, INCIDENTS, text=mark, limit=2)).json()
    await report(service, OPERATOR, title=mark)
    second = (await get(service, OPERATOR, INCIDENTS, text=mark, limit=2, cursor=first["next"])).json()
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


async def test_a_page_that_is_just_full_is_the_last(service: Service):
    mark = uuid4().hex
    for _ in range(2):
        await report(service, OPERATOR, title=mark)
    answer = (await get(service, OPERATOR, INCIDENTS, text=mark, limit=2)).json()
    assert len(answer["items"]) == 2
    assert answer["next"] is None


FILTERS = [
    ({"region": "36.03"}, {"region_code": "36.03.01"}, {"region_code": "36.04.09"}),
    ({"region": "36.03.01"}, {"region_code": "36.03.01"}, {"region_code": "36.03"}),
    ({"kind": "log_delay"}, {"kind": "log_delay"}, {"kind": "log_damage"}),
    ({"group": "mass"}, {"kind": "mass_riot"}, {"kind": "prop_arson"}),
    ({"severity": "severe"}, {"severity": "severe"}, {"severity": "minor"}),
    ({"severity": ["severe", "extreme"]}, {"severity": "extreme"}, {"severity": "moderate"}),
    ({"status": "reported"}, {}, None),
    ({"status": ["verified", "closed"]}, None, {}),
    (
        {"occurred_from": "2024-11-25T05:00:00+07:00"},
        {"occurred_at": "2024-11-24T22:00:00Z"},
        {"occurred_at": "2024-11-24T21:59:59Z"},
    ),
    (
        {"occurred_before": "2024-11-25T05:00:00+07:00"},
        {"occurred_at": "2024-11-24T21:59:59Z"},
        {"occurred_at": "2024-11-24T22:00:00Z"},
    ),
    ({"text": "GUDANG 100%"}, {"title": "Di gudang 100% penuh"}, {"title": "Di gudang 1000 penuh"}),
    ({"text": "ppk_1"}, {"description": "gudang ppk_1"}, {"description": "gudang ppkx1"}),
    ({"text": "lapangan"}, {"site": "Lapangan Ahmad Yani"}, {"site": "Alun-alun"}),
    (
        {"assigned_to_me": "true"},
        {"tlp": "GREEN", "lead_agency": "polda-banten"},
        {"tlp": "GREEN", "lead_agency": "kpu-banten"},
    ),
    (
        {"assigned_to_me": "true"},
        {"tlp": "GREEN", "assigned_agencies": ["kpu-banten", "polda-banten"]},
        {"tlp": "GREEN", "assigned_agencies": ["kpu-banten"]},
    ),
]


@pytest.mark.parametrize(("asked", "inside", "outside"), FILTERS)
async def test_a_filter_shows_what_fits_and_nothing_else(service: Service, asked, inside, outside):
    fits = await report(service, OPERATOR, **inside) if inside is not None else None
    fails = await report(service, OPERATOR, **outside) if outside is not None else None
    shown = await found(service, OPERATOR, **asked, limit=200)
    assert fits is None or fits["id"] in shown
    assert fails is None or fails["id"] not in shown


async def test_filters_narrow_each_other(service: Service):
    mark = uuid4().hex
    fits = await report(service, OPERATOR, title=mark, kind="mass_riot", severity="severe")
    await report(service, OPERATOR, title=mark, kind="mass_riot", severity="minor")
    await report(service, OPERATOR, title=mark, kind="log_delay", severity="severe")
    assert await found(service, OPERATOR, text=mark, group="mass", severity="severe") == [fits["id"]]


async def test_a_reference_finds_its_one_record(service: Service):
    made = await report(service, OPERATOR)
    assert await found(service, OPERATOR, reference=made["reference"]) == [made["id"]]
    assert await found(service, "commander.kpu-banten", reference=made["reference"]) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "36.03.1"},
        {"kind": "no_such_kind"},
        {"group": "no_such_group"},
        {"severity": "huge"},
        {"status": "open"},
        {"occurred_from": "2024-11-25T05:00:00"},
        {"occurred_before": "yesterday"},
        {"text": ""},
        {"reference": "i-abcd-123"},
        {"assigned_to_me": "perhaps"},
        {"limit": "201"},
    ],
)
async def test_a_filter_that_means_nothing_is_refused_by_name(service: Service, asked: dict):
    refused(await get(service, OPERATOR, INCIDENTS, **asked), 422, "invalid", *asked)


async def test_a_hidden_record_changes_nothing_in_the_list_of_another(service: Service):
    mark = uuid4().hex
    await report(service, "operator.kpu-banten", title=mark, lead_agency="kpu-banten")
    assert await found(service, OPERATOR, text=mark) == []
    assert await found(service, "operator.kpu-banten", text=mark, assigned_to_me="true") != []


async def test_suggestions_name_who_covers_the_place_and_leave_out_the_accused(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN", region_code="36.03.01", about_agencies=["kpu-banten"])
    answer = (await get(service, OPERATOR, url(made, "/suggestions"))).json()
    agencies = {each["agency"] for each in answer["agencies"]}
    assert {"polda-banten", "bawaslu-banten", "pemkab-tangerang"} <= agencies
    assert "kpu-banten" not in agencies
    assert answer["lead_agency"] is None  # logistics would be led by the KPU


async def test_suggestions_tell_only_of_events_that_the_reader_may_see(service: Service):
    mark = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    mine = await report(service, OPERATOR, region_code="36.03.01", kind="safe_accident", occurred_at=mark)
    same = {"region_code": "36.03.02", "kind": "safe_disaster", "occurred_at": mark}
    shared = await report(service, "operator.bawaslu-banten", tlp="GREEN", **same)
    await report(service, "operator.bawaslu-banten", **same)
    answer = (await get(service, OPERATOR, url(mine, "/suggestions"))).json()
    assert [each["id"] for each in answer["same_event"]] == [shared["id"]]
