"""A producer that does anything and a consumer killed at any moment: the mirror is what the service shows."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.bulk import BULK
from tests.support.calls import INCIDENTS, REASON
from tests.support.deployments import DEPLOYMENTS, STRENGTHS, UNIT, deployment, statement, strength_of
from tests.support.elections import ELECTIONS, ORDERS, order
from tests.support.feeds import CHANGES, SNAPSHOT
from tests.support.patrols import PATROLS, PLANS, plan
from tests.support.privacy import ERASURES, erasure
from tests.support.servers import Server, serving
from tests.support.service import incident
from tests.support.sites import PATTERNS, SITES, pattern, site
from tests.support.stories import including, markings, number
from tests.support.threats import LEVELS, PROPOSALS, aside
from tests.support.threats import statement as level_statement

OWNERS = ("polda-banten", "kpu-banten")
READERS = ("commander.bawaslu-banten", "liaison.kpu-banten", "operator.polda-banten", "integration.korem-064")
LISTS = {
    "deployment": DEPLOYMENTS,
    "election": ELECTIONS,
    "guard_pattern": PATTERNS,
    "incident": INCIDENTS,
    "patrol": PATROLS,
    "patrol_plan": PLANS,
    "readiness_order": ORDERS,
    "site": SITES,
    "threat_level": LEVELS,
    "threat_level_proposal": PROPOSALS,
    "unit_strength": STRENGTHS,
}
Mirror = dict[tuple[str, str], Any]
moment = st.integers(0, 12)


class Killed(Exception):  # noqa: N818 - what befalls a consumer
    """The consumer was killed; what it had not stored is forgotten."""


class Consumer:
    """Mirrors what one account may see; `stored` is all that survives it."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.mirror: Mirror = {}
        self.cursor: str | None = None

    def run(self, limit: int, lives: int) -> None:
        """Catch up, item by item, until there is no more or its life ends."""
        if self.cursor is None:
            lives = self._begin(lives)
        more = True
        while more:
            answer = self.client.get(CHANGES, params={"after": self.cursor, "limit": limit})
            if answer.status_code == 410:
                self.cursor = None
                return
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for item in page["items"]:
                lives -= 1
                if not lives:
                    raise Killed
                self._store(item)  # each at once; the cursor only after the last of the page
            self.cursor, more = page["next"], page["more"]

    def _begin(self, lives: int) -> int:
        """A new mirror, which counts once its last line is there."""
        mirror: Mirror = {}
        with self.client.stream("GET", SNAPSHOT) as answer:
            if answer.status_code == 429:  # those that were killed a moment ago are not given up yet
                time.sleep(0.05)
                return self._begin(lives)
            assert answer.status_code == 200, answer.read()
            for line in answer.iter_lines():
                said = json.loads(line)
                if "record" in said:
                    mirror[said["record_type"], said["id"]] = said["record"]
                    if 0 <= lives < 3:
                        raise Killed
                if "end" in said:
                    self.mirror, self.cursor = mirror, said["next"]
        return lives

    def _store(self, item: dict[str, Any]) -> None:
        key = item["record_type"], item["id"]
        if item["change"] == "gone":
            self.mirror.pop(key, None)
        else:
            self.mirror[key] = item["record"]

    def shown(self) -> Mirror:
        """What the service shows the account, list by list."""
        found: Mirror = {}
        for kind, path in LISTS.items():
            query: dict[str, Any] = {"limit": 200}
            while True:
                page = self.client.get(path, params=query).json()
                found |= {(kind, each["id"]): each for each in page["items"]}
                if page["next"] is None:
                    break
                query["cursor"] = page["next"]
        return found


