"""What an entry of the ledger says, as the service answers it: each kind of subject with its schema."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from app.change import REASON
from app.domain.permissions import Permission
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.schemas.attachments import Attachment, Custody
from app.schemas.deployments import Deployment
from app.schemas.incident_parts import Link, Note, Party
from app.schemas.incidents import Incident
from app.schemas.threat_level_proposals import ThreatLevelProposal
from app.schemas.threat_levels import ThreatLevel
from app.schemas.unit_strengths import UnitStrength
from app.services.threat_rules import as_it_stands

ANSWERS: dict[str, Any] = {
    "deployment": Deployment,
    "incident": Incident,
    "incident_attachment": Attachment,
    "incident_custody": Custody,
    "incident_link": Link,
    "incident_note": Note,
    "incident_party": Party,
    "threat_level": ThreatLevel,
    "threat_level_proposal": ThreatLevelProposal,
    "unit_strength": UnitStrength,
}
# These are shown as lapsed from that moment on, some seconds before the clock says so.
LAPSING: dict[str, Any] = {
    "threat_level": ThreatLevelRow,
    "threat_level_proposal": ThreatLevelProposalRow,
}
# What some subjects say needs a permission besides that of their record.
SEALED: dict[str, Permission] = {"incident_party": Permission.PARTIES_READ}


def as_answered(entry: LedgerRow, said: LedgerDisclosureRow) -> BaseModel:
    """The subject after an entry, as the service answered it then."""
    values = {path[1:]: value for path, (_, value) in said.fields.items() if path != REASON}
    answer: BaseModel = ANSWERS[entry.subject_type].of(values)
    return answer


def as_shown(record_type: str, row: Any, now: datetime) -> BaseModel:
    """A record as it stands, as the service answers it; `links` leaves out what a reader may not know of."""
    values = row._asdict()
    if table := LAPSING.get(record_type):
        values = as_it_stands(table(**values), now)
    answer: BaseModel = ANSWERS[record_type].of(values)
    return answer
