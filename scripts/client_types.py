"""Write the types of the records that partners read, out of openapi.yaml."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "client/siaga_client/siaga_client/records.py"
ROOTS = ("ChangePage",)
HEAD = '''"""What the service answers, as types: made out of openapi.yaml by scripts/client_types.py."""

from typing import Any, Literal, NotRequired, TypedDict
'''
SIMPLE = {
    "object": "dict[str, Any]",
    "boolean": "bool",
    "integer": "int",
    "null": "None",
    "number": "float",
    "string": "str",
}


def main() -> None:
    """Write the module."""
    TARGET.write_text(written())


def written() -> str:
    """The module: each type that can be reached from the roots, those that others are made of first."""
    document = yaml.load((ROOT / "openapi.yaml").read_text(), yaml.CSafeLoader)
    schemas = document["components"]["schemas"]
    text = HEAD + "".join(_type(name, schemas[name]) for name in _in_order(schemas))
    formatter = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TARGET), "-"]
    return subprocess.run(formatter, input=text, capture_output=True, check=True, text=True).stdout  # noqa: S603


def _in_order(schemas: dict[str, Any]) -> list[str]:
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        for each in sorted(_named(schemas[name])):
            if each not in found:
                visit(each)
        found[name] = None

    for root in ROOTS:
        visit(root)
    return sorted(found, key=lambda name: (schemas[name].get("type") == "object", list(found).index(name)))


def _named(schema: Any) -> Iterator[str]:
    """The names of the schemas that this one refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for each in schema.values():
            yield from _named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _named(each)


def _type(name: str, schema: dict[str, Any]) -> str:
    if schema.get("type") != "object":
        return f"{name} = {_expression(schema)}\n"
    required = set(schema.get("required", ()))
    lines = [f"\n\nclass {name}(TypedDict):"]
    if said := schema.get("description"):
        lines += [f'    """{said}"""', ""]
    for member, each in schema["properties"].items():
        expression = _expression(each)
        lines.append(f"    {member}: {expression if member in required else f'NotRequired[{expression}]'}")
    return "\n".join(lines) + "\n"


def _expression(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(json.dumps(each) for each in values)}]"
    if "anyOf" in schema:
        return " | ".join(map(_expression, schema["anyOf"]))
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"list[{' | '.join(sorted(set(map(_expression, schema['prefixItems']))))}]"
        return f"list[{_expression(schema['items'])}]"
    return SIMPLE[schema["type"]]


if __name__ == "__main__":
    main()
