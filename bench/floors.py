"""The floors: what the two databases do with the same rows by plain SQL, without a service."""

import os
import re
import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench.postgresql import PostgreSQL

# The tables of the service with their keys and indexes; no triggers, no foreign keys.
SCHEMA = """
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.incident (LIKE public.incident INCLUDING ALL);
CREATE TABLE floor.ledger (LIKE public.ledger INCLUDING ALL);
CREATE TABLE floor.ledger_disclosure (LIKE public.ledger_disclosure INCLUDING ALL);
CREATE TABLE floor.head (id int PRIMARY KEY, size bigint NOT NULL);
CREATE TABLE floor.by_key (LIKE public.incident INCLUDING ALL);
CREATE SEQUENCE floor.position;
INSERT INTO floor.head VALUES (1, 0);
INSERT INTO floor.incident SELECT * FROM public.incident;
INSERT INTO floor.by_key SELECT * FROM public.incident;
UPDATE floor.by_key SET id = lpad(to_hex(place), 32, '0')::uuid
  FROM (SELECT id AS old, row_number() OVER () AS place FROM floor.by_key) AS numbered WHERE id = old;
"""
CREATE = """
WITH head AS ({head}), new AS (
  INSERT INTO floor.incident (id, version, entry_id, reference, owner_agency, tlp, classification, audience,
    recipients, region_code, exercise, created_at, updated_at, title, description, kind, severity, status,
    longitude, latitude, site, occurred_at, reported_at, source, killed_count, injured_count, detained_count,
    assigned_agencies, about_agencies)
  VALUES (uuidv7(), 1, uuidv7(), left('I-' || replace(gen_random_uuid()::text, '-', ''), 16), 'polda-banten',
    'GREEN', 'biasa', '[]', '[]', '36', 'live', now(), now(), 'Kotak suara basah di gudang PPK nomor 123456',
    repeat('Air hujan masuk ke gudang; dua kotak suara perlu diganti sebelum pagi. ', 3), 'log_damage',
    'moderate', 'reported', 106.6, -6.1, 'Gudang PPK 123456', now(), now(),
    '{{"channel": "patrol", "reliability": "b", "credibility": "2"}}', 0, 0, 0, '[]', '[]')
  RETURNING id, entry_id
), entry AS (
  INSERT INTO floor.ledger (position, id, at, action, account, agency, role, record_type, record_id,
    subject_type, subject_id, version, owner_agency, tlp, classification, audience, recipients, exercise)
  SELECT position, entry_id, now(), 'incident.reported', 'operator.polda-banten', 'polda-banten', 'operator',
    'incident', new.id, 'incident', new.id, 1, 'polda-banten', 'GREEN', 'biasa', '[]', '[]', 'live'
  FROM new, head RETURNING position
)
INSERT INTO floor.ledger_disclosure SELECT position, :said FROM entry;
"""
SCRIPTS = {
    "create": CREATE.format(head="SELECT nextval('floor.position') + 1000000000 AS position"),
    "gap-free create": CREATE.format(head="UPDATE floor.head SET size = size + 1 RETURNING size AS position"),
    "list": "SELECT * FROM public.incident ORDER BY id DESC LIMIT 50;",
    "summary": "\\set n random(0, 80000)\n"
    "SELECT substr(region_code, 1, 5), owner_agency, role, status, count(*), sum(strength_planned), "
    "sum(strength_present) FROM public.deployment "
    "WHERE starts_at <= timestamptz '2024-11-27 00:00:00+07' + :n * interval '1 second' "
    "AND ends_at > timestamptz '2024-11-27 00:00:00+07' + :n * interval '1 second' "
    "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;",
    "read": "\\set n random(1, :rows)\n"
    "SELECT * FROM floor.by_key WHERE id = lpad(to_hex((:n)::int), 32, '0')::uuid;",
}
TPS = re.compile(r"tps = ([0-9.]+)")
FAILED = re.compile(r"number of failed transactions: ([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class PlainSql:
    """pgbench against the database of the running service, with prepared statements."""

    server: PostgreSQL
    database: str
    directory: Path
    variables: dict[str, str]

    def rate(self, script: str, seconds: int, clients: int = 32) -> float:
        """Transactions per second."""
        arguments: list[str | Path] = [
            "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds),
            "-f", self.directory / f"{script}.sql",
            *(f"-D{name}={value}" for name, value in self.variables.items()), self.database,
        ]  # fmt: skip
        said = self.server.run("pgbench", arguments)
        found = TPS.search(said)
        if not found or FAILED.search(said):
            raise RuntimeError(f"pgbench did not do its work: {said}")
        return float(found[1])


def plain_sql(server: PostgreSQL, database: str, directory: Path) -> PlainSql:
    """The floor tables beside those of the service, filled with the same incidents."""
    for name, text in SCRIPTS.items():
        (directory / f"{name}.sql").write_text(text)
    server.sql(database, SCHEMA)
    server.sql(database, "VACUUM ANALYZE")
    said = server.sql(database, "SELECT fields FROM ledger_disclosure ORDER BY position DESC LIMIT 1")
    rows = server.sql(database, "SELECT count(*) FROM floor.by_key")
    return PlainSql(server, database, directory, {"said": said, "rows": rows})


def plain_sqlite(source: Path, directory: Path, seconds: float) -> float:
    """Rows per second: an incident in a transaction of its own, with synchronous=FULL."""
    with closing(sqlite3.connect(source)) as origin:
        origin.row_factory = sqlite3.Row
        row = dict(origin.execute("SELECT * FROM incident LIMIT 1").fetchone())
        schema = origin.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'incident' AND type <> 'trigger' AND sql > ''"
        ).fetchall()
    path = directory / f"floor-{uuid4().hex}.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as floor:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            floor.execute(f"PRAGMA {pragma}")
        for (statement,) in schema:
            floor.execute(statement)
        marks = ", ".join(f":{name}" for name in row)
        insert = f"INSERT INTO incident ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 - names of columns
        count, begin = 0, time.perf_counter()
        while time.perf_counter() < begin + seconds:
            new = {"id": uuid4().hex, "entry_id": uuid4().hex, "reference": uuid4().hex[:16]}
            floor.execute("BEGIN IMMEDIATE")
            floor.execute(insert, {**row, **new})
            floor.execute("COMMIT")
            count += 1
        return count / (time.perf_counter() - begin)


def sync_seconds(directory: Path) -> float:
    """What it takes to bring 8 kB to the disk: every commit pays it, and on some disks it is pretended."""
    with (directory / "sync").open("wb", buffering=0) as file:
        taken = []
        for _ in range(100):
            begin = time.perf_counter()
            file.seek(0)
            file.write(bytes(8192))
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begin)
    return statistics.median(taken)
