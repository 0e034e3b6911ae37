"""Whatever stands in an address: refused by name, never a failure, and a cursor is only what we issued."""

import base64
import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from app.schemas.pages import make_cursor
from tests.support.assistance import ASSISTANCE
from tests.support.bodies import OPERATIONS, Operation, Target, target
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, get, ledger_size, post, refused, url
from tests.support.deployments import DEPLOYMENTS, STRENGTHS, UNIT, strength_of
from tests.support.elections import ELECTIONS, ORDERS
from tests.support.patrols import OVERDUE, PATROLS, PLANS
from tests.support.privacy import BREACHES, ERASURES, HOLDS, OFFICER, REQUESTS
from tests.support.receivers import WEBHOOKS
from tests.support.service import Service, report
from tests.support.sites import PATTERNS, SITES, UNGUARDED
from tests.support.threats import LEVELS, PROPOSALS

AUDITOR = "auditor.polda-banten"
LISTS = {
    "incidents": (OPERATOR, INCIDENTS),
    "history": (OPERATOR, INCIDENTS + "/{incident}/history"),
    "notes": (OPERATOR, INCIDENTS + "/{incident}/notes"),
    "links": (OPERATOR, INCIDENTS + "/{incident}/links"),
    "parties": (OPERATOR, INCIDENTS + "/{incident}/parties"),
    "attachments": (OPERATOR, INCIDENTS + "/{incident}/attachments"),
    "acknowledgements": (OPERATOR, INCIDENTS + "/{incident}/acknowledgements"),
    "level acknowledgements": (OPERATOR, LEVELS + "/{level}/acknowledgements"),
    "referrals": (OPERATOR, INCIDENTS + "/{incident}/referrals"),
    "custody": (OPERATOR, INCIDENTS + "/{incident}/attachments/{attachment}/custody"),
    "inbox": (OPERATOR, "/api/v1/inbox"),
    "levels": (OPERATOR, LEVELS),
    "level history": (OPERATOR, LEVELS + "/{level}/history"),
    "proposals": (OPERATOR, PROPOSALS),
    "proposal history": (OPERATOR, PROPOSALS + "/{proposal}/history"),
    "deployments": (OPERATOR, DEPLOYMENTS),
    "deployment history": (OPERATOR, DEPLOYMENTS + "/{deployment}/history"),
    "assistance requests": (OPERATOR, ASSISTANCE),
    "assistance request history": (OPERATOR, ASSISTANCE + "/{assistance_request}/history"),
    "assistance answers": (OPERATOR, ASSISTANCE + "/{assistance_request}/answers"),
    "overdue patrol stops": (OPERATOR, OVERDUE),
    "patrol history": (OPERATOR, PATROLS + "/{patrol}/history"),
    "patrol plan history": (OPERATOR, PLANS + "/{plan}/history"),
    "patrol plan stops": (OPERATOR, PLANS + "/{plan}/stops"),
    "patrol plans": (OPERATOR, PLANS),
    "patrol stops": (OPERATOR, PATROLS + "/{patrol}/stops"),
    "patrols": (OPERATOR, PATROLS),
    "elections": (OPERATOR, ELECTIONS),
    "election history": (OPERATOR, ELECTIONS + "/{election}/history"),
    "readiness orders": (OPERATOR, ORDERS),
    "readiness history": (OPERATOR, ORDERS + "/{order}/history"),
    "check-ins": (OPERATOR, DEPLOYMENTS + "/{deployment}/check-ins"),
    "sites": (OPERATOR, SITES),
    "site history": (OPERATOR, SITES + "/{site}/history"),
    "site assessments": (OPERATOR, SITES + "/{site}/assessments"),
    "unguarded sites": (OPERATOR, UNGUARDED),
    "guard patterns": (OPERATOR, PATTERNS),
    "guard pattern history": (OPERATOR, PATTERNS + "/{pattern}/history"),
    "strengths": (OPERATOR, STRENGTHS),
    "strength history": (OPERATOR, strength_of(UNIT, "/history")),
    "accounts": ("admin.polda-banten", "/api/v1/accounts"),
    "integrations": ("admin.polda-banten", "/api/v1/integrations"),
    "credentials": ("admin.polda-banten", "/api/v1/integrations/{integration}/credentials"),
    "webhooks": ("admin.polda-banten", WEBHOOKS),
    "deliveries": ("admin.polda-banten", WEBHOOKS + "/{webhook}/deliveries"),
    "red memberships": (OPERATOR, "/api/v1/red-memberships"),
    "regions": (OPERATOR, "/api/v1/regions"),
    "erasures": (OFFICER, ERASURES),
    "holds": (OFFICER, HOLDS),
    "data requests": (OFFICER, REQUESTS),
    "data request history": (OFFICER, REQUESTS + "/{request}/history"),
    "breaches": (OFFICER, BREACHES),
    "breach history": (OFFICER, BREACHES + "/{breach}/history"),
    "entries": (AUDITOR, "/api/v1/ledger/entries"),
}
every_list = pytest.mark.parametrize("name", LISTS)


