"""Many records in one request: what becomes of each, decided by the services that decide over one."""

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.bulk import BulkOutcome
from app.domain.errors import Conflict, Invalid, NotFound, Problem, Unavailable
from app.formats.sequences import Raw
from app.formats.spreadsheets import Columns
from app.models.columns import Keyed
from app.models.deployments import DeploymentRow
from app.models.incidents import IncidentRow
from app.models.operations import IdempotencyRow
from app.models.sites import SiteRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas.bulk import BulkResult
from app.schemas.deployments import DeploymentCreate
from app.schemas.externals import ExternalKeyFields
from app.schemas.incidents import IncidentCreate
from app.schemas.sites import SiteCreate
from app.schemas.threat_levels import ThreatLevelCreate
from app.services import bookings, externals, records, threat_levels, upserts

RESULTS = TypeAdapter(list[BulkResult])
TWICE = "Item {index} of this bulk has the same {what}."
NO_KEY = "In a bulk each item has a key of your own: external_source and external_id."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision takes besides the item: how long a proposal waits."""

    minutes: float


Put = Callable[[Session, Actor, Any, Any, Asked], Awaitable[Change]]


async def _put_level(session: Session, actor: Actor, new: ThreatLevelCreate, _: Any, asked: Asked) -> Change:
    return await threat_levels.restate(session, actor, new, asked.minutes)


async def _put_incident(
    session: Session, actor: Actor, new: IncidentCreate, row: IncidentRow | None, _: Asked
) -> Change:
    return await upserts.put_incident(session, actor, new, row)


async def _put_deployment(
    session: Session, actor: Actor, new: DeploymentCreate, row: DeploymentRow | None, _: Asked
) -> Change:
    return await upserts.put_deployment(session, actor, new, row)


async def _put_site(session: Session, actor: Actor, new: SiteCreate, row: SiteRow | None, _: Asked) -> Change:
    return await upserts.put_site(session, actor, new, row)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its schema, who decides, and what a table of such has for columns."""

    name: str
    table: type[Keyed]
    create: type[ExternalKeyFields]
    put: Put
    columns: Columns | None = None  # of a table; None where no table is taken

    def identity(self, new: Any) -> tuple[str, ...]:
        """What stands once in a bulk; raises Invalid where it is missing."""
        if self.table is ThreatLevelRow:
            return (str(new.category), new.region_code)
        if new.external_id is None:
            raise Invalid.field("/external_id", NO_KEY, "missing")
        return (new.external_source or "", new.external_id)

    def what(self) -> str:
        """The words for it."""
        return "region_code, category" if self.table is ThreatLevelRow else "external_source, external_id"


MARKING = ("tlp", "audience", "recipients", "classification")
KEY = ("external_source", "external_id")
LISTS = ("audience", "recipients", "basis", "indicators", "site_ids")
LEVEL_COLUMNS = (
    "region_code", "category", "level", "rationale", "basis", "source.reliability", "source.credibility",
    "valid_from", "review_by", *MARKING, *KEY,
)  # fmt: skip
DEPLOYMENT_COLUMNS = (
    "home_unit", "controlling_unit", "controlling_agency", "command_relation", "role", "strength_planned",
    "region_code", "site", "starts_at", "ends_at", "incident_id", "threat_level_id", "site_ids", "status",
    *MARKING, *KEY,
)  # fmt: skip
SITE_COLUMNS = (
    "kind", "name", "note", "region_code", "in_use", "risk", "indicators", "rationale", *MARKING, *KEY,
)  # fmt: skip
INCIDENTS = Kind("incident", IncidentRow, IncidentCreate, _put_incident)
SITES = Kind("site", SiteRow, SiteCreate, _put_site, Columns(SITE_COLUMNS, LISTS, ()))
LEVELS = Kind(
    "threat_level", ThreatLevelRow, ThreatLevelCreate, _put_level, Columns(LEVEL_COLUMNS, LISTS, ("level",))
)
DEPLOYMENTS = Kind(
    "deployment", DeploymentRow, DeploymentCreate, _put_deployment,
    Columns((*DEPLOYMENT_COLUMNS, "longitude", "latitude"), LISTS, ("strength_planned",)),
)  # fmt: skip


