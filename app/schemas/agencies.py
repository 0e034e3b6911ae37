"""Agencies that join and leave, on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.vocabularies import AgencyKind
from app.schemas.administration import Post
from app.schemas.fields import AgencyCode, Day, Incoming, Line, Outgoing, Remark


def _partner(value: AgencyKind) -> AgencyKind:
    if value is AgencyKind.HOST:
        raise ValueError("there is one host, and it does not join")
    return value


class AgencyJoin(Incoming):
    """An agency that joins, and the agreement by which it shares."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$", examples=["bpbd-banten"])]
    name: Line
    name_en: Line
    kind: Annotated[AgencyKind, AfterValidator(_partner)]
    parent: AgencyCode | None = Field(default=None, description="The next agency up in the same hierarchy")
    sharing_agreement: Line = Field(description="Number and title of the agreement")
    sharing_agreement_on: Day = Field(description="The day it was signed")
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "bpbd-contoh",
                    "name": "Badan Penanggulangan Bencana Daerah Contoh (fiktif)",
                    "name_en": "Regional Disaster Management Agency of Contoh (fictional)",
                    "kind": "local_government",
                    "parent": "pemprov-banten",
                    "sharing_agreement": "PKS 12/2024 tentang berbagi data (fiktif)",
                    "sharing_agreement_on": "2024-10-01",
                    "reason": "Kesepakatan telah ditandatangani (fiktif).",
                }
            ]
        }
    )


class AgencyReturn(Incoming):
    """An agency that comes back, and its new agreement."""

    sharing_agreement: Line
    sharing_agreement_on: Day
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "sharing_agreement": "PKS 3/2025 tentang berbagi data (fiktif)",
                    "sharing_agreement_on": "2025-01-10",
                    "reason": "Kesepakatan diperbarui (fiktif).",
                }
            ]
        }
    )


class AgencyDeparture(Incoming):
    """Why an agency leaves; its accounts stop working at once, its records stay."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Kesepakatan berakhir (fiktif)."}]})


class Membership(Outgoing):
    """An agency as the host keeps it."""

    record_type: Literal["agency"] = "agency"
    version: int
    code: str
    name: str
    name_en: str
    kind: AgencyKind
    parent: str | None
    partner: bool
    active: bool = Field(description="False once it has left")
    sharing_agreement: str | None
    sharing_agreement_on: date | None


class AdministratorAppointment(Incoming):
    """The first administrator of an agency, whose agency must confirm the account."""

    post: Post
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"post": "admin11", "reason": "Ditunjuk lembaga dengan surat 5/2024 (fiktif)."}]
        }
    )


class AdministratorAppointed(Outgoing):
    """An account that waits for its agency, and the code for its person: shown this once."""

    name: str = Field(examples=["admin2.kpu-banten"])
    agency: str
    pending: bool
    code: str = Field(description="For the person who was appointed; it works once")
    code_expires_at: datetime
