"""Changes the policy in one place after the other and asks whether a test notices (docs/mutants.md).

Our own, because the policy is tables more than code: the known tools change the bodies of functions only, or
run a whole test process for each change. Here each mutant is a fork of a process that has loaded the rest.
"""

import argparse
import ast
import copy
import hashlib
import importlib
import importlib.util
import io
import os
import re
import sys
import types
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
MODULES = (
    "app.domain.conditions",
    "app.domain.sharing",
    "app.domain.field_mask",
    "app.domain.permissions",
    "app.domain.relations",
    "app.domain.break_glass",
    "app.domain.access_log",
    "app.services.visibility",
)
TESTS = ["tests/test_policy.py"]
# Nothing that such tests do not need: it would be loaded anew for each mutant.
BARE = ["-x", "-q", "-c", os.devnull, "--rootdir", str(ROOT), "--noconftest", "--assert=plain",
        "-p", "no:cacheprovider", "-p", "no:unraisableexception"]  # fmt: skip
ACCOUNT = ROOT / "docs" / "mutants.md"
SECONDS = 120  # a mutant that runs longer has been noticed too
# Words for people, which decide nothing.
TEXTS = {"ACCESS_KINDS", "PERMISSION_TEXTS", "REVIEWS"}

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mult: ast.Add,
}  # fmt: skip
OPPOSITES = {
    "Every": "Either",
    "Either": "Every",
    "and_": "or_",
    "or_": "and_",
    "true": "false",
    "false": "true",
}


class Mutant:
    """A module with one change."""

    def __init__(self, module: str, node: ast.AST, tree: ast.Module, what: str) -> None:
        self.module, self.tree, self.what = module, tree, what
        self.line = getattr(node, "lineno", 0)

    @property
    def name(self) -> str:
        """What stays the same when lines move."""
        said = f"{self.module} {self.what}"
        return f"{self.module.rpartition('.')[2]}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def changes(  # noqa: C901, PLR0912 - one case for each kind of change
    node: ast.AST, names: dict[str, list[str]]
) -> Iterator[tuple[str, ast.AST | None]]:
    """Each thing that could stand in the place of a node; None where it is left out."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARISONS:
            yield "compares otherwise", _with(node, ops=[COMPARISONS[type(operator)]()])
        case ast.BoolOp(op=operator):
            yield "and/or", _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.BinOp(op=operator) if type(operator) in OPERATORS:
            yield "calculates otherwise", _with(node, op=OPERATORS[type(operator)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "without not", operand
        case ast.IfExp(body=body, orelse=other):
            yield "always so", body
            yield "never so", other
        case ast.If(test=test):
            yield "if otherwise", _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool(value)):
            yield "true/false", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "one more", ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield "another text", ast.Constant(f"{value}x")
        case ast.Return(value=ast.expr()):
            yield "answers nothing", _with(node, value=ast.Constant(None))
        case ast.Set(elts=items) | ast.Tuple(elts=items) | ast.List(elts=items):
            for place in range(len(items)):
                yield f"without {ast.unparse(items[place])}", _with(node, elts=_without(items, place))
        case ast.Dict(keys=keys, values=values):
            for place, key in enumerate(keys):
                said = ast.unparse(key or values[place])
                yield (
                    f"without {said}",
                    _with(node, keys=_without(keys, place), values=_without(values, place)),
                )
        case ast.Call(func=ast.Name(id=called), args=given):
            if called in OPPOSITES:
                yield (
                    f"{OPPOSITES[called]} for {called}",
                    _with(node, func=ast.Name(OPPOSITES[called], ast.Load())),
                )
            if called in {"Every", "Either", "and_", "or_"}:
                for place in range(len(given)):
                    yield f"without {ast.unparse(given[place])}", _with(node, args=_without(given, place))
            if called == "Not":
                yield "without Not", given[0]
        case ast.Attribute(value=ast.Name(id=of), attr=attribute) if of in names:
            every = names[of]
            yield "another name", _with(node, attr=every[(every.index(attribute) + 1) % len(every)])


def _with(node: ast.AST, **values: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


def _without(items: list, place: int) -> list:  # type: ignore[type-arg]
    return [*items[:place], *items[place + 1 :]]


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
    names = _names(tree)
    for where, node, path in _places(tree):
        for what, other in changes(node, names):
            whole = copy.deepcopy(tree)
            _put(whole, path, other)
            yield Mutant(
                module, node, ast.fix_missing_locations(whole), f"{where}: {ast.unparse(node)}: {what}"
            )


def _names(tree: ast.Module) -> dict[str, list[str]]:
    """The members of an enumeration that a module names, so that one can stand for another."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.isupper():
            found.setdefault(node.value.id, set()).add(node.attr)
    return {of: sorted(each) for of, each in found.items() if len(each) > 1}


