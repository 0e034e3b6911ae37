"""Many records in one request, on the wire."""

from typing import Any
from uuid import UUID

from pydantic import Field

from app.domain.bulk import MOST, BulkMode, BulkOutcome
from app.schemas.examples import bulk as examples
from app.schemas.fields import Outgoing
from app.schemas.problems import ProblemDetails, ProblemField


class BulkFieldProblem(ProblemField):
    """One thing wrong in an item."""

    column: str | None = Field(default=None, description="In a table: the heading of the column")


class BulkProblem(Outgoing):
    """Why an item was refused; what a request for it alone would be told."""

    type: str = Field(examples=["urn:siaga:problem:invalid"])
    title: str
    detail: str | None = None
    errors: list[BulkFieldProblem] | None = Field(default=None, description="Pointers into the item")


class BulkResult(Outgoing):
    """What became of one item."""

    index: int = Field(description="Which item, from 0")
    line: int | None = Field(
        default=None, description="In a table or NDJSON: the line where it begins, from 1"
    )
    status: int = Field(description="The status that a request for it alone would have had", examples=[201])
    outcome: BulkOutcome
    external_source: str | None = None
    external_id: str | None = None
    record_type: str | None = Field(default=None, description="`threat_level_proposal` where it waits")
    id: UUID | None = None
    reference: str | None = None
    version: int | None = None
    position: int | None = Field(
        default=None, description="Of its entry in the ledger; null where nothing was written"
    )
    problem: BulkProblem | None = None


class BulkAnswer(Outgoing):
    """What became of each item, in the order in which they were sent."""

    mode: BulkMode
    dry_run: bool = Field(
        description="Then nothing was written, and ids are of records that were there before"
    )
    created: int
    updated: int
    unchanged: int
    waiting: int = Field(description="Threat levels that wait for another account's approval")
    refused: int
    items: list[BulkResult]

    @classmethod
    def of(cls, mode: BulkMode, items: list[BulkResult], *, dry_run: bool) -> "BulkAnswer":
        """With its sums."""
        sums = {str(each): 0 for each in BulkOutcome}
        for item in items:
            sums[item.outcome] += 1
        return cls(mode=mode, dry_run=dry_run, items=items, **sums)


class BulkRefusal(ProblemDetails):
    """The refusal of a bulk, as `application/problem+json`."""

    items: list[BulkResult] | None = Field(default=None, description="Each item that is refused")


def body_schema(of: str) -> dict[str, Any]:
    """The schema of a body of such items; FastAPI does not see it, for the body is read item by item."""
    return {
        "type": "array",
        "items": {"$ref": f"#/components/schemas/{of}Create"},
        "maxItems": max(MOST.values()),
        "description": "Items, each as a request for it alone would have it; those that are known change.",
        "examples": [examples.FIRST[of]],
    }


BODIES = {f"{of}Bulk": body_schema(of) for of in ("Incident", "Deployment", "Site", "ThreatLevel")}
