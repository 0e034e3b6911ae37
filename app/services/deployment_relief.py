"""Relief: one deployment takes the place of another, which is to be released once the first has arrived.

Who is relieved leaves by a step of whoever commands it, after the hand-over on the spot; nobody is released
from afar. That step is not taken here, only made known.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.deployment_rights import may_relieve
from app.domain.deployments import HOLDING, DeploymentStatus
from app.domain.errors import Conflict, Forbidden
from app.models.deployments import DeploymentRow
from app.services import records
from app.services.visibility import visible

ENDED = frozenset({DeploymentStatus.CANCELLED, DeploymentStatus.DECLINED})
NOT_THEIRS = "Only who owns or commands a deployment relieves it, or whoever acts under that command."
NOTHING_TO_RELIEVE = "Nobody is to be relieved of a deployment that is {status}."


async def name(session: Session, change: Change, values: Mapping[str, Any]) -> None:
    """The deployment that a new one relieves shows so; one that was named for that before gives way."""
    if values["relieves"] is None:
        return
    actor = change.actor
    old = await records.named(session, actor, DeploymentRow, values["relieves"], "/relieves")
    by = frozenset({values["owner_agency"], values["controlling_agency"]})
    if not may_relieve(
        owner=old.owner_agency,
        controlling=old.controlling_agency,
        command_relation=old.command_relation,
        by=by,
    ):
        raise Forbidden(NOT_THEIRS)
    if old.status not in HOLDING:
        raise Conflict(NOTHING_TO_RELIEVE, status=old.status)
    _show(change, old, relieved_by=values["id"], relief_arrived_at=None)


async def follow(session: Session, change: Change, row: DeploymentRow, after: Mapping[str, Any]) -> None:
    """What a step of the one that relieves means for the one that is relieved."""
    if row.relieves is None:
        return
    # Whoever sent it has named it rightly; whether the actor sees it by now changes nothing of that.
    old = await session.get(DeploymentRow, row.relieves)
    if old is None or old.relieved_by != row.id or old.status not in HOLDING:
        return
    if after["status"] in ENDED:
        _show(change, old, relieved_by=None, relief_arrived_at=None)
    elif after["arrived_at"] and old.relief_arrived_at is None:
        _show(change, old, relief_arrived_at=after["arrived_at"])


def _show(change: Change, old: DeploymentRow, **values: UUID | Any) -> None:
    """The action says no more than that something changed: not all who see it see who relieves it."""
    values["updated_at"] = change.at
    change.update(old, "deployment.changed", records.subject(old), values)


def has_arrived(actor: Actor) -> ColumnElement[bool]:
    """Whether a deployment is to be released because its relief, which the actor sees, has arrived."""
    relief = aliased(DeploymentRow)
    seen = select(relief.id).where(col(relief.id) == DeploymentRow.relieved_by, visible(relief, actor))
    row = DeploymentRow
    return col(row.relief_arrived_at).is_not(None) & col(row.status).in_(HOLDING) & seen.exists()
