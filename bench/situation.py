"""`python -m bench.situation`: the situation summary beside the same counts by plain SQL, at two sizes."""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.change import Change
from app.database import Database
from app.lane import Work, write_batch
from app.models.assistance import AssistanceRequestRow
from app.models.columns import Record
from app.models.deployments import DeploymentRow
from app.models.incidents import IncidentRow
from app.models.sites import SiteRow
from app.services.accounts import SYSTEM
from app.services.visibility import marking_of
from app.tree.leaves import Leaves
from bench.postgresql import postgresql
from bench.processes import serving
from bench.service import PASSWORD, sign_in
from bench.verification import FRESH, REPORT

RESULTS = Path(__file__).with_name("SITUATION.md")
SIZES = (2_000, 20_000)  # of each kind of record
BATCH = 1_000
LOOKS = 40
REGION = "36.03"
READER = "operator.polda-banten"
SITE = {"kind": "polling_station", "name": "TPS 001 (fiktif)", "region_code": "36.03.18", "tlp": "GREEN"}
PATTERN = {
    "operation": "uji", "region_code": "36.03", "risk": "rawan", "police_count": 2, "site_count": 1,
    "source": "Bench", "as_of": "2024-11-01", "tlp": "GREEN",
}  # fmt: skip
TABLES: tuple[tuple[type[Record], str], ...] = (
    (IncidentRow, "incident.reported"), (SiteRow, "site.registered"), (DeploymentRow, "deployment.requested"),
    (AssistanceRequestRow, "assistance_request.made"),
)  # fmt: skip
# What the parts count, of everybody and without a word about who may know of it.
PLAIN = (
    """SELECT category, level, count(*) FROM threat_level
    WHERE status = 'in_force' AND (region_code = :region OR region_code LIKE :within) GROUP BY 1, 2""",
    """SELECT kind, severity, count(*) FROM incident
    WHERE (region_code = :region OR region_code LIKE :within)
    AND status IN ('reported', 'verified', 'responding', 'contained') GROUP BY 1, 2""",
    """SELECT risk, count(*) FROM site
    WHERE in_use AND (region_code = :region OR region_code LIKE :within) GROUP BY 1""",
    "SELECT operation FROM guard_pattern ORDER BY as_of DESC, id DESC LIMIT 1",
    """SELECT substr(region_code, 1, 8), kind, risk, count(*) FROM site
    WHERE in_use AND (region_code = :region OR region_code LIKE :within) GROUP BY 1, 2, 3""",
    """SELECT substr(region_code, 1, 5), sum(strength_planned), sum(strength_present) FROM deployment
    WHERE (region_code = :region OR region_code LIKE :within) AND role IN ('pam_objek', 'pam_tps')
    AND starts_at <= CURRENT_TIMESTAMP AND ends_at > CURRENT_TIMESTAMP GROUP BY 1""",
    """SELECT status, count(*), sum(strength_planned), sum(strength_present) FROM deployment
    WHERE (region_code = :region OR region_code LIKE :within)
    AND starts_at <= CURRENT_TIMESTAMP AND ends_at > CURRENT_TIMESTAMP GROUP BY 1""",
    """SELECT id FROM deployment WHERE check_in_due_at < CURRENT_TIMESTAMP
    AND (region_code = :region OR region_code LIKE :within) ORDER BY check_in_due_at LIMIT 10""",
    """SELECT priority, count(*), sum(quantity - accepted_count) FROM assistance_request
    WHERE status = 'open' AND (region_code = :region OR region_code LIKE :within) GROUP BY 1""",
    """SELECT id FROM acknowledgement WHERE ended_at IS NULL AND due_at <= CURRENT_TIMESTAMP
    ORDER BY due_at LIMIT 10""",
    """SELECT stop.id FROM patrol_stop stop JOIN patrol ON patrol.id = stop.patrol_id
    WHERE stop.outcome IS NULL AND stop.overdue_at <= CURRENT_TIMESTAMP
    AND patrol.status IN ('planned', 'under_way')
    AND (stop.region_code = :region OR stop.region_code LIKE :within) ORDER BY stop.overdue_at LIMIT 10""",
    """SELECT id, drafts FROM posture_activation
    WHERE status = 'open' AND (region_code = :region OR region_code LIKE :within)
    ORDER BY level DESC LIMIT 10""",
    """SELECT owner_agency, level, count(*) FROM readiness_order
    WHERE valid_from <= CURRENT_TIMESTAMP AND ended_at IS NULL
    AND (region_code = :region OR region_code LIKE :within) GROUP BY 1, 2""",
    "SELECT id, stages FROM election WHERE NOT cancelled AND region_code IN (:region, '36')",
)


