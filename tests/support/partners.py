"""A partner's machine: the command `siaga` as a process, and what its mirror holds."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from siaga_client.clients import Client
from siaga_client.settings import Account

from tests.conftest import PASSWORD
from tests.support.servers import ROOT

READER = "integration.kpu-banten"
PATHS = {
    "deployment": "/api/v1/deployments",
    "incident": "/api/v1/incidents",
    "threat_level": "/api/v1/threat-levels",
    "threat_level_proposal": "/api/v1/threat-levels/proposals",
    "election": "/api/v1/elections",
    "readiness_order": "/api/v1/readiness/orders",
    "unit_strength": "/api/v1/unit-strengths",
}
Records = dict[tuple[str, str], dict[str, Any]]


def machine(url: str, home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that has been told who asks."""
    packages = str(ROOT / "client" / "siaga_client")
    told = {"SIAGA_URL": url, "SIAGA_ACCOUNT": READER, "SIAGA_SECRET": PASSWORD}
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": packages, "HOME": str(home)}  # noqa: TID251 - a child's
    return {**own, **told, **more}


def siaga(url: str, home: Path, *arguments: str, **how: Any) -> subprocess.Popen[str]:
    """The command, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "siaga_client", *arguments], env=machine(url, home, **how.pop("env", {})),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how,
    )  # fmt: skip


def done(url: str, home: Path, *arguments: str, said: str | None = None, **how: Any) -> tuple[int, str, str]:
    """The command, ended: its exit code, what it said, and what it said of failures."""
    process = siaga(url, home, *arguments, stdin=subprocess.PIPE, **how)
    out, err = process.communicate(said, timeout=120)
    return process.returncode, out, err


def client(url: str, http: httpx.Client, account: str = READER) -> Client:
    return Client(Account(url, account, PASSWORD).session(), http)


def held(directory: Path) -> Records:
    """All that a mirror has."""
    with closing(sqlite3.connect(directory / "mirror.sqlite")) as opened:
        rows = opened.execute("SELECT record_type, id, record FROM record").fetchall()
    return {(kind, each): json.loads(record) for kind, each, record in rows}


def shown(asks: Client) -> Records:
    """All that the lists of the service show."""
    return {(kind, each["id"]): each for kind, path in PATHS.items() for each in asks.pages(path, limit=200)}
