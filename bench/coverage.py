"""`python -m bench.coverage`: what coverage costs over all polling stations of a province or the country."""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.domain.coverage import GUARDING, LINMAS_FROM
from app.domain.deployments import HOLDING
from app.models.deployments import DeploymentRow
from app.models.guard_patterns import GuardPatternRow
from app.models.regions import RegionRow
from app.models.sites import SiteRow
from bench.postgresql import postgresql
from bench.processes import serving
from bench.service import PASSWORD, sign_in

RESULTS = Path(__file__).with_name("COVERAGE.md")
PROVINCE, COUNTRY = 17_231, 435_296  # polling stations of Banten and of Indonesia, Pilkada 2024
GUARDED_BY_ONE = 50
BATCH = 1_000
LOOKS = 15
GOAL = 2.0
OPERATION = "bench"
DAY = datetime.fromisoformat("2024-11-27T00:00:00+07:00")
READER = "commander.polda-banten"
RISKS = ("kurang_rawan",) * 90 + ("rawan",) * 9 + ("sangat_rawan",)
NUMBERS = {"kurang_rawan": (2, 12, 24), "rawan": (2, 2, 4), "sangat_rawan": (2, 1, 2)}
SITE: dict[str, Any] = {
    "kind": "polling_station", "name": "TPS (fiktif)", "region_code": "36.04.11", "tlp": "GREEN",
    "risk": "rawan", "rationale": "Bench",
}  # fmt: skip
PATTERN: dict[str, Any] = {
    "operation": OPERATION, "region_code": "36", "risk": "rawan", "police_count": 2, "site_count": 2,
    "linmas_count": 4, "source": "Bench", "as_of": "2024-11-01", "tlp": "GREEN",
}  # fmt: skip
DEPLOYMENT: dict[str, Any] = {
    "home_unit": "polres-serang", "role": "pam_tps", "strength_planned": 1, "region_code": "36.04",
    "starts_at": "2024-11-26T00:00:00+07:00", "ends_at": "2024-11-29T00:00:00+07:00", "tlp": "GREEN",
    "status": "committed",
}  # fmt: skip
EACH = {"sqlite": "json_each(d.site_ids)", "postgresql": "jsonb_array_elements_text(d.site_ids)"}
ID = {"sqlite": "CAST(replace(e.value, '-', '') AS CHAR(32))", "postgresql": "e.value::uuid"}
COUNT = {"sqlite": "sum(sites)", "postgresql": "sum(sites)::bigint"}
# The same numbers by hand, of all rows: nobody's sight is asked for.
PLAIN = """
WITH on_duty AS (
  SELECT * FROM deployment WHERE starts_at <= :at AND ends_at > :at AND status IN ({holding})
), guarded AS (
  SELECT DISTINCT {id} AS site_id FROM on_duty AS d, {each} AS e
), counted AS (
  SELECT substr(region_code, 1, 8) AS place, kind, risk, count(*) AS sites,
    count(*) - count(g.site_id) AS unguarded
  FROM site LEFT JOIN guarded AS g ON g.site_id = site.id WHERE in_use GROUP BY 1, 2, 3
), ranked AS (
  SELECT c.*, p.id AS pattern, p.police_count, p.site_count, p.linmas_count, row_number() OVER (
    PARTITION BY c.place, c.kind, c.risk ORDER BY length(p.region_code) DESC, p.as_of DESC, p.id DESC
  ) AS place_of_pattern
  FROM counted AS c LEFT JOIN guard_pattern AS p ON p.operation = :operation AND p.site_kind = c.kind
    AND p.risk = c.risk AND p.region_code IN (c.place, substr(c.place, 1, 5), substr(c.place, 1, 2))
), needed AS (
  SELECT substr(place, 1, 5) AS region, pattern, police_count, site_count, linmas_count,
    {count} AS sites, sum(unguarded) AS unguarded
  FROM ranked WHERE place_of_pattern = 1 GROUP BY 1, 2, 3, 4, 5
), parts AS (
  SELECT region, sites, unguarded, (sites * police_count + site_count - 1) / site_count AS police,
    (sites * linmas_count + site_count - 1) / site_count AS linmas, 0 AS planned, 0 AS present
  FROM needed
  UNION ALL
  SELECT substr(d.region_code, 1, 5), 0, 0, 0, 0, sum(d.strength_planned), sum(d.strength_present)
  FROM on_duty AS d JOIN agency AS a ON a.code = d.owner_agency
  WHERE d.role IN ({guarding}) GROUP BY 1, a.kind = '{linmas}'
)
SELECT region, sum(sites) AS sites, sum(unguarded) AS unguarded, sum(police) AS police, sum(linmas) AS linmas,
  sum(planned) AS planned, sum(present) AS present FROM parts GROUP BY region ORDER BY region
"""


