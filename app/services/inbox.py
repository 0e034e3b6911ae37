"""The inbox: what waits for an account, derived from the ledger and the records; nothing is stored for it.

One function for each kind says which records wait and since which entry; a new kind adds its line to SOURCES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, literal, or_, select, text, tuple_, union_all

from app.database import Session, holds_code
from app.domain.actors import Actor
from app.domain.inbox import COLLECTIONS, WHERE_TO_ACT, InboxKind
from app.domain.lifecycle import ENDING_STEPS
from app.domain.permissions import Permission, Role
from app.domain.posture import ActivationStatus
from app.domain.threat_levels import ProposalStatus
from app.models.attachments import AttachmentRow
from app.models.break_glass import BreakGlassRow
from app.models.incidents import IncidentRow
from app.models.ledger import LedgerDisclosureRow
from app.models.personal_data import BreachRow, DataSubjectRequestRow
from app.models.posture import PostureActivationRow
from app.models.threat_levels import ThreatLevelProposalRow
from app.schemas.inbox import InboxItem, InboxPage
from app.schemas.pages import make_cursor, position, read_cursor
from app.services import inbox_accounts as of_accounts
from app.services import inbox_notices as of_notices
from app.services import inbox_silences as of_silences
from app.services.inbox_waits import LEDGER, MARKING, clocks, level_title, waits
from app.services.visibility import visible

PATH = "/api/v1"
GRANT = BreakGlassRow.__table__  # type: ignore[attr-defined]
INCIDENT = IncidentRow.__table__  # type: ignore[attr-defined]
ATTACHMENT = AttachmentRow.__table__  # type: ignore[attr-defined]
PROPOSAL = ThreatLevelProposalRow.__table__  # type: ignore[attr-defined]
ACTIVATION = PostureActivationRow.__table__  # type: ignore[attr-defined]
BREACH = BreachRow.__table__  # type: ignore[attr-defined]
REQUEST = DataSubjectRequestRow.__table__  # type: ignore[attr-defined]
SAID = LedgerDisclosureRow.__table__  # type: ignore[attr-defined]
# Only these can change who leads and who is assigned.
ASSIGNING = ("incident.accused", "incident.changed", "incident.cleared", "incident.reported")
IS_PENDING = text("break_glass.review = 'pending'")  # as the partial index has it
SOMEBODY_ASSIGNED = text("incident.assigned_agencies <> '[]'")  # as the partial index has it


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of waiting thing, the permission (and role) that one needs to act on it, and its query."""

    kind: InboxKind
    permission: Permission
    waiting: Callable[[Actor], Select[Any]]
    role: Role | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether such things wait for this actor at all."""
        return self.permission in actor.permissions and self.role in {None, *actor.roles}


def hand_overs(actor: Actor) -> Select[Any]:
    """Incidents that are offered to the actor's agency."""
    entry = LEDGER.alias().c
    offered = select(func.max(entry.position)).where(
        entry.subject_id == INCIDENT.c.id, entry.action == "incident.hand_over_offered"
    )
    return waits(INCIDENT, INCIDENT.c.id, offered.scalar_subquery()).where(
        INCIDENT.c.offered_to == actor.agency, visible(INCIDENT.c, actor)
    )


def approvals(actor: Actor) -> Select[Any]:
    """Threat levels that another account of the agency has proposed, until somebody decides or time does."""
    entry, proposal = LEDGER.alias(), PROPOSAL.c
    is_its_entry = and_(entry.c.subject_id == proposal.id, entry.c.version == proposal.version)
    return (
        waits(PROPOSAL, proposal.id, entry.c.position, level_title(proposal))
        .join(entry, is_its_entry)
        .where(
            proposal.status == ProposalStatus.PENDING,
            proposal.owner_agency == actor.agency,
            proposal.account != actor.account,
            visible(proposal, actor),
        )
    )


def broken_glass(actor: Actor) -> Select[Any]:
    """Grants on records of the actor's agency that nobody has reviewed; nobody reviews one of its own."""
    entry = LEDGER.alias().c
    opened = select(func.min(entry.position)).where(entry.record_id == GRANT.c.id)
    return waits(GRANT, GRANT.c.id, opened.scalar_subquery(), GRANT.c.record_reference).where(
        GRANT.c.owner_agency == actor.agency,
        IS_PENDING,
        GRANT.c.account_id != actor.account_id,
        visible(GRANT.c, actor),
    )


