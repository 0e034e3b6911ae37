"""The file of witnesses: a fault in it is told in words, before anything starts."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.cli import main
from app.formats.notes import COSIGNATURE, ED25519, VerifierKey
from app.services.witness_settings import read_file


def key(name: str = "saksi.test", kind: bytes = COSIGNATURE) -> str:
    return str(VerifierKey(name, Ed25519PrivateKey.generate().public_key().public_bytes_raw(), kind))


def witness(**changes: Any) -> dict[str, Any]:
    told = {"agency": "kpu-banten", "url": "https://saksi.kpu-banten.example/", "key": key()}
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def written(path: Path, *witnesses: dict[str, Any], quorum: Any = 1) -> Path:
    path.write_text(json.dumps({"quorum": quorum, "witness": witnesses}))
    return path


def test_a_sound_file_is_read_as_toml_and_as_json(tmp_path: Path):
    told = witness()
    (tmp_path / "witnesses.toml").write_text(
        "quorum = 1\n[[witness]]\n" + "".join(f'{name} = "{value}"\n' for name, value in told.items())
    )
    as_toml = read_file(tmp_path / "witnesses.toml")
    assert as_toml == read_file(written(tmp_path / "witnesses.json", told))
    assert as_toml.witness[0].verifier.name == "saksi.test"


SAME = key()


@pytest.mark.parametrize(
    ("witnesses", "quorum", "fault"),
    [
        ([], 1, "witness"),
        ([witness()], 0, "quorum"),
        ([witness()], 2, "quorum is larger"),
        ([witness(agency="siaga")], 1, "quorum is larger"),
        ([witness(), witness(key=key("dua.test"))], 2, "quorum is larger"),
        ([witness(key=SAME), witness(key=SAME, agency="bawaslu-banten")], 1, "twice"),
        ([witness(), witness(agency="bawaslu-banten")], 1, "twice"),
        ([witness(key=key(kind=ED25519))], 1, "type 4"),
        ([witness(key="saksi.test+00000000+AAAA")], 1, "key"),
        ([witness(key=key("x" * 201))], 1, "longer than 200"),
        ([witness(url="http://saksi.kpu-banten.example/")], 1, "https"),
        ([witness(url="https://a:b@saksi.example/")], 1, "url"),
        ([witness(agency=None)], 1, "agency"),
        ([witness(more=1)], 1, "more"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, witnesses: list[dict[str, Any]], quorum: int, fault: str):
    with pytest.raises(RuntimeError, match=fault):
        read_file(written(tmp_path / "witnesses.json", *witnesses, quorum=quorum))


@pytest.mark.parametrize("content", ["", "[", "[[witness]]", '"text"', "x" * 300_000])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: str):
    for name in ("witnesses.json", "witnesses.toml"):
        (tmp_path / name).write_text(content)
        with pytest.raises(RuntimeError, match="witnesses"):
            read_file(tmp_path / name)
    with pytest.raises(RuntimeError):
        read_file(tmp_path / "nothing.toml")


def test_a_faulty_file_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Before any worker begins, and before anything is made."""
    monkeypatch.setenv("SIAGA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SIAGA_WITNESSES", str(written(tmp_path / "witnesses.json", witness(), quorum=9)))
    assert main(["serve"]) == 1
    assert "quorum" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
