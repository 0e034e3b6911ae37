"""The command: one line of verdict in two languages, and an exit code that says its kind."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import siaga_verify
from sample_log import ORIGIN, SampleLog, Signer, b64, consistency, disclosed, h, numbered
from siaga_verify.cli import main
from siaga_verify.texts import HEADS, LINES, said

PACKAGE = Path(siaga_verify.__file__).parent
SAMPLE = SampleLog(numbered(9))
KEY = ["--key", SAMPLE.signer.vkey]
SPEAKERS = {
    "Malformed",
    "Misconduct",
    "Missing",
    "Refusal",
    "Unproven",
    "Unreachable",
    "Verdict",
    "said",
    "told",
}


@pytest.fixture
def files(tmp_path):
    """Everything a partner may hold."""
    SAMPLE.write(tmp_path / "log")
    (tmp_path / "old").write_bytes(SAMPLE.checkpoint(4))
    (tmp_path / "new").write_bytes(SAMPLE.checkpoint(9))
    (tmp_path / "growth").write_text("".join(f"{b64(each)}\n" for each in consistency(4, SAMPLE.leaves)))
    (tmp_path / "proof").write_bytes(SAMPLE.text_proof(5))
    (tmp_path / "leaf").write_bytes(SAMPLE.leaves[5])
    (tmp_path / "receipt").write_bytes(SAMPLE.receipt(5))
    (tmp_path / "dropped").write_bytes(SAMPLE.receipt(5, b"another"))
    return tmp_path


def run(capsys, *arguments):
    code = main([str(each) for each in arguments])
    return code, capsys.readouterr().out


def test_what_is_true_ends_with_0(files, capsys):
    for arguments in (
        ["checkpoint", files / "new"],
        ["log", files / "log"],
        ["proof", files / "proof", "--leaf", files / "leaf"],
        ["proof", files / "proof", "--leaf-hash", h(b"\0" + SAMPLE.leaves[5]).hex()],
        ["receipt", files / "receipt"],
        ["receipt", files / "receipt", "--log", files / "log"],
        ["consistency", files / "old", files / "new", "--proof", files / "growth"],
        ["consistency", files / "old", files / "new", "--log", files / "log"],
    ):
        code, told = run(capsys, *arguments, *KEY)
        assert code == 0, told
        assert told.startswith("Verified: ")
        assert told.count("\n") == 1


def test_each_kind_of_failure_has_its_code(files, capsys):
    other = ["--key", Signer().vkey]
    for code, arguments in (
        (1, ["checkpoint", files / "new", *other]),
        (1, ["proof", files / "proof", "--leaf", files / "old", *KEY]),
        (3, ["proof", files / "proof", *KEY]),
        (3, ["checkpoint", files / "leaf", *KEY]),
        (3, ["checkpoint", files / "new"]),
        (3, ["consistency", files / "old", files / "new", *KEY]),
        (4, ["checkpoint", files / "nothing", *KEY]),
        (4, ["log", files / "nothing", *KEY]),
        (4, ["checkpoint", files, *KEY]),
        (5, ["receipt", files / "dropped", "--log", files / "log", *KEY]),
    ):
        found, told = run(capsys, *arguments)
        assert (found, told.count("\n")) == (code, 1), told
        assert told.startswith(HEADS[code])


def test_it_speaks_indonesian(files, capsys):
    assert run(capsys, "checkpoint", files / "new", *KEY, "--lang", "id")[1].startswith(
        "Terbukti: Titik periksa"
    )
    code, told = run(capsys, "receipt", files / "dropped", "--log", files / "log", *KEY, "--lang", "id")
    assert code == 5
    assert told.startswith("Pelanggaran terbukti: Buku besar menghilangkan entri")


def test_two_roots_for_one_size_convict_the_log(files, capsys):
    other = SampleLog([*numbered(8), b"another"], SAMPLE.signer)
    (files / "other").write_bytes(other.checkpoint())
    assert run(capsys, "consistency", files / "new", files / "other", *KEY)[0] == 5
    (files / "longer").write_bytes(SampleLog([b"x", *numbered(3)], SAMPLE.signer).checkpoint())
    assert run(capsys, "consistency", files / "longer", files / "new", "--log", files / "log", *KEY)[0] == 5


def test_a_disclosure_is_shown_a_line_a_value(tmp_path, capsys):
    log, told = disclosed()
    (tmp_path / "file").write_text(json.dumps(told))
    code, out = run(capsys, "disclosure", tmp_path / "file", "--key", log.signer.vkey, "--show")
    assert code == 0
    values = [json.loads(line) for line in out.splitlines()[1:]]
    assert {"index": 0, "name": "/title", "value": "Kotak suara basah 0 (fiktif)"} in values


def test_nothing_from_outside_moves_the_cursor(tmp_path, capsys):
    assert said("{name}", "en", {"name": "a\x1b[2Jb\nc\u202ed"}) == "a?[2Jb?c?d"
    assert len(said("{name}", "en", {"name": "x" * 100_000})) < 300
    other = Signer("lain\x7f.test")
    (tmp_path / "file").write_bytes(SampleLog(numbered(3), other).checkpoint())
    told = run(capsys, "checkpoint", tmp_path / "file", *KEY)[1]
    assert told[:-1].isprintable()


def test_keys_can_come_from_a_file_with_those_of_before(files, capsys):
    (files / "keys").write_text(f"{SAMPLE.signer.vkey}\n{Signer(ORIGIN).vkey}\n")
    assert run(capsys, "checkpoint", files / "new", "--keys", files / "keys")[0] == 0


def test_it_runs_with_the_standard_library_and_cryptography_only(files):
    command = [sys.executable, "-m", "siaga_verify", "checkpoint", str(files / "new"), *KEY]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONPATH": str(PACKAGE.parent)}, check=False
    )
    assert done.returncode == 0, done.stderr
    roots = set()
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots.add(node.module.split(".")[0])
    assert roots - set(sys.stdlib_module_names) == {"cryptography", "siaga_verify"}


def test_every_text_is_said_in_indonesian():
    texts = set(HEADS.values())
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
                texts |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    assert texts == set(LINES)
    for english, indonesian in LINES.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", indonesian))


def test_the_package_tells_its_version_once_more():
    told = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
    assert told["project"]["version"] == siaga_verify.__version__
    assert told["project"]["dependencies"][0].startswith("cryptography")


def test_the_readme_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    (\w+)(?:  |$)", capsys.readouterr().out, re.MULTILINE)
    readme = (PACKAGE.parent / "README.md").read_text("utf-8")
    assert len(commands) == 8
    assert [each for each in commands if f"siaga-verify {each}" not in readme] == []
