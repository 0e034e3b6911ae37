"""Turns every refusal and every failure into problem+json; the only place that does."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.domain import errors
from app.domain.errors import FieldError, Problem, TokenRefused
from app.domain.posture import MEASURE_KINDS
from app.reads import HungUp
from app.schemas.fields import InvalidValue
from app.texts.catalogue import say, say_finding
from app.texts.languages import Language, preferred

log = logging.getLogger("siaga")

KIND_AT = 2  # measures, the place in the list, the kind
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


def language_of(request: Request) -> Language:
    """The language in which the caller wants to be answered."""
    return preferred(request.headers.get("accept-language"))


def told_in(language: Language) -> dict[str, str]:
    """The headers of an answer that would be another one in another language."""
    return {"Content-Language": language, "Vary": "Accept-Language"}


def respond(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as RFC 9457 has it, in the caller's language; type and codes are the same in each."""
    language = language_of(request)
    body = said(problem, language)
    sent = {"Cache-Control": "no-store", **told_in(language), **problem.headers_now(), **(headers or {})}
    if challenge := problem.challenge:
        sent["WWW-Authenticate"] = f'{challenge}, resource_metadata="{resource_metadata(request)}"'
    return JSONResponse(body, problem.status, sent, MEDIA_TYPE)


def said(problem: Problem, language: Language) -> dict[str, Any]:
    """The members of a problem."""
    body: dict[str, Any] = {
        "type": problem_type(type(problem)),
        "title": say(language, problem.title),
        "status": problem.status,
    }
    if problem.detail:
        body["detail"] = say(language, problem.detail, problem.values)
    if problem.errors:
        body["errors"] = [
            {
                "pointer": each.pointer,
                "detail": say(language, each.detail, each.values),
                "code": each.code,
            }
            for each in problem.errors
        ]
    return body | problem.members


def resource_metadata(request: Request) -> str:
    """Where a client learns which tokens are taken, and who gives them (RFC 9728 §5.1)."""
    url: str = request.app.state.settings.public_url
    return f"{url.rstrip('/')}/.well-known/oauth-protected-resource"


def field_error(error: dict[str, Any], language: Language) -> FieldError:
    """One finding of the validation; what was sent is never repeated, it may hold secrets."""
    kind, *path = error["loc"]
    pointer = "".join(map("/{}".format, _members(path))) if kind == "body" else str(path[0] if path else kind)
    code, context = error["type"], error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InvalidValue):
        return FieldError(pointer, cause.detail, code, cause.values)
    message = error["msg"].removeprefix("Value error, ")
    return FieldError(pointer, say_finding(language, code, message, context), code)


def _members(path: Sequence[int | str]) -> list[int | str]:
    """The path without the kinds of measures, which the validation names beside their places in the list."""
    is_kind = len(path) > KIND_AT and path[0] == "measures" and path[KIND_AT] in MEASURE_KINDS
    return [*path[:KIND_AT], *path[KIND_AT + 1 :]] if is_kind else list(path)


def invalid(request: Request, error: RequestValidationError) -> Response:
    """What the validation found, field by field."""
    return respond(request, as_problem(error.errors(), language_of(request)))


def as_problem(found: Sequence[Any], language: Language) -> errors.Invalid:
    """All that a validation found, as one problem."""
    fields = [field_error(each, language) for each in found]
    return errors.Invalid(errors.TO_CORRECT, *fields, count=len(fields))


def from_framework(request: Request, error: HTTPException) -> Response:
    """What the framework refuses by itself, in our own form."""
    kind = BY_STATUS.get(error.status_code, errors.InternalError)
    if kind is errors.InternalError:
        log.error("the framework answered %s %s", error.status_code, HTTPStatus(error.status_code).phrase)
    return respond(request, kind(), dict(error.headers or {}))


def refused_token(request: Request, error: errors.TokenRefused) -> Response:
    """OAuth has a form of its own (RFC 6749 §5.2)."""
    language = language_of(request)
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache", **told_in(language)}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="siaga"'
    if error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    body = {"error": error.error, "error_description": say(language, error.description)}
    return JSONResponse(body, error.status, headers)


def of_oauth(request: Request, error: Exception) -> Exception:
    """What is wrong with a form of OAuth is told in OAuth's own form; what is asked elsewhere, in ours."""
    is_oauth = request.url.path.startswith("/oauth2/")
    if is_oauth and isinstance(error, RequestValidationError | errors.Invalid):
        return TokenRefused(
            "invalid_request", "A member of the form is missing, too long, or cannot be read."
        )
    if not is_oauth and isinstance(error, TokenRefused) and error.retry_after:
        return errors.TooManyRequests(error.description, seconds=error.retry_after)
    return error


def gone(_request: Request, _error: ClientDisconnect) -> Response:
    """The client hung up in the middle of its request: nobody reads this, and it is no fault of ours."""
    return Response(status_code=400)


def database_failed(request: Request, error: Exception) -> Response:
    """The database is away or overloaded: a matter of time, not of the request."""
    log.error("the database failed: %s", error)
    return respond(request, errors.Unavailable("The database does not answer; try again."))


def failed(request: Request, error: Exception) -> Response:
    """Nobody has thought of this."""
    log.error("unexpected failure", exc_info=error)
    return respond(request, errors.InternalError())


ANSWERS: tuple[tuple[tuple[type[Exception], ...], Any], ...] = (
    ((Problem,), respond),
    ((RequestValidationError,), invalid),
    ((HTTPException,), from_framework),
    ((errors.TokenRefused,), refused_token),
    ((ClientDisconnect,), gone),
    ((OperationalError, InterfaceError, PoolTimeoutError, OSError, HungUp), database_failed),
    ((Exception,), failed),
)


def answer(request: Request, error: Exception) -> Response:
    """The answer to whatever went wrong."""
    error = of_oauth(request, error)
    make = next(make for kinds, make in ANSWERS if isinstance(error, kinds))
    response: Response = make(request, error)
    return response
