"""How routes say in OpenAPI which problems they answer with."""

from typing import Any

from app.domain import errors
from app.domain.errors import Problem
from app.routers.problems import problem_type
from app.schemas.problems import ProblemDetails
from app.texts.catalogue import ALTERNATIVE

# Every route behind a token can answer with these.
ALWAYS = (
    errors.Unauthenticated, errors.Forbidden, errors.Invalid, errors.TooManyRequests, errors.InternalError,
    errors.Unavailable,
)  # fmt: skip
BODY = (errors.PayloadTooLarge, errors.UnsupportedMediaType)


def documents(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: each status once, with all the problems that share it."""
    found: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        known = found.setdefault(problem.status, _response(problem))
        if problem.title not in known["description"]:
            known["description"] += ALTERNATIVE + problem.title
    return found


def _response(problem: type[Problem]) -> dict[str, Any]:
    example = {"type": problem_type(problem), "title": problem.title, "status": problem.status}
    content = {"application/json": {"example": example}}  # `app.openapi` gives it its own media type
    return {"model": ProblemDetails, "description": problem.title, "content": content}


READS = documents(*ALWAYS)
READS_ONE = documents(*ALWAYS, errors.NotFound)
CREATES = documents(*ALWAYS, *BODY, errors.OutsideJurisdiction, errors.Conflict, errors.KeyReused)
POSTS = documents(
    *ALWAYS, *BODY, errors.NotFound, errors.OutsideJurisdiction, errors.ConflictOfInterest, errors.Conflict,
    errors.IllegalStep, errors.PreconditionFailed, errors.KeyReused,
)  # fmt: skip
CHANGES = documents(
    *ALWAYS, *BODY, errors.NotFound, errors.OutsideJurisdiction, errors.ConflictOfInterest, errors.Conflict,
    errors.PreconditionFailed, errors.PreconditionRequired,
)  # fmt: skip
STATES = documents(
    *ALWAYS, *BODY, errors.NotFound, errors.OutsideJurisdiction, errors.Conflict, errors.PreconditionFailed
)
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "You have this version already"}}
