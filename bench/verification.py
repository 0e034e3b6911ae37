"""`python -m bench.verification`: what verifying a ledger of a million entries costs, and a proof from it."""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.change import Change
from app.database import Database
from app.lane import Work, write_batch
from app.models.incidents import IncidentRow
from app.services import records
from app.services.accounts import SYSTEM
from app.services.visibility import marking_of
from app.tree.leaves import Leaves
from bench.processes import ROOT, serving
from bench.service import PASSWORD, sign_in

RESULTS = Path(__file__).with_name("VERIFICATION.md")
ENTRIES = 1_000_000
BATCH = 1_000  # three quarters are reports, one quarter changes
FRESH = {"id", "entry_id", "version", "reference"}
LOOKS = 300
OPERATOR, AUDITOR = "operator.polda-banten", "auditor.polda-banten"
REPORT = {
    "title": "Kotak suara basah (fiktif)",
    "description": "Tiga kotak suara basah di gudang logistik; dipindahkan ke lantai dua (fiktif).",
    "kind": "log_damage",
    "region_code": "36.03.18",
    "occurred_at": "2024-11-25T05:30:00+07:00",
    "tlp": "GREEN",
}


def main() -> None:
    """Measure, print, and write bench/VERIFICATION.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.verification", description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="siaga-verification-") as name:
        lines = [*_lines(Path(name), asked.entries)]
    text = "\n".join(lines) + "\n"
    asked.output.write_text(text, "utf-8")
    print(text)


def _lines(directory: Path, entries: int) -> Iterator[str]:
    url = f"sqlite+aiosqlite:///{directory / 'siaga.db'}"
    with serving(directory, url, PASSWORD, workers=1) as port, _calling(port, OPERATOR) as client:
        client.post("/api/v1/incidents", json=REPORT).raise_for_status()
    asyncio.run(_fill(url, entries))
    with serving(directory, url, PASSWORD, workers=1) as port, _calling(port, AUDITOR) as client:
        signed = _until_signed(client, entries)
        proof = [*_proofs(client, entries)]
    runs = [_run(directory, url, *command) for command in COMMANDS.values()]
    leaves, all_rows, verified = (seconds for seconds, _ in runs)
    yield "# What verifying costs"
    yield ""
    yield f"A ledger of {entries:,} entries of incidents, three created for each one changed, on SQLite,"
    yield "everything in one run on one machine. Written by `python -m bench.verification`."
    yield ""
    yield "| command | seconds | of reading and hashing | memory at most |"
    yield "|---|--:|--:|--:|"
    for name, (seconds, memory) in zip(COMMANDS, runs, strict=True):
        yield f"| {name} | {seconds:,.0f} | {seconds / all_rows:.2f} | {memory:,.0f} MB |"
    yield ""
    yield "Reading and hashing: the rows of each entry (what it is, what it says, its leaf) are read, and"
    yield "every commitment and the leaf are hashed, without a comparison. The leaves alone, without what"
    yield f"they commit to, cost {all_rows / leaves:.1f} times less; `ledger verify` costs"
    yield f"{verified / leaves:.1f} times as much as those."
    yield "Goals: at most 4 times reading and hashing, at most 300 MB."
    yield ""
    yield f"The tree of {entries:,} leaves was signed {signed:,.0f} s after the start of the service."
    yield ""
    yield from proof


@contextmanager
def _calling(port: int, account: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        token = sign_in(client, account).token
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


async def _fill(url: str, entries: int) -> None:
    """Entries as the lane writes them, all like the one that is there."""
    database = Database(url)
    async with database.engine.connect() as connection:
        table: Any = IncidentRow.__table__  # type: ignore[attr-defined]
        found = (await connection.execute(select(table).limit(1))).mappings().one()
        await connection.rollback()
        for first in range(0, entries, BATCH):
            made = [_report(found, number) for number in range(first, first + BATCH // 4 * 3)]
            await _write(connection, [change for change, _ in made])
            await _write(connection, [_change(row) for _, row in made[: BATCH // 4]])
            if first % 50_000 == 0:
                print(f"{first:,} of {entries:,} entries", file=sys.stderr, flush=True)
    await database.close()


async def _write(connection: AsyncConnection, changes: list[Change]) -> None:
    await write_batch(connection, [Work(each, None) for each in changes], Leaves())


def _report(like: Mapping[Any, Any], number: int) -> tuple[Change, dict[str, Any]]:
    given = {name: value for name, value in like.items() if name not in FRESH}
    change, marking = Change(SYSTEM), marking_of(IncidentRow(**like))
    values = {**given, "reference": f"B-{number:09}", "title": f"Kejadian {number} (fiktif)"}
    return change, change.create(IncidentRow, "incident.reported", marking, values)


def _change(row: dict[str, Any]) -> Change:
    change, before = Change(SYSTEM), IncidentRow(**row)
    about = records.subject(before, marking_of(before))
    change.update(before, "incident.changed", about, {"injured_count": 1})
    return change


def _until_signed(client: httpx.Client, entries: int) -> float:
    begin = time.monotonic()
    while True:
        told = client.get("/ledger/checkpoint").text.split("\n")
        if len(told) > 1 and told[1].isdigit() and int(told[1]) >= entries:
            return time.monotonic() - begin
        time.sleep(0.5)


def _proofs(client: httpx.Client, entries: int) -> Iterator[str]:
    chance = random.Random(7)
    incidents = client.get("/api/v1/incidents?limit=100").json()["items"]
    addresses, sizes = [], []
    for each in incidents:
        told = client.get("/api/v1/ledger/entries", params={"record_id": each["id"]}).json()["items"]
        addresses.append((each["id"], chance.choice(told)["id"]))
    times: dict[str, list[float]] = {"record": [], "proof": []}
    for number in range(LOOKS):
        record, entry = addresses[number % len(addresses)]
        for name, path in (("record", f"incidents/{record}"), ("proof", f"ledger/proofs/{entry}")):
            begin = time.perf_counter()
            answer = client.get(f"/api/v1/{path}")
            times[name].append(time.perf_counter() - begin)
            answer.raise_for_status()
            if name == "proof":
                sizes.append(sum(len(step) for step in answer.json()["inclusion"]))
    read, proved = (statistics.median(times[name]) for name in ("record", "proof"))
    yield f"A proof of inclusion among {entries:,} leaves has {max(sizes):,} bytes at most (goal: 2 KB)"
    yield f"and costs {proved / read:.1f} reads of a record by its id (goal: 5)."


# The second reads what the third reads, and hashes what it hashes.
READS_LEAVES = "read_leaves"
READS_ALL = "read_all"
COMMANDS = {
    "reading and hashing the leaves alone": ("-m", "bench.verification_floor", READS_LEAVES),
    "reading and hashing": ("-m", "bench.verification_floor", READS_ALL),
    "`ledger verify`": ("-m", "app", "ledger", "verify"),
}


def _run(directory: Path, url: str, *arguments: str) -> tuple[float, float]:
    """Seconds and megabytes of a command, which must end well."""
    environment = {
        **os.environ,  # noqa: TID251 - what the child needs besides our settings
        "SIAGA_DATA_DIR": str(directory),
        "SIAGA_DATABASE_URL": url,
    }
    begin = time.monotonic()
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)  # noqa: S603 - our own
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{arguments} ended with {status}")
    return time.monotonic() - begin, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
