"""The change feed on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.domain.changes import ChangeKind, RecordType
from app.schemas.assistance import AssistanceAnswer, AssistanceRequest
from app.schemas.deployments import Deployment
from app.schemas.elections import Election
from app.schemas.fields import Outgoing
from app.schemas.guard_patterns import GuardPattern
from app.schemas.incidents import Incident
from app.schemas.pages import CURSOR_LENGTH
from app.schemas.patrol_plans import PatrolPlan
from app.schemas.patrols import Patrol
from app.schemas.posture_activations import PostureActivation
from app.schemas.posture_plans import PosturePlan
from app.schemas.readiness import ReadinessOrder
from app.schemas.sites import Site
from app.schemas.threat_level_proposals import ThreatLevelProposal
from app.schemas.threat_levels import ThreatLevel
from app.schemas.unit_strengths import UnitStrength

MOST_CHANGES = 1_000
After = Annotated[
    str, Field(max_length=CURSOR_LENGTH, description="`next` of the page, the snapshot or the event before")
]
ChangeLimit = Annotated[
    int, Field(ge=1, le=MOST_CHANGES, description="How many entries to read, at most 1,000")
]
Types = Annotated[
    list[RecordType],
    Field(
        max_length=len(RecordType),
        description="Only these types of records; without it, all that you may read",
    ),
]
AnyRecord = (
    Incident
    | ThreatLevel
    | ThreatLevelProposal
    | Deployment
    | UnitStrength
    | Site
    | GuardPattern
    | AssistanceRequest
    | AssistanceAnswer
    | Patrol
    | PatrolPlan
    | Election
    | ReadinessOrder
    | PosturePlan
    | PostureActivation
)


class ErasedPart(Outgoing):
    """Values that went from a record or a part of it, by an erasure or at the end of a retention."""

    subject_type: str = Field(description="The record itself, or the kind of its part")
    subject_id: UUID
    paths: list[str] = Field(description="As JSON pointers; `#reason` is why the entries were made")


class Change(Outgoing):
    """What has become of a record that you may know of, or might until now."""

    position: int = Field(description="Where in the ledger; there are gaps")
    change: ChangeKind = Field(
        description="`gone`: it is not for you any more, remove it. `erased`: as `changed`, and remove from "
        "all that you keep of it what `erased` names"
    )
    record_type: RecordType
    id: UUID
    version: int | None = Field(description="Null where it is gone")
    record: AnyRecord | None = Field(description="As it stands now; null where it is gone")
    erased: list[ErasedPart] = Field(
        default_factory=list,
        exclude_if=lambda parts: not parts,
        description="What was erased of it; left out where nothing was",
    )


class ChangePage(Outgoing):
    """Changes in the order of the ledger, each record once."""

    items: list[Change]
    next: str = Field(description="Give it as `after` to go on; keep it with what you have stored")
    more: bool = Field(description="Whether there may be more at once; if not, wait")
