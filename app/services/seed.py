"""Loads the reference data that stands in `app/reference`, and makes the demo accounts."""

import asyncio
import csv
import gzip
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, col, select

from app.change import Change, Subject
from app.database import Database, Session
from app.domain.permissions import Role
from app.domain.sharing import Classification
from app.domain.vocabularies import AgencyKind
from app.lane import Lane
from app.models.agencies import AccountRow, AgencyRow, UnitRow
from app.models.regions import DatasetRow, JurisdictionRow, RegionRow
from app.services import election_seed
from app.services.accounts import SYSTEM, create
from app.services.agencies import PUBLIC_MARKING
from app.services.passwords import HASHER

REFERENCE = Path(__file__).parent.parent / "reference"
REPLACES = {"villages.csv.gz": "villages_36.csv"}  # all of Indonesia holds Banten too

CLEARANCES = {
    Role.ADMIN: Classification.BIASA,
    Role.AUDITOR: Classification.RAHASIA,
    Role.COMMANDER: Classification.RAHASIA,
    Role.INTEGRATION: Classification.BIASA,
    Role.LIAISON: Classification.TERBATAS,
    Role.OPERATOR: Classification.TERBATAS,
    Role.PRIVACY: Classification.RAHASIA,
}
PARTNER_POSTS = (
    ("operator", Role.OPERATOR),
    ("commander", Role.COMMANDER),
    ("commander2", Role.COMMANDER),
    ("liaison", Role.LIAISON),
    ("auditor", Role.AUDITOR),
    ("admin", Role.ADMIN),
    ("admin2", Role.ADMIN),
    ("integration", Role.INTEGRATION),
    ("privacy", Role.PRIVACY),
)


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A file of reference data: what it says of itself, and its rows."""

    name: str
    source: str
    as_of: date
    sha256: str
    rows: list[dict[str, str | None]]


def read_file(name: str) -> ReferenceFile:
    """A CSV file, zipped or not, whose first lines are `# source: …` and `# as_of: …`."""
    content = (REFERENCE / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    lines = text.splitlines()
    facts = dict(line[2:].partition(": ")[::2] for line in lines if line.startswith("# "))
    reader = csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#"))))
    rows = [{key: value or None for key, value in row.items()} for row in reader]
    return ReferenceFile(
        name, facts["source"], date.fromisoformat(facts["as_of"]), hashlib.sha256(content).hexdigest(), rows
    )


def agency_changes(known: Collection[str]) -> Iterator[Change]:
    """One change for each agency and each unit that is not known yet."""
    for name, table, action in (
        ("agencies.csv", AgencyRow, "agency.joined"),
        ("units.csv", UnitRow, "unit.created"),
    ):
        for row in read_file(name).rows:
            if row["code"] in known:
                continue
            change = Change(SYSTEM)
            partner = {"partner": row["partner"] == "true"} if "partner" in row else {}
            change.create(table, action, PUBLIC_MARKING, {**row, **partner})
            yield change


def region_rows(file: ReferenceFile) -> Iterator[dict[str, Any]]:
    """The rows of the region table."""
    for row in file.rows:
        code = str(row["code"])
        yield {
            "code": code,
            "name": row["name"],
            "level": row["level"],
            "parent": code.rpartition(".")[0] or None,
            "latitude": float(row["lat"]) if row["lat"] else None,
            "longitude": float(row["lon"]) if row["lon"] else None,
            "valid_from": date.fromisoformat(str(row["valid_from"])),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            "dataset": file.name,
        }


def jurisdiction_rows(file: ReferenceFile) -> Iterator[dict[str, Any]]:
    """The rows of the jurisdiction table."""
    for number, row in enumerate(file.rows, start=1):
        yield {
            **row,
            "id": number,
            "valid_from": date.fromisoformat(str(row["valid_from"])),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            "dataset": file.name,
        }


async def load_file(
    session: Session, file: ReferenceFile, table: type[SQLModel], rows: Iterable[dict[str, Any]]
) -> Change | None:
    """A file's rows in place of those it replaces; None where this very file is loaded already."""
    query = select(DatasetRow).where(col(DatasetRow.name) == file.name)
    known = (await session.exec(query)).first()
    if known and known.sha256 == file.sha256:
        return None
    change = Change(SYSTEM)
    change.unloads = [(table, name) for name in (file.name, REPLACES.get(file.name)) if name]
    change.inserts = [(table, row) for row in rows]
    values = {
        "source": file.source,
        "as_of": file.as_of,
        "sha256": file.sha256,
        "row_count": len(file.rows),
        "loaded_at": datetime.now(UTC),
    }
    if known:
        subject = Subject("dataset", known.id, PUBLIC_MARKING, PUBLIC_MARKING)
        change.update(known, "dataset.replaced", subject, values)
    else:
        change.create(DatasetRow, "dataset.loaded", PUBLIC_MARKING, {**values, "name": file.name})
    return change


async def load_reference(database: Database, lane: Lane, *, all_villages: bool = False) -> dict[str, int]:
    """Agencies, units and elections once, each other file where it is new; how many rows of what."""
    loaded: dict[str, int] = {}
    async with database.session() as session:
        known = {
            *(await session.exec(select(AgencyRow.code))).all(),
            *(await session.exec(select(UnitRow.code))).all(),
        }
        for change in agency_changes(known):
            await lane.write(change)
            loaded["agencies and units"] = loaded.get("agencies and units", 0) + 1
        whole_country = all_villages or await _is_loaded(session, "villages.csv.gz")
        regions = ("regions.csv", "villages.csv.gz" if whole_country else "villages_36.csv")
        for file in map(read_file, regions):
            if change_of_file := await load_file(session, file, RegionRow, region_rows(file)):
                await lane.write(change_of_file)
                loaded[file.name] = len(file.rows)
        file = read_file("jurisdiction.csv")
        if change_of_file := await load_file(session, file, JurisdictionRow, jurisdiction_rows(file)):
            await lane.write(change_of_file)
            loaded[file.name] = len(file.rows)
        days = read_file("election_stages.csv").rows
        for change in await election_seed.changes(session, read_file("elections.csv").rows, days):
            await lane.write(change)
            loaded["rounds of elections"] = loaded.get("rounds of elections", 0) + 1
    return loaded


async def _is_loaded(session: Session, name: str) -> bool:
    query = select(DatasetRow).where(col(DatasetRow.name) == name)
    return (await session.exec(query)).first() is not None


def demo_posts() -> Iterator[tuple[str, str, Role]]:
    """Name, agency and role of each demo account: posts, never persons."""
    for row in read_file("agencies.csv").rows:
        agency = str(row["code"])
        posts = (("admin", Role.ADMIN),) if row["kind"] == AgencyKind.HOST else PARTNER_POSTS
        for post, role in posts:
            yield f"{post}.{agency}", agency, role


async def make_demo_accounts(database: Database, lane: Lane, password: str) -> int:
    """The demo accounts that are missing; how many were made.

    All have the same password by design, so one hash serves them all: a hash each would take half a minute.
    """
    async with database.session() as session:
        known = set((await session.exec(select(AccountRow.name))).all())
    missing = [post for post in demo_posts() if post[0] not in known]
    if not missing:
        return 0
    secret_hash = HASHER.hash(password)
    await asyncio.gather(
        *(
            lane.write(create(name, agency, [role], CLEARANCES[role], secret_hash, demo=True))
            for name, agency, role in missing
        )
    )
    return len(missing)
