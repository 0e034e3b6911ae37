"""Suggestions for an incident: who might lead or take part, and which records may tell of the same event."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.incident_kinds import GROUP_OF_KIND, KINDS_BY_GROUP
from app.domain.vocabularies import AgencyKind
from app.models.incidents import IncidentRow
from app.schemas.incidents import Incident, IncidentSuggestions, ProposedAgency
from app.services import incident_rules as rules
from app.services.reference import responsible
from app.services.visibility import visible

SAME_EVENT_WITHIN = timedelta(hours=6)
SAME_EVENT_LIMIT = 20
REGENCY_LENGTH = len("36.03")

# Who usually leads, by the group of the incident; everything else is the police's.
LEADING_SERVICE = {
    "election_offence": AgencyKind.ELECTION_SUPERVISOR,
    "logistics": AgencyKind.ELECTION_COMMISSION,
    "result_dispute": AgencyKind.ELECTION_COMMISSION,
    "safety": AgencyKind.LOCAL_GOVERNMENT,
}
PROPOSED_SERVICES = (AgencyKind.POLICE, AgencyKind.ELECTION_COMMISSION, AgencyKind.ELECTION_SUPERVISOR,
                     AgencyKind.LOCAL_GOVERNMENT, AgencyKind.MILITARY)  # fmt: skip


async def suggest(session: Session, actor: Actor, incident_id: UUID) -> IncidentSuggestions:
    """What the place, the kind and the time suggest, within what the actor may see."""
    row = await rules.get(session, actor, incident_id)
    covering = await responsible(session, actor, row.region_code, row.occurred_at.date())
    proposed = [
        ProposedAgency(agency=each.agency, unit=each.unit, service=service, confidence=each.confidence)
        for service in PROPOSED_SERVICES
        for each in getattr(covering, service)
        if each.agency not in row.about_agencies
    ]
    leading = LEADING_SERVICE.get(GROUP_OF_KIND[row.kind], AgencyKind.POLICE)
    lead = next((each.agency for each in proposed if each.service == leading), None)
    return IncidentSuggestions(
        lead_agency=lead, agencies=proposed, same_event=await _same_event(session, actor, row)
    )


async def _same_event(session: Session, actor: Actor, row: IncidentRow) -> list[Incident]:
    """Records of other owners, of the same group, in the same regency, within hours."""
    regency = row.region_code[:REGENCY_LENGTH]
    query = (
        select(IncidentRow)
        .where(
            visible(IncidentRow, actor),
            col(IncidentRow.id) != row.id,
            col(IncidentRow.owner_agency) != row.owner_agency,
            col(IncidentRow.kind).in_(list(KINDS_BY_GROUP[GROUP_OF_KIND[row.kind]])),
            col(IncidentRow.region_code).startswith(regency),
            col(IncidentRow.occurred_at).between(
                row.occurred_at - SAME_EVENT_WITHIN, row.occurred_at + SAME_EVENT_WITHIN
            ),
        )
        .order_by(col(IncidentRow.id).desc())
        .limit(SAME_EVENT_LIMIT)
    )
    found = (await session.exec(query)).all()
    for each in found:
        session.saw(actor, "incident", each)
    return [Incident.of(each.model_dump()) for each in found]
