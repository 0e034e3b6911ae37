"""Where the service is and who asks: out of the environment, or as `siaga login` kept it."""

import getpass
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from siaga_client.flows import Session

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NotSignedInError(Exception):
    """Nobody has said who asks."""


@dataclass(frozen=True)
class Account:
    """A service, and an integration that it knows."""

    url: str
    name: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        place = urlsplit(self.url)
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
            raise NotSignedInError(f"{self.url} is no https:// address: the secret would be read on the way.")

    def session(self) -> Session:
        """Proves itself with its secret."""
        form = {"client_id": self.name, "client_secret": self.secret}
        return Session(self.url.rstrip("/"), {"grant_type": "client_credentials", **form})


def place() -> Path:
    """The file, as the XDG base directories have it."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "siaga" / "account.json"


def known() -> Account:
    """Who asks; the environment goes before the file."""
    said = [os.environ.get(name, "") for name in ("SIAGA_URL", "SIAGA_ACCOUNT", "SIAGA_SECRET")]
    if all(said):
        return Account(*said)
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
