"""What the service refuses, as exceptions."""

from typing import Any

import httpx


class Problem(Exception):  # noqa: N818 - named as RFC 9457 names it
    """An answer of application/problem+json, or another refusal."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(f"{status}: {told.get('detail') or told.get('title') or 'refused'}")
        self.status = status
        self.told = told


class Unauthenticated(Problem):
    """401: no token, or one that is good no more."""


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


def problem_of(answer: httpx.Response) -> Problem:
    """The exception for an answer that was read."""
    try:
        told = answer.json()
    except ValueError:
        told = {}
    kind = KINDS.get(answer.status_code, Problem)
    return kind(answer.status_code, told if isinstance(told, dict) else {})