@pytest.fixture(scope="module")
async def at(service: Service) -> Target:
    return await target(service)


async def ask(service: Service, at: Target, name: str, query: str):
    account, path = LISTS[name]
    client = await service.client(account)
    return await client.get(f"{path.format(**asdict(at))}?{query}")


def spelt(content: object) -> str:
    text = content if isinstance(content, bytes) else json.dumps(content, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1000000000", "9" * 5000, "abc", "1.5", "1e2", "", "%00",
                                   "٣", "0x10", "NaN", "%FF", "%ZZ"])  # fmt: skip
@every_list
async def test_a_limit_out_of_range_is_refused(service: Service, at: Target, name: str, limit: str):
    refused(await ask(service, at, name, f"limit={limit}"), 422, "invalid", "limit")


CURSORS = {
    "empty": "",
    "garbage": "garbage!",
    "not base64": "%%%",
    "a letter": "A",
    "bytes": spelt(b"\xff\xfe"),
    "no list": spelt({"a": 1}),
    "a number": spelt(1),
    "an empty list": spelt([]),
    "a longer list": spelt([1, 2]),
    "null in a list": spelt([None]),
    "true": spelt([True]),
    "a list in a list": spelt([[1]]),
    "an object in a list": spelt([{}]),
    "a fraction": spelt([1.5]),
    "not a number": spelt(b"[NaN]"),
    "infinite": spelt(b"[1e400]"),
    "a text": spelt(["x"]),
    "a number in quotes": spelt(["7"]),
    "a huge number": spelt([10**30]),
    "just over 64 bits": spelt([2**63]),
    "a negative number": spelt([-1]),
    "a NUL": spelt(["\0"]),
    "a lone surrogate": spelt(b'["\\ud800"]'),
    "no id": spelt(["3f2c1d1e-0000"]),
    "an id in braces": spelt(["{01930000-0000-7000-8000-000000000000}"]),
    "an id in capitals": spelt(["ABCDEF00-0000-7000-8000-000000000000"]),
    "spaces": spelt(b"[ 1 ]"),
    "nested": spelt(b"[" * 100),
    "padding": spelt(["36"]) + "=",
    "NUL": "%00",
    "too long": "A" * 301,
    "very long": "A" * 60_000,
}


@pytest.mark.parametrize("cursor", CURSORS.values(), ids=CURSORS)
@every_list
async def test_a_cursor_that_we_did_not_issue_is_refused(
    service: Service, at: Target, name: str, cursor: str
):
    refused(await ask(service, at, name, f"cursor={cursor}"), 422, "invalid", "cursor")


@every_list
async def test_the_cursor_of_another_kind_of_list_is_refused(service: Service, at: Target, name: str):
    issued = {"id": make_cursor(ABSENT), "position": make_cursor(1), "code": make_cursor("36.03")}
    issued["waiting"] = make_cursor(1, "assignment", ABSENT)
    issued["late"] = make_cursor(datetime(2024, 11, 27, tzinfo=UTC), ABSENT)
    of_their_own = {"overdue patrol stops": "late", "entries": "position", "regions": "code"}
    own = {**of_their_own, "inbox": "waiting"}.get(name, "id")
    if "history" in name:
        own = "position"
    for kind, cursor in issued.items():
        answer = await ask(service, at, name, f"cursor={cursor}")
        if kind == own:
            assert answer.status_code == 200
        else:
            refused(answer, 422, "invalid", "cursor")


@every_list
async def test_a_parameter_that_stands_twice_is_refused(service: Service, at: Target, name: str):
    refused(await ask(service, at, name, "limit=1&limit=2"), 422, "invalid", "limit")


@every_list
async def test_a_parameter_that_is_not_known_is_refused(service: Service, at: Target, name: str):
    refused(await ask(service, at, name, "limt=1"), 422, "invalid", "limt")


async def test_a_list_of_values_may_repeat_its_parameter(service: Service, at: Target):
    answer = await ask(service, at, "incidents", "severity=minor&severity=severe")
    assert answer.status_code == 200
    many = "&".join(["status=reported"] * 9)
    refused(await ask(service, at, "incidents", many), 422, "invalid", "status")


