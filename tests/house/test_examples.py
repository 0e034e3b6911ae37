"""Examples of bodies: several for each write, marked as made up, each accepted from the account it names."""

import copy
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import jsonschema
import pytest

from app.openapi import EXAMPLES
from app.schemas.examples.example import ANY_ID, ANY_PATROL_PLAN, ANY_REFERENCE, Example
from tests.house.test_openapi import BODIES, DOCUMENT, OPERATIONS
from tests.support import scenes
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import INCIDENTS, OPERATOR, attach, post
from tests.support.credentials import AUTHENTICATOR, authenticator_proof, code_now, enrol, own_account
from tests.support.elections import entered, issued
from tests.support.patrols import stops_of
from tests.support.posture import activated
from tests.support.service import Service, report
from tests.support.threats import aside, proposed, stated

ALL = {
    f"{operation}.{name}": example
    for operation, examples in EXAMPLES.items()
    for name, example in examples.items()
}
FREE_TEXT = {
    "description", "file", "name", "note", "place", "purpose", "rationale", "reason", "remark", "site",
    "text", "title",
}  # fmt: skip

every_example = pytest.mark.parametrize("name", ALL)


def test_every_write_has_several_examples():
    assert {name for name in BODIES if len(EXAMPLES.get(name, {})) < 2} == set()


def test_every_example_belongs_to_a_write():
    assert EXAMPLES.keys() - BODIES.keys() == set()


@every_example
def test_the_document_shows_the_example(name: str):
    operation, _, key = name.partition(".")
    content = next(iter(OPERATIONS[operation][2]["requestBody"]["content"].values()))
    shown = content["examples"][key]
    assert shown["value"] == ALL[name].body
    assert shown["summary"] == ALL[name].summary
    assert ALL[name].account in shown["description"]


@pytest.mark.parametrize("operation", [name for name in EXAMPLES if next(iter(EXAMPLES[name].values())).at])
def test_the_address_is_filled_in_as_the_first_example_needs_it(operation: str):
    parameters = {each["name"]: each.get("example") for each in OPERATIONS[operation][2]["parameters"]}
    first = next(iter(EXAMPLES[operation].values()))
    assert {name: parameters[name] for name in first.at} == first.at


@every_example
def test_an_example_fits_its_schema(name: str):
    schema, _ = BODIES[name.partition(".")[0]]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(ALL[name].body)


@every_example
def test_an_example_says_that_it_is_made_up(name: str):
    body = ALL[name].body
    body = {key: value for each in body for key, value in each.items()} if isinstance(body, list) else body
    if FREE_TEXT & body.keys():
        assert "fiktif" in json.dumps(body)


@every_example
def test_an_example_says_what_must_be_put_in_first(name: str):
    said = json.dumps(ALL[name].body)
    placed = (ANY_ID, ANY_PATROL_PLAN, ANY_REFERENCE)
    left_to_the_reader = any(each in said for each in placed) or "file" in ALL[name].body
    assert left_to_the_reader == bool(ALL[name].needs)


@every_example
def test_an_example_says_what_belongs_into_the_address_and_what_comes_before(name: str):
    operation, _, key = name.partition(".")
    content = next(iter(OPERATIONS[operation][2]["requestBody"]["content"].values()))
    told = content["examples"][key]["description"]
    for parameter, value in ALL[name].at.items():
        assert f"`{value}` into `{parameter}`" in told
    for before in ALL[name].after:
        assert ALL[before].summary in told


@pytest.fixture(scope="module")
def service(own_service: Service) -> Service:
    """A service of its own: examples name units and places that other tests have their own plans for."""
    return own_service


