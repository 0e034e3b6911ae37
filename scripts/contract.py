"""Whether `openapi.yaml` still keeps what the last release promised; `release` stores it as the next promise.

Only additions are allowed (docs/adr/0025). What a client sends may be taken more freely than before, what it
receives may say more, never less. A new code in an answer is an addition: clients must expect such.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
RELEASES = ROOT / "docs" / "releases"
COMMITTED = ROOT / "openapi.yaml"
Schema = dict[str, Any]
UPPER, LOWER = ("maxLength", "maximum", "maxItems"), ("minLength", "minimum", "minItems")


class Comparison:
    """Two documents, the earlier one with what it promised."""

    def __init__(self, before: Schema, after: Schema) -> None:
        self._before, self._after = before, after
        self._seen: set[tuple[str, str, bool]] = set()

    def breaks(self) -> Iterator[str]:
        """Each promise that is not kept."""
        for path, methods in self._before["paths"].items():
            for method, operation in methods.items():
                where = f"{method.upper()} {path}"
                now = self._after["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where}: is gone"
                else:
                    yield from self._operation(where, operation, now)

    def _operation(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{where}: operationId {old['operationId']} became {new['operationId']}"
        if more := _scopes(new) - _scopes(old):
            yield f"{where}: needs {', '.join(sorted(more))} now"
        yield from self._parameters(where, old, new)
        yield from self._body(where, old.get("requestBody"), new.get("requestBody"))
        for status, answer in old["responses"].items():
            now = new["responses"].get(status)
            if now is None and status.startswith("2"):
                yield f"{where}: no longer answers {status}"
            elif now is not None:
                yield from self._answer(f"{where} {status}", answer, now)

    def _parameters(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        before, after = (
            {(each["in"], each["name"]): each for each in doc.get("parameters", [])} for doc in (old, new)
        )
        for key, parameter in before.items():
            name = f"{where} {key[0]} {key[1]}"
            if key not in after:
                yield f"{name}: is gone"
                continue
            if after[key].get("required") and not parameter.get("required"):
                yield f"{name}: is required now"
            yield from self._taken(name, parameter["schema"], after[key]["schema"])
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield f"{where} {key[0]} {key[1]}: is new and required"

    def _body(self, where: str, old: Schema | None, new: Schema | None) -> Iterator[str]:
        if new is not None and new.get("required") and not (old or {}).get("required"):
            yield f"{where} body: is required now"
        for kind, content in (old or {}).get("content", {}).items():
            now = (new or {}).get("content", {}).get(kind)
            if now is None:
                yield f"{where} body: {kind} is no longer taken"
            else:
                yield from self._taken(f"{where} body", content["schema"], now["schema"])

    def _answer(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        for name in old.get("headers", {}).keys() - new.get("headers", {}).keys():
            yield f"{where}: header {name} is gone"
        for kind, content in old.get("content", {}).items():
            now = new.get("content", {}).get(kind)
            if now is None:
                yield f"{where}: {kind} is no longer given"
            elif "schema" in content:
                yield from self._given(where, content["schema"], now.get("schema", {}))

    def _taken(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """What was taken must be taken still."""
        if self._is_known(old, new, is_taken=True):
            return
        old, new = self._resolved(self._before, old), self._resolved(self._after, new)
        yield from self._narrowed(where, old, new)
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{where}/{name}: is required now"
        properties = new.get("properties", {})
        for name, schema in old.get("properties", {}).items():
            if name in properties:
                yield from self._taken(f"{where}/{name}", schema, properties[name])
            elif new.get("additionalProperties") is False or "properties" in new:
                yield f"{where}/{name}: is gone"
        if "items" in old and "items" in new:
            yield from self._taken(f"{where}[]", old["items"], new["items"])
        for before, after in _same_alternatives(old, new):
            yield from self._taken(where, before, after)

    def _narrowed(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if lost := _types(old) - _types(new) if _types(new) else set():
            yield f"{where}: no longer takes {', '.join(sorted(lost))}"
        if "enum" in new and ("enum" not in old or set(map(str, old["enum"])) - set(map(str, new["enum"]))):
            yield f"{where}: takes fewer values"
        if new.get("pattern") not in {None, old.get("pattern")}:
            yield f"{where}: has another pattern"
        if new.get("format") not in {None, old.get("format")}:
            yield f"{where}: has another format"
        for name in UPPER:
            if name in new and new[name] < old.get(name, float("inf")):
                yield f"{where}: {name} is smaller"
        for name in LOWER:
            if name in new and new[name] > old.get(name, float("-inf")):
                yield f"{where}: {name} is larger"

    def _given(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """What was said must be said still."""
        if self._is_known(old, new, is_taken=False):
            return
        old, new = self._resolved(self._before, old), self._resolved(self._after, new)
        if more := _types(new) - _types(old) if _types(old) else set():
            yield f"{where}: may be {', '.join(sorted(more))} now"
        if new.get("format") != old.get("format") and "format" in old:
            yield f"{where}: has another format"
        properties = new.get("properties", {})
        for name, schema in old.get("properties", {}).items():
            if name not in properties:
                yield f"{where}/{name}: is gone"
                continue
            if name in old.get("required", ()) and name not in new.get("required", ()):
                yield f"{where}/{name}: may be missing now"
            yield from self._given(f"{where}/{name}", schema, properties[name])
        if "items" in old and "items" in new:
            yield from self._given(f"{where}[]", old["items"], new["items"])
        for before, after in _same_alternatives(old, new):
            yield from self._given(where, before, after)

    def _is_known(self, old: Schema, new: Schema, *, is_taken: bool) -> bool:
        """A named schema is compared once in each direction; so one that holds itself comes to an end."""
        if "$ref" not in old:
            return False
        key = (old["$ref"], str(new.get("$ref")), is_taken)
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _resolved(self, document: Schema, schema: Schema) -> Schema:
        """The schema itself; of alternatives with null, the one that is not null, which may be null then."""
        while "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        either = schema.get("anyOf", [])
        real = [each for each in either if each.get("type") != "null"]
        if len(real) == 1:
            inner = self._resolved(document, real[0])
            return {**inner, "type": sorted({*_types(inner), *(["null"] if len(either) > 1 else [])})}
        if len(real) > 1:
            kinds = {kind for each in either for kind in _types(self._resolved(document, each))}
            return {**schema, "type": sorted(kinds)}
        return schema


def _same_alternatives(old: Schema, new: Schema) -> Iterator[tuple[Schema, Schema]]:
    """Those that have a name, with what bears it now."""
    before, after = _named(old), _named(new)
    return ((before[name], after[name]) for name in before if name in after)


def _named(schema: Schema) -> dict[str, Schema]:
    either = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    return {each["$ref"]: each for each in either if "$ref" in each}


def _types(schema: Schema) -> set[str]:
    kind = schema.get("type", [])
    return {kind} if isinstance(kind, str) else set(kind)


def _scopes(operation: Schema) -> set[str]:
    return {scope for way in operation.get("security", []) for scopes in way.values() for scope in scopes}


def last_release() -> Path:
    """The document of the newest release."""
    files = RELEASES.glob("openapi-*.yaml")
    return max(files, key=lambda path: [int(part) for part in re.findall(r"\d+", path.stem)])


def main(command: str = "check") -> int:
    """Check, or store the document as it stands for the release that is being made."""
    after = yaml.safe_load(COMMITTED.read_text("utf-8"))
    if command == "release":
        target = RELEASES / f"openapi-{after['info']['version']}.yaml"
        target.write_text(COMMITTED.read_text("utf-8"), "utf-8")
        print(f"wrote {target.relative_to(ROOT)}")
        return 0
    before = last_release()
    found = list(Comparison(yaml.safe_load(before.read_text("utf-8")), after).breaks())
    for line in found:
        print(line)
    print(f"{len(found)} broken promises of {before.name}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
