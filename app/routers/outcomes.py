"""What a bulk answers: the result of each item, as JSON, as a table, or as the refusal of the whole."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError

from app.domain.bulk import BulkMode, BulkOutcome
from app.domain.errors import BulkRefused, NotFound
from app.formats import spreadsheets
from app.routers import problems
from app.routers.answers import JSON, render
from app.routers.bundles import CSV
from app.schemas.bulk import BulkAnswer, BulkFieldProblem, BulkProblem, BulkResult
from app.services.bulk import Item
from app.services.replay import Key
from app.texts.languages import Language

RESULTS = TypeAdapter(list[BulkResult])
REFUSED = "{count} of {total} items are refused; see items."
NOT_THERE = {BulkOutcome.CREATED, BulkOutcome.WAITING}  # after a dry run
TOLD = (
    "line",
    "status",
    "outcome",
    "external_source",
    "external_id",
    "id",
    "reference",
    "version",
    "position",
)
COMPRESSION = 3


def result(item: Item, language: Language, position: int | None = None) -> BulkResult:
    """What is told of one item; `position` is that of the first entry written with it, None after none."""
    key = {name: getattr(item.new, name, None) for name in ("external_source", "external_id")}
    told: dict[str, Any] = {"index": item.index, "line": item.raw.line, "outcome": item.outcome, **key}
    if item.change is None:
        status, problem = _problem(item, language)
        return BulkResult(**told, status=status, problem=problem)
    if position is not None or item.outcome not in NOT_THERE:
        answer = item.change.answer
        told |= {"id": answer.id, "reference": answer.reference, "version": answer.version}
        told["record_type"] = getattr(answer, "record_type", item.kind.name)
    if position is not None and item.entry is not None:
        told["position"] = position + item.entry
    return BulkResult(**told, status=item.change.status or 200)


def _problem(item: Item, language: Language) -> tuple[int, BulkProblem]:
    """Why an item is refused, as a request for it alone would be told."""
    problem = item.problem
    if isinstance(problem, ValidationError):
        found = problem.errors(include_url=False, include_input=False)
        problem = problems.as_problem([{**each, "loc": ("body", *each["loc"])} for each in found], language)
    if problem is None:
        raise LookupError(item.index)
    said = problems.said(problem, language)
    columns = item.raw.columns
    errors = [
        BulkFieldProblem(**each, column=_column(columns, each["pointer"])) for each in said.pop("errors", ())
    ]
    return said.pop("status"), BulkProblem(**said, errors=errors or None)


def _column(columns: Mapping[str, str], pointer: str) -> str | None:
    """The heading of what a pointer names: of a list, whose codes share one cell, that of the list."""
    return columns.get(pointer) or columns.get(pointer.rpartition("/")[0])


def retold(result: BulkResult, language: Language) -> BulkResult:
    """A result of an earlier request; where the record is no longer seen, the refusal that says so."""
    if result.outcome is not BulkOutcome.REFUSED or result.problem:
        return result
    said = problems.said(NotFound(), language)
    return result.model_copy(update={"problem": BulkProblem(**said)})


def kept(key: Key, results: Sequence[BulkResult]) -> dict[str, Any]:
    """What is kept under a key: what became of each item, nothing of what it says."""
    return {**key.plain(200), "results": zlib.compress(RESULTS.dump_json(list(results)), COMPRESSION)}


def answer(
    request: Request, mode: BulkMode, results: list[BulkResult], *, dry_run: bool, replayed: bool = False
) -> Response:
    """The results, in the form that the caller asks for."""
    headers = {"Cache-Control": "no-store", **problems.told_in(problems.language_of(request))}
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    if CSV in request.headers.get("accept", "").lower():
        headers["Content-Disposition"] = 'attachment; filename="results.csv"'
        return Response(spreadsheets.table([*TOLD, "problem"], _lines(results)), 200, headers, CSV)
    body = render(BulkAnswer.of(mode, results, dry_run=dry_run))
    return Response(body, 200, headers, JSON)


def _lines(results: Sequence[BulkResult]) -> Iterator[list[Any]]:
    for each in results:
        said = []
        if each.problem:
            errors = each.problem.errors or []
            said = [f"{error.column or error.pointer}: {error.detail}" for error in errors]
            said = said or [each.problem.detail or each.problem.title]
        yield [*(getattr(each, name) for name in TOLD), " | ".join(said)]


def refusal(request: Request, refused: Sequence[BulkResult], total: int) -> Response:
    """Nothing was written; which items are the reason."""
    language = problems.language_of(request)
    said = problems.said(BulkRefused(REFUSED, count=len(refused), total=total), language)
    said["items"] = [each.model_dump(mode="json", exclude_none=True) for each in refused]
    headers = {"Cache-Control": "no-store", **problems.told_in(language)}
    return JSONResponse(said, BulkRefused.status, headers, problems.MEDIA_TYPE)
