"""Everything the service says has an Indonesian line, every line is said somewhere, and only texts differ."""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

from app import openapi
from app.domain import errors
from app.domain.assistance import AssistanceAct, AssistanceStanding
from app.domain.deployment_rights import DeploymentAct, Distance, Standing
from app.domain.errors import Problem
from app.domain.relations import Act, Relation
from app.domain.sharing import Classification, Marking, Tlp, misfit
from app.domain.sites import SiteAct
from app.main import create_app
from app.models import RECORDS
from app.schemas.tags import TAGS
from app.settings import Settings
from app.texts import validation, words
from app.texts.catalogue import ALTERNATIVE, BY_SUBJECT, LINES
from app.texts.documents import retold
from app.texts.languages import Language
from tests.house.test_architecture import APP, SOURCES, name_of

PAGES = "".join(path.read_text("utf-8") for path in sorted((APP / "static").glob("*.html")))
APPLICATION = create_app(Settings())
ENGLISH = openapi.document(APPLICATION)
INDONESIAN = openapi.document(APPLICATION, Language.INDONESIAN)

# What a validator raises is a refusal; elsewhere a ValueError is caught and worded by who catches it.
VALIDATORS = APP / "schemas"


def problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    yield kind
    for each in kind.__subclasses__():
        yield from problems(each)


# Where the text stands among the arguments of what makes a refusal.
REFUSALS = {kind.__name__: 0 for kind in problems()} | {
    "FieldError": 1, "Invalid.field": 1, "InvalidValue": 0, "TokenRefused": 1, "errors.Invalid": 0,
    "errors.Unavailable": 0,
}  # fmt: skip


def constants(tree: ast.AST, before: int = sys.maxsize) -> dict[str, str]:
    """Names that stand for a text, in a module or in a function of it, as they stand before a line."""
    assigned = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.lineno < before
    ]
    assigned.sort(key=lambda node: node.lineno)
    return {node.targets[0].id: node.value.value for node in assigned}


SHARED_CONSTANTS = {"TO_CORRECT": errors.TO_CORRECT} | {
    f"{path.stem}.{name}": text for path, tree in SOURCES.items() for name, text in constants(tree).items()
}
# These hold texts that another test looks at.
LOOKED_AT_ELSEWHERE = {"wrong[1]", "cause.detail", "say_finding(language, code, message, context)"}


def refusals(path: Path, tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Each refusal of a module: where it stands, and its text, or None where that is no constant."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        place = 0 if name == "ValueError" and path.is_relative_to(VALIDATORS) else REFUSALS.get(name)
        if place is None or len(node.args) <= place or isinstance(node.args[place], ast.Starred):
            continue
        said = node.args[place]
        written = ast.unparse(said)
        if written in LOOKED_AT_ELSEWHERE or path == APP / "domain" / "errors.py":
            continue
        known = SHARED_CONSTANTS | constants(tree, node.lineno)
        text = said.value if isinstance(said, ast.Constant) else known.get(written)
        yield f"{name_of(path)}:{node.lineno}: {written}", text


SAID_BY_CODE = dict(each for path, tree in SOURCES.items() for each in refusals(path, tree))


def misfits() -> set[str]:
    """Every text about a marking that does not fit."""
    names = ((), ("a",), ("a", "b"))
    markings = (
        Marking("a", tlp, classification, audience, recipients)
        for tlp, classification, audience, recipients in product(Tlp, Classification, names, names)
    )
    return {wrong[1] for marking in markings if (wrong := misfit(marking))}


def said_by_the_document() -> set[str]:
    said = {text for tag in TAGS for text in tag.values()}
    openapi.make(APPLICATION, lambda text: said.update(text.split(ALTERNATIVE)) or text)
    return said


SAID = (
    said_by_the_document()
    | set(re.findall(r"\{\{(.+?)\}\}", PAGES))
    | {kind.title for kind in problems()}
    | {text for text in SAID_BY_CODE.values() if text}
    | {"One field is not valid."}
    | misfits()
)


def test_a_refusal_is_a_constant_text_with_its_values_apart():
    """Write `Conflict("{agency} is named already.", agency=…)`: an f-string could not be translated."""
    assert [place for place, text in SAID_BY_CODE.items() if text is None] == []


def test_everything_that_is_said_has_an_indonesian_line():
    assert sorted(SAID - LINES.keys()) == []


def test_every_line_is_said_somewhere():
    assert sorted(LINES.keys() - SAID) == []


def test_no_text_stands_in_two_subjects():
    assert sum(map(len, BY_SUBJECT)) == len(LINES)


@pytest.mark.parametrize("english", sorted(LINES))
def test_a_line_puts_in_the_same_values_and_ends_alike(english: str):
    line = LINES[english]
    assert line != english
    if english in {text for text in SAID_BY_CODE.values() if text} | {
        openapi.SENT_BY,
        openapi.AT,
        openapi.AFTER,
    }:
        assert fields(line) == fields(english)
    assert line.endswith(".") == english.endswith(".")
    assert line[0].isupper() == english[0].isupper() or "{" in {line[0], english[0]} or line[0] == "`"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_what_a_refusal_puts_into_its_text_has_an_indonesian_word():
    inserted: dict[str, set[str]] = {
        "act": {*Act, *AssistanceAct, *DeploymentAct, *SiteAct},
        "commander": {*Distance},
        "kind": {str(table.__tablename__) for table in RECORDS},
        "stands": {*Relation, *AssistanceStanding, *Standing},
    }
    for name, said in inserted.items():
        assert words.WORDS[name].keys() == said


def test_what_pydantic_finds_is_known_by_its_codes():
    assert validation.LINES.keys() - set(get_args(ErrorType)) == set()


def without_texts(node: Any) -> Any:
    """What programs go by."""
    return retold(node, lambda _: "")


def test_only_texts_differ_between_the_languages():
    assert INDONESIAN != ENGLISH
    assert without_texts(INDONESIAN) == without_texts(ENGLISH)


def texts(document: dict[str, Any]) -> list[str]:
    found: list[str] = []
    retold(document, lambda text: found.append(text) or text)
    return found


def test_no_english_text_is_left_in_the_indonesian_document():
    pairs = zip(texts(ENGLISH), texts(INDONESIAN), strict=True)
    assert [english for english, indonesian in pairs if english == indonesian] == []