class World:
    """A server, and a client for each account that takes part."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._clients: dict[str, httpx.Client] = {}

    def client(self, account: str) -> httpx.Client:
        if account not in self._clients:
            client = httpx.Client(base_url=self._server.url, timeout=30)
            form = {"grant_type": "password", "username": account, "password": PASSWORD}
            if account.startswith("integration."):
                form = {"grant_type": "client_credentials", "client_id": account, "client_secret": PASSWORD}
            token = client.post("/oauth2/token", data=form).json()["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"
            self._clients[account] = client
        return self._clients[account]

    def close(self) -> None:
        for each in self._clients.values():
            each.close()


class Sync(RuleBasedStateMachine):
    """What may happen, in any order."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.incidents: list[dict[str, Any]] = []
        self.others: list[tuple[str, dict[str, Any]]] = []
        self.consumers = [Consumer(self.world.client(each)) for each in READERS]

    def _send(self, account: str, method: str, path: str, body: Any, version: int | None = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        answer = self.world.client(account).request(method, path, json=body, headers=headers)
        assert answer.is_success or answer.status_code in {403, 404, 409, 412, 422}, answer.text
        return answer.json() if answer.is_success and answer.content else None

    def _write(self, which: int, part: str, body: dict[str, Any], by: str = "commander") -> None:
        if not self.incidents:
            return
        made = self.incidents[which % len(self.incidents)]
        method, version = ("POST", None) if part else ("PATCH", made["version"])
        account = f"{by}.{made['owner_agency']}"
        path = f"{INCIDENTS}/{made['id']}{part}"
        told = self._send(account, method, path, including_author(body, account), version)
        if told and "tlp" in told:
            made.update(told)

    def _basis(self, which: int) -> list[str]:
        return [self.incidents[which % len(self.incidents)]["id"]] if self.incidents else []

    @rule(owner=st.sampled_from(OWNERS), marking=markings())
    def report(self, owner: str, marking: dict[str, Any]) -> None:
        account = f"commander.{owner}"
        if made := self._send(account, "POST", INCIDENTS, incident(**including(marking, account))):
            self.incidents.append(made)

    @rule(owner=st.sampled_from(OWNERS), marking=markings(), words=st.sampled_from(("Satu", "Dua")))
    def send_bulk(self, owner: str, marking: dict[str, Any], words: str) -> None:
        """The same keys each time: made at first, then changed and marked anew."""
        account = f"commander.{owner}"
        named = {"external_source": "cermin", "title": words, **including(marking, account)}
        self._send(account, "POST", BULK["incidents"], [incident(external_id=each, **named) for each in "ab"])

    @rule(which=number, marking=markings())
    def mark(self, which: int, marking: dict[str, Any]) -> None:
        self._write(which, "", marking)

    @rule(which=number, words=st.sampled_from(("Judul lain", "Judul baru")))
    def describe(self, which: int, words: str) -> None:
        self._write(which, "", {"title": words})

    @rule(which=number)
    def note(self, which: int) -> None:
        self._write(which, "/notes", {"text": "Petugas di tempat."})

    @rule(which=number)
    def erase(self, which: int) -> None:
        if self.incidents:
            made = self.incidents[which % len(self.incidents)]
            officer, body = f"privacy.{made['owner_agency']}", erasure(made, "incident", made, "site")
            if self._send(officer, "POST", ERASURES, body):
                made["version"] += 1

    @rule(which=number, other=number)
    def link(self, which: int, other: int) -> None:
        for target in self._basis(other):
            self._write(which, "/links", {"kind": "related_to", "target_id": target})

    @rule(which=number, to=st.sampled_from(OWNERS))
    def hand_over(self, which: int, to: str) -> None:
        self._write(which, "/hand-over", {"action": "offer", "to": to, "reason": REASON})
        if self.incidents:
            made = self.incidents[which % len(self.incidents)]
            accepts = {"action": "accept", "reason": REASON}
            path = f"{INCIDENTS}/{made['id']}/hand-over"
            if told := self._send(f"commander.{to}", "POST", path, accepts):
                made.update(told)

    @rule(which=number, marking=markings())
    def deploy(self, which: int, marking: dict[str, Any]) -> None:
        named = [("incident_id", each) for each in self._basis(which)]
        account = "commander.polda-banten"
        self._send(account, "PUT", strength_of(UNIT), statement(tlp="GREEN"))
        body = deployment(**dict(named), **including(marking, account))
        if made := self._send(account, "POST", DEPLOYMENTS, body):
            self.others.append((account, made))

    @rule(marking=markings())
    def register(self, marking: dict[str, Any]) -> None:
        account = "commander.polda-banten"
        made = self._send(account, "POST", SITES, site(**including(marking, account)))
        if made:
            judged = {"risk": "rawan", "rationale": REASON}
            self._send(account, "POST", f"{SITES}/{made['id']}/assessments", judged)
        self._send(account, "POST", PATTERNS, pattern(**including(marking, account)))

    @rule(marking=markings())
    def patrol(self, marking: dict[str, Any]) -> None:
        account = "commander.polda-banten"
        if made := self._send(account, "POST", PLANS, plan(**including(marking, account))):
            self._send(account, "POST", f"{PLANS}/{made['id']}/patrols", {"on_date": "2024-11-27"})
            narrower = {"tlp": "AMBER+STRICT", "audience": [], "recipients": []}
            self._send(account, "PATCH", f"{PLANS}/{made['id']}", narrower, 1)

    @rule(marking=markings())
    def make_ready(self, marking: dict[str, Any]) -> None:
        account = "commander.polda-banten"
        made = self._send(account, "POST", ORDERS, order(**including(marking, account)))
        if made:
            self._send(account, "POST", f"{ORDERS}/{made['id']}/revocation", {"reason": REASON})

    @rule(which=number, marking=markings())
    def mark_deployment(self, which: int, marking: dict[str, Any]) -> None:
        if self.others:
            account, made = self.others[which % len(self.others)]
            path, body = f"{DEPLOYMENTS}/{made['id']}", including(marking, account)
            if told := self._send(account, "PATCH", path, body, made["version"]):
                made.update(told)

    @rule(which=number, marking=markings(), level=st.sampled_from((1, 4)))
    def state(self, which: int, marking: dict[str, Any], level: int) -> None:
        at, account = aside(), "commander.polda-banten"
        more = {"region_code": at.region, "category": at.category, "basis": self._basis(which)}
        body = level_statement(level, **more, **including(marking, account))
        made = self._send(account, "POST", LEVELS, body)
        if made and made["record_type"] == "threat_level":
            self._send(account, "PUT", at.url, level_statement(2, **including(marking, account)))
        elif made:
            decision = {"decision": "approve", "reason": REASON}
            self._send("commander2.polda-banten", "POST", f"{PROPOSALS}/{made['id']}/decision", decision)

    @rule(which=number, marking=markings())
    def name_then_mark(self, which: int, marking: dict[str, Any]) -> None:
        """What one may not see is left out of what names it, so that changes too, and without an entry."""
        self.deploy(which, {"tlp": "GREEN", "recipients": [], "classification": "biasa"})
        for each in self.consumers:
            each.run(limit=50, lives=-1)
        self._write(which, "", marking)

    @rule(who=st.integers(0, len(READERS) - 1), limit=st.sampled_from((1, 2, 3, 50)), lives=moment)
    def consume(self, who: int, limit: int, lives: int) -> None:
        with suppress(Killed):
            self.consumers[who].run(limit, lives)

    def teardown(self) -> None:
        for each in self.consumers:
            each.run(limit=3, lives=-1)
            assert each.cursor is not None
            assert each.mirror == each.shown()


def including_author(body: dict[str, Any], account: str) -> dict[str, Any]:
    return including(body, account) if "recipients" in body else body


@pytest.fixture(scope="module")
async def place(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return await copied(seeded, request, tmp_path_factory.mktemp("mirror"))


@pytest.fixture(scope="module")
def world(place: Settings) -> Iterator[World]:
    with serving(place, PASSWORD) as server:
        world = World(server)
        yield world
        world.close()


def test_after_each_run_the_mirror_is_what_the_service_shows(world: World):
    Sync.world = world
    run_state_machine_as_test(
        Sync,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
