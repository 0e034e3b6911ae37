"""The document of the API: committed as it is, sound, complete, and with examples that work."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import openapi
from app.main import create_app
from app.settings import Settings
from scripts import client_types
from tests.support import elections, privacy, scenes
from tests.support.acknowledgements import asked as confirmation_asked
from tests.support.acknowledgements import referred
from tests.support.assistance import KOREM, answered, asked
from tests.support.break_glass import open_glass
from tests.support.calls import INCIDENTS, OPERATOR, attach, post, url
from tests.support.credentials import authenticator_proof, own_account
from tests.support.deployments import DEPLOYMENTS, UNIT, arrived, deploy
from tests.support.patrols import planned, run_of, step, stops_of
from tests.support.posture import activated
from tests.support.service import Service, report
from tests.support.sites import pattern_set, registered
from tests.support.threats import CHIEF, LEVELS, aside, proposed, stated

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
VERBS = {
    "accuse", "acknowledge", "add", "answer", "appoint", "assess", "break", "change", "clear", "close",
    "confirm", "create", "decide", "enrol", "enter", "erase", "hand_over", "introspect", "issue", "join",
    "leave", "lift", "list", "note", "offer", "order", "place", "prepare", "reactivate", "read", "receive",
    "refer", "refuse", "register", "remove", "report", "request", "require", "return", "review", "revoke",
    "state", "step", "suspend", "sync", "withdraw",
}  # fmt: skip
BODY_TYPES = {"application/json", "multipart/form-data"}
PROBLEM = {"application/problem+json"}

every_operation = pytest.mark.parametrize("name", OPERATIONS)


def bodies() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation of the API with a body, its schema and its first example."""
    for name, (_method, _path, operation) in OPERATIONS.items():
        content = operation.get("requestBody", {}).get("content", {})
        for kind in sorted(BODY_TYPES & content.keys()):
            schema = content[kind]["schema"]["$ref"].rpartition("/")[2]
            yield name, schema, SCHEMAS[schema]["examples"][0]


BODIES = {name: (schema, example) for name, schema, example in bodies()}


def test_the_committed_document_is_what_the_service_serves():
    committed = (ROOT / "openapi.yaml").read_text("utf-8")
    assert committed == openapi.as_yaml(create_app(Settings())), "Run `python -m app openapi` and commit."
    assert yaml.safe_load(committed) == DOCUMENT