QUERIES = [
    ("incidents", "text=%00", "text"),
    ("incidents", "text=a%1Bb", "text"),
    ("incidents", "text=" + "x" * 101, "text"),
    ("incidents", "text=" + "x" * 60_000, "text"),
    ("incidents", "region=%00", "region"),
    ("incidents", "region=36%0A", "region"),
    ("incidents", "kind=%00", "kind"),
    ("incidents", "group=%FF", "group"),
    ("incidents", "severity=%00", "severity"),
    ("incidents", "reference=%00", "reference"),
    ("incidents", "reference=" + "A" * 17, "reference"),
    ("incidents", "occurred_from=0001-01-01T00:00:00%2B14:00", "occurred_from"),
    ("incidents", "occurred_from=2024-11-25T05:30:00", "occurred_from"),
    ("incidents", "occurred_from=1732487400", "occurred_from"),
    ("incidents", "occurred_before=9999-12-31T23:59:59-12:00", "occurred_before"),
    ("incidents", "occurred_before=%00", "occurred_before"),
    ("incidents", "assigned_to_me=2", "assigned_to_me"),
    ("levels", "region=%00", "region"),
    ("levels", "category=plague", "category"),
    ("levels", "category=" + "&category=".join(["cyber"] * 8), "category"),
    ("levels", "agency=%00", "agency"),
    ("levels", "status=pending", "status"),
    ("proposals", "region=3601", "region"),
    ("proposals", "category=%FF", "category"),
    ("proposals", "status=in_force", "status"),
    ("assistance requests", "region=%00", "region"),
    ("assistance requests", "kind=pam_tps", "kind"),
    ("assistance requests", "priority=kilat", "priority"),
    ("assistance requests", "status=filled", "status"),
    ("assistance requests", "agency=POLDA", "agency"),
    ("assistance requests", "overdue=perhaps", "overdue"),
    ("overdue patrol stops", "region=%00", "region"),
    ("patrol plans", "region=36.04.1", "region"),
    ("patrol plans", "unit=%00", "unit"),
    ("patrol plans", "in_use=perhaps", "in_use"),
    ("patrols", "region=%00", "region"),
    ("patrols", "unit=POLRES", "unit"),
    ("patrols", "status=gone", "status"),
    ("patrols", "on_date=2024-11-31", "on_date"),
    ("patrols", "plan=nonsense", "plan"),
    ("patrols", "reference=%00", "reference"),
    ("elections", "region=%00", "region"),
    ("elections", "kind=pilkades", "kind"),
    ("elections", "year=1", "year"),
    ("elections", "round=0", "round"),
    ("readiness orders", "agency=POLDA", "agency"),
    ("readiness orders", "level=4", "level"),
    ("readiness orders", "status=ended", "status"),
    ("readiness orders", "number=%00", "number"),
    ("sites", "region=%00", "region"),
    ("sites", "kind=tps", "kind"),
    ("sites", "risk=9", "risk"),
    ("sites", "index_from=101", "index_from"),
    ("sites", "in_use=perhaps", "in_use"),
    ("sites", "text=%00", "text"),
    ("unguarded sites", "region=3604", "region"),
    ("unguarded sites", "kind=tps", "kind"),
    ("unguarded sites", "risk=9", "risk"),
    ("unguarded sites", "at=2024-11-27", "at"),
    ("guard patterns", "operation=%00", "operation"),
    ("guard patterns", "region=3604", "region"),
    ("deployments", "region=%00", "region"),
    ("deployments", "check_in_overdue=perhaps", "check_in_overdue"),
    ("deployments", "relief_arrived=2", "relief_arrived"),
    ("deployments", "unit=%00", "unit"),
    ("deployments", "agency=POLDA", "agency"),
    ("deployments", "role=%FF", "role"),
    ("deployments", "status=gone", "status"),
    ("deployments", "&".join(["status=requested"] * 12), "status"),
    ("deployments", "active_at=2024-11-25T05:30:00", "active_at"),
    ("deployments", "active_from=1732487400", "active_from"),
    ("deployments", "active_before=9999-12-31T23:59:59-12:00", "active_before"),
    ("deployments", "incident_id=nonsense", "incident_id"),
    ("deployments", "reference=%00", "reference"),
    ("strengths", "agency=%00", "agency"),
    ("regions", "parent=%00", "parent"),
    ("regions", "parent=36;", "parent"),
    ("regions", "text=%00", "text"),
    ("entries", "record_id=%00", "record_id"),
    ("entries", "record_id=nonsense", "record_id"),
]


@pytest.mark.parametrize(("name", "query", "pointer"), QUERIES)
async def test_a_filter_out_of_bounds_is_refused(service: Service, at: Target, name, query, pointer):
    refused(await ask(service, at, name, query), 422, "invalid", pointer)


ODD = ["text=%", "text=%ZZ", "text=%FF", "text=%ED%A0%80", "text=%C0%80", "text=_%25", "text=a;b",
       "text='%20OR%201=1--", "text=%F0%9F%97%B3", "&&&", "="]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("name", ["incidents", "regions"])
async def test_odd_text_is_searched_for_or_refused(service: Service, at: Target, name, query):
    answer = await ask(service, at, name, query)
    if answer.status_code != 200:
        refused(answer, 422, "invalid")


