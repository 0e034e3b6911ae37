"""Coverage by patrols, against the same reckoned in Python from what was put on record."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from app.services.patrol_coverage import SUMS, _regions
from tests.support.calls import OPERATOR, get, refused
from tests.support.need_to_know import entitled, post
from tests.support.patrols import COVERAGE, created, place, planned, run_of, skip, step, stops_of, visit
from tests.support.service import Service
from tests.support.sites import registered

CHIEF = "commander.polda-banten"
READERS = (CHIEF, OPERATOR, "operator.kpu-banten", "liaison.bawaslu-banten")
KECAMATAN = ("36.01.01", "36.01.02", "36.01.03")
UNIT = "polres-pandeglang"
NOW = datetime.now(UTC)
WINDOW = (NOW - timedelta(days=40), NOW + timedelta(days=10))
MARKINGS: list[dict[str, Any]] = [
    {"tlp": "GREEN"}, {"tlp": "AMBER", "audience": ["kpu-banten"]}, {"tlp": "AMBER+STRICT"},
    {"tlp": "GREEN", "classification": "rahasia"},
]  # fmt: skip


@dataclass
class World:
    """What was put on record: sites by id, and each patrol with its stops as they were at the end."""

    sites: dict[str, dict[str, Any]] = field(default_factory=dict)
    patrols: list[tuple[dict[str, Any], list[dict[str, Any]]]] = field(default_factory=list)


async def lived(service: Service) -> World:
    """Some weeks of patrols, drawn from a seed."""
    chance, world = Random(7), World()  # noqa: S311 - no secret
    for n in range(8):
        marking, region = MARKINGS[n % 4], KECAMATAN[n % 3]
        made = await registered(service, CHIEF, region_code=region, **marking)
        world.sites[made["id"]] = made
    for n in range(16):
        region = chance.choice((*KECAMATAN, "36.01"))
        fitting = [each["id"] for each in world.sites.values() if each["region_code"].startswith(region)]
        stops: list[dict[str, Any]] = [
            {"minute": m, "site_id": chance.choice(fitting)} if chance.random() < 0.7
            else place(m, region_code=chance.choice([each for each in KECAMATAN if each.startswith(region)]),
                       name=f"Pasar {chance.randint(1, 3)} (fiktif)")
            for m in range(0, chance.randint(1, 4) * 10, 10)
        ]  # fmt: skip
        marking = MARKINGS[n % 4]
        plan = await planned(service, CHIEF, unit=UNIT, region_code=region, stops=stops, **marking)
        made = await run_of(service, plan, CHIEF, days_ago=-3 if n % 8 == 7 else chance.randint(2, 30))
        await _walk(service, made, chance)
        world.patrols.append((made, await stops_of(service, made, CHIEF)))
    return world


async def _walk(service: Service, made: dict[str, Any], chance: Random) -> None:
    """What becomes of a patrol."""
    fate = chance.choice(("planned", "cancelled", "under_way", "completed", "completed"))
    made["status"] = fate
    client = await service.client(CHIEF)

    async def to(status: str, at: str) -> None:
        body = {"to": status, "reason": "Uji.", "at": at}
        await created(await client.post(f"/api/v1/patrols/{made['id']}/steps", json=body))

    if datetime.fromisoformat(made["starts_at"]) > NOW:
        made["status"] = "planned"
    elif fate == "cancelled":
        await to("cancelled", made["starts_at"])
    elif fate != "planned":
        await to("under_way", made["starts_at"])
        for stop in await stops_of(service, made, CHIEF):
            what = chance.choice(("visit", "visit", "skip", "nothing"))
            if what == "visit":
                await created(await visit(service, stop, CHIEF, visited_at=stop["due_at"]))
            elif what == "skip":
                await created(await skip(service, stop, CHIEF, skipped_at=stop["due_at"]))
        if fate == "completed":
            await to("completed", datetime.now(UTC).isoformat())


def became(status: str, stop: dict[str, Any]) -> str:
    """What became of a stop, in the words of the sums."""
    if stop["outcome"]:
        return str(stop["outcome"])
    if status == "cancelled":
        return "called_off"
    late = datetime.fromisoformat(stop["overdue_at"]) <= NOW
    return "missing" if late or status == "completed" else "pending"


def reckoned(world: World, account: str, region: str) -> dict[str, Any]:
    """The sums, regions and items that a reader is to be told."""
    reader = post(account)
    regions: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for patrol, stops in world.patrols:
        for stop in stops if entitled(reader, patrol) else ():
            site = world.sites.get(stop["site_id"])
            seen = site if site and entitled(reader, site) else None
            code = seen["region_code"] if seen else stop["region_code"]
            if code != region and not code.startswith(f"{region}."):
                continue
            name = seen["name"] if seen else stop["name"]
            counted = {"stops": 1, became(patrol["status"], stop): 1}
            key = (seen["id"] if seen else None, name, code)
            for sums in (
                total,
                groups[key],
                *(regions[code[:n]] for n in (2, 5, 8) if len(region) <= n <= len(code)),
            ):
                sums.update(counted)
    missed = {key: sums for key, sums in groups.items() if sums["missing"] + sums["skipped"]}
    return {"total": total, "regions": regions, "items": missed}


def sums_of(told: dict[str, Any]) -> dict[str, int]:
    return {name: told[name] for name in SUMS if told[name]}


async def test_coverage_is_what_python_reckons_for_each_reader(service: Service):
    world = await lived(service)
    fates = Counter(became(patrol["status"], stop) for patrol, stops in world.patrols for stop in stops)
    assert fates.keys() == {"visited", "skipped", "missing", "pending", "called_off"}, fates
    told_of = set()
    for account in READERS:
        for region in ("36.01", KECAMATAN[0]):
            asked = {
                "from": WINDOW[0].isoformat(),
                "to": WINDOW[1].isoformat(),
                "region": region,
                "limit": 200,
            }
            told = (await get(service, account, COVERAGE, **asked)).json()
            wanted = reckoned(world, account, region)
            assert sums_of(told) == +wanted["total"], (account, region)
            regions = {each["region_code"]: sums_of(each) for each in told["regions"]}
            assert regions == {code: dict(+sums) for code, sums in wanted["regions"].items()}
            assert list(regions) == sorted(regions, key=lambda code: (len(code), code))
            items = {(e["site_id"], e["name"], e["region_code"]): sums_of(e) for e in told["items"]}
            assert items == {key: dict(+sums) for key, sums in wanted["items"].items()}
            order = [(e["visited"] > 0, -e["missing"] - e["skipped"]) for e in told["items"]]
            assert order == sorted(order)
            assert all((e["last_visited_at"] is None) == (e["visited"] == 0) for e in told["items"])
            told_of.add(told["stops"])
    assert len(told_of) > 3  # readers are told of different patrols
    few = (await get(service, CHIEF, COVERAGE, **{**asked, "region": "36.01", "limit": 1})).json()
    assert (len(few["items"]), few["left_off"]) == (1, len(reckoned(world, CHIEF, "36.01")["items"]) - 1)


async def test_what_is_due_on_the_edge_of_the_time_is_counted_once(service: Service):
    plan = await planned(service, unit=UNIT, region_code="36.01.04", stops=[place(0), place(60)])
    made = await run_of(service, plan, days_ago=2)
    start = datetime.fromisoformat(made["starts_at"])
    hour = timedelta(hours=1)
    for first, last, stops in ((0, 1, 1), (0, 2, 2), (1, 2, 1), (2, 3, 0), (-1, 0, 0)):
        asked = {"from": (start + first * hour).isoformat(), "to": (start + last * hour).isoformat()}
        told = (await get(service, OPERATOR, COVERAGE, region="36.01.04", **asked)).json()
        assert (told["stops"], told["missing"]) == (stops, stops)
    await created(await step(service, made, "cancelled"))


def test_a_kelurahan_is_summed_up_to_its_kecamatan_regency_and_province():
    def group(code: str) -> dict[str, Any]:
        return {"region_code": code, **dict.fromkeys(SUMS, 0), "stops": 1, "missing": 1}

    groups = [group("36.04.11.2001"), group("36.04.11.2002"), group("36.04.11"), group("36.71")]
    counted = [(each["level"], each["region_code"], each["missing"]) for each in _regions(groups, None)]
    assert counted == [
        ("province", "36", 4), ("regency", "36.04", 3), ("regency", "36.71", 1), ("district", "36.04.11", 3),
        ("village", "36.04.11.2001", 1), ("village", "36.04.11.2002", 1),
    ]  # fmt: skip
    assert [each["region_code"] for each in _regions(groups[:1], "36.04.11")] == ["36.04.11", "36.04.11.2001"]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({}, "from"),
        ({"from": "2024-11-01T00:00:00Z"}, "to"),
        ({"from": "2024-11-01T00:00:00", "to": "2024-12-01T00:00:00Z"}, "from"),
        ({"from": "2024-12-01T00:00:00Z", "to": "2024-12-01T00:00:00Z"}, "to"),
        ({"from": "2024-12-02T00:00:00Z", "to": "2024-12-01T00:00:00Z"}, "to"),
        ({"from": "2022-12-02T00:00:00Z", "to": "2024-12-01T00:00:00Z"}, "to"),
        ({"from": "2024-11-01T00:00:00Z", "to": "2024-12-01T00:00:00Z", "region": "3604"}, "region"),
        ({"from": "2024-11-01T00:00:00Z", "to": "2024-12-01T00:00:00Z", "limit": "0"}, "limit"),
    ],
)
async def test_what_cannot_be_asked_is_refused(service: Service, asked: dict[str, str], parameter: str):
    refused(await get(service, OPERATOR, COVERAGE, **asked), 422, "invalid", parameter)
