"""Turns every refusal and every failure into problem+json; the only place that does."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
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


async def on_problem(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 - registered for this class only
    return respond(problem)


async def on_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    found = [field_error(each) for each in error.errors()]
    return respond(errors.Invalid(f"{len(found)} thing(s) to correct; see errors.", *found))


async def on_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    kind = BY_STATUS.get(error.status_code, errors.InternalError)
    if kind is errors.InternalError:
        log.error("the framework answered %s %s", error.status_code, HTTPStatus(error.status_code).phrase)
    return respond(kind(), dict(error.headers or {}))


async def on_refused_token(_request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.TokenRefused)  # noqa: S101 - registered for this class only
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="siaga"'
    return JSONResponse({"error": error.error, "error_description": error.description}, error.status, headers)


async def on_database(_request: Request, error: Exception) -> Response:
    """The database is away or overloaded: a matter of time, not of the request."""
    log.error("the database failed: %s", error)
    return respond(errors.Unavailable("The database does not answer; try again."))


async def on_gone(_request: Request, _error: Exception) -> Response:
    """The client hung up in the middle of its request: nobody reads this, and it is no fault of ours."""
    return Response(status_code=400)


async def on_failure(_request: Request, error: Exception) -> Response:
    log.error("unexpected failure", exc_info=error)
    return respond(errors.InternalError())


def install(app: FastAPI) -> None:
    """All handlers."""
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(errors.TokenRefused, on_refused_token)
    for kind in (OperationalError, InterfaceError, PoolTimeoutError, OSError):
        app.add_exception_handler(kind, on_database)
    app.add_exception_handler(ClientDisconnect, on_gone)
    app.add_exception_handler(Exception, on_failure)