def drafts(actor: Actor) -> Select[Any]:
    """What a threat level has made of the agency's posture plans and nobody has decided wholly."""
    entry = LEDGER.alias().c
    drafted = select(func.min(entry.position)).where(entry.subject_id == ACTIVATION.c.id)
    title = func.coalesce(ACTIVATION.c.plan_name, "")
    return waits(ACTIVATION, ACTIVATION.c.id, drafted.scalar_subquery(), title).where(
        ACTIVATION.c.owner_agency == actor.agency,
        ACTIVATION.c.status == ActivationStatus.OPEN,
        visible(ACTIVATION.c, actor),
    )


def custodies(actor: Actor) -> Select[Any]:
    """Evidence that was handed over to the actor's agency; its row changes only when it changes hands."""
    entry = LEDGER.alias()
    is_its_entry = and_(entry.c.subject_id == ATTACHMENT.c.id, entry.c.version == ATTACHMENT.c.version)
    return (
        waits(INCIDENT, ATTACHMENT.c.id, entry.c.position)
        .join_from(INCIDENT, ATTACHMENT, ATTACHMENT.c.incident_id == INCIDENT.c.id)
        .join(entry, is_its_entry)
        .where(ATTACHMENT.c.offered_to == actor.agency, visible(INCIDENT.c, actor))
    )


def assignments(actor: Actor) -> Select[Any]:
    """Incidents that the agency leads or is assigned to, and on which it has done nothing since."""
    since = assigned_since(actor.agency)
    act, last, later = LEDGER.alias().c, LEDGER.alias().c, LEDGER.alias().c
    answered = select(act.position).where(
        act.record_id == INCIDENT.c.id, act.agency == actor.agency, act.position >= since
    )
    # Most are settled without reading what old entries say: nobody assigned anybody after the last own act.
    last_act = (
        select(func.max(last.position))
        .where(last.record_id == INCIDENT.c.id, last.agency == actor.agency)
        .correlate(INCIDENT)
        .scalar_subquery()
    )
    assigned_later = select(later.position).where(
        later.subject_id == INCIDENT.c.id, later.position > last_act, later.action.in_(ASSIGNING)
    )
    takes_part = or_(
        INCIDENT.c.lead_agency == actor.agency,
        and_(SOMEBODY_ASSIGNED, holds_code(INCIDENT.c.assigned_agencies, actor.agency)),
    )
    return waits(INCIDENT, INCIDENT.c.id, since).where(
        takes_part,
        INCIDENT.c.status.not_in(sorted(ENDING_STEPS)),
        visible(INCIDENT.c, actor),
        or_(last_act.is_(None), assigned_later.exists()),
        ~answered.exists(),
    )


def assigned_since(agency: str) -> Any:
    """The entry by which the agency came to lead the incident, or to be assigned to it, this time."""
    entry, said, first = LEDGER.alias(), SAID.alias(), LEDGER.alias().c
    lead = said.c.fields["/lead_agency", 1].as_string()
    # As text: the fields of an entry are JSON, into which PostgreSQL cannot look as it does into JSONB.
    assigned = said.c.fields["/assigned_agencies", 1].as_string()
    took_part = or_(func.coalesce(lead, "") == agency, assigned.contains(f'"{agency}"', autoescape=True))
    apart = (
        select(func.max(entry.c.position))
        .join_from(entry, said, said.c.position == entry.c.position)
        .where(entry.c.subject_id == INCIDENT.c.id, ~took_part)
        .correlate(INCIDENT)  # of the query around both
        .scalar_subquery()
    )
    return (
        select(func.min(first.position))
        .where(first.subject_id == INCIDENT.c.id, first.position > func.coalesce(apart, -1))
        .correlate(INCIDENT)
        .scalar_subquery()
    )


