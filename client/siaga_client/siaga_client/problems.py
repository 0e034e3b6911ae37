"""What the service refuses, as exceptions."""

import json
from typing import Any

import httpx

WORDS = ("detail", "title", "error_description", "error")
SIGN_IN = {"invalid_client", "invalid_grant"}  # RFC 6749, 5.2: the second comes with a 400


class Problem(Exception):  # noqa: N818 - named as RFC 9457 names it
    """An answer of application/problem+json, or another refusal."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        words = next((told[name] for name in WORDS if told.get(name)), "refused")
        super().__init__(f"{status}: {words}")
        self.status = status
        self.told = told

    @property
    def passes(self) -> bool:
        """Whether the service only cannot now."""
        return (
            self.status == httpx.codes.TOO_MANY_REQUESTS or self.status // 100 == 5  # noqa: PLR2004 - 5xx
        )


class NotUnderstoodError(Exception):
    """Somebody answers, and not as SIAGA does: a proxy perhaps, or the address is another one's."""


class Unauthenticated(Problem):
    """401, or a refused sign-in: no token, or one that is good no more."""


class Forbidden(Problem):
    """403."""


class NotFound(Problem):
    """404: it is not there, or not for you."""


class Conflict(Problem):
    """409."""


class SnapshotRequired(Problem):
    """410: the cursor fits no more."""


class Invalid(Problem):
    """422: a field is wrong; `told` names it."""


KINDS = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: SnapshotRequired,
    422: Invalid,
}


def read_json(text: bytes | str) -> dict[str, Any]:
    """A JSON object; raises NotUnderstoodError."""
    try:
        read = json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise NotUnderstoodError("What answers is not SIAGA: see whether the address is right.")
    return read


def said_by(answer: httpx.Response, *names: str) -> dict[str, Any]:
    """What an answer says, with these members at least; raises NotUnderstoodError."""
    said = read_json(answer.content)
    for name in names:
        if name not in said:
            raise NotUnderstoodError(f"{answer.url} does not answer as SIAGA does: there is no {name}.")
    return said


def problem_of(answer: httpx.Response) -> Problem:
    """The exception for an answer that was read."""
    try:
        read = answer.json()
    except ValueError:
        read = {}
    told = read if isinstance(read, dict) else {}
    if answer.has_redirect_location:
        told = {"detail": f"this address points to {answer.headers['Location']}"}
    kind = Unauthenticated if told.get("error") in SIGN_IN else KINDS.get(answer.status_code, Problem)
    return kind(answer.status_code, told)
