"""What is sent and waited for, without doing either: a flow yields requests and pauses."""

import random
import time
import uuid
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx

from siaga_client.problems import problem_of, said_by

ATTEMPTS = 6
LONGEST_PAUSE = 60.0
AGAIN = (429, 502, 503, 504)
EARLY_SECONDS = 30  # a token is renewed so long before its end
LONGEST_WAIT = 30  # for changes
TIMEOUT = httpx.Timeout(10.0, read=LONGEST_WAIT + 30.0)
STREAMED = "siaga.streamed"  # marks a request whose answer is read piece by piece
Told = httpx.Response | httpx.TransportError | None
Flow = Generator[httpx.Request | float, Told, httpx.Response]


@dataclass
class Session:
    """Who asks where, and the token they hold; `proof` is asked for anew at each attempt to sign in."""

    base_url: str
    form: dict[str, str] = field(repr=False)
    token: str = field(default="", repr=False)
    until: float = 0.0
    proof: Callable[[], dict[str, str]] = field(default=dict, repr=False)

    def request(
        self, method: str, path: str, *, timeout: httpx.Timeout = TIMEOUT, streamed: bool = False, **more: Any
    ) -> Flow:
        """One answer below 400; a POST keeps its idempotency key over all attempts."""
        headers = httpx.Headers(more.pop("headers", None))
        more["extensions"] = {"timeout": timeout.as_dict(), STREAMED: streamed}
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        for is_last in (False, True):
            if time.monotonic() >= self.until:
                yield from self._sign_in()
            headers["Authorization"] = f"Bearer {self.token}"
            ask = partial(httpx.Request, method, self.base_url + path, headers=headers, **more)
            answer = yield from _patiently(ask)
            if answer.status_code != httpx.codes.UNAUTHORIZED or is_last:
                break
            self.until = 0.0  # revoked before its time
        if is_refusal(answer):
            raise problem_of(answer)
        return answer

    def _sign_in(self) -> Generator[httpx.Request | float, Told, None]:
        answer = yield from _patiently(self._asks_for_a_token)
        if is_refusal(answer):
            raise problem_of(answer)
        told = said_by(answer, "access_token", "expires_in")
        self.token = told["access_token"]
        self.until = time.monotonic() + told["expires_in"] - EARLY_SECONDS

    def _asks_for_a_token(self) -> httpx.Request:
        form, extensions = {**self.form, **self.proof()}, {"timeout": TIMEOUT.as_dict()}
        return httpx.Request("POST", f"{self.base_url}/oauth2/token", data=form, extensions=extensions)


def _patiently(asks: Callable[[], httpx.Request]) -> Flow:
    """Sends again what the service was too busy for, or what was lost on the way.

    After a lost answer a 409 may only say that the first attempt is still being worked on.
    """
    again: tuple[int, ...] = AGAIN
    for attempt in range(ATTEMPTS):
        told = yield asks()
        is_last = attempt == ATTEMPTS - 1
        if isinstance(told, httpx.Response) and (told.status_code not in again or is_last):
            return told
        if isinstance(told, httpx.TransportError):
            if is_last:
                raise told
            again = (*AGAIN, httpx.codes.CONFLICT)
        yield pause(attempt, told)
    raise AssertionError


def is_refusal(answer: httpx.Response) -> bool:
    """Whether it is no answer to what was asked; who points elsewhere is not followed with a token."""
    return answer.is_error or answer.has_redirect_location


def pause(attempt: int, told: Told) -> float:
    """Seconds to wait: longer each time, never twice the same, not less than was told, at most a minute."""
    said = told.headers.get("Retry-After", "") if isinstance(told, httpx.Response) else ""
    drawn = random.uniform(0.5, 1) * 0.5 * 2.0**attempt  # noqa: S311 - spreads load, guards nothing
    return min(LONGEST_PAUSE, max(drawn, float(said) if said.isascii() and said.isdigit() else 0))
