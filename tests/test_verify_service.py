"""The verifier of partners against the real service, over HTTP: copies, proofs, receipts, growth."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.servers import Server, free_port, serving
from tests.support.service import incident
from tests.support.witnesses import PACKAGE, log_key


@pytest.fixture(scope="module")
async def settings(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return await copied(seeded, request, tmp_path_factory.mktemp("verified"))


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Server]:
    with serving(settings, PASSWORD) as server:
        yield server


class Desk:
    """A partner's officer: signed in, with a folder and a key that came by another way."""

    def __init__(self, server: Server, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.log = f"{server.url}/ledger"
        self.client = httpx.Client(base_url=server.url)
        (folder / "keys").write_text(f"{log_key(settings)}\n")

    def sign_in(self, account: str) -> None:
        self.client.headers.pop("Authorization", None)  # there a header says which client asks
        form = {"grant_type": "password", "username": account, "password": PASSWORD}
        token = self.client.post("/oauth2/token", data=form).json()["access_token"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def report(self) -> httpx.Response:
        answer = self.client.post("/api/v1/incidents", json=incident(), headers={"Prefer": "wait=20"})
        assert answer.status_code == 201, answer.text
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        answer = self.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer

    def kept(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def verify(self, *arguments: Any, code: int = 0) -> str:
        command = [
            sys.executable,
            "-m",
            "siaga_verify",
            *map(str, arguments),
            "--keys",
            str(self.folder / "keys"),
        ]
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}  # noqa: TID251 - what the child needs
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def desk(server: Server, tmp_path: Path, settings: Settings) -> Iterator[Desk]:
    desk = Desk(server, tmp_path, settings)
    with desk.client:
        desk.sign_in("operator.polda-banten")
        yield desk


def test_a_copy_grows_and_is_checked_without_the_service(desk: Desk):
    copy = desk.folder / "copy"
    desk.report()
    desk.verify("mirror", desk.log, copy)
    early = desk.kept("early", (copy / "checkpoint").read_bytes())
    desk.report()
    desk.verify("mirror", desk.log, copy)
    told = desk.verify("log", copy)
    size = int((copy / "checkpoint").read_text().split("\n")[1])
    assert f"{size} entries" in told
    desk.verify("consistency", early, copy / "checkpoint", "--log", copy)
    desk.verify("mirror", f"http://127.0.0.1:{free_port()}", copy, code=4)


def test_a_receipt_is_checked_alone_and_against_a_copy(desk: Desk):
    header = desk.report().headers["Siaga-Receipt"]
    receipt = desk.kept("receipt", header.encode())
    desk.verify("receipt", receipt)
    desk.verify("mirror", desk.log, desk.folder / "copy")
    desk.verify("receipt", receipt, "--log", desk.folder / "copy")
    desk.verify("receipt", receipt, "--log", desk.log)
    later = desk.kept("later", desk.report().headers["Siaga-Receipt"].encode())
    desk.verify("receipt", later, "--log", desk.folder / "copy", code=1)


def test_a_receipt_that_is_read_again_says_the_same(desk: Desk):
    answer = desk.report()
    position = answer.headers["Siaga-Ledger-Position"]
    again = desk.get(f"/api/v1/ledger/receipts/{position}")
    told = desk.verify("receipt", desk.kept("again", again.content))
    assert told == desk.verify("receipt", desk.kept("first", answer.headers["Siaga-Receipt"].encode()))


def test_a_proof_is_checked_as_json_and_as_text(desk: Desk):
    record = desk.report().json()["id"]
    early = desk.kept("early", desk.get("/ledger/checkpoint").content)
    desk.report()
    desk.sign_in("auditor.polda-banten")
    entry = desk.get(f"/api/v1/ledger/entries?record_id={record}").json()["items"][0]["id"]
    size = early.read_text().split("\n")[1]
    answer = desk.get(f"/api/v1/ledger/proofs/{entry}?since={size}")
    told = answer.json()
    desk.verify("proof", desk.kept("proof.json", answer.content))
    text = desk.kept(
        "entry.tlog-proof", desk.get(f"/api/v1/ledger/proofs/{entry}", Accept="text/plain").content
    )
    desk.verify("proof", text, "--leaf", desk.kept("leaf", told["leaf"].encode()))
    desk.verify("proof", text, "--leaf", desk.kept("other", told["leaf"].encode() + b" "), code=1)
    newer = desk.kept("newer", told["checkpoint"].encode())
    growth = desk.kept("growth", json.dumps(told["consistency"]).encode())
    desk.verify("consistency", early, newer, "--proof", growth)
    desk.verify("consistency", early, newer, "--proof", desk.folder / "proof.json")


def test_the_keys_that_the_service_publishes_are_those_that_sign(desk: Desk):
    assert desk.get("/ledger/keys").text == (desk.folder / "keys").read_text()
    desk.verify("checkpoint", desk.kept("checkpoint", desk.get("/ledger/checkpoint").content))
