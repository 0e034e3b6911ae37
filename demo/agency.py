"""One agency at the API: a client and a token of its own, and no answer that is not checked."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx

INCIDENTS = "/api/v1/incidents"
OPERATOR, SCRIPT = "operator", "integration"


class Unexpected(Exception):  # noqa: N818 - what the API did, told to whoever runs the demo
    """The API answered something else than the story needs."""


@dataclass
class Agency:
    """An agency, acting through one of its posts: the duty operator, unless another is named."""

    code: str
    http: httpx.Client
    post: str = OPERATOR
    etags: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sign_in(cls, url: str, code: str, password: str, post: str = OPERATOR) -> Self:
        """The agency with a fresh token of its account `<post>.<code>`; a script signs in as clients do."""
        agency = cls(code, httpx.Client(base_url=url, timeout=30, trust_env=False), post)
        account = f"{post}.{code}"
        if post == SCRIPT:
            form = {"grant_type": "client_credentials", "client_id": account, "client_secret": password}
        else:
            form = {"grant_type": "password", "username": account, "password": password}
        token = agency.send("POST", "/oauth2/token", data=form).json()["access_token"]
        agency.http.headers["Authorization"] = f"Bearer {token}"
        return agency

    @property
    def name(self) -> str:
        """As whom it acts."""
        return self.code if self.post == OPERATOR else f"{self.post}.{self.code}"

    def send(self, method: str, path: str, expected: int = 200, **more: Any) -> httpx.Response:
        """One request; raises Unexpected unless the answer has the status that is expected."""
        answer = self.ask(method, path, **more)
        if answer.status_code != expected:
            told = f"{answer.status_code} where {expected} was expected\n{answer.text}"
            raise Unexpected(f"{self.name}: {method} {path} answered {told}")
        if tag := answer.headers.get("etag"):
            self.etags[path] = tag
        return answer

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request, whatever it is answered."""
        try:
            return self.http.request(method, path, **more)
        except httpx.TransportError as error:
            raise Unexpected(f"{self.name}: {method} {path} got no answer: {error}") from None

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """What the API shows this agency."""
        return _members(self.send("GET", path, params=parameters))

    def incident(self, identity: str) -> dict[str, Any]:
        """One incident as it stands; its entity tag is kept for the next change."""
        return self.get(f"{INCIDENTS}/{identity}")

    def every(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """All items of a list, page after page."""
        page = self.get(path, limit=200, **parameters)
        found: list[dict[str, Any]] = page["items"]
        while page["next"]:
            page = self.get(path, limit=200, cursor=page["next"], **parameters)
            found += page["items"]
        return found

    def report(self, **facts: Any) -> dict[str, Any]:
        """A new incident of this agency, read back."""
        return self.incident(self.create(INCIDENTS, **facts)["id"])

    def create(self, path: str, **facts: Any) -> dict[str, Any]:
        """A new record, as it is answered."""
        return _members(self.send("POST", path, 201, json=facts, headers=_once()))

    def add(self, identity: str, part: str, **facts: Any) -> dict[str, Any]:
        """A note, a link or a party for an incident."""
        return self.create(f"{INCIDENTS}/{identity}/{part}", **facts)

    def attach(self, identity: str, name: str, content: bytes) -> dict[str, Any]:
        """A text file for an incident; what is stored must be what was sent."""
        path, file = f"{INCIDENTS}/{identity}/attachments", {"file": (name, content, "text/plain")}
        stored = _members(self.send("POST", path, 201, files=file, headers=_once()))
        if stored["sha256"] != hashlib.sha256(content).hexdigest():
            raise Unexpected(f"{self.code}: {name} is stored as {stored}, which is not what was sent")
        return stored

    def step(self, identity: str, to: str, reason: str) -> dict[str, Any]:
        """The next status of an incident, read back."""
        self.move(f"{INCIDENTS}/{identity}", to, reason)
        return self.incident(identity)

    def move(self, path: str, to: str, reason: str, **more: Any) -> dict[str, Any]:
        """The next status of a record, as it is answered."""
        body = {"to": to, "reason": reason, **more}
        return _members(self.send("POST", f"{path}/steps", json=body, headers=_once()))

    def change(self, identity: str, **wanted: Any) -> dict[str, Any]:
        """New values for some fields, on the version that was read last; read back."""
        path = f"{INCIDENTS}/{identity}"
        self.patch(path, **wanted)
        return self.incident(identity)

    def patch(self, path: str, **wanted: Any) -> dict[str, Any]:
        """The same for a record of any kind, as it is answered."""
        return _members(self.send("PATCH", path, json=wanted, headers={"If-Match": self.etags[path]}))

    def put(self, path: str, wanted: dict[str, Any], expected: Collection[int]) -> httpx.Response:
        """State what shall be; what comes of it is one of the statuses that are expected."""
        answer = self.ask("PUT", path, json=wanted)
        if answer.status_code not in expected:
            raise Unexpected(f"{self.name}: PUT {path} answered {answer.status_code}\n{answer.text}")
        return answer

    def knows(self, path: str) -> bool:
        """Whether there is such a thing."""
        return self.ask("GET", path).is_success

    def refused(self, method: str, path: str, status: int, kind: str, **more: Any) -> dict[str, Any]:
        """The problem with which the API refuses; raises Unexpected where it is another one."""
        problem = _members(self.send(method, path, status, **more))
        if problem["type"] != f"urn:siaga:problem:{kind}":
            raise Unexpected(f"{self.name}: {method} {path} was refused as {problem}, not as {kind}")
        return problem


def _once() -> dict[str, str]:
    """A key under which a request takes effect once, however often it is sent."""
    return {"Idempotency-Key": str(uuid4())}


def _members(answer: httpx.Response) -> dict[str, Any]:
    members: dict[str, Any] = answer.json()
    return members