async def test_the_served_document_is_the_same(service: Service):
    served = await (await service.anonymous()).get("/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json() == DOCUMENT


def test_the_document_is_sound():
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_operation_ids_stand_once_and_every_path_has_one():
    operations = [operation for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    assert len(OPERATIONS) == len(operations)


@every_operation
def test_an_operation_is_named_described_and_sorted(name: str):
    _method, _path, operation = OPERATIONS[name]
    verb, _, noun = re.fullmatch(r"(hand_over|[a-z]+)(_)([a-z_]+)", name).groups()
    assert verb in VERBS
    assert noun
    assert operation["summary"][0].isupper()
    assert not operation["summary"].endswith(".")
    (tag,) = operation["tags"]
    assert tag in {each["name"] for each in DOCUMENT["tags"]}


@every_operation
def test_an_operation_says_who_may_call_it(name: str):
    _method, path, operation = OPERATIONS[name]
    security = operation["security"]
    assert bool(security) == path.startswith("/api/v1")
    for way in security:
        for scheme, scopes in way.items():
            flows = DOCUMENT["components"]["securitySchemes"][scheme]["flows"]
            assert scopes
            assert set(scopes) <= set(next(iter(flows.values()))["scopes"])


@every_operation
def test_an_operation_lists_its_refusals_in_their_own_form(name: str):
    _, path, operation = OPERATIONS[name]
    responses = operation["responses"]
    for status, response in responses.items():
        if status[0] in "45" and "TokenError" not in json.dumps(response):
            assert set(response["content"]) == PROBLEM, status
        assert response["description"]
    if operation["security"]:
        assert {"401", "403", "422", "500", "503"} <= responses.keys()
    if "requestBody" in operation:
        assert {"413", "400" if path.startswith("/oauth2/") else "422"} <= responses.keys()
        assert ("415" in responses) == bool(BODY_TYPES & operation["requestBody"]["content"].keys())
    if "{" in path and operation["security"]:
        assert "404" in responses


@every_operation
def test_an_operation_explains_each_parameter_by_its_type(name: str):
    _method, _path, operation = OPERATIONS[name]
    for parameter in operation.get("parameters", []):
        assert parameter["schema"] != {}, parameter["name"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_has_a_plain_name_and_a_description(name: str):
    assert re.fullmatch(r"[A-Z][A-Za-z]+", name)
    assert SCHEMAS[name].get("description")


@pytest.mark.parametrize("name", BODIES)
def test_the_example_of_a_body_fits_its_schema(name: str):
    schema, example = BODIES[name]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(example)


def test_every_operation_that_changes_something_has_a_body_with_an_example():
    needing = {name for name, (method, path, _) in OPERATIONS.items()
               if method in {"post", "patch", "put"} and not path.startswith("/oauth2/")}  # fmt: skip
    assert needing == BODIES.keys()


# An example cannot name a record of the reader's own, so for these the named record is put in its place.
NAMED = {"add_link": "target_id"}
CALLERS = {
    "answer_assistance_request": KOREM,
    "acknowledge_incident": "operator.kpu-banten",
    "acknowledge_threat_level": "operator.kpu-banten",
    "break_glass": "commander.kpu-banten",
    "change_election": elections.KPU,
    "create_election": elections.KPU,
    "decide_threat_level_proposal": CHIEF,
    "change_posture_plan": CHIEF,
    "decide_posture_draft": CHIEF,
    "issue_readiness_order": CHIEF,
    "prepare_posture_plan": CHIEF,
    "review_broken_glass": CHIEF,
    "revoke_readiness_order": CHIEF,
}


async def send_example(service: Service, name: str) -> httpx.Response:
    """The example as it is, to a new record that every partner sees."""
    method, path, _ = OPERATIONS[name]
    if name in scenes.OPERATIONS:
        return await scenes.send(service, name, method, path, copy.deepcopy(BODIES[name][1]))
    if name in privacy.SENDERS:
        return await privacy.send(service, name, method, path, copy.deepcopy(BODIES[name][1]))
    made, other = [await report(service, OPERATOR, tlp="GREEN") for _ in range(2)]
    person = await post(
        service, OPERATOR, url(made, "/parties"), {"role": "witness", "name": "Saksi A (fiktif)"}
    )
    body = copy.deepcopy(BODIES[name][1])
    if name in NAMED:
        body[NAMED[name]] = other["id"]
    file = await attach(service, OPERATOR, made)
    waits, low = (
        await proposed(service, OPERATOR, at := aside(), 4),
        await stated(service, OPERATOR, aside(), 2),
    )
    sent = await (arrived if name == "add_check_in" else deploy)(service, OPERATOR, tlp="GREEN")
    place_of, plan = await registered(service, OPERATOR), await pattern_set(service)
    wanted = await asked(service)
    offer = await answered(service, KOREM, wanted, "counter_offer", quantity=5, reason="Sebagian saja.")
    vote, ready = await elections.entered(service), await elections.issued(service)
    hidden = await report(service, OPERATOR)
    grant = await open_glass(service, "commander.kpu-banten", hidden)
    violation = await referred(service, other)
    posture, drafted = await activated(service)
    if name.startswith("acknowledge_"):
        await confirmation_asked(service, *((made,) if name.endswith("incident") else (low, LEVELS)))
    if name == "break_glass":
        body["reference"] = hidden["reference"]
    place = path.format(
        incident_id=(other if name == "step_referral" else made)["id"],
        party_id=person.json()["id"], proposal_id=waits["id"],
        threat_level_id=low["id"], region_code=at.region, category="cyber",
        posture_plan_id=posture["id"], activation_id=drafted["id"], number=1,
        attachment_id=file.json()["id"], deployment_id=sent["id"], unit=UNIT,
        grant_id=grant.json()["id"], site_id=place_of["id"], pattern_id=plan["id"],
        assistance_request_id=wanted["id"], answer_id=offer["id"], referral_id=violation["id"],
        election_id=vote["id"], order_id=ready["id"],
        **await patrol_for(service, name),
    )  # fmt: skip
    account = CALLERS.get(name, OPERATOR)
    if name == "confirm_authenticator":  # of an account that nobody else signs in with
        account = await own_account(service)
        body |= await authenticator_proof(service, account)
    client = await service.client(account)
    headers = {"If-Match": '"1"'} if method == "patch" else {}
    if "multipart/form-data" in OPERATIONS[name][2]["requestBody"]["content"]:
        content = body.pop("file").encode()
        return await client.request(method, place, files={"file": ("contoh.txt", content)}, data=body)
    return await client.request(method, place, json=body, headers=headers)


async def patrol_for(service: Service, name: str) -> dict[str, str]:
    """The ids of a plan, of a patrol of it that can take what the operation says, and of a stop."""
    wanted = await planned(service, OPERATOR)
    made = await run_of(service, wanted)
    if name.startswith("note_patrol"):
        assert (await step(service, made, "under_way", at=made["starts_at"])).status_code == 200
    stop = (await stops_of(service, made))[0]
    return {"plan_id": wanted["id"], "patrol_id": made["id"], "stop_id": stop["id"]}


@pytest.mark.parametrize("name", BODIES)
async def test_the_example_of_a_body_is_accepted_as_it_stands(service: Service, name: str):
    answer = await send_example(service, name)
    assert answer.is_success, answer.text
    _method, path, operation = OPERATIONS[name]
    assert str(answer.status_code) in operation["responses"]
    if path in {INCIDENTS, DEPLOYMENTS}:
        assert answer.headers["location"]


def answers() -> Iterator[str]:
    """The schema of every answer that is no refusal."""
    for _, _, operation in OPERATIONS.values():
        for status, response in operation["responses"].items():
            for kind, content in response.get("content", {}).items():
                if status[0] == "2" and kind == "application/json":
                    yield content["schema"]["$ref"].rpartition("/")[2]


@pytest.mark.parametrize("name", sorted(set(answers())))
def test_an_answer_has_a_schema_with_named_members(name: str):
    either = [each["$ref"].rpartition("/")[2] for each in SCHEMAS[name].get("oneOf", [])]
    for schema in (SCHEMAS[each] for each in either or [name]):
        assert schema["type"] == "object"
        assert schema["properties"]


def test_the_types_of_the_client_are_those_of_the_document():
    assert client_types.TARGET.read_text() == client_types.written(), "run scripts/client_types.py"
