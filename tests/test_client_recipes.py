"""The recipes of docs/integrating.md, run out of the document against a server."""

import json
import re
import subprocess
import sys
import time
from typing import Any

import httpx
import pytest

from app.formats.webhook_signatures import headers, written
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.partners import client, held, machine, shown
from tests.support.servers import ROOT, serving
from tests.support.service import incident

PAGE = (ROOT / "docs" / "integrating.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^```\w+ recipe=(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


def run(command, url, home, **more):
    """What a recipe printed."""
    told = subprocess.run(
        command,
        cwd=home,
        env=machine(url, home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, ""), told
    return told.stdout


def test_the_page_has_four_recipes():
    assert set(RECIPES) == {"cron", "curl", "python", "signature"}


def test_a_message_is_known_by_its_signature_and_its_moment():
    page: dict[str, Any] = {}
    exec(RECIPES["signature"], page)  # noqa: S102 - what readers of the page run
    is_ours, body, now = page["is_ours"], b'{"change": "ping"}', int(time.time())
    ours, other = bytes(range(32)), bytes(32)
    secret = written(ours)

    def sent(moment: int, *keys: bytes) -> dict[str, str]:
        return dict(headers(keys, "0192f0c1", moment, body))

    for keys in ((ours,), (ours, other), (other, ours)):
        assert is_ours(secret, sent(now, *keys), body)
    assert is_ours(secret, sent(now - 240, ours), body)
    assert not is_ours(secret, sent(now, other), body)
    assert not is_ours(secret, sent(now, ours), body + b" ")
    for late in (now - 400, now + 400):
        assert not is_ours(secret, sent(late, ours), body)
    for moment in ("", "kemarin", "²", "9" * 5_000):
        assert not is_ours(secret, {**sent(now, ours), "webhook-timestamp": moment}, body)
    assert not is_ours(secret, {**sent(now, ours), "webhook-signature": "v1,ñ"}, body)


def test_curl_fetches_everything(fresh: Settings, tmp_path):
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:
        client(server.url, http, "integration.polda-banten").request(
            "POST", "/api/v1/incidents", json=incident(tlp="GREEN")
        )
        run(["sh", "-c", RECIPES["curl"]], server.url, tmp_path)
        _, *lines, _ = (tmp_path / "snapshot.ndjson").read_text("utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        assert {(each["record_type"], each["id"]): each["record"] for each in told} == shown(
            client(server.url, http)
        )
        refused = subprocess.run(
            ["sh", "-c", RECIPES["curl"]], cwd=tmp_path, capture_output=True, check=False,
            env=machine(server.url, tmp_path, SIAGA_SECRET="salah"),
        )  # fmt: skip
    assert refused.returncode != 0
    assert len((tmp_path / "snapshot.ndjson").read_text("utf-8").splitlines()) == len(lines) + 2


def test_python_reports_once_however_often_it_is_run(fresh: Settings, tmp_path):
    with serving(fresh, PASSWORD) as server:
        first, again = (
            run([sys.executable, "-c", RECIPES["python"]], server.url, tmp_path) for _ in range(2)
        )
    assert first.startswith("created\n")
    assert again == first.replace("created", "unchanged")
    assert again.count("Kotak suara basah (fiktif)") == 1


@pytest.fixture
def bin_of(tmp_path):
    """A directory with the command, as an installation makes it."""
    made = tmp_path / "bin"
    made.mkdir()
    (made / "siaga").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m siaga_client "$@"\n')
    (made / "siaga").chmod(0o755)
    return made


def test_cron_keeps_a_mirror_and_a_table(fresh: Settings, tmp_path, bin_of):
    lines = [line.split(maxsplit=5) for line in RECIPES["cron"].splitlines()]
    assert [line[:5] for line in lines] == [["*/5", "*", "*", "*", "*"], ["0", "6", "*", "*", "*"]]
    path = f"{bin_of}:/usr/bin:/bin"
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:
        for _ in range(2):
            for *_, command in lines:
                run(["sh", "-c", command], server.url, tmp_path, PATH=path)
        assert held(tmp_path / "siaga") == shown(client(server.url, http))
    assert (tmp_path / "levels.csv").read_text("utf-8-sig").startswith("region_code,category,level")