IDS = ["nonsense", "%00", "%FF", "%ZZ", "0", "-1", "null", "01930000", "01930000-0000-7000-8000-00000000000g",
       "%7B01930000-0000-7000-8000-000000000000%7D%7D", "9" * 5000]  # fmt: skip


@pytest.mark.parametrize("identity", IDS)
@pytest.mark.parametrize("part", ["", "/history", "/notes", "/links", "/parties", "/suggestions"])
async def test_an_id_that_is_none_is_refused(service: Service, part: str, identity: str):
    answer = await get(service, OPERATOR, f"{INCIDENTS}/{identity}{part}")
    refused(answer, 422, "invalid", "incident_id")


@pytest.mark.parametrize("identity", IDS)
@pytest.mark.parametrize("operation", [each for each in OPERATIONS.values() if "{incident}" in each.part])
async def test_nothing_is_written_for_an_id_that_is_none(
    service: Service, at: Target, operation: Operation, identity: str
):
    size = await ledger_size(service)
    place = at.place(operation).replace(getattr(at, operation.named), identity)
    answer = await operation.call(service, place, json=at.body(operation))
    refused(answer, 422, "invalid", f"{operation.named}_id")
    assert await ledger_size(service) == size


@pytest.mark.parametrize("identity", IDS)
@pytest.mark.parametrize("part", ["", "/history"])
async def test_an_id_of_a_deployment_that_is_none_is_refused(service: Service, part: str, identity: str):
    refused(await get(service, OPERATOR, f"{DEPLOYMENTS}/{identity}{part}"), 422, "invalid", "deployment_id")


PATHS = [
    ("/api/v1/units/%00/strength", "unit"),
    ("/api/v1/units/POLRES/strength", "unit"),
    ("/api/v1/units/%FF/strength/history", "unit"),
    ("/api/v1/regions/%00", "region_code"),
    ("/api/v1/regions/3603", "region_code"),
    ("/api/v1/regions/36%0A", "region_code"),
    ("/api/v1/regions/%FF/responsible", "region_code"),
    ("/api/v1/regions/36/responsible?on=%00", "on"),
    ("/api/v1/regions/36/responsible?on=0", "on"),
    ("/api/v1/regions/36/responsible?on=1732487400", "on"),
    ("/api/v1/regions/36/responsible?on=2024-02-30", "on"),
    ("/api/v1/regions/36/responsible?on=99999-01-01", "on"),
    (f"{LEVELS}/36.1/cyber", "region_code"),
    (f"{LEVELS}/3603/cyber", "region_code"),
    (f"{LEVELS}/36/%00", "category"),
    (f"{LEVELS}/36/cyber?as_of=%00", "as_of"),
    (f"{LEVELS}/36/cyber?as_of=2024-11-25T05:30:00", "as_of"),
    (f"{LEVELS}/36/cyber?as_of=1732487400", "as_of"),
    (f"{LEVELS}/36/cyber?as_of=2199-01-01T00:00:00Z", "as_of"),
    (f"{LEVELS}/36/cyber?at=2024-11-25T05:30:00Z", "at"),
    (f"{LEVELS}/%00", "threat_level_id"),
    (f"{LEVELS}/nonsense/history", "threat_level_id"),
    (f"{PROPOSALS}/%00", "proposal_id"),
    (f"{PROPOSALS}/nonsense/history", "proposal_id"),
    ("/api/v1/agencies/%00", "agency"),
    ("/api/v1/agencies/POLDA", "agency"),
    ("/api/v1/agencies/%FF/units", "agency"),
]


@pytest.mark.parametrize(("path", "pointer"), PATHS)
async def test_a_path_out_of_bounds_is_refused(service: Service, path: str, pointer: str):
    client = await service.client(OPERATOR)
    refused(await client.get(path), 422, "invalid", pointer)


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_a_far_day_is_answered(service: Service, on: str):
    answer = await get(service, OPERATOR, "/api/v1/regions/36.03.13/responsible", on=on)
    assert answer.status_code == 200


async def test_the_agency_to_clear_is_a_code(service: Service):
    made = await report(service, OPERATOR)
    client = await service.client(OPERATOR)
    for code in ("%00", "KPU", "%FF", "x" * 100):
        answer = await client.delete(url(made, f"/about-agencies/{code}"), headers={"If-Match": '"1"'})
        refused(answer, 422, "invalid", "agency")


async def test_a_write_takes_no_parameters_in_the_address(service: Service, at: Target):
    size = await ledger_size(service)
    note = {"text": "Catatan."}
    answer = await post(service, OPERATOR, f"{INCIDENTS}/{at.incident}/notes?text=x", note)
    refused(answer, 422, "invalid", "text")
    assert await ledger_size(service) == size
