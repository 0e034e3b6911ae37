"""A mirror of all that an account may see, in a SQLite file that stays whole wherever it is broken off."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from siaga_client.clients import CHANGES, Client
from siaga_client.flows import LONGEST_WAIT
from siaga_client.lines import lines_of
from siaga_client.problems import SnapshotRequired, read_json, said_by

FILE, LINES, PART = "mirror.sqlite", "records.ndjson", "records.ndjson.part"
SNAPSHOT = "/api/v1/snapshot"
BUSY_SECONDS = 60.0  # that somebody else may read for
Progress = Callable[[int, int | None], None]  # so many more, of so many in all where that is known

# What is deleted is overwritten: it was erased, or is not for this account any more.
SCHEMA = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS record (
    record_type TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (record_type, id)
);
CREATE TABLE IF NOT EXISTS progress (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    source TEXT NOT NULL,
    cursor TEXT NOT NULL,
    has_remains INTEGER NOT NULL
);
"""
PUT = "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)"
REMOVE = "DELETE FROM record WHERE record_type = ? AND id = ?"


class CutOffError(Exception):
    """The snapshot has no last line: it was broken off on the way."""


class TwoMirrorsError(Exception):
    """Another process writes to this mirror."""


class Mirror:
    """The mirror in a directory, of an account and, if told, of some types of records."""

    def __init__(self, client: Client, directory: Path, types: Sequence[str] = ()) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._client, self._directory = client, directory
        self._asked = {"type": sorted(types)} if types else {}
        self._source = " ".join((client.session.base_url, *sorted(types)))
        self._differs = True  # the records from their lines; what an earlier process wrote, nobody knows
        (directory / FILE).touch(mode=0o600)
        self._db = sqlite3.connect(directory / FILE, timeout=BUSY_SECONDS, isolation_level=None)
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def follow(self, progress: Progress) -> Iterator[None]:
        """Goes on without end, and tells each time that all there is is in the file."""
        after, wait = self._cursor() or self._begin(progress), 0
        while True:
            headers = {"Prefer": f"wait={wait}"}
            try:
                asked = {**self._asked, "after": after}
                answer = self._client.request("GET", CHANGES, params=asked, headers=headers)
            except SnapshotRequired:
                after = self._begin(progress)
                continue
            page = said_by(answer, "items", "next", "more")
            self._store(page, after)
            progress(len(page["items"]), None)
            after, wait = page["next"], 0 if page["more"] else LONGEST_WAIT
            if wait:
                self._wipe()
                yield

    @property
    def is_exported(self) -> bool:
        """Whether there are lines of an earlier run; what is erased or gone must go from them, too."""
        return any((self._directory / name).exists() for name in (LINES, PART))

    def export(self) -> None:
        """All records as lines of JSON, put into the place of the former file at once, where they differ."""
        if not self._differs and (self._directory / LINES).exists():
            return
        part = self._directory / PART
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for (record,) in self._db.execute("SELECT record FROM record ORDER BY record_type, id"):
                file.write(record + "\n")
        part.replace(self._directory / LINES)
        self._differs = False

    def _cursor(self) -> str | None:
        found = self._db.execute("SELECT cursor FROM progress WHERE source = ?", (self._source,)).fetchone()
        return found[0] if found else None

    def _begin(self, progress: Progress) -> str:
        """The snapshot in the place of what is there, all or nothing; the cursor to go on from."""
        self._differs = True
        # The file first: who finds it taken must not hold one of the service's few snapshots meanwhile.
        with self._transaction(), self._client.streamed(SNAPSHOT, params=self._asked) as answer:
            has_remains = self._db.execute("DELETE FROM record").rowcount > 0 or self._has_remains()
            total = None
            for line in lines_of(answer.iter_bytes()):
                told = read_json(line)
                if "end" in told:
                    self._db.execute(
                        "INSERT OR REPLACE INTO progress VALUES (1, ?, ?, ?)",
                        (self._source, told["next"], has_remains),
                    )
                    return str(told["next"])
                if "record" in told:
                    self._db.execute(PUT, row_of(told))
                    progress(1, total)
                else:
                    total = told.get("count")
            raise CutOffError("The snapshot was cut off.")

    def _store(self, page: dict[str, Any], after: str) -> None:
        """Items and cursor together; nobody else may have gone on from the same place."""
        self._differs |= bool(page["items"])
        with self._transaction():
            has_remains = False
            for item in page["items"]:
                if (
                    item["change"] == "gone"
                ):  # perhaps something of it was erased; nobody is told that any more
                    removed = self._db.execute(REMOVE, (item["record_type"], item["id"]))
                    has_remains |= removed.rowcount > 0
                else:
                    self._db.execute(PUT, row_of(item))
                has_remains |= "erased" in item
            moved = self._db.execute(
                "UPDATE progress SET cursor = ?, has_remains = has_remains OR ? WHERE cursor = ?",
                (page["next"], has_remains, after),
            )
            if not moved.rowcount:
                raise TwoMirrorsError("Another process writes to this mirror.")

    def _wipe(self) -> None:
        """Copies of erased values may stand between the rows of a page: the file is written anew without."""
        if self._has_remains():
            self._db.execute("VACUUM")
            self._db.execute("UPDATE progress SET has_remains = 0")

    def _has_remains(self) -> bool:
        return self._db.execute("SELECT 1 FROM progress WHERE has_remains").fetchone() is not None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def row_of(item: dict[str, Any]) -> tuple[str, str, int, str]:
    """A record as it is kept: as it came."""
    record = json.dumps(item["record"], ensure_ascii=False, separators=(",", ":"))
    return item["record_type"], item["id"], item["version"], record
