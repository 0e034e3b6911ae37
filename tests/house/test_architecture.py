"""Budgets, places and promises of the source, read from the source itself."""

import ast
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.settings import Settings

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
ROUTERS = sorted((APP / "routers").glob("*.py"))
SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_ROUTE = 12
MOST_LINES_OF_CONFTEST = 80

LOCKS = tuple(f"requirements{each}.lock" for each in ("", "-nats", "-dev", "-oracles"))

# Routers that are about HTTP itself and so have no service or no schema of their name.
WITHOUT_SUBJECT = {
    "__init__",
    "answers",
    "authentication",
    "binding",
    "bundles",
    "deprecations",
    "docs",
    "documents",
    "downloads",
    "edge",
    "exchange",
    "following",
    "health",
    "languages",
    "loads",
    "metering",
    "networks",
    "order",
    "outcomes",
    "preconditions",
    "problems",
    "receipts",
    "streaming",
    "uploads",
}

# They turn what the framework raises by itself into our own problems, and raise nothing of its kind.
TRANSLATORS = {"order", "problems"}

# The only modules that may open or commit a transaction.
TRANSACTIONS = {APP / f"{name}.py" for name in ("access", "database", "lane", "migrations", "tries")}

# Computed from other settings, so README shows the rule and not a value.
COMPUTED_SETTINGS = {
    "SIAGA_ATTACHMENTS_DIR": "<data_dir>/attachments",
    "SIAGA_DATABASE_URL": "sqlite+aiosqlite:///<data_dir>/siaga.db",
    "SIAGA_ERASURE_LIST": "<data_dir>/erasures.jsonl",
    "SIAGA_PUBLIC_URL": "http://127.0.0.1:<port>",
    "SIAGA_SIGNER_STATE": "<data_dir>/signer.json",
}

# In two parts each, so that this file does not name what no file may name.
FORBIDDEN_WORDS = [
    first + second
    for first, second in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("yarn", "pkg.com"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
        ("/opt", "/pypi"),
        ("bash", "_jobs"),
        ("probe", "/bin"),
        ("/work", "/main"),
        ("/work", "/shared"),
        ("/work", "/."),
        ("/root", "/"),
        (".lib", "rary/"),
    )
]

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    return (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def length(first: ast.stmt, last: ast.stmt) -> int:
    return (last.end_lineno or last.lineno) - first.lineno + 1


def is_route(function: FunctionNode) -> bool:
    calls = (decorator for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(ast.unparse(call.func).startswith("router.") for call in calls)


def body_length(function: FunctionNode) -> int:
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return length(statements[0], statements[-1]) if statements else 0


def names_used(tree: ast.AST) -> set[str]:
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        for name in (alias.name, alias.asname or alias.name)
    }
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return imported | names | attributes


def methods_called(tree: ast.AST) -> set[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}


def subjects(layer: str) -> set[str]:
    return {
        path.stem
        for path in (APP / layer).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }


def tracked_files() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("The tracked files are known only in a git checkout.")
    # The checkout may belong to another user; new files count before they are added.
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for path in (ROOT / name for name in listed.split("\0") if name) if path.is_file()]


def as_documented(default: Any) -> str:
    """The default as one would write it in the environment; empty for none."""
    match default:
        case None | "":
            return ""
        case bool():
            return str(default).lower()
        case SecretStr():
            return default.get_secret_value()
        case tuple() | list() | dict():
            return json.dumps(default)
        case _:
            return str(default)


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def test_files_stay_small():
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FILE} == {}


def test_functions_stay_small():
    sizes = {
        f"{name_of(path)}:{function.name}": length(function, function)
        for path, tree in SOURCES.items()
        for function in functions(tree)
    }
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}


def test_a_route_is_a_signature_and_little_more():
    sizes = {
        f"{name_of(path)}:{function.name}": body_length(function)
        for path in ROUTERS
        for function in functions(SOURCES[path])
        if is_route(function)
    }
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_ROUTE} == {}


def test_the_furniture_of_the_tests_stays_small():
    for path in (ROOT / "tests").rglob("conftest.py"):
        assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES_OF_CONFTEST, name_of(path)


def test_every_module_says_what_it_is_for():
    assert [name_of(path) for path, tree in SOURCES.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("word", ["select", "HTTPException"])
def test_routers_leave_queries_and_errors_to_others(word):
    routers = [path for path in ROUTERS if path.stem not in TRANSLATORS]
    assert [name_of(path) for path in routers if word in names_used(SOURCES[path])] == []


def test_only_the_modules_of_the_database_open_and_commit_transactions():
    others = (path for path in MODULES if path not in TRANSACTIONS)
    assert [name_of(path) for path in others if {"begin", "commit"} & methods_called(SOURCES[path])] == []


@pytest.mark.parametrize("layer", ["services", "schemas"])
def test_a_subject_has_the_same_name_in_every_layer(layer):
    assert subjects("routers") - WITHOUT_SUBJECT - subjects(layer) == set()


def test_use_cases_are_functions_not_service_classes():
    classes = (
        node.name for tree in SOURCES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    assert [name for name in classes if name.endswith("Service")] == []


def test_the_readme_lists_every_setting_with_its_default():
    readme = (ROOT / "README.md").read_text("utf-8")
    documented = {
        name: (re.findall(r"`([^`]*)`", default) or [""])[0]
        for name, default in re.findall(r"^\|\s*`(SIAGA_\w+)`\s*\|([^|]*)\|", readme, re.MULTILINE)
    }
    defined = {
        f"SIAGA_{field.upper()}": as_documented(definition.get_default(call_default_factory=True))
        for field, definition in Settings.model_fields.items()
    }
    assert documented == defined | COMPUTED_SETTINGS


def test_no_file_names_a_package_registry_or_a_build_machine():
    found = {
        name_of(path): word
        for path in tracked_files()
        for word in FORBIDDEN_WORDS
        if word.encode() in path.read_bytes()
    }
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text("utf-8")
    requirements = text.replace("\\\n", " ").splitlines()
    assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []
    assert "://" not in text
    assert "-url" not in text


def test_the_lock_files_agree_on_what_they_share():
    service, relay, all_tools = map(pins, LOCKS[:3])
    assert service.items() <= relay.items() <= all_tools.items()


def test_the_vendored_files_are_the_listed_ones():
    folder = APP / "static" / "swagger"
    listed = re.findall(
        r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.MULTILINE
    )
    files = (path for path in folder.iterdir() if path.name != "README.md")
    assert dict(listed) == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
