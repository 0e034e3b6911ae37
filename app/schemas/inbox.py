"""The inbox on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.domain.inbox import InboxKind
from app.schemas.fields import Outgoing
from app.schemas.pages import Page


class InboxItem(Outgoing):
    """Something that waits for you, of what you may see now."""

    kind: InboxKind
    record_type: str
    record_id: UUID
    subject_id: UUID = Field(description="The part of the record that waits, or the record itself")
    reference: str = Field(examples=["I-7K3Q-F2W"])
    title: str
    since: datetime = Field(description="When it came before you")
    position: int = Field(description="Position in the ledger of the entry that put it there")
    agency: str = Field(description="Whose act that was")
    role: str
    path: str = Field(description="Where to act on it", examples=["/api/v1/incidents/…/hand-over"])


class InboxPage(Page[InboxItem]):
    """What waits for you, the longest waiting first; what has been done is gone by itself."""
