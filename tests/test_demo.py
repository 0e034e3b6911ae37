"""The demo: it plays to its end, tells what the API tells, and leaves nothing running."""

import os
import re
import shutil
import signal
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
import pytest

from demo.figures import Figures, lines
from demo.told import KINDS

ROOT = Path(__file__).parents[1]
NUMBERED = re.compile(r" +(\d+) (I-[0-9A-Z]{4}-[0-9A-Z]{3}) ")
GUARDS = re.compile(r"  (\S+) .*?" + r" +([\d.]+)" * 5)
SYNCED = re.compile(r"(\S+): (\d+) baru/new, (\d+) tetap/unchanged; (\d+) entri")
MISTAKE = re.compile(r"(\S+): baris/line (\d+), kolom/column (\w+): ")
OWN = "polda-banten"

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


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    """One demo for all that look at what it tells; Ctrl-C ends it, and its server with it."""
    with playing("--keep") as process:
        lines = until(process, "Ctrl-C")
        server = server_of(process)
        yield Play(lines)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, process.stderr.read()
        assert not server.is_running()


def test_the_table_of_the_demo_is_what_each_agency_sees(play: Play):
    assert len(play.table) == 18
    knowing = set()
    for agency, (cells, counts) in play.table.items():
        seen = play.items(agency, "/incidents")
        assert {each["reference"] for each in seen} == {ref for ref, cell in cells.items() if cell != "-"}
        assert {each["reference"] for each in seen if each["owner_agency"] == agency} == {
            reference for reference, cell in cells.items() if "O" in cell
        }
        deployed = play.items(agency, "/deployments")
        assert counts == [
            len(play.items(agency, "/threat-levels", status="in_force")),
            len(deployed),
            sum(each["strength_planned"] for each in deployed),
        ]
        knowing |= {agency for each in seen if each["kind"] == "eo_money_politics"}
    assert knowing == {"bawaslu-banten", "polda-banten"}


def test_the_guards_it_shows_are_those_of_the_figures(play: Play):
    figures = Figures.read()
    assert play.guards[OWN][:4] == [*(figures[OWN, kind] for kind in KINDS), figures[OWN, "personnel"]]
    whole = play.guards.pop("36")
    regions = [row for code, row in play.guards.items() if code.startswith("36.")]
    leading = [row for code, row in play.guards.items() if not code.startswith("36.")]
    assert (len(regions), len(leading)) == (8, 2)
    for rows in (regions, leading):
        assert [sum(column) for column in zip(*rows, strict=True)] == whole
    assert all(sum(row[:3]) == row[3] == row[4] for row in (whole, *regions, *leading))
    asked = {"at": "2024-11-27T12:00:00+07:00", "by": ["region", "role"]}
    answer = play.get("operator.pemprov-banten", "/deployment-strength", **asked)
    assert {each["region_code"]: each["strength_planned"] for each in answer["items"]} == {
        code: row[3] for code, row in play.guards.items() if code.startswith("36.")
    }


def test_of_the_regency_with_two_polda_each_sees_its_own_and_the_regency_all(play: Play):
    seen = {line.split()[0]: number(line.split()[-1]) for line in play.lines if "36.03: melihat/sees" in line}
    assert seen[OWN] + seen["polda-metro-jaya"] == seen["pemkab-tangerang"] == play.guards["36.03"][3]
    assert 0 < seen["korem-052"] < seen["pemkab-tangerang"]


def test_a_unit_lent_twice_is_refused_and_what_is_left_is_its_reserve(play: Play):
    (left,) = {int(left) for (left,) in play.matches(re.compile(r"Of this unit (\d+) are left"))}
    (unit,) = {unit for (unit,) in play.matches(re.compile(r"(\S+) → .*sekaligus/at once"))}
    reserve = [line for line in lines("lent.csv") if line["role"] == "reserve"]
    assert left == sum(int(line["strength"]) for line in reserve if line["home_unit"] == unit)


def test_the_script_states_what_is_new_and_nothing_twice(play: Play):
    first, last = list(lines("levels.csv")), list(lines("levels-november.csv"))
    changed = sum(old.values != new.values for old, new in zip(first, last, strict=True))
    assert [tuple(map(int, numbers)) for _, *numbers in play.matches(SYNCED)] == [
        (len(first), 0, len(first)),
        (0, len(first), 0),
        (changed, len(first) - changed, 2 * changed),  # each ends the one before
    ]


def test_the_script_names_each_wrong_code_and_sends_nothing_of_that_file(play: Play):
    good, wrong = list(lines("levels-november.csv")), list(lines("levels-wrong.csv"))
    differing = {
        (new.number, column): new
        for old, new in zip(good, wrong, strict=True)
        for column in new.values
        if old[column] != new[column]
    }
    named = {(int(line), column) for _, line, column in play.matches(MISTAKE)}
    (sound,) = differing.keys() - named  # a change that would be accepted
    assert named == differing.keys() - {sound}
    line = differing[sound]
    stated = play.items(
        OWN, "/threat-levels", agency=OWN, region=line["region_code"], category=line["category"]
    )
    assert int(line["level"]) not in {each["level"] for each in stated}
    assert [each["status"] for each in stated] == ["in_force", "superseded"]


def test_the_second_commander_decides_what_waited_for_it(play: Play):
    inbox = [int(line.rpartition(" ")[2]) for line in play.told(f"commander2.{OWN}") if "inbox" in line]
    assert inbox == [0, 1, 0]
    (decided,) = play.items(OWN, "/threat-levels/proposals")
    happened = play.get(f"auditor.{OWN}", f"/threat-levels/proposals/{decided['id']}/history")["items"]
    assert [(each["action"], each["account"]) for each in happened] == [
        ("threat_level.proposed", f"commander.{OWN}"),
        ("threat_level.approved", f"commander2.{OWN}"),
    ]
    assert any(line.startswith("ditolak/refused 403") for line in play.told(f"commander.{OWN}"))
    sent = [each for each in play.items(OWN, "/deployments") if each["threat_level_id"]]
    assert {each["threat_level_id"] for each in sent} == {decided["threat_level_id"]}
    assert {each["role"] for each in sent} == {"reserve"}


def test_it_tells_how_large_the_ledger_is(play: Play):
    ((before, grown, after),) = play.matches(re.compile(r"ledger: (\d+) \+ (\d+) = (\d+) "))
    size = play.get(f"operator.{OWN}", "/ledger/head")["size"]
    assert int(before) + int(grown) == int(after)
    assert int(after) <= size  # where the play took long, the ledger was told of the access log meanwhile


def test_a_demo_to_which_something_else_is_told_than_it_expects_fails(tmp_path: Path):
    for name in ("alembic", "app", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    file = tmp_path / "demo" / "data" / "figures.csv"
    text = file.read_text("utf-8")
    wanted = Figures.read()["36", "tps"]
    file.write_text(text.replace(f"36,tps,{wanted},", f"36,tps,{wanted + 1},"), "utf-8")
    with playing(root=tmp_path) as process:
        assert process.wait(60) == 1
        assert f"{wanted} where {wanted + 1} was expected" in process.stderr.read()


def test_a_demo_whose_server_dies_says_so():
    with playing() as process:
        until(process, "melapor/reports")
        server_of(process).kill()
        assert process.wait(60) == 1
        assert process.stderr.read().startswith("\ndemo: ")


def test_a_demo_that_is_told_to_end_takes_its_server_along():
    with playing() as process:
        until(process, "melapor/reports")
        server = server_of(process)
        process.terminate()
        assert process.wait(60) == 128 + signal.SIGTERM
        assert not server.is_running()
