"""Coverage: what the reader's own lists add up to, in one query; nothing that it may not see counts."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.calls import OPERATOR, get, refused, walk
from tests.support.deployments import DEPLOYMENTS, KOREM, WEEKS, deploy, state, step, window, written
from tests.support.queries import queries
from tests.support.service import Service
from tests.support.sites import COVERAGE, PATTERNS, SITES, UNGUARDED, change, pattern_set, registered

CHIEF, KPU, PEMKAB = "commander.polda-banten", "commander.kpu-banten", "operator.pemkab-lebak"
READERS = (CHIEF, OPERATOR, KPU, KOREM, "integration.kpu-banten", "auditor.bawaslu-banten")
LENGTHS = {"province": 2, "regency": 5, "district": 8}
HOLDING = {"committed", "mobilizing", "en_route", "on_scene", "assigned", "out_of_service"}
OWN = "uji-cakupan"  # the operation of this module
LEBAK, NEAR, NEXT, FAR = "36.02", "36.02.01", "36.02.02", "36.02.03"
RED = {"tlp": "RED", "recipients": [CHIEF, "commander2.polda-banten", KPU]}
STRICT, SHARED = {"tlp": "AMBER+STRICT"}, {"tlp": "AMBER", "audience": ["kpu-banten"]}
PLACES: tuple[tuple[int, str, str | None, dict[str, Any]], ...] = (
    (13, NEAR, "kurang_rawan", {}),
    (3, NEAR, "rawan", {}),
    (2, NEXT, "rawan", SHARED),
    (1, NEXT, "rawan", STRICT),
    (1, FAR, "sangat_rawan", {"classification": "rahasia"}),
    (1, FAR, "sangat_rawan", RED),
    (1, f"{FAR}.2001", "rawan", {}),
    (1, LEBAK, "rawan", {}),
    (1, "36", "khusus", {}),
    (1, "36.02.04", None, {}),
    (1, "36.02.04", "rawan", {"kind": "port"}),
    (2, "36.02.04", "rawan", {"in_use": False}),
)
RULES: tuple[tuple[str, str, tuple[int, int, int | None], dict[str, Any]], ...] = (
    ("36", "kurang_rawan", (2, 12, 24), {}),
    ("36", "rawan", (2, 2, 4), {}),
    ("36", "sangat_rawan", (2, 1, 2), RED),
    (LEBAK, "rawan", (4, 3, None), SHARED),
    (NEAR, "rawan", (6, 2, 8), {**STRICT, "as_of": "2024-11-02"}),
    (NEAR, "rawan", (1, 1, 1), {}),
    (NEAR, "rawan", (9, 1, 9), {"operation": "operasi-lain"}),
)


@pytest.fixture(scope="module")
async def start(service: Service) -> datetime:
    """Sites, patterns and guards of every marking; the start of the week in which they guard."""
    start, made = next(WEEKS), defaultdict(list)
    for count, region, risk, more in PLACES:
        judged = {"risk": risk, "rationale": "Dinilai."} if risk else {}
        said = {"kind": "terminal", "region_code": region, **judged, **more}
        made[region] += [(await registered(service, CHIEF, **said))["id"] for _ in range(count)]
    for region, risk, numbers, more in RULES:
        named = dict(zip(("police_count", "site_count", "linmas_count"), numbers, strict=True))
        said = {"operation": OWN, "site_kind": "terminal", "tlp": "GREEN", **named, **more}
        await pattern_set(service, CHIEF, region_code=region, risk=risk, **said)
    own = {"home_unit": "polres-lebak", "status": "committed", "tlp": "GREEN", **window(start)}
    for fields in (
        {"region_code": NEAR, "strength_planned": 5, "site_ids": [*made[NEAR][:4], *made[FAR]]},
        {"region_code": NEXT, "strength_planned": 7, "site_ids": made[NEXT], **STRICT},
        {"region_code": NEAR, "role": "patroli", "site_ids": made[NEAR][3:6]},
        {"region_code": NEAR, "status": "requested", "site_ids": made[NEAR][-3:]},
        {"region_code": FAR, "role": "pam_objek", "strength_planned": 2, **SHARED},
        {"region_code": "36", "role": "reserve"},
        {"region_code": NEAR, "site_ids": made[NEAR], **window(start + timedelta(days=3))},
    ):
        await deploy(service, CHIEF, **{**own, **fields})
    linmas = {"home_unit": "satpol-pp-kab-lebak", "region_code": NEAR, "strength_planned": 11}
    await state(service, PEMKAB, "satpol-pp-kab-lebak", region_code=LEBAK)
    await deploy(service, PEMKAB, **{**own, **linmas})
    lent = {"home_unit": "kodim-0603-lebak", "region_code": LEBAK, "strength_planned": 40}
    under = {"controlling_unit": "polres-lebak", "command_relation": "perbantuan_tni"}
    troops = await deploy(service, KOREM, **{**own, **lent, **under})
    assert (await step(service, KOREM, troops, "mobilizing", strength_present=31)).is_success
    return start


async def seen_by(service: Service, account: str) -> dict[str, list[dict[str, Any]]]:
    """What the reader's own lists show."""
    paths = {"sites": SITES, "patterns": PATTERNS, "deployments": DEPLOYMENTS}
    return {
        name: [each for page in await walk(service, account, path, limit=200) for each in page]
        for name, path in paths.items()
    }


