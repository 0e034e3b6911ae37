"""The breach register on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.data_protection import Told
from app.schemas.fields import (
    Count,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    Outgoing,
    RegionCode,
    Remark,
    Time,
    unset,
)
from app.schemas.pages import Page
from app.texts.languages import Language

People = Annotated[Count | None, Field(description="How many persons, as far as known")]


class BreachCreate(Incoming):
    """A failure of protection of data that your agency answers for. No names of persons."""

    title: Line
    data_exposed: Remark = Field(description="Which kinds of data")
    circumstances: Remark = Field(description="When and how it happened")
    handling: Remark = Field(description="What is done against it, and to recover")
    person_count: People = None
    region_code: RegionCode
    discovered_at: Time | None = Field(default=None, description="The clock runs from here; now, if left out")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Daftar pelapor terkirim ke alamat yang salah (fiktif)",
                    "data_exposed": "Nama dan nomor telepon pelapor (fiktif).",
                    "circumstances": "Terkirim lewat surat elektronik pada pagi hari (fiktif).",
                    "handling": "Penerima diminta menghapus; alamat diperiksa dua orang (fiktif).",
                    "region_code": "36",
                }
            ]
        }
    )


class BreachChange(Incoming):
    """What is known by now; what is left out stays."""

    title: Line = Field(default_factory=unset)
    data_exposed: Remark = Field(default_factory=unset)
    circumstances: Remark = Field(default_factory=unset)
    handling: Remark = Field(default_factory=unset)
    person_count: People = Field(default_factory=unset)

    model_config = ConfigDict(json_schema_extra={"examples": [{"person_count": 40}]})


class BreachNotification(Incoming):
    """That somebody was told of the breach in writing."""

    to: Told
    told_at: Time | None = Field(default=None, description="Now, if left out")
    reason: Remark = Field(description="How they were told, or why")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "authority", "reason": "Surat B/7/XI/2024 (fiktif)."}]}
    )


class BreachClosing(Incoming):
    """Why nothing is left to do."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Pemulihan selesai (fiktif)."}]})


class Breach(Erasable):
    """A failure of protection, and whom the agency has told of it."""

    id: UUID
    reference: str = Field(examples=["B-7K3Q-F2W"])
    version: int
    owner_agency: str
    exercise: str
    title: ErasableText
    data_exposed: ErasableText
    circumstances: ErasableText
    handling: ErasableText
    person_count: int | None
    region_code: str
    discovered_at: datetime
    due_at: datetime = Field(description="3 x 24 hours after it was discovered")
    persons_told_at: datetime | None
    authority_told_at: datetime | None
    public_told_at: datetime | None
    overdue_at: datetime | None = Field(description="Since when it is late, if it was")
    ended_at: datetime | None
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class BreachPage(Page[Breach]):
    """A page of the breach register, newest first."""


class BreachNotice(Outgoing):
    """A draft of the written notice; somebody reads it before it goes out."""

    to: Told
    language: Language
    subject: str
    text: str
