"""The running service with accounts that have tokens and some thousand incidents of several agencies."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from bench.load import Outcome, Plan
from bench.processes import serving
from bench.requests import Caller
from bench.traffic import LIST

PASSWORD = "bench-only"  # noqa: S105 - of accounts that live for one run
AGENCIES = (
    "bawaslu-banten",
    "korem-064",
    "kpu-banten",
    "pemkab-lebak",
    "pemkab-serang",
    "pemkot-cilegon",
    "polda-banten",
    "polda-metro-jaya",
)
POSTS = ("operator", "commander")
PAGES = 3
DEPLOYMENTS = 10_000
Play = Callable[[Plan], Outcome]


@dataclass(frozen=True, slots=True)
class Running:
    """Where the service answers, and who may ask."""

    port: int
    callers: tuple[Caller, ...]
    list_octets: int


@contextmanager
def running(directory: Path, url: str, workers: int, incidents: int, play: Play) -> Iterator[Running]:
    """The service with its incidents, until the block ends."""
    directory.mkdir()
    with serving(directory, url, PASSWORD, workers) as port:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            callers = tuple(sign_in(client, f"{post}.{agency}") for agency in AGENCIES for post in POSTS)
            loaded = play(Plan(port, "preload", callers, seconds=60, requests=incidents))
            if loaded.errors:
                raise RuntimeError(f"the incidents could not be reported: {loaded.statuses}")
            callers = tuple(_look_around(client, each) for each in callers)
            _deploy(client, callers, play, port)
            octets = len(_get(client, callers[0], LIST).content)
        yield Running(port, callers, octets)


def refreshed(server: Running) -> Running:
    """Each caller with the entity tag of its list as it is now."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
        callers = tuple(
            replace(each, etag=_get(client, each, LIST).headers["etag"]) for each in server.callers
        )
    return replace(server, callers=callers)


def _get(client: httpx.Client, caller: Caller, target: str) -> httpx.Response:
    answer = client.get(target, headers={"Authorization": f"Bearer {caller.token}"})
    answer.raise_for_status()
    return answer


def sign_in(client: httpx.Client, account: str) -> Caller:
    """An account with its token, some regions of its area and a unit of its agency."""
    form = {"grant_type": "password", "username": account, "password": PASSWORD}
    answer = client.post("/oauth2/token", data=form)
    answer.raise_for_status()
    caller = Caller(account, answer.json()["access_token"])
    area: list[str] = _get(client, caller, "/api/v1/me").json()["area"]
    agency = account.partition(".")[2]
    some = random.Random(agency).sample(area, min(20, len(area)))
    units = _get(client, caller, f"/api/v1/agencies/{agency}/units").json()["items"]
    return replace(caller, regions=tuple(some), unit=units[0]["code"] if units else "")


def _deploy(client: httpx.Client, callers: tuple[Caller, ...], play: Play, port: int) -> None:
    """A day on which thousands of deployments were asked for, by the agencies that have units."""
    sending = tuple(each for each in callers if each.unit)
    for each in sending:
        said = {"strength": 100_000, "source": "Bench", "as_of": "2024-11-01", "region_code": each.regions[0]}
        answer = client.put(
            f"/api/v1/units/{each.unit}/strength",
            json=said,
            headers={"Authorization": f"Bearer {each.token}"},
        )
        answer.raise_for_status()
    sent = play(Plan(port, "deployments", sending, seconds=120, requests=DEPLOYMENTS))
    if sent.errors:
        raise RuntimeError(f"the deployments could not be requested: {sent.statuses}")


def _look_around(client: httpx.Client, caller: Caller) -> Caller:
    """The caller with ids that it may read, from several pages of its list."""
    found: list[str] = []
    target = "/api/v1/incidents?limit=200"
    for _ in range(PAGES):
        page: dict[str, Any] = _get(client, caller, target).json()
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        target = f"/api/v1/incidents?limit=200&cursor={page['next']}"
    return replace(caller, incidents=tuple(found))
