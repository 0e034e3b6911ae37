"""Says every text of an OpenAPI document anew: what people read, and nothing that programs go by."""

from collections.abc import Callable
from typing import Any

Say = Callable[[str], str]

TEXTS = frozenset({"description", "summary"})
# What stands here is sent or received as it is.
VALUES = frozenset({"const", "default", "enum", "example", "examples", "value"})
# The names in these are chosen by us, so that a property may be called `description`.
MAPS = frozenset(
    {"content", "examples", "headers", "paths", "properties", "responses", "schemas", "securitySchemes"}
)


def retold(node: Any, say: Say) -> Any:
    """A copy of the document, or of a part of it, with each text as `say` has it."""
    if isinstance(node, list):
        return [retold(each, say) for each in node]
    if not isinstance(node, dict):
        return node
    return {name: _member(name, value, say) for name, value in node.items()}


def _member(name: str, value: Any, say: Say) -> Any:
    match value:
        case str() if name in TEXTS:
            return say(value)
        case list() if name == "tags":
            return [_tag(each, say) for each in value]
        case dict() if name == "scopes":
            return {scope: say(text) for scope, text in value.items()}
        case dict() if name in MAPS:
            return {key: retold(each, say) for key, each in value.items()}
        case {"title": title, "type": _} if name == "example":
            return {**value, "title": say(title)}  # a problem, which is told in the reader's language
    return value if name in VALUES else retold(value, say)


def _tag(tag: Any, say: Say) -> Any:
    """A tag where it is declared, or its name where it is used."""
    if isinstance(tag, str):
        return say(tag)
    return {"name": say(tag["name"]), "description": say(tag["description"])}
