"""The witness: cosigns what only grew, once it has written that down, and nothing else."""

import json
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sample_log import SampleLog, Signer, b64, consistency, h, numbered
from siaga_verify import witness as module
from siaga_verify.checkpoints import Trust, open_checkpoint
from siaga_verify.notes import LOG, read_key
from siaga_verify.refusals import Refusal, Unproven
from siaga_verify.witness import Memory, Witness, make_identity, read_identity

SIGNER = Signer()
SAMPLE = SampleLog(numbered(60), SIGNER)
NAME = "saksi.test/siaga"
NOW = 1_795_000_000


class Clock:
    now = NOW

    def __call__(self):
        return self.now


class Desk:
    """A witness with its files."""

    def __init__(self, root: Path) -> None:
        self.key, self.state = root / "key", root / "state.json"
        self.identity = make_identity(self.key, self.state, NAME)
        self.clock = Clock()
        self.open()

    def open(self):
        self.memory = Memory(self.state, self.identity)
        self.witness = Witness(self.identity, self.memory, [read_key(SIGNER.vkey, LOG)], self.clock)

    def restart(self):
        self.memory.close()
        self.open()

    def ask(self, old, new, log=SAMPLE, proof=None):
        proof = (consistency(old, log.leaves[:new]) if 0 < old < new else []) if proof is None else proof
        return self.witness.answer(request(old, proof, log.checkpoint(new)))


def request(old, proof, checkpoint):
    return "".join([f"old {old}\n", *(f"{b64(each)}\n" for each in proof), "\n"]).encode() + checkpoint


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.memory.close()


def is_cosigned(desk, size, line):
    trust = Trust([read_key(SIGNER.vkey, LOG)], [desk.identity.public], 1)
    return open_checkpoint(SAMPLE.checkpoint(size) + line, trust).cosigned == {NAME: desk.clock.now}


def test_it_cosigns_a_log_that_grows(desk):
    for old, new in ((0, 1), (1, 2), (2, 30), (30, 30), (30, 60)):
        status, _, line = desk.ask(old, new)
        assert status == 200
        assert is_cosigned(desk, new, line)
        desk.clock.now += 1


def test_a_log_may_begin_empty(desk):
    assert desk.ask(0, 0)[0] == 200
    assert desk.ask(0, 10)[0] == 200


def test_it_tells_how_far_it_is(desk):
    desk.ask(0, 30)
    assert desk.ask(20, 60) == (409, "text/x.tlog.size", b"30\n")
    assert desk.ask(0, 60) == (409, "text/x.tlog.size", b"30\n")


def test_it_never_cosigns_a_fork(desk, tmp_path):
    desk.ask(0, 30)
    leaves = numbered(60)
    leaves[3] = b"another"
    fork = SampleLog(leaves, SIGNER)
    assert desk.ask(30, 60, fork)[0] == 422
    assert desk.ask(30, 30, fork)[0] == 422
    assert len(list((tmp_path / "state.json.evidence").iterdir())) == 2
    assert desk.ask(30, 60)[0] == 200


def test_it_remembers_over_a_restart(desk):
    desk.ask(0, 30)
    desk.restart()
    assert desk.ask(0, 20)[0] == 409
    assert desk.ask(30, 60)[0] == 200


def test_it_does_not_start_without_its_memory_or_with_that_of_another_key(desk, tmp_path):
    desk.memory.close()
    other = make_identity(tmp_path / "other", tmp_path / "other.json", NAME)
    with pytest.raises(Unproven, match="another key"):
        Memory(desk.state, other)
    desk.state.unlink()
    with pytest.raises(Unproven, match="lost its memory"):
        Memory(desk.state, desk.identity)


def test_a_second_one_does_not_start_beside_it(desk):
    with pytest.raises(Unproven, match="Another witness"):
        Memory(desk.state, desk.identity)


def test_a_new_one_replaces_nothing(desk):
    with pytest.raises(Unproven, match="never starts anew"):
        make_identity(desk.key, desk.state, NAME)


def test_a_key_that_others_can_read_is_refused(desk):
    desk.key.chmod(0o644)
    with pytest.raises(Unproven, match="mode 600"):
        read_identity(desk.key, NAME)


