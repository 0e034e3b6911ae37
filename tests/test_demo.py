"""The demo: it plays to its end, tells what the API tells, and leaves nothing running."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[1]
REFERENCE = re.compile(r"I-[0-9A-Z]{4}-[0-9A-Z]{3}")

# Settings of a real installation, which the demo must not touch.
ELSEWHERE = {"SIAGA_DATABASE_URL": "postgresql://nobody@192.0.2.1/siaga", "SIAGA_PRODUCTION": "true"}


@contextmanager
def playing(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`python -m demo`, which has ended when the block ends."""
    environment = {**os.environ, **ELSEWHERE, "PYTHONIOENCODING": "utf-8"}  # noqa: TID251 - for a child process
    with subprocess.Popen(
        [sys.executable, "-m", "demo", *arguments], cwd=ROOT, env=environment, text=True, encoding="utf-8",
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


def table(lines: list[str]) -> dict[str, dict[str, str]]:
    """The closing table: agency, reference, and how the agency stands to that record."""
    head = max(range(len(lines)), key=lambda number: len(REFERENCE.findall(lines[number])))
    columns = REFERENCE.findall(lines[head])
    rows = [line.split() for line in lines[head + 1 : lines.index("", head)]]
    return {agency: dict(zip(columns, cells, strict=True)) for agency, *cells in rows}


def seen_by(url: str, agency: str, password: str) -> list[dict]:
    form = {"grant_type": "password", "username": f"operator.{agency}", "password": password}
    with httpx.Client(base_url=url) as client:
        token = client.post("/oauth2/token", data=form).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/api/v1/incidents", params={"limit": 200}, headers=headers).json()["items"]


def test_the_table_of_the_demo_is_what_each_agency_sees():
    with playing("--keep") as process:
        lines = until(process, "Ctrl-C")
        server = server_of(process)
        url = next(line.removesuffix("/docs") for line in lines if line.endswith("/docs"))
        password = next(line.rpartition(": ")[2] for line in lines if line.startswith("sandi/password: "))
        shown = table(lines)
        seen = {agency: seen_by(url, agency, password) for agency in shown}
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, process.stderr.read()
        assert not server.is_running()
    assert len(shown) == 18
    for agency, cells in shown.items():
        assert {each["reference"] for each in seen[agency]} == {
            reference for reference, cell in cells.items() if cell != "-"
        }
        assert {each["reference"] for each in seen[agency] if each["owner_agency"] == agency} == {
            reference for reference, cell in cells.items() if "O" in cell
        }
    knowing = {
        agency for agency in seen for each in seen[agency] if each["kind"] == "eo_money_politics"
    }  # fmt: skip
    assert knowing == {"bawaslu-banten", "polda-banten"}


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
