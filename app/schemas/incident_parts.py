"""The parts of an incident on the wire: steps, notes, links, parties, hand-over."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.domain.lifecycle import IncidentStatus
from app.domain.vocabularies import LinkKind, PartyRole
from app.schemas.fields import AgencyCode, Erasable, ErasableText, Incoming, Line, Outgoing, Remark, unset
from app.schemas.pages import Page

NATIONAL_ID_PATTERN = r"^[0-9]{16}$"
NationalId = Annotated[
    str,
    Field(pattern=NATIONAL_ID_PATTERN, description="NIK; kept only as a keyed hash and its last four digits"),
]


class IncidentStep(Incoming):
    """The next status of an incident, and why."""

    to: IncidentStatus
    reason: Remark
    duplicate_of: UUID | None = Field(default=None, description="The other incident; only with `duplicate`")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "verified", "reason": "Dicek langsung oleh patroli."}]}
    )

    @model_validator(mode="after")
    def _duplicate_names_its_original(self) -> Self:
        if (self.to is IncidentStatus.DUPLICATE) != (self.duplicate_of is not None):
            raise ValueError("duplicate_of goes with `duplicate`, and only with it")
        return self


class HandOverAction(StrEnum):
    """How ownership moves from one agency to another."""

    ACCEPT = "accept"
    DECLINE = "decline"
    OFFER = "offer"
    WITHDRAW = "withdraw"


class HandOver(Incoming):
    """One move in handing an incident over to another agency."""

    action: HandOverAction
    to: AgencyCode | None = Field(default=None, description="The new owner; only with `offer`")
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"action": "offer", "to": "kpu-banten", "reason": "Ini urusan logistik pemilihan."}]
        }
    )

    @model_validator(mode="after")
    def _offer_names_the_new_owner(self) -> Self:
        if (self.action is HandOverAction.OFFER) != (self.to is not None):
            raise ValueError("to goes with `offer`, and only with it")
        return self


class AboutAgency(Incoming):
    """An agency whose people's conduct is alleged."""

    agency: AgencyCode
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"agency": "kpu-banten", "reason": "Laporan menyebut petugas gudang KPU."}]
        }
    )


class NoteCreate(Incoming):
    """A line for the timeline. No names of persons: they belong to the parties."""

    text: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Logistik pengganti sudah berangkat."}]}
    )


class Note(Erasable):
    """A line in the timeline."""

    id: UUID
    text: ErasableText
    agency: str
    role: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class NotePage(Page[Note]):
    """Notes, oldest first."""


class LinkCreate(Incoming):
    """This incident refers to another one that you may see."""

    target_id: UUID
    kind: LinkKind

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"target_id": "01930000-0000-7000-8000-000000000000", "kind": "same_event_as"}]
        }
    )


class Link(Outgoing):
    """A reference from one incident to another; shown only to those who may see both."""

    id: UUID
    version: int
    incident_id: UUID
    target_id: UUID
    kind: LinkKind
    agency: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class LinkPage(Page[Link]):
    """Links from and to an incident."""


class PartyCreate(Incoming):
    """A person in the incident; give only what the work needs."""

    role: PartyRole
    name: Line
    contact: Line | None = None
    national_id: NationalId | None = None
    remark: Remark | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"role": "witness", "name": "Saksi A (fiktif)", "remark": "Petugas gudang, data fiktif."}
            ]
        }
    )


class PartyChange(Incoming):
    """What shall change of a person's entry; what is left out stays."""

    role: PartyRole = Field(default_factory=unset)
    name: Line = Field(default_factory=unset)
    contact: Line | None = Field(default_factory=unset)
    national_id: NationalId | None = Field(default_factory=unset)
    remark: Remark | None = Field(default_factory=unset)

    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "reported"}]})


class Party(Erasable):
    """A person in the incident."""

    id: UUID
    version: int
    incident_id: UUID
    role: PartyRole
    name: ErasableText
    contact: str | None
    national_id_last4: str | None
    remark: str | None
    restricted: bool = Field(description="Whether only the agencies that answer for the data read them")
    agency: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "restricted": row.get("restricted_at") is not None})


class PartyPage(Page[Party]):
    """Persons, in the order they were added."""