class Stage:
    """Records of its own, to which an example and what comes before it are sent."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.makers: dict[str, Callable[[], Awaitable[str]]] = {
            "activation_id": self.activation,
            "answer_id": lambda: self.sent("answer_assistance_request.counter_offer"),
            "assistance_request_id": lambda: self.sent("request_assistance.crowd_control"),
            "attachment_id": self.attachment,
            "breach_id": lambda: self.sent("enter_breach.address"),
            "deployment_id": self.deployment,
            "election_id": self.election,
            "grant_id": self.grant,
            "hold_id": lambda: self.sent("place_legal_hold.evidence"),
            "incident_id": self.incident,
            "order_id": self.order,
            "party_id": self.party,
            "pattern_id": lambda: self.sent("create_guard_pattern.less_vulnerable"),
            "posture_plan_id": lambda: self.sent("prepare_posture_plan.unrest"),
            "proposal_id": self.proposal,
            "referral_id": lambda: self.sent("refer_incident.crime"),
            "patrol_id": lambda: self.sent("create_patrol.eve"),
            "plan_id": lambda: self.sent("create_patrol_plan.night_round"),
            "stop_id": self.stop,
            "site_id": lambda: self.sent("register_site.polling_station"),
            "request_id": lambda: self.sent("receive_data_subject_request.copy"),
            "threat_level_id": self.threat_level,
        }
        self.made: dict[str, str] = {"number": "1"}  # of a draft

    async def incident(self) -> str:
        return (await report(self.service, OPERATOR, tlp="GREEN"))["id"]

    async def activation(self) -> str:
        return (await activated(self.service))[1]["id"]

    async def party(self) -> str:
        person = {"role": "witness", "name": "Saksi A (fiktif)"}
        path = f"{INCIDENTS}/{await self.one('incident_id')}/parties"
        return (await post(self.service, OPERATOR, path, person)).json()["id"]

    async def attachment(self) -> str:
        incident = {"id": await self.one("incident_id")}
        return (await attach(self.service, OPERATOR, incident)).json()["id"]

    async def election(self) -> str:
        return (await entered(self.service))["id"]

    async def order(self) -> str:
        return (await issued(self.service))["id"]

    async def threat_level(self) -> str:
        return (await stated(self.service, OPERATOR, aside(), 3))["id"]

    async def proposal(self) -> str:
        return (await proposed(self.service, OPERATOR, aside(), 4))["id"]

    async def deployment(self) -> str:
        return await self.sent("request_deployment.guard_polling_stations")

    async def stop(self) -> str:
        patrol = {"id": await self.one("patrol_id")}
        return (await stops_of(self.service, patrol))[0]["id"]

    async def sent(self, name: str) -> str:
        """The id of what an example makes."""
        return (await self.send(name)).json()["id"]

    async def grant(self) -> str:
        hidden = await report(self.service, OPERATOR)
        return (await open_glass(self.service, KPU_CHIEF, hidden)).json()["id"]

    async def one(self, parameter: str) -> str:
        """The one record of its kind on this stage."""
        if parameter not in self.made:
            self.made[parameter] = await self.makers[parameter]()
        return self.made[parameter]

    async def send(self, name: str) -> httpx.Response:
        """The example as it stands, after those that come before it."""
        example = ALL[name]
        for before in example.after:
            assert (answer := await self.send(before)).is_success, answer.text
        operation = name.partition(".")[0]
        method, path, _ = OPERATIONS[operation]
        if operation in scenes.OPERATIONS:
            return await scenes.send(self.service, operation, method, path, copy.deepcopy(example.body))
        if path == AUTHENTICATOR:
            return await self.enrol(name)
        given = {each: example.at.get(each) or await self.one(each) for each in re.findall(r"{(\w+)}", path)}
        client = await self.service.client(example.account)
        headers = {"If-Match": '"1"'} if method == "patch" else {}
        return await client.request(
            method, path.format(**given), headers=headers, **await self.content(example)
        )

    async def content(self, example: Example) -> dict[str, Any]:
        """The body, in which what the reader must put in is put in."""
        body = json.loads(await self.filled(json.dumps(example.body)))
        if isinstance(body, list):  # of a bulk
            return {"json": body}
        if "record_id" in body:
            body["record_id"] = await self.one(f"{body['record_type']}_id")
        if body.get("subject_type"):
            body["subject_id"] = await self.one(f"{body['subject_type'].removeprefix('incident_')}_id")
        if "file" in body:
            return {"files": {"file": ("contoh.txt", body.pop("file"), "text/plain")}, "data": body}
        return {"json": body}

    async def enrol(self, name: str) -> httpx.Response:
        """For an account that nobody else signs in with, whose codes only its authenticator knows."""
        account = await own_account(self.service)
        body = {key: value for key, value in ALL[name].body.items() if value != ANY_ID}
        if "current_otp" in body:
            body["current_otp"] = code_now(await enrol(self.service, account), 1)
        proof = await authenticator_proof(self.service, account)
        return await (await self.service.client(account)).put(AUTHENTICATOR, json=body | proof)

    async def filled(self, said: str) -> str:
        if ANY_ID in said:
            said = said.replace(ANY_ID, await self.incident())
        if ANY_PATROL_PLAN in said:
            said = said.replace(ANY_PATROL_PLAN, await self.sent("create_patrol_plan.night_round"))
        if ANY_REFERENCE in said:
            said = said.replace(ANY_REFERENCE, (await report(self.service, OPERATOR))["reference"])
        return said


@every_example
async def test_an_example_is_accepted_from_the_account_that_it_names(service: Service, name: str):
    answer = await Stage(service).send(name)
    assert answer.is_success, answer.text
    assert str(answer.status_code) in OPERATIONS[name.partition(".")[0]][2]["responses"]


def chains() -> Iterator[str]:
    for example in ALL.values():
        yield from example.after


def test_what_comes_before_an_example_is_an_example():
    assert set(chains()) <= ALL.keys()


def test_the_operations_are_grouped_in_the_order_of_a_watch():
    """Account first, probes last; within a group in the order in which the routes are declared."""
    tags = [tag["name"] for tag in DOCUMENT["tags"]]
    assert (tags[0], tags[-1]) == ("Account", "For systems")
    assert tags.index("Incidents") + 1 == tags.index("Incident details")
    assert {tag for _, _, operation in OPERATIONS.values() for tag in operation["tags"]} == set(tags)
    assert OPERATIONS["report_incident"][1] == INCIDENTS
