"""The rules that every change of a site goes through: rights, place, marking."""

from collections.abc import Mapping
from typing import Any

from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Forbidden
from app.domain.sharing import Marking
from app.domain.sites import OWNER_ACTS, SiteAct
from app.models.sites import SiteRow
from app.services import records

FIELD_ACTS: dict[str, SiteAct] = {
    **dict.fromkeys(("geometry", "in_use", "kind", "name", "note", "region_code"), SiteAct.DESCRIBE),
    **dict.fromkeys(("audience", "classification", "recipients", "tlp"), SiteAct.MARK),
}


def require(actor: Actor, row: SiteRow, *acts: SiteAct) -> None:
    """Raise where the actor's agency has no right to do this to a site that it sees."""
    stands = "owner" if actor.agency == row.owner_agency else "audience"
    for act in acts:
        if act in OWNER_ACTS and stands != "owner":
            raise Forbidden(records.NOT_ALLOWED, stands=stands, act=act)
    records.require_area(actor, row.region_code)


async def check_marking(session: Session, actor: Actor, values: Mapping[str, Any]) -> Marking:
    """The marking that the values ask for."""
    return await records.check_marking(session, actor, values, {})
