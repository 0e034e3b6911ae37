"""The keys under which partners know their records: one record for each, among what the caller may see.

A key that is taken by something hidden is free for the caller, or the refusal would tell of it. So the unique
key of the database has one more column, the view: records that the same people of the agency see share it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import String, bindparam, literal_column
from sqlalchemy import select as core_select

from app.database import Session, is_one_of
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid
from app.domain.sharing import Marking, Tlp, may_see
from app.domain.threat_levels import ThreatStatus
from app.models.columns import Keyed
from app.models.threat_levels import ThreatLevelRow
from app.reads import Prepared
from app.schemas.externals import ExternalKeyFields
from app.services.visibility import reader, visible_to_reader

R = TypeVar("R", bound=Keyed)
Key = tuple[str, str]
KEY = frozenset({"external_source", "external_id"})
NONE: Mapping[str, Any] = dict.fromkeys(
    ("external_source", "external_id", "external_agency", "external_view")
)


def columns(actor: Actor, new: ExternalKeyFields) -> dict[str, Any]:
    """The key as the columns of a new record; its view follows from the marking (see `settled`)."""
    if (new.external_source is None) != (new.external_id is None):
        missing = "/external_id" if new.external_id is None else "/external_source"
        raise Invalid.field(missing, "Give external_source and external_id together.", "together")
    if new.external_id is None:
        return dict(NONE)
    key = {"external_source": new.external_source, "external_id": new.external_id}
    return {**key, "external_agency": actor.agency, "external_view": None}


def view(values: Mapping[str, Any], marking: Marking) -> str | None:
    """Who of the agency that owns the record sees it, as a text that is the same for the same people."""
    return None if values["external_id"] is None else seen_by(marking)


def seen_by(marking: Marking) -> str:
    """Who of the agency that owns a record sees it, by its marking."""
    if marking.tlp is not Tlp.RED:
        return str(marking.classification)
    named = "\n".join(sorted(marking.recipients)).encode()
    return f"{marking.classification}:{hashlib.sha256(named).hexdigest()[:32]}"


async def settled(
    session: Session, actor: Actor, table: type[R], values: Mapping[str, Any], marking: Marking
) -> dict[str, Any]:
    """The view of a record that is about to be made or marked anew, if it has a key.

    Raises where the caller would lose sight of it, and so double it at the next sending, or where another
    record that the caller sees has the key.
    """
    now = view(values, marking)
    if now is None or now == values["external_view"]:
        return {}
    if actor.agency != values["external_agency"]:
        # Handed over, or re-marked by who decides in the owner's place: whose key it is may see neither.
        return {"external_view": str(values["id"])}
    if not may_see(actor, marking):
        text = "You would lose sight of it: leave external_id out, or mark it within your clearance."
        raise Invalid.field("/classification", text, "marking")
    key = (values["external_source"], values["external_id"])
    own = values.get("id")
    for other in (await find(session, actor, table, [key])).get(key, []):
        if other.id != own and (own is None or other.external_view == now):
            raise Conflict("{reference} has this external_id already.", reference=other.reference)
    return {"external_view": now}


async def find(
    session: Session, actor: Actor, table: type[R], keys: Collection[Key]
) -> Mapping[Key, Sequence[R]]:
    """The records that the caller sees, by the keys of its agency."""
    found: dict[Key, list[R]] = defaultdict(list)
    if not actor.partner:
        return found
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, identity in keys:
        by_source[source].append(identity)
    for source, ids in by_source.items():
        asked = {**reader(actor), "agency": actor.agency, "source": source, "ids": ids}
        for each in await session.rows(_by_keys(table), asked):
            row = table(**each._asdict())
            found[source, str(row.external_id)].append(row)
    return found


@cache
def _by_keys(table: type[R]) -> Prepared:
    columns = table.__table__.c  # type: ignore[attr-defined]
    conditions = [
        columns.external_agency == bindparam("agency", type_=String),
        columns.external_source == bindparam("source", type_=String),
        is_one_of(columns.external_id, "ids"),
        visible_to_reader(columns),
    ]
    if table is ThreatLevelRow:  # the key passes from a statement to the one that supersedes it
        conditions.append(columns.status == literal_column(f"'{ThreatStatus.IN_FORCE}'"))
    return Prepared(core_select(table.__table__).where(*conditions))  # type: ignore[attr-defined]


def chosen(rows: Sequence[R], marking_view: str | None) -> R | None:
    """The one record that an item with a key means; raises Conflict where it could mean several."""
    if len(rows) > 1:
        rows = [row for row in rows if row.external_view == marking_view] or rows
    if len(rows) > 1:
        raise Conflict("{count} records that you see have this external_id.", count=len(rows))
    return rows[0] if rows else None
