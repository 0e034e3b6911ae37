"""Retention: what has come to its end is purged or destroyed, class by class; nothing that is held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, true
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.deployments import DEPLOYMENT_STEPS
from app.domain.lifecycle import ENDING_STEPS
from app.domain.personal_data import PART_OF, RETENTION_RULE, ErasureKind, LegalBasis, fields_to_erase
from app.domain.retention import RetentionClass
from app.models.acknowledgements import AcknowledgementRequestRow, AcknowledgementRow
from app.models.assistance import AssistanceAnswerRow, AssistanceRequestRow
from app.models.attachments import AttachmentRow, CustodyRow
from app.models.columns import Ledgered, Record
from app.models.deployments import DeploymentRow
from app.models.incidents import IncidentNoteRow, IncidentPartyRow, IncidentRow
from app.models.ledger import LedgerRow
from app.models.patrols import PatrolRow, PatrolStopRow
from app.models.personal_data import BreachRow, DataSubjectRequestRow, ErasureRow, LegalHoldRow
from app.models.posture import PostureActivationRow
from app.models.readiness import ReadinessOrderRow
from app.models.referrals import ReferralRow
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.services import erasures, legal_holds, records
from app.services.accounts import SYSTEM

AT_ONCE = 100
ASKED = (AcknowledgementRequestRow, AcknowledgementRow)
FINAL = (ErasureKind.DESTROYED, ErasureKind.PURGED)
ENDED_DEPLOYMENTS = sorted(status for status, further in DEPLOYMENT_STEPS.items() if not further)


@dataclass(frozen=True, slots=True)
class Expired:
    """A record whose time is over, and what of it goes."""

    record: Record
    subjects: tuple[Ledgered, ...]


def ended_at(record_type: str) -> tuple[Any, ColumnElement[bool]]:
    """When records of a type ended, in SQL; and whether they have."""
    if record_type == "incident":
        last_step = select(func.max(LedgerRow.at)).where(
            col(LedgerRow.subject_id) == IncidentRow.id, col(LedgerRow.action) == "incident.stepped"
        )
        return last_step.scalar_subquery(), col(IncidentRow.status).in_(sorted(ENDING_STEPS))
    if record_type == "deployment":
        return col(DeploymentRow.ends_at), col(DeploymentRow.status).in_(ENDED_DEPLOYMENTS)
    if record_type == "assistance_request":  # with its window, whether anybody closed it or not
        return col(AssistanceRequestRow.ends_at), true()
    if record_type == "assistance_answer":
        of = col(AssistanceRequestRow.id) == AssistanceAnswerRow.assistance_request_id
        return select(AssistanceRequestRow.ends_at).where(of).scalar_subquery(), true()
    if record_type == "readiness_order":
        ended = func.coalesce(col(ReadinessOrderRow.ended_at), col(ReadinessOrderRow.valid_until))
        return ended, ended.is_not(None)
    table: Any = {
        "breach": BreachRow,
        "data_subject_request": DataSubjectRequestRow,
        "patrol": PatrolRow,
        "posture_activation": PostureActivationRow,
        "threat_level": ThreatLevelRow,
        "threat_level_proposal": ThreatLevelProposalRow,
    }[record_type]
    return table.ended_at, table.ended_at.is_not(None)


async def expired(
    session: Session, each: RetentionClass, now: datetime, most: int | None = AT_ONCE
) -> list[Expired]:
    """Records of a class whose time is over and of which something is left; none that is held."""
    table: Any = records.BY_TYPE[each.record_type]
    since, has_ended = ended_at(each.record_type)
    held = select(LegalHoldRow.id).where(col(LegalHoldRow.record_id) == table.id, legal_holds.standing(now))
    left = [_left(part, table) for part in parts(each)]
    query = (
        select(table)
        .where(
            table.classification == each.classification, has_ended, since <= now - each.after, ~held.exists()
        )
        .where(or_(*left))
        .order_by(table.id)
        .limit(most)
    )
    found = (await session.exec(query)).all()
    return [Expired(row, tuple(await _subjects(session, each, row))) for row in found]


def parts(each: RetentionClass) -> list[Any]:
    """The tables of which a class takes the content."""
    if each.record_type == "threat_level":
        return [ThreatLevelRow, *ASKED]
    if each.record_type == "patrol":
        return [PatrolRow, PatrolStopRow]
    if each.record_type != "incident":
        return [records.BY_TYPE[each.record_type]]
    if each.kind is ErasureKind.PURGED:
        return [IncidentPartyRow]
    return [IncidentRow, IncidentPartyRow, IncidentNoteRow, AttachmentRow, CustodyRow, ReferralRow, *ASKED]


def _is_left(part: Any) -> ColumnElement[bool]:
    """Whether a row was neither purged nor destroyed, or was written to since."""
    written_at = getattr(part, "updated_at", part.created_at)
    gone = select(ErasureRow.id).where(
        col(ErasureRow.subject_id) == part.id,
        col(ErasureRow.kind).in_(FINAL),
        col(ErasureRow.created_at) >= written_at,
    )
    return ~gone.exists()


def _left(part: Any, table: Any) -> ColumnElement[bool]:
    if part is table:
        return _is_left(part)
    rows: ColumnElement[bool] = select(part.id).where(_record_of(part) == table.id, _is_left(part)).exists()
    return rows


def _record_of(part: Any) -> Any:
    return getattr(part, PART_OF[part.__tablename__])


async def _subjects(session: Session, each: RetentionClass, row: Record) -> list[Ledgered]:
    found: list[Ledgered] = []
    for part in parts(each):
        of = part.id == row.id if part is type(row) else _record_of(part) == row.id
        found += (await session.exec(select(part).where(of, _is_left(part)).order_by(part.id))).all()
    return found


def ending(each: RetentionClass, gone: Expired, now: datetime) -> Change:
    """The system takes the content of a record whose time is over."""
    change = Change(SYSTEM, RETENTION_RULE, now)
    why = (each.kind, LegalBasis.RETENTION_ENDED)
    for row in gone.subjects:
        fields = fields_to_erase(str(row.__tablename__), None)
        erasures.erasing(change, gone.record, row, fields, {}, why)
    if all(row.id != gone.record.id for row in gone.subjects):
        change.rests_on(gone.record)
    return change
