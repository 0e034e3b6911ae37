"""The ledger on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.schemas.fields import Outgoing
from app.schemas.pages import Page


class LedgerHead(Outgoing):
    """How many entries the ledger holds."""

    size: int


class LedgerEntry(Outgoing):
    """The metadata of an entry; what it says is in the history of its record."""

    position: int
    id: UUID
    at: datetime
    action: str = Field(examples=["incident.reported"])
    agency: str
    role: str
    account: str | None = Field(description="The account, for auditors of the same agency")
    record_type: str
    record_id: UUID
    subject_type: str
    subject_id: UUID
    version: int
    owner_agency: str
    tlp: str
    classification: str


class LedgerEntryPage(Page[LedgerEntry]):
    """Entries of the ledger, oldest first."""
