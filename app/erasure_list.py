"""The list of erasures outside the database: a restored backup brings back what was erased, and this tells.

A file beside the data, one JSON object a line, only ever appended to; ids and names of fields, no values.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID


class ErasureList:
    """The file; every worker of every host appends to the same one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]]:
        """Each erasure by its id; what a crash left unfinished at the end is passed over."""
        found: dict[str, dict[str, Any]] = {}
        if not self._path.exists():
            return found
        for line in self._path.read_text("utf-8").split("\n"):
            try:
                told = json.loads(line)
                found[str(UUID(told["id"]))] = told
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
        return found

    def append(self, erasures: Iterable[Mapping[str, Any]]) -> None:
        """Add those that are missing, on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = self.read()
            lines = [json.dumps(each, sort_keys=True) for each in erasures if each["id"] not in known]
            if not lines:
                return
            # Begin on a line of our own, whatever a crash has left.
            file.write(("\n" + "\n".join(lines) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
