"""What an entry of the ledger says, as the service answers it: each kind of subject with its schema."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from app.change import REASON
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.schemas.acknowledgements import Acknowledgement, AcknowledgementRequest
from app.schemas.assistance import AssistanceAnswer, AssistanceRequest
from app.schemas.attachments import Attachment, Custody
from app.schemas.breaches import Breach
from app.schemas.break_glass import BreakGlass
from app.schemas.check_ins import CheckIn
from app.schemas.data_subject_requests import DataSubjectRequest
from app.schemas.deployments import Deployment
from app.schemas.disclosures import Disclosure
from app.schemas.elections import Election
from app.schemas.erasures import Erasure
from app.schemas.guard_patterns import GuardPattern
from app.schemas.incident_parts import Link, Note, Party
from app.schemas.incidents import Incident
from app.schemas.legal_holds import LegalHold
from app.schemas.patrol_plans import PatrolPlan, PatrolPlanStop
from app.schemas.patrol_stops import PatrolStop
from app.schemas.patrols import Patrol
from app.schemas.posture_activations import PostureActivation
from app.schemas.posture_plans import PosturePlan
from app.schemas.readiness import ReadinessOrder
from app.schemas.referrals import Referral
from app.schemas.sites import Site, SiteAssessment
from app.schemas.threat_level_proposals import ThreatLevelProposal
from app.schemas.threat_levels import ThreatLevel
from app.schemas.unit_strengths import UnitStrength
from app.services.threat_rules import as_it_stands

ANSWERS: dict[str, Any] = {
    "acknowledgement": Acknowledgement,
    "acknowledgement_request": AcknowledgementRequest,
    "assistance_answer": AssistanceAnswer,
    "assistance_request": AssistanceRequest,
    "break_glass": BreakGlass,
    "breach": Breach,
    "data_subject_request": DataSubjectRequest,
    "deployment": Deployment,
    "deployment_check_in": CheckIn,
    "disclosure": Disclosure,
    "election": Election,
    "erasure": Erasure,
    "guard_pattern": GuardPattern,
    "incident": Incident,
    "incident_attachment": Attachment,
    "incident_custody": Custody,
    "incident_link": Link,
    "incident_note": Note,
    "incident_party": Party,
    "legal_hold": LegalHold,
    "patrol": Patrol,
    "patrol_plan": PatrolPlan,
    "patrol_plan_stop": PatrolPlanStop,
    "patrol_stop": PatrolStop,
    "referral": Referral,
    "readiness_order": ReadinessOrder,
    "posture_activation": PostureActivation,
    "posture_plan": PosturePlan,
    "site": Site,
    "site_assessment": SiteAssessment,
    "threat_level": ThreatLevel,
    "threat_level_proposal": ThreatLevelProposal,
    "unit_strength": UnitStrength,
}
ASSISTANCE = "assistance_request"  # time alone makes it overdue
# These are shown as lapsed from that moment on, some seconds before the clock says so.
LAPSING: dict[str, Any] = {
    "threat_level": ThreatLevelRow,
    "threat_level_proposal": ThreatLevelProposalRow,
}


def as_answered(entry: LedgerRow, said: LedgerDisclosureRow) -> BaseModel:
    """The subject after an entry, as the service answered it then."""
    values = {path[1:]: value for path, (_, value) in said.fields.items() if path != REASON}
    answer: BaseModel = ANSWERS[entry.subject_type].of({**values, "erased": erased_paths(said)})
    return answer


def erased_paths(said: LedgerDisclosureRow) -> list[str]:
    """What the entry said and no longer does: no salt is left."""
    return [path for path, (salt, _) in said.fields.items() if salt is None]


def as_shown(record_type: str, row: Any, now: datetime) -> BaseModel:
    """A record as it stands, as the service answers it; `links` leaves out what a reader may not know of."""
    values = row._asdict()
    if table := LAPSING.get(record_type):
        values = as_it_stands(table(**values), now)
    if record_type == ASSISTANCE:
        return AssistanceRequest.of(values, now)
    answer: BaseModel = ANSWERS[record_type].of(values)
    return answer.seen_at(now) if isinstance(answer, Deployment) else answer