def test_what_is_not_on_the_disk_is_not_cosigned(desk, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_lasting", full)
    assert desk.ask(0, 30)[0] == 503
    monkeypatch.undo()
    assert desk.ask(0, 20)[0] == 200


def test_it_never_dates_back(desk):
    desk.ask(0, 30)
    desk.clock.now -= 1
    assert desk.ask(30, 60)[0] == 503


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, request(0, [], SampleLog(numbered(3), Signer("other.test/log")).checkpoint())),
        (403, request(0, [], SampleLog(numbered(3)).checkpoint())),
        (403, request(0, [], SAMPLE.checkpoint(3).replace(b"\n3\n", b"\n4\n"))),
        (400, request(4, [], SAMPLE.checkpoint(3))),
        (422, request(0, [h(b"")], SAMPLE.checkpoint(3))),
        (400, request(0, [h(b"")] * 64, SAMPLE.checkpoint(3))),
        (400, request("00", [], SAMPLE.checkpoint(3))),
        (400, request(0, [b"short"], SAMPLE.checkpoint(3))),
        (400, b""),
        (400, b"\xff\n\n"),
        (400, b"old 0\n\nnothing"),
        (400, SAMPLE.checkpoint(3)),
        (400, request(0, [], SAMPLE.receipt(3))),
        (400, request(0, [], SIGNER.note(f"{SIGNER.name}\n3\n{b64(h(b''))}\nmore\n"))),
        (400, request(0, [], SIGNER.note(f"{SIGNER.name}\n0\n{b64(h(b'x'))}\n"))),
        (400, request(0, [], SIGNER.note(f"{SIGNER.name}\n{2**64}\n{b64(h(b'x'))}\n"))),
    ],
)
def test_what_it_refuses(desk, status, body):
    assert desk.witness.answer(body)[0] == status


def test_two_at_once_roll_nothing_back(desk):
    answers = []
    desk.ask(0, 10)
    asked = [(10, new) for new in range(11, 60)]
    threads = [
        threading.Thread(target=lambda old=old, new=new: answers.append((new, desk.ask(old, new)[0])))
        for old, new in asked
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    (winner,) = [new for new, status in answers if status == 200]
    assert desk.memory.last(SIGNER.name).size == winner


@pytest.fixture
def address(tmp_path):
    """A witness as a partner runs it."""
    command = [sys.executable, "-m", "siaga_verify", "witness"]
    files = ["--name", NAME, "--key-file", str(tmp_path / "key"), "--state", str(tmp_path / "state.json")]
    source = {"PYTHONPATH": str(Path(module.__file__).parents[1])}
    subprocess.run([*command, "init", *files], check=True, env=source, capture_output=True)
    serve = [*command, "serve", *files, "--log", SIGNER.vkey, "--listen", "127.0.0.1:0"]
    with subprocess.Popen(serve, env=source, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
            assert process.wait(10) == 0


def posted(url, body, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_it_runs_as_a_service(address):
    url = f"{address}/add-checkpoint"
    status, _, line = posted(url, request(0, [], SAMPLE.checkpoint(30)))
    assert status == 200
    assert line.startswith("— saksi.test/siaga ".encode())
    status, headers, size = posted(url, request(0, [], SAMPLE.checkpoint(30)))
    assert (status, headers["Content-Type"], size) == (409, "text/x.tlog.size", b"30\n")
    name = h(SIGNER.name.encode()).hex()
    with urllib.request.urlopen(f"{address}/{name}/checkpoint") as answer:
        assert answer.read() == SAMPLE.checkpoint(30) + line
    assert posted(f"{address}/else", b"x")[0] == 404
    assert posted(url, b"x" * 300_000)[0] == 413
    with urllib.request.urlopen(f"{address}/healthz") as answer:
        assert answer.read() == b"ok\n"


def test_one_who_hangs_keeps_nobody_waiting(address):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 100\r\n\r\nold")
        assert posted(f"{address}/add-checkpoint", request(0, [], SAMPLE.checkpoint(5)))[0] == 200


def test_the_memory_is_read_with_care(desk):
    desk.memory.close()
    for told in (
        "{}",
        "[]",
        "{",
        json.dumps({"format": "siaga-witness/v1", "key": str(desk.identity.public)}),
    ):
        desk.state.write_text(told)
        with pytest.raises(Refusal):
            Memory(desk.state, desk.identity)
