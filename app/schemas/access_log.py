"""The access log on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.domain.access_log import AccessKind
from app.domain.sharing import Classification, Tlp
from app.schemas.fields import Outgoing
from app.schemas.pages import Page


class AccessEntry(Outgoing):
    """Who read what is sensitive, or was refused."""

    id: UUID
    at: datetime
    kind: AccessKind
    agency: str = Field(description="Who acted")
    role: str
    account: str | None = Field(description="The account, for auditors of the same agency")
    record_type: str | None
    record_id: UUID | None
    owner_agency: str | None
    tlp: Tlp | None = Field(description="How the record was marked then")
    classification: Classification | None
    detail: str | None = Field(
        description="What was refused, which attachment was read, by which broken glass or provider, which "
        "types of records were taken"
    )
    times: int = Field(description="How often, where this is only counted; else once")


class AccessPage(Page[AccessEntry]):
    """A page of the access log, newest first."""