SOURCES = (
    *(Source(*each) for each in of_silences.SOURCES),
    Source(InboxKind.ADMINISTRATOR, Permission.ACCOUNTS_CONFIRM, of_accounts.administrators),
    Source(InboxKind.APPROVAL, Permission.THREAT_LEVELS_APPROVE, approvals),
    Source(InboxKind.ASSIGNMENT, Permission.INCIDENTS_WRITE, assignments),
    Source(
        InboxKind.BREACH,
        Permission.PERSONAL_DATA_WRITE,
        clocks(BREACH, BREACH.c.title, "entered", late=False),
    ),
    Source(
        InboxKind.BREACH_OVERDUE,
        Permission.PERSONAL_DATA_WRITE,
        clocks(BREACH, BREACH.c.title, "entered", late=True),
    ),
    Source(InboxKind.BREAK_GLASS, Permission.BREAK_GLASS_REVIEW, broken_glass),
    Source(InboxKind.CUSTODY, Permission.INCIDENTS_WRITE, custodies),
    Source(
        InboxKind.DATA_REQUEST,
        Permission.PERSONAL_DATA_WRITE,
        clocks(REQUEST, REQUEST.c.asks_for, "received", late=False),
    ),
    Source(
        InboxKind.DATA_REQUEST_OVERDUE,
        Permission.PERSONAL_DATA_WRITE,
        clocks(REQUEST, REQUEST.c.asks_for, "received", late=True),
    ),
    Source(InboxKind.HAND_OVER, Permission.INCIDENTS_WRITE, hand_overs),
    Source(InboxKind.NOTICE, Permission.INCIDENTS_WRITE, of_notices.told),
    Source(InboxKind.POSTURE, Permission.POSTURE_WRITE, drafts),
    Source(InboxKind.RED_MEMBERSHIP, Permission.INCIDENTS_WRITE, of_accounts.red_memberships),
    Source(InboxKind.RESET_ASKED, Permission.INBOX_READ, of_accounts.resets_of_oneself),
    Source(InboxKind.RESET_DECISION, Permission.ACCOUNTS_WRITE, of_accounts.resets_to_decide),
)


async def inbox(session: Session, actor: Actor, cursor: str | None, limit: int) -> InboxPage:
    """What waits for the actor, the longest waiting first: one query, whatever there is."""
    after = read_cursor(cursor, position, InboxKind, UUID)
    query = _waiting(actor)
    if query is None:
        return InboxPage(items=[])
    if after:
        columns = query.selected_columns
        key = tuple_(columns.position, columns.kind, columns.subject_id)
        query = query.where(key > tuple_(literal(after[0]), literal(str(after[1])), literal(after[2])))
    rows = list((await (await session.connection()).execute(query.limit(limit + 1))).all())
    for row in rows[:limit]:
        session.saw(actor, row.record_type, row, row.record_id)
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        following = make_cursor(last.position, last.kind, last.subject_id)
    return InboxPage(items=[_item(row) for row in rows[:limit]], next=following)


def _item(row: Any) -> InboxItem:
    named = {each: getattr(row, each) for each in ("record_id", "subject_id", "reference")}
    named["collection"] = COLLECTIONS.get(row.record_type)
    path = WHERE_TO_ACT[InboxKind(row.kind)].format(**named)
    return InboxItem(**row._mapping, path=f"{PATH}{path}")  # noqa: SLF001 - SQLAlchemy's public name for it


@lru_cache(maxsize=512)
def _waiting(actor: Actor) -> Select[Any] | None:
    """What the sources give, each with the first entry that shows it to the actor as it waits.

    Where a record came before the actor's eyes only later, the entry that did so put it here. The reset of
    another recipient is an entry of their agency, and told to all who are named beside them.
    """
    queries = [
        each.waiting(actor).add_columns(literal(str(each.kind)).label("kind"))
        for each in SOURCES
        if each.is_for(actor)
    ]
    if not queries or not actor.partner:
        return None
    every = union_all(*queries).subquery("found")
    found, entry, shown = every.c, LEDGER.alias().c, LEDGER.c
    first: Any = (
        select(func.min(entry.position))
        .where(entry.record_id == found.record_id, entry.position >= found.since, visible(entry, actor))
        .correlate(every)
        .scalar_subquery()
    )
    first = func.coalesce(first, case((found.kind == InboxKind.RED_MEMBERSHIP, found.since)))
    return (
        select(
            found.kind, found.record_type, found.record_id, found.subject_id, found.reference, found.title,
            *(found[name] for name in MARKING),
            shown.at.label("since"), shown.position, shown.agency, shown.role,
        )
        .join_from(every, LEDGER, shown.position == first)
        .order_by(shown.position, found.kind, found.subject_id)
    )  # fmt: skip
