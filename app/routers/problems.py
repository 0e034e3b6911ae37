"""Turns every refusal and every failure into problem+json; the only place that does."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.domain import errors
from app.domain.errors import FieldError, Problem

log = logging.getLogger("siaga")

MEDIA_TYPE = "application/problem+json"
BY_STATUS: dict[int, type[Problem]] = {
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.PayloadTooLarge,
    415: errors.UnsupportedMediaType,
    422: errors.Invalid,
}


def problem_type(problem: type[Problem]) -> str:
    """The stable name of a kind of problem."""
    return f"urn:siaga:problem:{problem.slug}"


def respond(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as RFC 9457 has it."""
    body: dict[str, Any] = {
        "type": problem_type(type(problem)),
        "title": problem.title,
        "status": problem.status,
    }
    if problem.detail:
        body["detail"] = problem.detail
    if problem.errors:
        body["errors"] = [
            {"pointer": each.pointer, "detail": each.detail, "code": each.code} for each in problem.errors
        ]
    sent = {"Cache-Control": "no-store", **problem.headers, **(headers or {})}
    return JSONResponse(body, problem.status, sent, MEDIA_TYPE)


def field_error(error: dict[str, Any]) -> FieldError:
    """One finding of the validation; what was sent is never repeated, it may hold secrets."""
    kind, *path = error["loc"]
    pointer = "".join(f"/{part}" for part in path) if kind == "body" else str(path[0] if path else kind)
    return FieldError(pointer, error["msg"].removeprefix("Value error, "), error["type"])


def invalid(error: RequestValidationError) -> Response:
    """What the validation found, field by field."""
    found = [field_error(each) for each in error.errors()]
    return respond(errors.Invalid(f"{len(found)} thing(s) to correct; see errors.", *found))


def from_framework(error: HTTPException) -> Response:
    """What the framework refuses by itself, in our own form."""
    kind = BY_STATUS.get(error.status_code, errors.InternalError)
    if kind is errors.InternalError:
        log.error("the framework answered %s %s", error.status_code, HTTPStatus(error.status_code).phrase)
    return respond(kind(), dict(error.headers or {}))


def refused_token(error: errors.TokenRefused) -> Response:
    """OAuth has a form of its own (RFC 6749 §5.2)."""
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="siaga"'
    return JSONResponse({"error": error.error, "error_description": error.description}, error.status, headers)


def gone(_error: ClientDisconnect) -> Response:
    """The client hung up in the middle of its request: nobody reads this, and it is no fault of ours."""
    return Response(status_code=400)


def database_failed(error: Exception) -> Response:
    """The database is away or overloaded: a matter of time, not of the request."""
    log.error("the database failed: %s", error)
    return respond(errors.Unavailable("The database does not answer; try again."))


def failed(error: Exception) -> Response:
    """Nobody has thought of this."""
    log.error("unexpected failure", exc_info=error)
    return respond(errors.InternalError())


ANSWERS: tuple[tuple[tuple[type[Exception], ...], Any], ...] = (
    ((Problem,), respond),
    ((RequestValidationError,), invalid),
    ((HTTPException,), from_framework),
    ((errors.TokenRefused,), refused_token),
    ((ClientDisconnect,), gone),
    ((OperationalError, InterfaceError, PoolTimeoutError, OSError), database_failed),
    ((Exception,), failed),
)


def answer(error: Exception) -> Response:
    """The answer to whatever went wrong."""
    response: Response = next(make for kinds, make in ANSWERS if isinstance(error, kinds))(error)
    return response
