"""What comes of a promise: personnel of the agency that made it, under the command of who asked for them."""

from collections.abc import Mapping
from typing import Any

from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.assistance import ROLE_OF, AssistanceKind
from app.domain.deployments import DEPLOYMENT_STEPS, CommandRelation, DeploymentStatus
from app.domain.errors import Conflict, Invalid
from app.domain.references import make_reference
from app.domain.sharing import Tlp
from app.models.assistance import AssistanceRequestRow
from app.models.deployments import DeploymentRow
from app.services import bookings, externals, records
from app.services import deployment_rules as rules

GONE = "That agency can no longer send so many in that time: ask it for another offer."
ON_THEIR_WAY = "They are {status}: what follows are the steps of their deployment."


def planned(row: AssistanceRequestRow, answer: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The deployment that an answer promises, as the columns of its row."""
    return {
        "assistance_request_id": row.id,
        "audience": [row.owner_agency],
        "classification": row.classification,
        "command_relation": CommandRelation.BKO,
        "controlling_agency": row.owner_agency,
        "controlling_unit": row.controlling_unit,
        "created_at": change.at,
        "ends_at": answer["ends_at"] or row.ends_at,
        "exercise": row.exercise,
        "home_unit": answer["home_unit"],
        "id": uuid7(),
        "latitude": row.latitude,
        "longitude": row.longitude,
        "owner_agency": answer["owner_agency"],
        "recipients": [],
        "reference": make_reference("D"),
        "region_code": row.region_code,
        "role": answer["role"] or ROLE_OF[AssistanceKind(row.kind)],
        "site": row.site,
        "starts_at": answer["starts_at"] or row.starts_at,
        "status": DeploymentStatus.COMMITTED,
        "strength_planned": answer["quantity"],
        "strength_present": 0,
        "tlp": Tlp.AMBER_STRICT,
        "updated_at": change.at,
        **externals.NONE,
    }


async def require_possible(session: Session, change: Change, values: Mapping[str, Any]) -> None:
    """Raise where the promising agency could not deploy them so by itself; it sees its unit."""
    await _require(session, change.actor, values)
    try:
        await bookings.require_room(session, change.actor, change, values)
    except Invalid:
        text = "The unit has fewer personnel than that."
        raise Invalid.field("/quantity", text, "strength") from None


async def require_still_possible(session: Session, change: Change, values: Mapping[str, Any]) -> None:
    """The same when the requester takes an offer: of another agency's unit it learns no numbers."""
    await _require(session, change.actor, values)
    try:
        await bookings.require_room(session, change.actor, change, values)
    except (Conflict, Invalid):
        raise Conflict(GONE) from None


async def _require(session: Session, actor: Actor, values: Mapping[str, Any]) -> None:
    rules.check_values(values, await rules.kind_of(session, values["owner_agency"]))
    await rules.require_place(session, actor, values)


async def deploy(session: Session, change: Change, values: Mapping[str, Any]) -> None:
    """Have the personnel deployed together with what the change decides."""
    marking = await rules.check_marking(session, change.actor, values)
    change.create(DeploymentRow, "deployment.committed", marking, values)


def cancel(change: Change, row: DeploymentRow) -> None:
    """Call off personnel who have not set out; raises Conflict where they have."""
    if DeploymentStatus.CANCELLED not in DEPLOYMENT_STEPS[DeploymentStatus(row.status)]:
        raise Conflict(ON_THEIR_WAY, status=row.status)
    values = {"status": DeploymentStatus.CANCELLED, "strength_present": 0, "updated_at": change.at}
    change.update(row, "deployment.stepped", records.subject(row), values)
