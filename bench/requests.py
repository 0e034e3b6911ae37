"""A request as bytes, and who sends it."""

import json
from dataclasses import dataclass
from typing import Any

Request = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Caller:
    """An account with its token, the regions it covers, a unit, incidents it may see, and its list's tag."""

    account: str
    token: str
    regions: tuple[str, ...] = ()
    unit: str = ""
    incidents: tuple[str, ...] = ()
    etag: str = ""


def get(target: str, token: str = "", more: str = "") -> bytes:
    """A GET; without a token for the bare server."""
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{bearer}{more}\r\n".encode()


def send(method: str, target: str, token: str, body: dict[str, Any]) -> bytes:
    """A request with a JSON body."""
    content = json.dumps(body).encode()
    head = (
        f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
