"""One agency at the API: a client and a token of its own, and no answer that is not checked."""

from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx

INCIDENTS = "/api/v1/incidents"


class Unexpected(Exception):  # noqa: N818 - what the API did, told to whoever runs the demo
    """The API answered something else than the story needs."""


@dataclass
class Agency:
    """An agency, acting through its duty operator."""

    code: str
    http: httpx.Client
    etags: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sign_in(cls, url: str, code: str, password: str) -> Self:
        """The agency with a fresh token of its account `operator.<code>`."""
        agency = cls(code, httpx.Client(base_url=url, timeout=30, trust_env=False))
        form = {"grant_type": "password", "username": f"operator.{code}", "password": password}
        token = agency.send("POST", "/oauth2/token", data=form).json()["access_token"]
        agency.http.headers["Authorization"] = f"Bearer {token}"
        return agency

    def send(self, method: str, path: str, expected: int = 200, **more: Any) -> httpx.Response:
        """One request; raises Unexpected unless the answer has the status that is expected."""
        try:
            answer = self.http.request(method, path, **more)
        except httpx.TransportError as error:
            raise Unexpected(f"{self.code}: {method} {path} got no answer: {error}") from None
        if answer.status_code != expected:
            told = f"{answer.status_code} where {expected} was expected\n{answer.text}"
            raise Unexpected(f"{self.code}: {method} {path} answered {told}")
        if tag := answer.headers.get("etag"):
            self.etags[path] = tag
        return answer

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """What the API shows this agency."""
        return _members(self.send("GET", path, params=parameters))

    def incident(self, identity: str) -> dict[str, Any]:
        """One incident as it stands; its entity tag is kept for the next change."""
        return self.get(f"{INCIDENTS}/{identity}")

    def incidents(self) -> list[dict[str, Any]]:
        """Every incident that this agency may know of, page after page."""
        found, page = [], self.get(INCIDENTS, limit=200)
        found += page["items"]
        while page["next"]:
            page = self.get(INCIDENTS, limit=200, cursor=page["next"])
            found += page["items"]
        return found

    def report(self, **facts: Any) -> dict[str, Any]:
        """A new incident of this agency, read back."""
        answer = self.send("POST", INCIDENTS, 201, json=facts, headers=_once())
        return self.incident(_members(answer)["id"])

    def add(self, identity: str, part: str, **facts: Any) -> dict[str, Any]:
        """A note, a link or a party for an incident."""
        return _members(self.send("POST", f"{INCIDENTS}/{identity}/{part}", 201, json=facts, headers=_once()))

    def step(self, identity: str, to: str, reason: str) -> dict[str, Any]:
        """The next status, read back."""
        body = {"to": to, "reason": reason}
        self.send("POST", f"{INCIDENTS}/{identity}/steps", json=body, headers=_once())
        return self.incident(identity)

    def change(self, identity: str, **wanted: Any) -> dict[str, Any]:
        """New values for some fields, on the version that was read last; read back."""
        path = f"{INCIDENTS}/{identity}"
        self.send("PATCH", path, json=wanted, headers={"If-Match": self.etags[path]})
        return self.incident(identity)

    def refused(self, method: str, path: str, status: int, kind: str, **more: Any) -> dict[str, Any]:
        """The problem with which the API refuses; raises Unexpected where it is another one."""
        problem = _members(self.send(method, path, status, **more))
        if problem["type"] != f"urn:siaga:problem:{kind}":
            raise Unexpected(f"{self.code}: {method} {path} was refused as {problem}, not as {kind}")
        return problem


def _once() -> dict[str, str]:
    """A key under which a request takes effect once, however often it is sent."""
    return {"Idempotency-Key": str(uuid4())}


def _members(answer: httpx.Response) -> dict[str, Any]:
    members: dict[str, Any] = answer.json()
    return members
