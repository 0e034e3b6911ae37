"""The rules of Spectral's `oas` ruleset that the other tests of the document do not cover already.

`./run clients` asks Spectral itself, which needs Node; here they hold without it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from tests.house.test_openapi import DOCUMENT, OPERATIONS

EVERY = pytest.mark.parametrize("name", OPERATIONS)


def walk(node: Any, place: str = "#") -> Iterator[tuple[str, Any]]:
    yield place, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from walk(child, f"{place}/{key}")


NODES = list(walk(DOCUMENT))
# What stands in an example is no part of the document's own structure.
STRUCTURE = [(place, node) for place, node in NODES if not re.search(r"/(examples?|enum)(/|$)", place)]


def test_the_document_says_whose_it_is():
    info = DOCUMENT["info"]
    assert info["contact"]
    assert info["license"]["identifier"]
    assert info["description"]
    assert DOCUMENT["servers"]
    assert all(not each["url"].endswith("example.com") for each in DOCUMENT["servers"])


def test_a_path_has_neither_a_query_nor_a_slash_at_its_end():
    assert [path for path in DOCUMENT["paths"] if "?" in path or path.endswith("/")] == []


def test_no_two_paths_are_the_same_but_for_the_names_in_them():
    shapes = Counter(re.sub(r"{[^}]*}", "{}", path) for path in DOCUMENT["paths"])
    assert [shape for shape, times in shapes.items() if times > 1] == []


@EVERY
def test_the_names_in_a_path_are_its_parameters(name: str):
    _, path, operation = OPERATIONS[name]
    given = [each["name"] for each in operation.get("parameters", []) if each["in"] == "path"]
    assert sorted(given) == sorted(re.findall(r"{(\w+)}", path))


@EVERY
def test_a_parameter_stands_once(name: str):
    keys = Counter((each["in"], each["name"]) for each in OPERATIONS[name][2].get("parameters", []))
    assert max(keys.values(), default=1) == 1


@EVERY
def test_an_operation_can_succeed(name: str):
    assert any(status[0] in "23" for status in OPERATIONS[name][2]["responses"])


def test_every_tag_is_described():
    assert all(tag.get("description") for tag in DOCUMENT["tags"])


def test_no_text_holds_a_script():
    texts = [node for place, node in NODES if place.endswith(("/description", "/title", "/summary"))]
    assert [text for text in texts if isinstance(text, str) and re.search(r"<script|eval\(", text)] == []


def test_the_values_of_an_enumeration_are_distinct_and_of_its_type():
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    for place, node in NODES:
        if isinstance(node, dict) and isinstance(node.get("enum"), list):
            assert len(set(node["enum"])) == len(node["enum"]), place
            if isinstance(node.get("type"), str):
                assert all(isinstance(each, kinds[node["type"]]) for each in node["enum"]), place


def test_every_reference_leads_somewhere_and_every_component_is_used():
    used = {node["$ref"] for _, node in NODES if isinstance(node, dict) and isinstance(node.get("$ref"), str)}
    known = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "headers")
        for name in DOCUMENT["components"].get(kind, {})
    }
    assert used == known


def test_an_array_says_of_what():
    arrays = [
        (place, node) for place, node in STRUCTURE if isinstance(node, dict) and node.get("type") == "array"
    ]
    assert [place for place, node in arrays if "items" not in node and "prefixItems" not in node] == []


def test_the_examples_of_a_schema_fit_it():
    for name, schema in DOCUMENT["components"]["schemas"].items():
        whole = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
        for example in schema.get("examples", []):
            jsonschema.Draft202012Validator(whole).validate(example)
