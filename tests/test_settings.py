"""Settings that follow from one another, and what is said of a wrong one."""

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_the_public_address_follows_the_port(monkeypatch):
    monkeypatch.delenv("SIAGA_PUBLIC_URL", raising=False)
    monkeypatch.setenv("SIAGA_PORT", "9001")
    assert Settings().public_url == "http://127.0.0.1:9001"


def test_a_public_address_that_is_set_stays(monkeypatch):
    monkeypatch.setenv("SIAGA_PUBLIC_URL", "https://siaga.example.go.id")
    monkeypatch.setenv("SIAGA_PORT", "9001")
    assert Settings().public_url == "https://siaga.example.go.id"


@pytest.mark.parametrize("port", ["abc", "", "-1", "65536"])
def test_a_bad_port_is_one_error_of_the_port(monkeypatch, port):
    monkeypatch.delenv("SIAGA_PUBLIC_URL", raising=False)
    monkeypatch.setenv("SIAGA_PORT", port)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [each["loc"] for each in refused.value.errors()] == [("port",)]
