"""The programs of others in their own environment, and what they say."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.servers import ROOT, free_port
from tests.support.witnesses import Partner

PROGRAMS = ROOT / ".venv-oracles" / "bin"
START_SECONDS = 20


def run(program: str, *arguments: Any) -> tuple[int, str]:
    """Exit code and what was said."""
    command = [str(PROGRAMS / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def judge(program: str, *arguments: Any) -> dict[str, Any]:
    """What a program answers in JSON, once it says yes."""
    code, said = run(program, *arguments)
    assert code == 0, said
    told: dict[str, Any] = json.loads(said)
    return told


def refuses(program: str, *arguments: Any) -> None:
    """The program says no; a program that always says yes would be no judge."""
    code, said = run(program, *arguments)
    assert code != 0, said


@contextmanager
def witness(directory: Path, log_key: str, agency: str = "kpu-banten") -> Iterator[Partner]:
    """`aics-witness`, as a partner might run it instead of ours."""
    config, port = directory / "witness.json", free_port()
    name = f"saksi.{agency}.test/w1"
    code, said = run("aics-witness", "init", "--config", config, "--name", name)
    assert code == 0, said
    key = next(word for word in said.split() if word.startswith(f"{name}+"))
    origin = log_key.partition("+")[0]
    code, said = run("aics-witness", "add-log", "--config", config, "--origin", origin, "--vkey", log_key)
    assert code == 0, said
    command = [
        str(PROGRAMS / "aics-witness"),
        "serve",
        "--config",
        str(config),
        "--listen",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_up(f"http://127.0.0.1:{port}/healthz")
            yield Partner(agency, f"http://127.0.0.1:{port}", key)
        finally:
            process.terminate()


def wait_until_up(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(url).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not come up")
