"""What the client for partners cannot use: it says so in a line, never in a traceback."""

import os
from contextlib import nullcontext

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from siaga_client import cli, watching
from siaga_client.clients import Client
from siaga_client.flows import Session
from siaga_client.problems import NotUnderstoodError
from siaga_client.settings import Account, NotSignedInError
from siaga_client.signing import SigningKey, WrongKeyError
from siaga_client.watching import watched

SIGNED_IN = {"access_token": "x", "expires_in": 900}


@pytest.mark.parametrize(
    "url",
    ["https://[::1", "https://a:99999", "https://", "https://\x00", "siaga.example", "http://siaga.example"],
)
def test_an_address_that_is_none_is_refused(url, capsys, monkeypatch):
    with pytest.raises(NotSignedInError):
        Account(url, "integration.kpu-banten", "x")
    monkeypatch.setenv("SIAGA_SECRET", "x")
    assert cli.main(["login", url, "integration.kpu-banten"]) == 1
    assert capsys.readouterr().err.startswith("siaga: ")


def wrong(text, path):
    """A client of what answers so at this path, and signs in elsewhere."""

    def answer(request):
        if request.url.path == "/oauth2/token" != path:
            return httpx.Response(200, json=SIGNED_IN)
        return httpx.Response(200, text=text)

    return httpx.Client(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    "text", ["<html>", "", "[]", "{}", "\ufeff{"], ids=["html", "empty", "list", "other", "broken"]
)
@pytest.mark.parametrize("path", ["/oauth2/token", "/api/v1/"], ids=["token", "all"])
def test_an_answer_that_is_not_of_siaga_is_told(text, path, capsys, monkeypatch, tmp_path):
    for name, said in (("URL", "https://siaga.test"), ("ACCOUNT", "integration.x"), ("SECRET", "x")):
        monkeypatch.setenv(f"SIAGA_{name}", said)
    http = wrong(text, path)
    monkeypatch.setattr(cli.httpx, "Client", lambda: nullcontext(http))
    (tmp_path / "sent.csv").write_text("region_code\n", "utf-8")
    for command in (
        ["threat-levels", "pull", str(tmp_path / "levels.csv")],
        ["threat-levels", "push", str(tmp_path / "sent.csv")],
        ["mirror", "--once", str(tmp_path / "mirror")],
    ):
        assert cli.main(command) == 4
        told = capsys.readouterr().err
        assert (told.startswith("siaga: "), told.count("\n")) == (True, 1)
    http.close()


def test_who_watches_is_told_of_outages(monkeypatch):
    monkeypatch.setattr(watching.time, "sleep", lambda _: None)
    answers = iter([httpx.Response(503), httpx.Response(200, text="data: <html>\n\n"),
                    httpx.Response(200, text='data: {"id": 1}\n\n')])  # fmt: skip
    told = []
    with httpx.Client(transport=httpx.MockTransport(lambda _: next(answers))) as http:
        client = Client(Session("http://siaga.test", {}, "x", float("inf")), http)
        monkeypatch.setattr("siaga_client.flows.ATTEMPTS", 1)
        assert next(watched(client, told.append))["id"] == 1
    assert [type(each).__name__ for each in told] == ["Problem", NotUnderstoodError.__name__]


@pytest.mark.skipif(os.name != "posix", reason="permissions are told otherwise there")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620], ids=oct)
def test_a_key_that_others_may_read_or_write_is_refused(mode, tmp_path):
    path = tmp_path / "key.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem)
    path.chmod(mode)
    with pytest.raises(WrongKeyError, match="chmod 600"):
        SigningKey.read(path)
    path.chmod(0o600)
    SigningKey.read(path)