def main() -> None:
    """Measure, print, and write bench/COVERAGE.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.coverage", description=__doc__)
    parser.add_argument("--country", action="store_true", help=f"{COUNTRY:,} sites besides {PROVINCE:,}")
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    text_of_all = "\n".join(_lines((PROVINCE, COUNTRY) if asked.country else (PROVINCE,))) + "\n"
    asked.output.write_text(text_of_all, "utf-8")
    print(text_of_all)


def _lines(sizes: tuple[int, ...]) -> Iterator[str]:
    yield "# What coverage costs"
    yield ""
    yield "One caller asks for the coverage of all sites by regency, each time for another minute, so that"
    yield f"nothing is kept; by turns with plain SQL for the same numbers, {LOOKS} times each, in one run"
    yield "on one machine. Plain SQL asks for nobody's sight and renders nothing. Written by"
    yield "`python -m bench.coverage`."
    yield ""
    yield f"| database | sites | to plain SQL, median (goal: {GOAL:.0f}) | lowest to highest |"
    yield "|---|--:|--:|--:|"
    for sites in sizes:
        for name in ("sqlite", "postgresql"):
            with (
                tempfile.TemporaryDirectory(prefix="siaga-coverage-") as place,
                _database(name, place) as url,
            ):
                ratios = asyncio.run(_measure(name, Path(place), url, sites))
            low, high = min(ratios), max(ratios)
            yield f"| {name} | {sites:,} | {statistics.median(ratios):.2f} | {low:.2f} to {high:.2f} |"


@contextmanager
def _database(name: str, place: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite+aiosqlite:///{place}/siaga.db"
        return
    with postgresql(Path(place) / "pg") as server:
        server.sql("postgres", "CREATE DATABASE coverage")
        yield server.url("coverage")


async def _measure(name: str, directory: Path, url: str, sites: int) -> list[float]:
    """How many times as long as plain SQL each answer took."""
    with serving(directory, url, PASSWORD, workers=1) as port, _calling(port) as client:
        for path, body in (("sites", SITE), ("guard-patterns", PATTERN), ("deployments", DEPLOYMENT)):
            if path == "deployments":
                said = {"strength": 1_000, "source": "Bench", "as_of": "2024-11-01", "region_code": "36.04"}
                strength = f"/api/v1/units/{DEPLOYMENT['home_unit']}/strength"
                client.put(strength, json=said).raise_for_status()
            client.post(f"/api/v1/{path}", json=body).raise_for_status()
    async with _connected(url) as connection:
        await _fill(connection, sites)
    with serving(directory, url, PASSWORD, workers=1) as port, _calling(port) as client:
        caller = httpx.AsyncClient(base_url=client.base_url, headers=client.headers, timeout=120)
        async with _connected(url) as connection, caller:
            return [await _compared(connection, name, caller, look) for look in range(LOOKS)]


async def _compared(connection: AsyncConnection, name: str, client: httpx.AsyncClient, look: int) -> float:
    at = DAY + timedelta(minutes=look)
    begin = time.perf_counter()
    params = {"operation": OPERATION, "at": at.isoformat()}
    answer = await client.get("/api/v1/coverage", params=params)
    answered = time.perf_counter()
    rows = (await connection.execute(_plain(name), _asked(name, at))).mappings().all()
    done = time.perf_counter()
    answer.raise_for_status()
    said = {each["region_code"]: _flat(each) for each in answer.json()["items"]}
    plain = {each["region"]: tuple(int(each[part]) for part in PARTS) for each in rows}
    if said != plain:
        raise RuntimeError("coverage and plain SQL do not say the same")
    return (answered - begin) / (done - answered)


PARTS = ("sites", "unguarded", "police", "linmas", "planned", "present")


def _flat(row: Mapping[str, Any]) -> tuple[int, ...]:
    guards = [row["police"], row["linmas"]]
    sums = (sum(each[part] for each in guards) for part in ("planned", "present"))
    return (row["sites"], row["unguarded"], *(each["required"] for each in guards), *sums)


def _plain(name: str) -> Any:
    codes = {"holding": HOLDING, "guarding": GUARDING}
    lists = {each: ", ".join(f"'{code}'" for code in of) for each, of in codes.items()}
    return text(PLAIN.format(id=ID[name], each=EACH[name], count=COUNT[name], linmas=LINMAS_FROM, **lists))


def _asked(name: str, at: datetime) -> dict[str, Any]:
    """SQLite has times as texts in UTC."""
    written = f"{(at - timedelta(hours=7)):%Y-%m-%d %H:%M:%S.%f}"
    return {"operation": OPERATION, "at": written if name == "sqlite" else at}


@contextmanager
def _calling(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
        client.headers["Authorization"] = f"Bearer {sign_in(client, READER).token}"
        yield client


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that asks for no keys and no entries: rows come straight into the tables."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SET session_replication_role = replica"))
        yield connection
    await engine.dispose()


async def _fill(connection: AsyncConnection, sites: int) -> None:
    """As many sites as were asked for, who guards four fifths of them, and patterns for every place."""
    chance = random.Random(7)
    level, code = RegionRow.__table__.c.level, RegionRow.__table__.c.code  # type: ignore[attr-defined]
    query = select(code).where(level == "district", code.startswith("36." if sites <= PROVINCE else ""))
    places = sorted((await connection.execute(query)).scalars())
    made = [(uuid4(), places[number * len(places) // sites]) for number in range(1, sites)]
    await _copied(
        connection,
        SiteRow,
        (
            {"id": each, "region_code": place, "risk": chance.choice(RISKS), "tlp": _marked(number)}
            for number, (each, place) in enumerate(made)
        ),
    )
    groups = [made[at : at + GUARDED_BY_ONE] for at in range(0, len(made), GUARDED_BY_ONE)]
    await _copied(connection, DeploymentRow, (_guard(each) for n, each in enumerate(groups) if n % 5))
    nearest = sorted({place[:2] for place in places} | {place[:5] for place in places})
    patterns = ((place, risk, *numbers) for place in nearest for risk, numbers in NUMBERS.items())
    names = ("region_code", "risk", "police_count", "site_count", "linmas_count")
    await _copied(connection, GuardPatternRow, (dict(zip(names, each, strict=True)) for each in patterns))
    await connection.execute(text("ANALYZE"))
    await connection.commit()


def _marked(number: int) -> str:
    """Every fourth is for the agency of the reader alone."""
    return "AMBER+STRICT" if number % 4 == 0 else "GREEN"


def _guard(group: list[tuple[UUID, str]]) -> dict[str, Any]:
    ids = [str(each) for each, _ in group]
    return {"region_code": group[0][1], "site_ids": ids, "strength_planned": len(ids)}


async def _copied(connection: AsyncConnection, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Rows like the one that is there, but for what each says."""
    like = (await connection.execute(select(table.__table__).limit(1))).mappings().one()
    batch: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        own = {"id": uuid4(), "entry_id": uuid4(), "reference": f"B-{number:09}"}
        batch.append({**like, **own, **row})
        if len(batch) == BATCH:
            await connection.execute(insert(table.__table__), batch)
            batch = []
    if batch:
        await connection.execute(insert(table.__table__), batch)


if __name__ == "__main__":
    main()
