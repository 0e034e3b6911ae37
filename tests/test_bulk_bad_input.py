"""Whatever stands in an item of a bulk: that item is refused by name, and nothing of it is stored."""

import json
from typing import Any

import pytest

from tests.support.bulk import key, keyed, level, send_text
from tests.support.calls import OPERATOR, ledger_size
from tests.support.deployments import deployment
from tests.support.service import Service
from tests.support.threats import Spot
from tests.test_bad_input import WRONG

NOWHERE = Spot("36.73", "cyber")  # nothing comes of it, so it takes no place from other tests
SOUND = {
    "incidents": lambda: keyed(tlp="GREEN", severity="minor"),
    "deployments": lambda: deployment(**key(), tlp="GREEN"),
    "threat-levels": lambda: level(NOWHERE, **key()),
}
UNREADABLE = ("too many digits", "nested deeply")
NO_ITEM = ("null", "1", '"text"', "true", "[]", "[{}]", "NaN", '{"a":', "{} {}", "[" * 90_000, "9" * 90_000)
UNKNOWN = ("extra", "id", "owner_agency", "version", "__proto__", "entry_id")


async def told(service: Service, what: str, lines: list[str]) -> list[dict[str, Any]]:
    """What is told of each line; nothing may come of any."""
    size = await ledger_size(service)
    answer = await send_text(service, OPERATOR, what, "\n".join(lines), "application/x-ndjson")
    assert answer.status_code == 200, answer.text
    assert await ledger_size(service) == size
    items = answer.json()["items"]
    assert {(each["status"], each["outcome"]) for each in items} == {(422, "refused")}
    assert len(items) == len(lines)
    return items


def pointers(item: dict[str, Any]) -> list[str]:
    return [each["pointer"] for each in item["problem"]["errors"]]


@pytest.mark.parametrize("what", SOUND)
async def test_a_value_of_the_wrong_kind_is_refused_by_name(service: Service, what: str):
    lines, about = [], []
    for name in SOUND[what]():
        for kind, wrong in WRONG.items():
            members = {each: json.dumps(value) for each, value in SOUND[what]().items()} | {name: wrong}
            lines.append("{" + ",".join(f'"{each}":{value}' for each, value in members.items()) + "}")
            about.append((name, kind))
    for (name, kind), item in zip(about, await told(service, what, lines), strict=True):
        found = pointers(item)
        if kind in UNREADABLE:
            assert found == [""]
        else:
            assert {each.split("/")[1] for each in found} == {name}


@pytest.mark.parametrize("what", SOUND)
async def test_what_is_no_item_is_refused(service: Service, what: str):
    items = await told(service, what, list(NO_ITEM))
    assert all(pointers(each) == [""] for each in items)


@pytest.mark.parametrize("what", SOUND)
async def test_a_member_that_is_not_known_is_refused_by_name(service: Service, what: str):
    lines = [json.dumps({**SOUND[what](), name: "x"}) for name in UNKNOWN]
    assert [pointers(each) for each in await told(service, what, lines)] == [[f"/{name}"] for name in UNKNOWN]
