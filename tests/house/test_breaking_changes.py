"""The document keeps what the last release promised; each way of breaking a promise is seen."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from scripts.contract import COMMITTED, Comparison, last_release

DOCUMENT: dict[str, Any] = yaml.safe_load(COMMITTED.read_text("utf-8"))
INCIDENTS = "/api/v1/incidents"


def operation(document: dict[str, Any], method: str = "post") -> dict[str, Any]:
    return document["paths"][INCIDENTS][method]


def query(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in operation(document, "get")["parameters"] if each["name"] == name)


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    return document["components"]["schemas"][name]


def field(document: dict[str, Any], of: str, name: str) -> dict[str, Any]:
    return schema(document, of)["properties"][name]


NEW = {"name": "baru", "in": "query", "required": True, "schema": {"type": "string"}}
SCOPED = [{"officer": ["incidents:write", "ledger:read"]}]
BREAKS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a path goes": (lambda d: d["paths"].pop(INCIDENTS), "GET /api/v1/incidents: is gone"),
    "a method goes": (lambda d: d["paths"][INCIDENTS].pop("post"), "POST /api/v1/incidents: is gone"),
    "an operation is renamed": (lambda d: operation(d).update(operationId="tell"), "became tell"),
    "more rights are needed": (lambda d: operation(d).update(security=SCOPED), "needs ledger:read now"),
    "a parameter goes": (
        lambda d: operation(d, "get")["parameters"].remove(query(d, "kind")), "query kind: is gone"
    ),
    "a parameter is asked for": (lambda d: query(d, "kind").update(required=True), "kind: is required now"),
    "a parameter is new and asked for": (
        lambda d: operation(d, "get")["parameters"].append(NEW), "baru: is new and required"
    ),
    "a parameter takes less": (
        lambda d: query(d, "limit")["schema"].update(maximum=50), "maximum is smaller"
    ),
    "a body is asked for": (
        lambda d: d["paths"]["/api/v1/incidents/{incident_id}"]["get"].update(requestBody={"required": True}),
        "body: is required now",
    ),
    "a media type is no longer taken": (
        lambda d: operation(d)["requestBody"]["content"].pop("application/json"), "no longer taken"
    ),
    "a member is no longer taken": (
        lambda d: schema(d, "IncidentCreate")["properties"].pop("site"), "/site: is gone"
    ),
    "a member is asked for": (
        lambda d: schema(d, "IncidentCreate")["required"].append("site"), "/site: is required now"
    ),
    "a member has another type": (
        lambda d: field(d, "IncidentCreate", "title").update(type="integer"), "no longer takes string"
    ),
    "a member is no longer null": (
        lambda d: field(d, "IncidentCreate", "site")["anyOf"].pop(), "site: no longer takes null"
    ),
    "a member is shorter": (
        lambda d: field(d, "IncidentCreate", "title").update(maxLength=20), "maxLength is smaller"
    ),
    "a member is longer": (
        lambda d: field(d, "IncidentCreate", "title").update(minLength=9), "minLength is larger"
    ),
    "a member has another pattern": (
        lambda d: field(d, "IncidentCreate", "region_code").update(pattern="^x$"), "has another pattern"
    ),
    "a member has another format": (
        lambda d: field(d, "IncidentCreate", "occurred_at").update(format="date"), "has another format"
    ),
    "a code is no longer taken": (
        lambda d: field(d, "IncidentCreate", "kind")["enum"].pop(), "kind: takes fewer values"
    ),
    "a status is no longer answered": (
        lambda d: operation(d)["responses"].pop("201"), "no longer answers 201"
    ),
    "a header goes": (
        lambda d: operation(d)["responses"]["201"]["headers"].pop("Siaga-Ledger-Position"),
        "header Siaga-Ledger-Position is gone",
    ),
    "a media type is no longer given": (
        lambda d: operation(d)["responses"]["201"]["content"].pop("application/json"), "no longer given"
    ),
    "a member is no longer given": (
        lambda d: schema(d, "Incident")["properties"].pop("site"), "site: is gone"
    ),
    "a member may be missing": (
        lambda d: schema(d, "Incident")["required"].remove("title"), "title: may be missing now"
    ),
    "a member may be null": (
        lambda d: field(d, "Incident", "reference").update(type=["string", "null"]),
        "reference: may be null now",
    ),
    "a member is given in another format": (
        lambda d: field(d, "Incident", "occurred_at").update(format="date"), "occurred_at: has another format"
    ),
    "an item of a list says less": (
        lambda d: schema(d, "LedgerEntry")["properties"].pop("action"), "action: is gone"
    ),
    "an alternative says less": (
        lambda d: schema(d, "ThreatLevelProposal")["properties"].pop("level"), "level: is gone"
    ),
}  # fmt: skip


def test_the_document_keeps_what_the_last_release_promised():
    before = yaml.safe_load(last_release().read_text("utf-8"))
    assert list(Comparison(before, DOCUMENT).breaks()) == []


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_promise_is_seen(name: str):
    change, told = BREAKS[name]
    after = copy.deepcopy(DOCUMENT)
    change(after)
    found = list(Comparison(DOCUMENT, after).breaks())
    assert any(told in each for each in found), found


@pytest.mark.parametrize(
    "add",
    [
        lambda d: d["paths"].update({"/api/v1/baru": {}}),
        lambda d: operation(d, "get")["parameters"].append({**NEW, "required": False}),
        lambda d: schema(d, "IncidentCreate")["properties"].update(baru={"type": "string"}),
        lambda d: schema(d, "Incident")["properties"].update(baru={"type": "string"}),
        lambda d: field(d, "IncidentCreate", "title").update(maxLength=2_000),
        lambda d: field(d, "IncidentCreate", "kind")["enum"].append("baru"),
        lambda d: operation(d)["responses"].update({"202": {"description": "Baru"}}),
    ],
)
def test_an_addition_is_no_break(add: Callable[[dict[str, Any]], Any]):
    after = copy.deepcopy(DOCUMENT)
    add(after)
    assert list(Comparison(DOCUMENT, after).breaks()) == []


@pytest.mark.parametrize("way", ["anyOf", "oneOf"])
@pytest.mark.parametrize("is_taken", [True, False], ids=["taken", "given"])
def test_one_of_several_named_alternatives_is_compared(way: str, *, is_taken: bool):
    either = {way: [{"$ref": f"#/components/schemas/{name}"} for name in ("Satu", "Dua")]}
    content = {"content": {"application/json": {"schema": either}}}
    told = {"requestBody": content, "responses": {}} if is_taken else {"responses": {"200": content}}
    before: dict[str, Any] = {
        "paths": {"/baru": {"post": {"operationId": "tell", **told}}},
        "components": {
            "schemas": {
                name: {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
                for name in ("Satu", "Dua")
            }
        },
    }
    assert list(Comparison(before, before).breaks()) == []
    after = copy.deepcopy(before)
    schema(after, "Dua")["properties"].pop("b")
    (told_of,) = Comparison(before, after).breaks()
    assert told_of.endswith("/b: is gone")