def main() -> None:
    """Measure, print, and write bench/SITUATION.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.situation", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="siaga-situation-") as name:
        report = "\n".join(_lines(Path(name), sorted(asked.sizes))) + "\n"
    asked.output.write_text(report, "utf-8")
    print(report)


def _lines(directory: Path, sizes: list[int]) -> Iterator[str]:
    yield "# What the situation in one call costs"
    yield ""
    yield "Incidents, sites, deployments and requests for assistance, so many of each, all in one regency;"
    yield f"the median of {LOOKS} calls, beside the same groups by plain SQL (no need-to-know, no single"
    yield "sites), by turns, in one run on one machine. Written by `python -m bench.situation`."
    yield ""
    yield "| database | of each | situation | plain SQL | ratio | unchanged (304) |"
    yield "|---|--:|--:|--:|--:|--:|"
    with postgresql(directory / "pg") as server:
        server.sql("postgres", "CREATE DATABASE situation")
        for name, url in (
            ("PostgreSQL", server.url("situation")),
            ("SQLite", f"sqlite+aiosqlite:///{directory / 'siaga.db'}"),
        ):
            yield from _measured(directory / name, name, url, sizes)


def _measured(directory: Path, name: str, url: str, sizes: list[int]) -> Iterator[str]:
    directory.mkdir()
    with serving(directory, url, PASSWORD, workers=1) as port:
        _first_of_each(port)
    held = 1
    for size in sizes:
        asyncio.run(_fill(url, size - held))
        held = size
        with serving(directory, url, PASSWORD, workers=1) as port:
            ours, plain, same = asyncio.run(_looks(url, port))
        yield (
            f"| {name} | {size:,} | {ours * 1e3:.1f} ms | {plain * 1e3:.1f} ms | {ours / plain:.2f} "
            f"| {same * 1e3:.1f} ms |"
        )


def _bearer(port: int) -> str:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        return f"Bearer {sign_in(client, READER).token}"


def _first_of_each(port: int) -> None:
    now = datetime.now(UTC)
    sent = {
        "home_unit": "polresta-tangerang", "role": "pam_tps", "strength_planned": 10,
        "region_code": "36.03.18",
        "starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(days=1)).isoformat(),
        "tlp": "GREEN",
    }  # fmt: skip
    asked = {
        "kind": "crowd_control", "quantity": 60, "bases": ["tni_polri_agreement"], "addressed": ["korem-064"],
        "region_code": "36.03.18", "answer_by": sent["starts_at"], "starts_at": sent["starts_at"],
        "ends_at": sent["ends_at"], "tlp": "GREEN",
    }  # fmt: skip
    stated = {"strength": 100, "source": "Bench", "as_of": "2024-11-01", "region_code": "36.03"}
    first = {"incidents": REPORT, "sites": SITE, "deployments": sent, "guard-patterns": PATTERN}
    first["assistance-requests"] = asked
    base, headers = f"http://127.0.0.1:{port}/api/v1", {"Authorization": _bearer(port)}
    with httpx.Client(base_url=base, headers=headers, timeout=60) as client:
        client.put("/units/polresta-tangerang/strength", json=stated).raise_for_status()
        for path, body in first.items():
            client.post(f"/{path}", json=body).raise_for_status()


async def _fill(url: str, count: int) -> None:
    """Records as the lane writes them, each like the one of its kind that is there."""
    database = Database(url)
    async with database.engine.connect() as connection:
        for table, action in TABLES:
            rows: Any = table.__table__  # type: ignore[attr-defined]
            like = (await connection.execute(select(rows).limit(1))).mappings().one()
            await connection.rollback()
            for first in range(0, count, BATCH):
                numbers = range(first, min(first + BATCH, count))
                await _write(connection, [_copy(table, action, like, each) for each in numbers])
    await database.close()


async def _write(connection: AsyncConnection, changes: list[Change]) -> None:
    await write_batch(connection, [Work(each, None) for each in changes], Leaves())


def _copy(table: type[Record], action: str, like: Mapping[Any, Any], number: int) -> Change:
    change, marking = Change(SYSTEM), marking_of(table(**like))
    given = {name: value for name, value in like.items() if name not in FRESH}
    change.create(
        table, action, marking, {**given, "reference": f"{change.at.timestamp():.0f}{number:06}"[-16:]}
    )
    return change


async def _looks(url: str, port: int) -> tuple[float, float, float]:
    """The medians of the summary, of plain SQL, and of the summary that the caller has already."""
    times: dict[str, list[float]] = {"ours": [], "plain": [], "same": []}
    path, tag = f"/api/v1/situation?region={REGION}", ""
    given = {"region": REGION, "within": f"{REGION}.%"}
    database = Database(url)
    base, headers = f"http://127.0.0.1:{port}", {"Authorization": _bearer(port)}
    async with (
        database.reading.connect() as connection,
        httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as client,
    ):
        for _ in range(LOOKS):
            begin = time.perf_counter()
            tag = (await client.get(path)).raise_for_status().headers["etag"]
            times["ours"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            for statement in PLAIN:
                (await connection.execute(text(statement), given)).all()
            times["plain"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            held = await client.get(path, headers={"If-None-Match": tag})
            if held.status_code != httpx.codes.NOT_MODIFIED:
                raise RuntimeError("the situation changed though nothing was written")
            times["same"].append(time.perf_counter() - begin)
    await database.close()
    ours, plain, same = (statistics.median(each) for each in times.values())
    return ours, plain, same


if __name__ == "__main__":
    main()