@dataclass(slots=True)
class Item:
    """One item of a bulk: what is wished, or why it cannot be."""

    index: int
    raw: Raw
    kind: Kind
    new: Any = None
    problem: Problem | ValidationError | None = None
    change: Change | None = None
    entry: int | None = None  # the place of its first entry among those that are written with it

    @property
    def outcome(self) -> BulkOutcome:
        """What becomes of it."""
        if self.change is None:
            return BulkOutcome.REFUSED
        if not self.change.entries or self.change.status == upserts.UNCHANGED:
            return BulkOutcome.UNCHANGED
        if self.change.status == upserts.WAITING:
            return BulkOutcome.WAITING
        return BulkOutcome.CREATED if self.change.status == upserts.CREATED else BulkOutcome.UPDATED


def checked(kind: Kind, index: int, raw: Raw, seen: dict[tuple[str, ...], int]) -> Item:
    """An item whose form is known; `seen` holds those before it in the same bulk."""
    item = Item(index, raw, kind, problem=raw.problem)
    if raw.problem:
        return item
    try:
        item.new = kind.create.model_validate(raw.value)
        identity = kind.identity(item.new)
        if (first := seen.setdefault(identity, index)) != index:
            raise Invalid.field("", TWICE, "repeated", index=first, what=kind.what())
    except (Problem, ValidationError) as problem:
        item.new, item.problem = None, problem
    return item


async def decide(session: Session, actor: Actor, items: Sequence[Item], asked: Asked) -> None:
    """What becomes of each item; those before it count as if they were written."""
    kind = items[0].kind
    known = await _known(session, actor, kind, items)
    for item in items:
        if item.new is None:
            continue
        item.change, item.problem = None, None
        try:
            item.change = await _put(session, actor, item, known, asked)
        except Unavailable:
            raise
        except Problem as problem:
            item.problem = problem
        else:
            bookings.reckon(session, item.change)
        await asyncio.sleep(0)  # others have their turn


async def _put(
    session: Session, actor: Actor, item: Item, known: Mapping[externals.Key, Sequence[Any]], asked: Asked
) -> Change:
    """What becomes of one item."""
    new, kind = item.new, item.kind
    key, view = (new.external_source, new.external_id), upserts.view_of(actor, new)
    row = externals.chosen(known.get(key, []), view)
    try:
        return await kind.put(session, actor, new, row, asked)
    except Conflict:
        if row is not None or kind.table is ThreatLevelRow:
            raise
        # Perhaps another has made it since all were looked up.
        row = externals.chosen((await externals.find(session, actor, kind.table, [key])).get(key, []), view)
        if row is None:
            raise
        return await kind.put(session, actor, new, row, asked)


async def _known(
    session: Session, actor: Actor, kind: Kind, items: Sequence[Item]
) -> Mapping[externals.Key, Sequence[Any]]:
    """The records that the caller sees under the keys of these items; a level is found by its place."""
    if kind.table is ThreatLevelRow:
        return {}
    keys = {(item.new.external_source, item.new.external_id) for item in items if item.new}
    return await externals.find(session, actor, kind.table, keys)


def together(actor: Actor, items: Sequence[Item]) -> Change:
    """All that was decided, as one change: written together or not at all."""
    whole = Change(actor)
    held = set()
    for item in items:
        if item.change is None:
            continue
        item.entry = len(whole.entries) if item.change.entries else None
        guards, item.change.guards = item.change.guards, []
        whole.include(item.change)
        whole.guards += [each for each in guards if each not in held]
        held.update(guards)
    return whole


async def retold(session: Session, actor: Actor, row: IdempotencyRow) -> list[BulkResult]:
    """What became of the items of an earlier bulk; of what the caller no longer sees, nothing is told."""
    results = RESULTS.validate_json(zlib.decompress(row.results or b""))
    by_type: dict[str, list[UUID]] = defaultdict(list)
    for each in results:
        if each.record_type and each.id:
            by_type[each.record_type].append(each.id)
    shown: set[UUID] = set()
    for record_type, ids in by_type.items():
        shown |= await records.shown_ids(session, actor, record_type, ids)
    return [_retold(each, row.position, is_shown=each.id is None or each.id in shown) for each in results]


def _retold(result: BulkResult, base: int, *, is_shown: bool) -> BulkResult:
    if not is_shown:
        status, outcome = NotFound.status, BulkOutcome.REFUSED
        return BulkResult(index=result.index, line=result.line, status=status, outcome=outcome)
    position = None if result.position is None else base + result.position
    return result.model_copy(update={"position": position})
