"""The file of identity providers: what is sound, and what stops the start, in words."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.services import issuers
from tests.support.providers import KEYCLOAK, Signer, configured, key_set

OWN = "https://siaga.test"
SOUND: dict[str, Any] = {
    "name": "uji",
    "issuer": "https://sso.uji.test",
    "keys_url": "https://sso.uji.test/keys",
    "algorithms": ["RS256"],
    "types": ["at+jwt"],
    "audience": "siaga",
    "agency": "polda-banten",
}


def load(directory: Path, *providers: dict[str, Any]) -> list[issuers.IdentityProvider]:
    path = directory / "issuers.json"
    path.write_text(json.dumps({"issuer": providers}))
    return issuers.load(path, OWN, directory)


def test_a_sound_file_is_taken_as_toml_and_as_json(tmp_path: Path):
    assert load(tmp_path, SOUND)[0].told.leeway_seconds == 10
    for name in ("entra", "filed", "shared"):
        (tmp_path / f"{name}.json").write_bytes(key_set(Signer("ES256")))
    written = configured("https://sso.uji.test/keys")
    (tmp_path / "issuers.toml").write_text(written)
    by_toml = issuers.load(tmp_path / "issuers.toml", OWN, tmp_path)
    by_json = load(tmp_path, *tomllib.loads(written)["issuer"])
    assert [each.told for each in by_toml] == [each.told for each in by_json]
    assert len(by_toml) == 4
    assert issuers.load(None, OWN, tmp_path) == []


UNSOUND: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown member": ({"jku": "x"}, "issuer.0.jku"),
    "no keys": ({"keys_url": None}, "either keys_url or keys_file"),
    "keys twice": ({"keys_file": "keys.json"}, "either keys_url or keys_file"),
    "keys without TLS": ({"keys_url": "http://sso.uji.test/keys"}, "https://"),
    "keys of a file's address": ({"keys_url": "file:///etc/passwd"}, "address"),
    "keys with a user": ({"keys_url": "https://a:b@sso.uji.test/"}, "without a user"),
    "keys at no port": ({"keys_url": "https://sso.uji.test:x/"}, "issuer.0.keys_url"),
    "a host that is nearly this one": ({"keys_url": "http://127.0.0.1.evil.test/"}, "https://"),
    "a file that is not there": ({"keys_url": None, "keys_file": "none.json"}, "none.json"),
    "a file without keys": ({"keys_url": None, "keys_file": "empty.json"}, "no key"),
    "a file that is no set": ({"keys_url": None, "keys_file": "noise.json"}, "noise.json"),
    "no certificates": ({"ca_file": "none.pem"}, "issuers.json"),
    "no algorithm": ({"algorithms": []}, "issuer.0.algorithms"),
    "a shared secret": ({"algorithms": ["HS256"]}, "issuer.0.algorithms"),
    "the algorithm none": ({"algorithms": ["none"]}, "issuer.0.algorithms"),
    "a type of another token": ({"types": ["dpop+jwt"]}, "issuer.0.types"),
    "neither audience nor client": ({"audience": None}, "audience"),
    "ID tokens": ({"types": ["JWT"]}, "ID tokens"),
    "an agency that is no code": ({"agency": "Polda Banten"}, "issuer.0.agency"),
    "a role that is none of ours": (
        {"roles": {"claim": "roles", "values": {"x": "root"}}},
        "issuer.0.roles.values.x",
    ),
    "a requirement without a value": ({"require": {"azp": []}}, "issuer.0.require.azp"),
    "a clock that is too far off": ({"leeway_seconds": 61}, "issuer.0.leeway_seconds"),
    "tokens for a day": ({"longest_minutes": 1440}, "issuer.0.longest_minutes"),
    "keys for ever": ({"keep_keys_hours": 10_000}, "issuer.0.keep_keys_hours"),
    "ourselves": ({"issuer": OWN}, "this service itself"),
    "a name that is a path": ({"name": "../x"}, "issuer.0.name"),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_an_unsound_file_stops_the_start_and_says_where(tmp_path: Path, case: str):
    (tmp_path / "empty.json").write_text('{"keys": []}')
    (tmp_path / "noise.json").write_text("<html>")
    changes, said = UNSOUND[case]
    with pytest.raises(RuntimeError) as caught:
        load(tmp_path, {name: value for name, value in {**SOUND, **changes}.items() if value is not None})
    assert said in str(caught.value) or any(said.lower() in each.lower() for each in caught.value.args)


@pytest.mark.parametrize("member", ["name", "issuer"])
def test_two_providers_differ(tmp_path: Path, member: str):
    other = {**SOUND, "name": "lain", "issuer": "https://lain.test", member: SOUND[member]}
    with pytest.raises(RuntimeError, match=f"the same {member} stands twice"):
        load(tmp_path, SOUND, other)


NO_FILES = [b"", b"[", b"\xff\xfe", b"issuer = 1", b"[[issuer]]\n", b" " * 1_048_577]


@pytest.mark.parametrize("content", NO_FILES)
def test_what_is_no_file_of_providers_is_told(tmp_path: Path, content: bytes):
    path = tmp_path / "issuers.toml"
    path.write_bytes(content)
    with pytest.raises(RuntimeError, match=r"issuers\.toml"):
        issuers.load(path, OWN, tmp_path)


def test_a_command_tells_it_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SIAGA_DATA_DIR", str(tmp_path))
    assert main(["issuers"]) == 1
    assert "SIAGA_ISSUERS names no file" in capsys.readouterr().err
    monkeypatch.setenv("SIAGA_ISSUERS", str(tmp_path / "none.toml"))
    for command in ("issuers", "serve"):
        monkeypatch.setenv("SIAGA_PORT", "0")
        assert main([command]) == 1
        assert "none.toml" in capsys.readouterr().err
    assert not (tmp_path / "siaga.db").exists()


def test_the_examples_of_the_documentation_are_sound(tmp_path: Path):
    page = (Path(__file__).parents[1] / "docs" / "identity-providers.md").read_text("utf-8")
    written = [block.partition("\n```")[0] for block in page.split("```toml\n")[1:]]
    assert len(written) >= 3
    (tmp_path / "keys.json").write_bytes(key_set(Signer("ES256")))
    (tmp_path / "ca.pem").write_bytes(b"")
    for number, each in enumerate(written):
        path = tmp_path / f"{number}.toml"
        path.write_text(each)
        assert issuers.read_file(path).issuer
    assert KEYCLOAK not in page
