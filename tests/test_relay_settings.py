"""The file of the relay: a fault in it is told in words, before anything starts."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.domain.announcements import AnnouncedChange, Announcement
from app.domain.relay import RELAY_STATES, RelayState, message
from app.services.relay_settings import read_file


def line(**changes: Any) -> dict[str, Any]:
    told = {
        "agency": "kpu-banten",
        "account": "integration.kpu-banten",
        "servers": ["tls://nats.kpu-banten.example:4222"],
        "user": "siaga",
        "password_file": "password",
    }
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def written(path: Path, *lines: dict[str, Any]) -> Path:
    (path.parent / "password").write_text("for-tests-only", "utf-8")
    path.write_text(json.dumps({"agency": lines}), "utf-8")
    return path


def test_a_sound_file_is_read_as_toml_and_as_json(tmp_path: Path):
    as_json = read_file(written(tmp_path / "relays.json", line()))
    (tmp_path / "relays.toml").write_text(
        "[[agency]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in line().items())
    )
    assert read_file(tmp_path / "relays.toml") == as_json
    assert as_json.agency[0].stream == "SIAGA"


OTHER = {"agency": "polda-banten", "account": "integration.polda-banten"}
FAULTS = {
    "nothing": ([], "at least 1"),
    "in the clear": ([line(servers=["nats://nats.kpu-banten.example:4222"])], "tls://"),
    "a user in the address": ([line(servers=["tls://siaga:secret@nats.example:4222"])], "without a user"),
    "no proof": ([line(user=None, password_file=None)], "give one of"),
    "two proofs": ([line(token_file="password")], "give one of"),
    "half a proof": ([line(password_file=None)], "go together"),
    "the same agency": ([line(), line(user="other")], "stands twice"),
    "the same account for two": ([line(), line(**OTHER)], "the same account"),
    "no such file": ([line(password_file="elsewhere")], "there is no file"),
    "a stream that cannot be": ([line(stream="a.b")], "stream"),
    "something else": ([line(subject="siaga.>")], "subject"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_words(tmp_path: Path, fault: str):
    lines, word = FAULTS[fault]
    with pytest.raises(RuntimeError, match=word):
        read_file(written(tmp_path / "relays.json", *lines))


def test_it_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SIAGA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SIAGA_NATS", str(written(tmp_path / "relays.json", line(stream="a.b"))))
    assert main(["serve"]) == 1
    assert "stream" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_every_state_has_a_label():
    assert set(RELAY_STATES) == set(RelayState)


@pytest.mark.parametrize(
    ("region", "place"),
    [("36", "36"), ("36.03.13.2001", "36.03.13.2001"), (None, "none"), ("36.>", "none"), ("*", "none")],
)
def test_a_region_is_a_place_in_the_subject_and_nothing_else_is(region: str | None, place: str):
    told = Announcement(7, "deployment", "00000000-0000-0000-0000-000000000001", 2, AnnouncedChange.CHANGED)
    assert message("kpu-banten", told, region).subject == f"siaga.kpu-banten.deployment.{place}"
