"""The demo as a process, and what it told once it was played to its end."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parents[2]
NUMBERED = re.compile(r" +(\d+) (I-[0-9A-Z]{4}-[0-9A-Z]{3}) ")
GUARDS = re.compile(r"  (\S+) .*?" + r" +([\d.]+)" * 5)

# Settings of a real installation, which the demo must not touch.
ELSEWHERE = {"SIAGA_DATABASE_URL": "postgresql://nobody@192.0.2.1/siaga", "SIAGA_PRODUCTION": "true"}


@contextmanager
def playing(*arguments: str, root: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """`python -m demo`, which has ended when the block ends."""
    environment = {**os.environ, **ELSEWHERE, "PYTHONIOENCODING": "utf-8"}  # noqa: TID251 - for a child process
    with subprocess.Popen(
        [sys.executable, "-m", "demo", *arguments], cwd=root, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def until(process: subprocess.Popen[str], text: str) -> list[str]:
    """The lines up to the first that holds a text."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if text in line:
            return lines
    raise AssertionError("\n".join([*lines, process.stderr.read()]))


def server_of(process: subprocess.Popen[str]) -> psutil.Process:
    return psutil.Process(process.pid).children()[0]


def number(shown: str) -> int:
    return int(shown.replace(".", ""))


@dataclass
class Play:
    """A demo that was played to its end, and its server, which still answers."""

    lines: list[str]

    @cached_property
    def url(self) -> str:
        return next(line.removesuffix("/docs") for line in self.lines if line.endswith("/docs"))

    @cached_property
    def password(self) -> str:
        return next(line.rpartition(": ")[2] for line in self.lines if line.startswith("sandi/password: "))

    def get(self, account: str, path: str, **query: Any) -> dict[str, Any]:
        form = {"grant_type": "password", "username": account, "password": self.password}
        with httpx.Client(base_url=self.url) as client:
            token = client.post("/oauth2/token", data=form).json()["access_token"]
            answer = client.get(f"/api/v1{path}", params=query, headers={"Authorization": f"Bearer {token}"})
            return answer.json()

    def items(self, reader: str, path: str, **query: Any) -> list[dict[str, Any]]:
        page = self.get(f"operator.{reader}", path, limit=200, **query)
        assert page["next"] is None
        return page["items"]

    def part(self, title: str) -> list[str]:
        """The lines under a title."""
        first = next(at for at, line in enumerate(self.lines) if title in line) + 2
        return self.lines[first : self.lines.index("", first)]

    def told(self, account: str) -> list[str]:
        """What was told of one account."""
        return [line.split(None, 1)[1] for line in self.lines if line.startswith(f"  {account} ")]

    def matches(self, pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
        return [found.groups() for line in self.lines if (found := pattern.search(line))]

    @cached_property
    def table(self) -> dict[str, tuple[dict[str, str], list[int]]]:
        """The closing table: how each agency stands to each incident, and what else it sees."""
        references = dict(
            match.groups() for line in self.part("What each agency sees") if (match := NUMBERED.match(line))
        )
        head = next(at for at, line in enumerate(self.lines) if line.split()[:2] == ["1", "2"])
        rows = [line.split() for line in self.lines[head + 1 : self.lines.index("", head)]]
        size = len(references)
        return {
            agency: (
                dict(zip(references.values(), cells[:size], strict=True)),
                [number(cell) for cell in cells[size:]],
            )
            for agency, *cells in rows
        }

    @cached_property
    def guards(self) -> dict[str, list[int]]:
        """The table of guards: police, military, local government, their sum, and who is present."""
        found = (GUARDS.fullmatch(line) for line in self.part("Penjaga TPS"))
        return {row[1]: [number(cell) for cell in row.groups()[1:]] for row in found if row}
