"""Each import contract is seen to fail when it is broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["name"] for contract in CONFIGURATION["contracts"]}
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]

# Contract → the modules that break it. They lie in folders, where any name has its place.
OFFENCES = {
    "Layers point inwards": {"schemas/offence.py": "import app.services\n"},
    "The domain knows no framework": {"domain/offence.py": "import sqlmodel\n"},
    "Services know no HTTP": {"services/offence.py": "import fastapi\n"},
    "Services form no circle": {
        "services/offence.py": "import app.services.accomplice\n",
        "services/accomplice.py": "import app.services.offence\n",
    },
}


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(copy: Path) -> tuple[int, set[str], str]:
    """The exit code, the broken contracts, and what was printed."""
    done = subprocess.run(
        [*LINT, "--no-cache", "--no-logo"], cwd=copy, check=False, capture_output=True, text=True
    )
    printed = done.stdout + done.stderr
    return done.returncode, {name for name in CONTRACTS if f"{name} BROKEN" in printed}, printed


def test_the_code_keeps_every_contract(copy):
    code, broken, printed = lint(copy)
    assert (code, broken) == (0, set()), printed


def test_every_contract_has_an_offence():
    assert set(OFFENCES) == CONTRACTS


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_broken_contract_is_named(copy, contract):
    for path, source in OFFENCES[contract].items():
        (copy / "app" / path).write_text(source)
    code, broken, printed = lint(copy)
    assert code != 0
    assert contract in broken, printed


def test_a_module_without_a_layer_is_refused(copy):
    (copy / "app" / "helpers.py").write_text("")
    code, _, printed = lint(copy)
    assert code != 0
    assert "app.helpers" in printed