Path_ = tuple[tuple[str, int | None], ...]


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.AST, Path_]]:
    """Every expression and statement that decides something, with the way to it."""

    def walk(node: ast.AST, where: str, path: Path_) -> Iterator[tuple[str, ast.AST, Path_]]:
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "bases", "keywords"} and not isinstance(
                node, ast.Call
            ):
                continue
            children = enumerate(value) if isinstance(value, list) else [(None, value)]
            for place, child in children:
                if isinstance(child, ast.AST) and not _says_nothing(child):
                    step = (*path, (name, place))
                    within = _named(child) or where
                    yield within, child, step
                    yield from walk(child, within, step)

    yield from walk(tree, "", ())


def _named(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else ""


def _says_nothing(node: ast.AST) -> bool:
    """Imports, texts for people, the members of an enumeration, types."""
    if isinstance(node, ast.Import | ast.ImportFrom) or _named(node) in TEXTS:
        return True
    if isinstance(node, ast.ClassDef):
        return any("Enum" in ast.unparse(base) for base in node.bases)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Call) and ast.unparse(node.func) in {"TypeVar", "dataclass"}
    )


def _put(tree: ast.AST, path: Path_, other: ast.AST | None) -> None:
    *way, (name, place) = path
    for step, number in way:
        tree = getattr(tree, step) if number is None else getattr(tree, step)[number]
    if place is None:
        setattr(tree, name, other)
    else:
        getattr(tree, name)[place] = other


def is_noticed(mutant: Mutant | None) -> bool:
    """Whether the tests fail, in a process of its own."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = _run(mutant)
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return status != 0


def _run(mutant: Mutant | None) -> int:
    import signal  # noqa: PLC0415 - only in the child

    import pytest  # noqa: PLC0415 - the same

    signal.alarm(SECONDS)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # noqa: TID251 - a setting of another program
    if mutant:
        sys.meta_path.insert(0, _Changed(mutant))  # type: ignore[arg-type]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return int(pytest.main([*TESTS, *BARE]))


class _Changed:
    """Gives out the changed module in the place of the one on disk."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, _path: object, _target: object = None) -> object:
        """For this one module only."""
        return importlib.util.spec_from_loader(name, self) if name == self._mutant.module else None  # type: ignore[arg-type]

    def create_module(self, _spec: object) -> None:
        """As usual."""

    def exec_module(self, module: types.ModuleType) -> None:
        """The changed source."""
        exec(compile(self._mutant.tree, f"mutant of {self._mutant.module}", "exec"), module.__dict__)  # noqa: S102 - that is the point


def known() -> dict[str, str]:
    """The survivors that docs/mutants.md lists, each with its reason."""
    rows = re.findall(
        r"^\| `([a-z_]+-[0-9a-f]{8})` \|.*\| (.+) \|$", ACCOUNT.read_text("utf-8"), re.MULTILINE
    )
    return dict(rows)


def main() -> int:
    """Try every mutant; 1 where one survives that is not listed, or is listed and no longer survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only modules whose name holds this")
    parser.add_argument("--part", default="0/1", help="only the mutants of one part, such as 3/16")
    asked = parser.parse_args()
    only = asked.only
    part, parts = map(int, asked.part.split("/"))
    for name in ("pydantic", "pytest", "sqlalchemy.ext.asyncio", "sqlmodel"):
        importlib.import_module(name)  # once for all, before the first fork
    if is_noticed(None):
        print("The tests fail without any mutant.")
        return 1
    survivors, tried = {}, 0
    for module in (each for each in MODULES if only in each):
        for mutant in mutants(module):
            if int(mutant.name[-8:], 16) % parts != part % parts:
                continue
            tried += 1
            if not is_noticed(mutant):
                survivors[mutant.name] = mutant
                print(f"survived: {mutant.name} line {mutant.line}, {mutant.what}", flush=True)
    listed = known()
    new = survivors.keys() - listed.keys()
    gone = set() if only or parts > 1 else listed.keys() - survivors.keys()
    noticed = tried - len(survivors)
    print(f"{tried} mutants, {noticed} noticed, {len(survivors)} survived ({len(new)} not listed)")
    for name in sorted(gone):
        print(f"{name} is listed in {ACCOUNT.name} and no longer survives")
    return 1 if new or gone else 0


if __name__ == "__main__":
    sys.exit(main())