def on_duty(deployments: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    return [
        each
        for each in deployments
        if each["status"] in HOLDING
        and datetime.fromisoformat(each["starts_at"]) <= at < datetime.fromisoformat(each["ends_at"])
    ]


def lies_in(code: str, region: str | None) -> bool:
    return region is None or code == region or code.startswith(f"{region}.")


def in_need(seen: Mapping[str, Any], region: str | None, at: datetime) -> Iterator[tuple[Any, bool]]:
    """Each site in use within a region, and whether nobody guards it."""
    named = {site for each in on_duty(seen["deployments"], at) for site in each["site_ids"]}
    for site in seen["sites"]:
        if site["in_use"] and lies_in(site["region_code"], region):
            yield site, site["id"] not in named


def nearest(seen: Mapping[str, Any], site: Mapping[str, Any], operation: str) -> dict[str, Any] | None:
    found = [
        each
        for each in seen["patterns"]
        if each["operation"] == operation
        and (each["site_kind"], each["risk"]) == (site["kind"], site["risk"])
        and lies_in(site["region_code"], each["region_code"])
    ]
    return max(found, key=lambda each: (len(each["region_code"]), each["as_of"], each["id"]), default=None)


def expected(seen: Mapping[str, Any], level: str, region: str | None, at: datetime) -> dict[str, Counter]:
    """The row of each region, counted one by one."""
    rows: dict[str, Counter] = defaultdict(Counter)
    by_pattern: Counter = Counter()
    patterns = {}
    for site, is_bare in in_need(seen, region, at):
        code = site["region_code"][: LENGTHS[level]]
        rule = nearest(seen, site, OWN)
        rows[code].update(sites=1, unguarded=int(is_bare), without_pattern=int(rule is None))
        if rule:
            patterns[rule["id"]] = rule
            by_pattern[code, rule["id"]] += 1
    for (code, rule), count in by_pattern.items():
        for who in ("police", "linmas"):
            people, sites = patterns[rule][f"{who}_count"] or 0, patterns[rule]["site_count"]
            rows[code][f"{who}_required"] += -(-count * people // sites)
    for each in on_duty(seen["deployments"], at):
        if each["role"] in {"pam_tps", "pam_objek"} and lies_in(each["region_code"], region):
            who = "linmas" if each["owner_agency"].startswith("pem") else "police"
            row = rows[each["region_code"][: LENGTHS[level]]]
            row[f"{who}_planned"] += each["strength_planned"]
            row[f"{who}_present"] += each["strength_present"]
    return rows


async def covered(service: Service, account: str, start: datetime, **query: Any) -> dict[str, Any]:
    asked = {"operation": OWN, "at": written(start + timedelta(days=1)), **query}
    answer = await get(service, account, COVERAGE, **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def flat(row: Mapping[str, Any]) -> Counter:
    """A row of an answer as the oracle counts it."""
    numbers = Counter({name: row[name] for name in ("sites", "unguarded", "without_pattern")})
    for who in ("police", "linmas"):
        parts = row[who]
        assert parts["gap"] == max(0, parts["required"] - parts["planned"])
        numbers.update({f"{who}_{part}": parts[part] for part in ("required", "planned", "present")})
    return numbers


@pytest.mark.parametrize("account", READERS)
async def test_it_is_what_the_lists_of_the_reader_add_up_to(service: Service, start: datetime, account: str):
    seen, at = await seen_by(service, account), start + timedelta(days=1)
    for level in LENGTHS:
        for region in (None, LEBAK, NEAR, NEXT, "36.02.04", "36.71"):
            asked = {"level": level} | ({"region": region} if region else {})
            told = await covered(service, account, start, **asked)
            rows = {each["region_code"]: flat(each) for each in told["items"]}
            assert rows == expected(seen, level, region, at), (level, region)
            assert told["items"] == sorted(
                told["items"],
                key=lambda each: (
                    -each["unguarded"], -each["police"]["gap"], -each["linmas"]["gap"], each["region_code"],
                ),
            )  # fmt: skip
            for name in ("sites", "unguarded", "without_pattern"):
                assert told[name] == sum(each[name] for each in told["items"])
            for who in ("police", "linmas"):
                assert told[f"{who}_gap"] == sum(each[who]["gap"] for each in told["items"])


async def test_the_nearest_pattern_that_one_sees_counts_and_is_rounded_up(service: Service, start: datetime):
    async def needs(account: str, region: str) -> tuple[int, int]:
        told = await covered(service, account, start, region=region, level="district")
        row = next(each for each in told["items"] if each["region_code"] == region)
        return row["police"]["required"], row["linmas"]["required"]

    # 13 by 2-12-24 are 3 and 26; 3 by 6-2-8, which only the police see and is newer, are 9 and 12.
    assert await needs(CHIEF, NEAR) == (3 + 9, 26 + 12)
    assert await needs(KOREM, NEAR) == (3 + 3, 26 + 3)  # by 1-1-1
    assert await needs(CHIEF, NEXT) == (4, 0)  # 3 by 4-3 of the regency, which says nothing of Linmas
    assert await needs(KPU, NEXT) == (3, 0)  # the two that it sees
    assert await needs(KPU, FAR) == (2 * 2 + 2, 2 * 2 + 0)  # by a pattern for named accounts, and 1 by 4-3
    assert await needs(KOREM, FAR) == (1, 2)  # by 2-2-4 of the province: the only site it may know of


async def test_a_guard_that_one_may_not_know_of_guards_nothing(service: Service, start: datetime):
    seen = {
        account: [each["id"] for page in await unguarded(service, account, start, NEXT) for each in page]
        for account in (CHIEF, KPU)
    }
    assert (len(seen[CHIEF]), len(seen[KPU])) == (0, 2)


async def unguarded(
    service: Service, account: str, start: datetime, region: str, **query: Any
) -> list[list[dict[str, Any]]]:
    asked = {"region": region, "at": written(start + timedelta(days=1)), "limit": 3, **query}
    return await walk(service, account, UNGUARDED, **asked)


@pytest.mark.parametrize("account", READERS)
async def test_the_sites_without_a_guard_are_listed_in_pages(service: Service, start: datetime, account: str):
    seen, at = await seen_by(service, account), start + timedelta(days=1)
    bare = [site for site, is_bare in in_need(seen, LEBAK, at) if is_bare]
    pages = await unguarded(service, account, start, LEBAK)
    assert [each for page in pages for each in page] == bare
    assert {len(page) for page in pages[:-1]} == {3}
    calm = await unguarded(service, account, start, LEBAK, risk="kurang_rawan", kind=["terminal", "mall"])
    assert [each for page in calm for each in page] == [
        each for each in bare if (each["risk"], each["kind"]) == ("kurang_rawan", "terminal")
    ]


async def test_what_is_narrowed_counts_no_more_at_once(service: Service, start: datetime):
    made = await registered(service, CHIEF, region_code="36.02.05", kind="terminal")
    for account, one in ((KPU, 0), (CHIEF, 1)):
        before = await covered(service, account, start, region="36.02.05")
        assert made["id"] in {
            each["id"] for page in await unguarded(service, account, start, "36.02.05") for each in page
        }
        narrowed = await change(service, CHIEF, made, tlp="GREEN" if one else "AMBER+STRICT")
        made = narrowed.json()
        after = await covered(service, account, start, region="36.02.05")
        listed = await unguarded(service, account, start, "36.02.05")
        assert (made["id"] in {each["id"] for page in listed for each in page}) == bool(one)
        assert before["sites"] - after["sites"] == 1 - one


async def test_who_asks_again_gets_304_and_now_is_told_to_the_minute(service: Service, start: datetime):
    client = await service.client(OPERATOR)
    first = await client.get(COVERAGE, params={"operation": OWN})
    assert (first.json()["at"][-4:], first.json()["scope"]) == (":00Z", "visible_to_you")
    asked = {"operation": OWN, "at": first.json()["at"]}
    again = await client.get(COVERAGE, params=asked, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    now, then = await asyncio.gather(client.get(UNGUARDED), client.get(UNGUARDED, params={"at": asked["at"]}))
    assert now.json()["items"] == then.json()["items"]


async def test_it_is_one_query(service: Service, start: datetime):
    await covered(service, OPERATOR, start)  # the actor is known for a second from now on
    with queries(service.app.state.database) as asked:
        await covered(service, OPERATOR, start, region="36.02.06")  # which no other test asks
    about = [each for each, _ in asked if any(name in each for name in ("deployment", "site", "pattern"))]
    assert len(about) == 1


async def test_it_tells_of_no_more_regions_than_it_may(service: Service, start: datetime):
    with patch("app.services.coverage.MOST_ROWS", 2):
        answer = await get(service, OPERATOR, COVERAGE, operation=OWN, level="district", at=written(start))
        refused(answer, 422, "invalid", "level")
        told = await get(service, OPERATOR, COVERAGE, operation=OWN, region=NEAR, at=written(start))
    assert [each["region_code"] for each in told.json()["items"]] == [LEBAK]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "operation"),
        ("operation=%00", "operation"),
        ("operation=uji&level=village", "level"),
        ("operation=uji&region=3604", "region"),
        ("operation=uji&at=2024-11-27", "at"),
        ("operation=uji&at=9999-12-31T23:59:59-12:00", "at"),
        ("operation=uji&limit=5", "limit"),
    ],
)
async def test_a_question_out_of_bounds_is_refused(service: Service, query: str, pointer: str):
    client = await service.client(OPERATOR)
    refused(await client.get(f"{COVERAGE}?{query}"), 422, "invalid", pointer)


async def test_an_operation_without_patterns_needs_nobody(service: Service, start: datetime):
    told = await covered(service, CHIEF, start, operation="belum-ada", region=LEBAK, level="province")
    (row,) = told["items"]
    assert row["without_pattern"] == row["sites"] > 0
    assert (row["police"]["required"], row["police"]["gap"]) == (0, 0)
