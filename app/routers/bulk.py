"""Many records in one request, over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.domain.bulk import MOST_AT_ONCE, MOST_CHECKED, MOST_ITEMS, BulkMode
from app.domain.errors import BulkRefused, Conflict, KeyReused, RequestTimeout
from app.routers.authentication import DeploymentWriter, IncidentWriter, SiteWriter, ThreatLevelWriter
from app.routers.bundles import CSV, JSON, NDJSON
from app.routers.documents import ALWAYS, BODY, documents
from app.routers.loads import Loading, Wish
from app.routers.threat_levels import Window
from app.schemas.bulk import BulkAnswer, BulkRefusal
from app.services import bulk
from app.services.bulk import Asked

router = APIRouter(tags=["Bulk"])

HOW = (
    f"At most {MOST_ITEMS:,} items, in `all_or_nothing` {MOST_AT_ONCE:,}, in `checked_first` "
    f"{MOST_CHECKED:,}: there nothing is written unless every item was accepted before. What your agency has "
    "sent before under the same key, and you see, is changed where it differs and left alone where it does "
    "not, so that sending all of it again is safe; what was erased of it stays erased. Rules and rights are "
    "those of a request for one."
)
TABLE = (
    f"{HOW} A table has the names of the fields in its first line. With `Accept: text/csv` the answer is one "
    "too."
)
RESPONSES = documents(*ALWAYS, *BODY, RequestTimeout, Conflict, BulkRefused, KeyReused)
RESPONSES[422]["model"] = BulkRefusal


def body(schema: str, *, table: bool) -> dict[str, Any]:
    """What OpenAPI shows of a body that is read item by item."""
    lines: dict[str, Any] = {"schema": {"type": "string", "description": "One item in each line"}}
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}, NDJSON: lines}
    if table:
        content[CSV] = {"schema": {"type": "string", "description": "Comma or semicolon, UTF-8"}}
    return {"requestBody": {"required": True, "content": content}}


async def wish_of(
    minutes: Window,
    mode: Annotated[BulkMode, Query(description="Whether one refused item refuses all")] = (
        BulkMode.BEST_EFFORT
    ),
    dry_run: Annotated[bool, Query(description="Decide, and write nothing")] = False,  # noqa: FBT002 - a query parameter
) -> Wish:
    """How the bulk shall be worked on."""
    return Wish(mode, dry_run, Asked(minutes))


Wished = Annotated[Wish, Depends(wish_of)]


@router.post(
    "/incidents/bulk", operation_id="report_incidents", summary="Report or change many incidents",
    description=HOW, response_model=BulkAnswer, responses=RESPONSES,
    openapi_extra=body("IncidentBulk", table=False),
)  # fmt: skip
async def report_incidents(load: Loading, actor: IncidentWriter, wish: Wished) -> Response:
    return await load.of(bulk.INCIDENTS, actor, wish)


@router.post(
    "/deployments/bulk", operation_id="request_deployments", summary="Request or change many deployments",
    description=TABLE, response_model=BulkAnswer, responses=RESPONSES,
    openapi_extra=body("DeploymentBulk", table=True),
)  # fmt: skip
async def request_deployments(load: Loading, actor: DeploymentWriter, wish: Wished) -> Response:
    return await load.of(bulk.DEPLOYMENTS, actor, wish)


@router.post(
    "/threat-levels/bulk", operation_id="state_threat_levels", summary="State many threat levels",
    description=TABLE, response_model=BulkAnswer, responses=RESPONSES,
    openapi_extra=body("ThreatLevelBulk", table=True),
)  # fmt: skip
async def state_threat_levels(load: Loading, actor: ThreatLevelWriter, wish: Wished) -> Response:
    return await load.of(bulk.LEVELS, actor, wish)


@router.post(
    "/sites/bulk", operation_id="register_sites", summary="Register or change many sites",
    description=TABLE, response_model=BulkAnswer, responses=RESPONSES,
    openapi_extra=body("SiteBulk", table=True),
)  # fmt: skip
async def register_sites(load: Loading, actor: SiteWriter, wish: Wished) -> Response:
    return await load.of(bulk.SITES, actor, wish)
