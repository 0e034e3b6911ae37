"""Examples of bodies: several for each write, marked as made up, each accepted from the account it names."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest

from app.openapi import EXAMPLES
from app.schemas.examples.example import ANY_ID, ANY_REFERENCE, Example
from tests.house.test_openapi import BODIES, DOCUMENT, OPERATIONS
from tests.support.break_glass import open_glass
from tests.support.calls import INCIDENTS, OPERATOR, post, url
from tests.support.service import Service, report

ALL = {
    f"{operation}.{name}": example
    for operation, examples in EXAMPLES.items()
    for name, example in examples.items()
}
FREE_TEXT = {"description", "name", "reason", "remark", "text", "title"}

every_example = pytest.mark.parametrize("name", ALL)


def test_every_write_has_several_examples():
    assert {name for name in BODIES if len(EXAMPLES.get(name, {})) < 2} == set()


def test_every_example_belongs_to_a_write():
    assert EXAMPLES.keys() - BODIES.keys() == set()


@every_example
def test_the_document_shows_the_example(name: str):
    operation, _, key = name.partition(".")
    content = OPERATIONS[operation][2]["requestBody"]["content"]["application/json"]
    shown = content["examples"][key]
    assert shown["value"] == ALL[name].body
    assert shown["summary"] == ALL[name].summary
    assert ALL[name].account in shown["description"]


@every_example
def test_an_example_fits_its_schema(name: str):
    schema, _ = BODIES[name.partition(".")[0]]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(ALL[name].body)


@every_example
def test_an_example_says_that_it_is_made_up(name: str):
    body = ALL[name].body
    if FREE_TEXT & body.keys():
        assert "fiktif" in json.dumps(body)


@every_example
def test_an_example_says_what_must_be_put_in_first(name: str):
    said = json.dumps(ALL[name].body)
    assert (ANY_ID in said or ANY_REFERENCE in said) == bool(ALL[name].needs)


class Stage:
    """Records of its own, to which an example and what comes before it are sent."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def prepare(self) -> None:
        self.made, other = [await report(self.service, OPERATOR, tlp="GREEN") for _ in range(2)]
        person = {"role": "witness", "name": "Saksi A (fiktif)"}
        added = await post(self.service, OPERATOR, url(self.made, "/parties"), person)
        self.ids = {"incident_id": self.made["id"], "party_id": added.json()["id"]}
        self.hidden = await report(self.service, OPERATOR)
        grant = await open_glass(self.service, "commander.kpu-banten", self.hidden)
        self.ids["grant_id"] = grant.json()["id"]
        self.put_in = {ANY_ID: other["id"], ANY_REFERENCE: self.hidden["reference"]}

    async def send(self, name: str) -> httpx.Response:
        """The example as it stands, after those that come before it."""
        example = ALL[name]
        for before in example.after:
            assert (await self.send(before)).is_success
        method, path, _ = OPERATIONS[name.partition(".")[0]]
        client = await self.service.client(example.account)
        headers = {"If-Match": '"1"'} if method in {"patch", "put"} else {}
        return await client.request(
            method, path.format(**self.ids), json=self.filled(example), headers=headers
        )

    def filled(self, example: Example) -> dict[str, Any]:
        """What the reader must put in is put in."""
        return {
            name: self.put_in.get(value, value) if isinstance(value, str) else value
            for name, value in example.body.items()
        }


@every_example
async def test_an_example_is_accepted_from_the_account_that_it_names(service: Service, name: str):
    stage = Stage(service)
    await stage.prepare()
    answer = await stage.send(name)
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
