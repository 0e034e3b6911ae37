"""The other commands of `siaga`, as processes against a server: login, threat levels, watch."""

import csv
import json
import signal
import threading
from contextlib import contextmanager

import httpx

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.partners import READER, client, done, siaga
from tests.support.servers import serving
from tests.support.service import incident

TOLD_NOTHING = {"SIAGA_URL": "", "SIAGA_ACCOUNT": "", "SIAGA_SECRET": ""}


def test_login_keeps_a_secret_that_is_right_for_its_owner_alone(fresh: Settings, tmp_path):
    how = {"env": {**TOLD_NOTHING, "XDG_CONFIG_HOME": str(tmp_path)}}
    kept = tmp_path / "siaga" / "account.json"
    pull = ("threat-levels", "pull", str(tmp_path / "levels.csv"))
    with serving(fresh, PASSWORD) as server:
        login = ("login", server.url, READER)
        code, _, told = done(server.url, tmp_path, *pull, **how)
        assert (code, "siaga login" in told) == (1, True)
        code, out, err = done(server.url, tmp_path, *login, said="salah\n", **how)
        assert (code, "salah" in out + err, kept.exists()) == (1, False, False)
        code, out, err = done(server.url, tmp_path, *login, said=f"{PASSWORD}\n", **how)
        assert (code, PASSWORD in out + err, err) == (0, False, "")
        assert kept.stat().st_mode & 0o777 == 0o600
        assert done(server.url, tmp_path, *pull, **how)[0] == 0
    code, _, told = done("", tmp_path, "login", "http://siaga.example", READER, said="x\n", **how)
    assert (code, "https://" in told) == (1, True)


def test_levels_come_back_as_they_were_sent_and_a_wrong_line_is_named(fresh: Settings, tmp_path):
    sent, pulled = tmp_path / "sent.csv", tmp_path / "pulled.csv"
    heading = ["region_code", "category", "level", "rationale", "source.reliability", "audience", "tlp"]
    why = "=SUM(1) ditulis orang, bukan rumus (fiktif)"
    lines = [
        ["36.01", "logistics", 2, f"'{why}", "b", "polda-banten bawaslu-banten", "AMBER"],
        ["36.02", "cyber", 3, 'Dua baris,\n"dan kutipan" (fiktif)', "", "", ""],
    ]
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:

        def push(path, *more):
            return done(server.url, tmp_path, "threat-levels", "push", str(path), *more)

        write(sent, heading, *lines)
        assert push(sent, "--dry-run")[1].startswith("2 created, ")
        assert push(sent) == (0, "2 created, 0 updated, 0 unchanged, 0 waiting, 0 refused\n", "")
        assert done(server.url, tmp_path, "threat-levels", "pull", str(pulled))[0] == 0
        assert push(pulled)[1].startswith("0 created, 0 updated, 2 unchanged")
        levels = client(server.url, http).pages("/api/v1/threat-levels", agency="kpu-banten")
        assert {each["rationale"] for each in levels} == {why, lines[1][3]}
        write(sent, heading, lines[0], ["36.02", "cyber", "9", "x", "", "", ""])
        code, out, err = push(sent)
        assert (code, "1 refused" in out) == (1, True)
        assert f"{sent}: line 3, column level: " in err
    assert push_fails_without_a_server(tmp_path, tmp_path / "absent.csv") == 3


def push_fails_without_a_server(home, path):
    return done("http://127.0.0.1:9", home, "threat-levels", "push", str(path))[0]


def write(path, *lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(lines)


def test_watch_tells_each_change_and_ends_when_it_is_told_to(fresh: Settings, tmp_path):
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:
        process = siaga(server.url, tmp_path, "watch", "--type", "incident")
        asks = client(server.url, http, "integration.polda-banten")
        with reporting(asks):  # from when on it listens nobody knows
            first = json.loads(process.stdout.readline())
        assert first["change"] == "changed"
        made, seen = [report(asks) for _ in range(3)], []
        while made[-1] not in seen:
            seen.append(json.loads(process.stdout.readline())["id"])
        assert [each for each in seen if each in made] == made
        process.send_signal(signal.SIGTERM)
        process.communicate()
        assert process.returncode == 143


def report(asks):
    return asks.request("POST", "/api/v1/incidents", json=incident(tlp="GREEN")).json()["id"]


@contextmanager
def reporting(asks):
    """Incidents are reported one after the other, until the block ends."""
    ended = threading.Event()

    def work():
        while not ended.wait(0.2):
            report(asks)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    yield
    ended.set()
    worker.join()
