"""Disclosures of the ledger on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.schemas.fields import Incoming, Line, Outgoing, Remark
from app.schemas.legal_holds import RecordType


class DisclosureCreate(Incoming):
    """A lawful order to open the entries of a record of your agency."""

    record_type: RecordType
    record_id: UUID
    order_number: Line
    reason: Remark
    persons: bool = Field(
        default=False, description="Whether the order covers the persons of an incident too"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "record_type": "incident",
                    "record_id": "01930000-0000-7000-8000-000000000000",
                    "order_number": "Penetapan 7/Pen/2024 (fiktif)",
                    "reason": "Diminta pengadilan untuk pembuktian (fiktif).",
                }
            ]
        }
    )


class Disclosure(Outgoing):
    """That the entries of a record were opened on a lawful order."""

    id: UUID
    record_type: str
    record_id: UUID
    order_number: str
    reason: str
    persons: bool
    agency: str
    role: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class DisclosedEntry(Outgoing):
    """An entry: its leaf, that it is in the log, and what of it is opened."""

    index: int
    leaf: str
    inclusion: list[str] = Field(description="Hashes that lead from the leaf to the root, base64")
    disclosures: list[str] = Field(description="base64url of `[salt, name, value]` (RFC 9901)")
    erased: list[str] = Field(description="What was committed to and erased since")


class DisclosureFile(Outgoing):
    """The entries of a record, none missing, to be checked offline with `siaga-verify`."""

    format: Literal["siaga-disclosure/v1"] = "siaga-disclosure/v1"
    origin: str
    record_type: str
    record_id: UUID
    checkpoint: str
    entries: list[DisclosedEntry] = Field(description="Oldest first; the last one tells of this disclosure")
