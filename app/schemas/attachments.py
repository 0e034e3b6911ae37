"""Attachments and their custody on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, InstanceOf, WithJsonSchema, model_validator

from app.domain.attachments import NOTABLE, CustodyKind, MediaType
from app.schemas.fields import AgencyCode, Erasable, ErasableText, Incoming, Line, Remark, Time, known, listed
from app.schemas.pages import Page


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that was read whole, lies on disk as a draft, and is of a type that is taken."""

    id: UUID
    draft: Path
    name: str
    media_type: MediaType
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is given out: its bytes were just compared with what the ledger says of them."""

    attachment: "Attachment"
    name: str
    sha256: str
    content: IO[bytes]


File = Annotated[
    InstanceOf[ReceivedFile],
    WithJsonSchema({"type": "string", "contentMediaType": "application/octet-stream"}),
]


class AttachmentCreate(Incoming):
    """A file for an incident: PDF, PNG, JPEG, WebP, MP4, plain text or CSV in UTF-8."""

    file: File = Field(description="The file with its name; its content must be what it is declared to be")
    note: Remark | None = Field(
        default=None,
        description="What it shows. No names of persons",
        examples=["Catatan piket gudang (fiktif)."],
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"file": "Segel gudang utuh pukul 06.10 (fiktif).", "note": "Catatan piket gudang (fiktif)."}
            ]
        }
    )


class Attachment(Erasable):
    """A file of an incident; `content` below its address gives the bytes."""

    id: UUID
    version: int
    incident_id: UUID
    file_name: ErasableText
    media_type: MediaType
    byte_count: int
    sha256: str | None = Field(
        description="SHA-256 of the bytes, in hexadecimal, as the ledger holds it; null once erased"
    )
    note: str | None
    agency: str = Field(description="The agency that added it")
    role: str
    held_by: str = Field(description="The agency that answers for the evidence now")
    offered_to: str | None = Field(description="To whom it was handed over, until received")
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class AttachmentPage(Page[Attachment]):
    """Attachments, in the order they were added."""


NotableKind = Annotated[str, known(NOTABLE, "kind"), listed(NOTABLE)]


class CustodyCreate(Incoming):
    """What was done with the evidence, why, where and when. No names of persons."""

    kind: NotableKind
    purpose: Remark
    to: AgencyCode | None = Field(default=None, description="Who shall receive it; only with `handed_over`")
    place: Line | None = None
    occurred_at: Time | None = Field(default=None, description="Now, if left out")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "examined",
                    "purpose": "Dicocokkan dengan berita acara gudang (fiktif).",
                    "place": "Ruang barang bukti",
                }
            ]
        }
    )

    @model_validator(mode="after")
    def _handing_over_names_the_receiver(self) -> Self:
        if (self.kind == CustodyKind.HANDED_OVER) != (self.to is not None):
            raise ValueError("to goes with `handed_over`, and only with it")
        return self


class Custody(Erasable):
    """One line of the custody list."""

    id: UUID
    attachment_id: UUID
    kind: CustodyKind
    held_by: str = Field(description="The agency that answers for the evidence from then on")
    to: str | None = Field(description="The agency to which it was handed over")
    purpose: str | None
    place: str | None
    occurred_at: datetime
    intact: bool = Field(description="Whether the bytes still were those of the SHA-256, as the service saw")
    agency: str = Field(description="The agency that noted it")
    role: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "to": row["to_agency"]})


class CustodyPage(Page[Custody]):
    """The custody list of an attachment, oldest first."""
