"""Where the service is and who asks: out of the environment, or as `siaga login` kept it."""

import getpass
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from siaga_client.flows import Session
from siaga_client.signing import SigningKey

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NotSignedInError(Exception):
    """Nobody has said who asks."""


@dataclass(frozen=True)
class Account:
    """A service, and an integration that it knows."""

    url: str
    name: str
    secret: str = field(default="", repr=False)
    key: str = ""  # where its private key is, if it has one instead of a secret

    def __post_init__(self) -> None:
        try:
            place = urlsplit(self.url)
            _ = httpx.URL(self.url), place.port  # raise where it is none
        except (ValueError, httpx.InvalidURL):
            raise NotSignedInError(f"{self.url} is no address.") from None
        if not place.hostname:
            raise NotSignedInError(f"{self.url} is no whole address, such as https://siaga.example.")
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
            raise NotSignedInError(f"{self.url} is no https:// address: the secret would be read on the way.")

    def session(self) -> Session:
        """Proves itself with its key, else its secret; raises OSError or WrongKeyError for want of a key."""
        url, form = self.url.rstrip("/"), {"grant_type": "client_credentials"}
        if not self.key:
            return Session(url, {**form, "client_id": self.name, "client_secret": self.secret})
        key = SigningKey.read(Path(self.key))
        return Session(url, form, proof=lambda: key.proof(self.name, url))


def place() -> Path:
    """The file, as the XDG base directories have it."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "siaga" / "account.json"


def known() -> Account:
    """Who asks; the environment goes before the file."""
    said = [os.environ.get(f"SIAGA_{name}", "") for name in ("URL", "ACCOUNT", "SECRET", "KEY")]
    if all(said[:2]) and any(said[2:]):
        return Account(*said)
    if any(said[:2]):  # else another service might be asked than the one that is named
        raise NotSignedInError("SIAGA_URL, SIAGA_ACCOUNT and SIAGA_SECRET (or SIAGA_KEY) go together.")
    try:
        return Account(**json.loads(place().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise NotSignedInError("Sign in first: siaga login URL ACCOUNT") from None


def keep(account: Account) -> Path:
    """Writes the file, for its owner alone from its first byte on."""
    path = place()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(asdict(account), file)
    part.replace(path)
    return path


def secret() -> str:
    """Never an argument, which every process of the machine can read."""
    if said := os.environ.get("SIAGA_SECRET"):
        return said
    if sys.stdin.isatty():
        return getpass.getpass("Secret: ")
    return sys.stdin.readline().rstrip("\r\n")
