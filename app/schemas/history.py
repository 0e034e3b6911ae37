"""The history of a record on the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from app.schemas.fields import Outgoing
from app.schemas.pages import Page


class RecordState(Outgoing):
    """A record, or a part of it, as it stood after one entry of the ledger."""

    position: int
    at: datetime
    action: str = Field(examples=["incident.stepped"])
    subject_type: str = Field(examples=["incident"])
    subject_id: UUID
    version: int
    agency: str = Field(description="Who acted")
    role: str
    account: str | None = Field(description="The account, for readers of the same agency")
    reason: str | None
    erased: list[str] = Field(
        default_factory=list,
        exclude_if=lambda paths: not paths,
        description="What the entry said and was erased since; left out where nothing was",
    )
    state: dict[str, Any] | None = Field(
        description="The whole subject after the entry; null where not for you"
    )


class HistoryPage(Page[RecordState]):
    """The history of a record, oldest first."""
