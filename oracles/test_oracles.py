"""The log that the real service serves: tiles, checkpoints, proofs and cosignatures, judged by others."""

import base64
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from siaga_verify.cli import main

from app.settings import Settings
from oracles.others import PROGRAMS, judge, refuses, witness
from tests.conftest import PASSWORD
from tests.support.databases import new_database
from tests.support.servers import ROOT, serving
from tests.support.service import incident
from tests.support.witnesses import Partner, log_key, partner, with_witnesses

REPORTS = 300  # with what the demo brings more than one full tile
PATIENCE = 60


@dataclass
class Served:
    """The service, its witnesses, and what was fetched from it."""

    url: str
    key: str
    ours: Partner
    theirs: Partner
    directory: Path
    client: httpx.Client
    proofs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def tiles(self) -> str:
        return f"{self.url}/ledger"

    def get(self, path: str, **headers: str) -> httpx.Response:
        answer = self.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer

    def kept(self, name: str, content: bytes | str) -> Path:
        path = self.directory / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def patiently(self, path: str, wanted: Any) -> httpx.Response:
        """The answer once it is what is wanted: signing and cosigning take their moment."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.client.get(path)
            if answer.status_code == 200 and wanted(answer):
                return answer
            time.sleep(0.2)
        raise TimeoutError(f"{path}: {answer.text}")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oracles")


@pytest.fixture(scope="module")
async def database(settings: Path, request: pytest.FixtureRequest) -> Settings:
    server = request.getfixturevalue("postgresql")
    return await new_database("postgresql", settings, server, PASSWORD)


@pytest.fixture(scope="module")
def served(database: Settings) -> Iterator[Served]:
    """Two workers on PostgreSQL, a witness of ours and one that others wrote; entries come in over HTTP."""
    directory = database.data_dir
    key = log_key(database)
    with partner(directory, database) as ours, witness(directory, key) as theirs:
        configured = with_witnesses(database, 2, ours, theirs, every=1)
        with serving(configured, PASSWORD, workers=2) as server, httpx.Client(base_url=server.url) as client:
            made = Served(server.url, key, ours, theirs, directory, client)
            fill(made)
            yield made


def sign_in(served: Served, account: str) -> None:
    form = {"grant_type": "password", "username": account, "password": PASSWORD}
    served.client.headers.pop("Authorization", None)  # there a header says which client asks
    token = served.client.post("/oauth2/token", data=form).json()["access_token"]
    served.client.headers["Authorization"] = f"Bearer {token}"


def fill(served: Served) -> None:
    """Reports, with the checkpoint as it was half way, and proofs of some of them."""
    sign_in(served, "operator.polda-banten")
    with ThreadPoolExecutor(8) as many:
        half = list(many.map(lambda number: report(served, number), range(REPORTS // 2)))
        early = served.patiently("/ledger/checkpoint", lambda _: True)
        served.kept("early", early.content)
        half += many.map(lambda number: report(served, number), range(REPORTS // 2, REPORTS))
    last = max(position for position, _ in half)
    late = served.patiently("/ledger/checkpoint", lambda each: size_of(each.text) > last)
    served.kept("late", late.content)
    sign_in(served, "auditor.polda-banten")
    for _, record in half[:: REPORTS // 10]:
        path = proof_path(served, record)
        told = served.get(path).json()
        told["text"] = served.get(path, Accept="text/plain").content
        served.proofs.append({**told, "path": path})


def report(served: Served, number: int) -> tuple[int, str]:
    answer = served.client.post("/api/v1/incidents", json=incident(title=f"Laporan {number} (fiktif)"))
    assert answer.status_code == 201, answer.text
    return int(answer.headers["Siaga-Ledger-Position"]), answer.json()["id"]


def proof_path(served: Served, record: str) -> str:
    entries = served.get(f"/api/v1/ledger/entries?record_id={record}").json()["items"]
    return f"/api/v1/ledger/proofs/{entries[0]['id']}"


def size_of(checkpoint: str) -> int:
    return int(checkpoint.split("\n")[1])


def changed(content: bytes) -> bytes:
    """The same with one bit of the root changed."""
    lines = content.split(b"\n")
    root = bytearray(base64.b64decode(lines[2]))
    root[0] ^= 1
    lines[2] = base64.b64encode(root)
    return b"\n".join(lines)


def test_another_verifier_takes_the_checkpoint_and_no_other(served: Served):
    origin = ("--log-key", served.key, "--origin", served.key.partition("+")[0])
    judge("aics-tlog", "verify-checkpoint", "--note", served.directory / "late", *origin)
    false = served.kept("false", changed((served.directory / "late").read_bytes()))
    refuses("aics-tlog", "verify-checkpoint", "--note", false, *origin)


def test_another_verifier_reads_our_tiles_and_finds_entries(served: Served):
    for told in served.proofs:
        leaf = served.kept("leaf", told["leaf"])
        asked = ("verify-inclusion", "--tiles", served.tiles, "--log-key", served.key)
        judge("aics-tlog", *asked, "--index", told["index"], "--leaf", leaf)
        refuses("aics-tlog", *asked, "--index", told["index"] + 1, "--leaf", leaf)


def test_another_verifier_takes_our_proofs(served: Served):
    for told in served.proofs:
        root = told["checkpoint"].split("\n")[2]
        proof = served.kept("proof", "".join(f"{each}\n" for each in told["inclusion"]))
        asked = ("verify-inclusion", "--size", told["tree_size"], "--root", root, "--proof", proof)
        leaf_hash = base64.b64decode(told["leaf_hash"]).hex()
        judge("aics-tlog", *asked, "--index", told["index"], "--leaf-hash", leaf_hash)
        refuses("aics-tlog", *asked, "--index", told["index"], "--leaf-hash", "0" * 64)


def test_another_verifier_takes_the_proof_that_is_handed_to_partners(served: Served):
    for told in served.proofs:
        leaf, proof = served.kept("leaf", told["leaf"]), served.kept("entry.tlog-proof", told["text"])
        asked = ("verify-proof", proof, "--log-vkey", served.key, "--expected-origin", "siaga.invalid/ledger")
        judge("proofbundle", *asked, "--json", "--payload-file", leaf)
        refuses("proofbundle", *asked, "--json", "--payload-file", served.kept("other", told["leaf"] + " "))


def test_another_verifier_sees_that_the_log_only_grew(served: Served):
    early, late = served.directory / "early", served.directory / "late"
    asked = ("verify-consistency", "--tiles", served.tiles, "--log-key", served.key)
    judge("aics-tlog", *asked, "--old-checkpoint", early, "--checkpoint", late)
    size, new = size_of(early.read_text()), size_of(late.read_text())
    told = served.get(f"{served.proofs[-1]['path']}?since={size}").json()
    proof = served.kept("growth", "".join(f"{each}\n" for each in told["consistency"]))
    roots = [each.read_text().split("\n")[2] for each in (early, late)]
    sizes = ("--old-size", size, "--new-size", told["tree_size"], "--proof", proof)
    assert told["tree_size"] == new
    judge("aics-tlog", "verify-consistency", *sizes, "--old-root", roots[0], "--new-root", roots[1])
    refuses("aics-tlog", "verify-consistency", *sizes, "--old-root", roots[1], "--new-root", roots[1])


def test_a_witness_by_others_cosigns_and_their_verifier_counts_both(served: Served):
    last = size_of((served.directory / "late").read_text())
    note = served.patiently("/ledger/cosigned", lambda each: size_of(each.text) >= last).content
    path = served.kept("cosigned", note)
    keys = ("--witness-key", served.ours.key, "--witness-key", served.theirs.key, "--log-key", served.key)
    told = judge("aics-tlog", "verify-checkpoint", "--note", path, *keys, "--quorum", 2, "--max-age", 3600)
    assert told["ok"] is True
    one = b"".join(
        line for line in note.splitlines(keepends=True) if served.theirs.agency.encode() not in line
    )
    refuses("aics-tlog", "verify-checkpoint", "--note", served.kept("one", one), *keys, "--quorum", 2)
    proof = served.get(served.proofs[-1]["path"], Accept="text/plain").content
    leaf = served.kept("leaf", served.proofs[-1]["leaf"])
    witnesses = ("--witness-vkey", served.ours.key, "--witness-vkey", served.theirs.key, "--threshold", 2)
    asked = ("--log-vkey", served.key, "--payload-file", leaf, "--json", *witnesses)
    judge("proofbundle", "verify-proof", served.kept("entry.tlog-proof", proof), *asked)


def test_a_log_by_others_can_ask_our_witness(served: Served, tmp_path: Path, database: Settings):
    """Their client drives our witness through a beginning, growth and a repetition."""
    with partner(tmp_path, database) as ours:
        for name in ("early", "late", "late"):
            command = [PROGRAMS / "python", ROOT / "oracles" / "submit.py", ours.url, ours.key, served.tiles]
            done = subprocess.run(
                [*command, served.directory / name], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            note = served.kept("cosigned-here", (served.directory / name).read_bytes() + done.stdout.encode())
            keys = ("--witness-key", ours.key, "--log-key", served.key, "--quorum", 1)
            judge("aics-tlog", "verify-checkpoint", "--note", note, *keys)


def test_a_copy_that_our_verifier_took_serves_others(served: Served):
    copy = served.directory / "copy"
    assert main(["mirror", served.tiles, str(copy), "--key", served.key]) == 0
    judge("aics-tlog", "verify-checkpoint", "--tiles", copy, "--log-key", served.key)
    told = served.proofs[-1]
    leaf = served.kept("leaf", told["leaf"])
    judge("aics-tlog", "verify-inclusion", "--tiles", copy, "--log-key", served.key,
          "--index", told["index"], "--leaf", leaf)  # fmt: skip
