"""Threat levels on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, RootModel

from app.domain.field_mask import LINKS
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import HIGHEST, LOWEST, SCHEME, ThreatCategory, ThreatStatus, label_of
from app.schemas.externals import ExternalKeyFields
from app.schemas.fields import Erasable, ErasableText, Incoming, Outgoing, RegionCode, Remark, Time
from app.schemas.markings import MarkingFields
from app.schemas.pages import Page
from app.schemas.sources import SourceGrade
from app.schemas.threat_level_proposals import ThreatLevelProposal

MOST_BASIS = 20
SCALE = "1 rendah, 2 sedang, 3 substansial, 4 tinggi, 5 kritis: the partners' own scale, not an official one"


def _distinct(values: list[UUID]) -> list[UUID]:
    if len(set(values)) != len(values):
        raise ValueError("the same value stands twice")
    return values


Level = Annotated[int, Field(strict=True, ge=LOWEST, le=HIGHEST, description=SCALE)]
Basis = Annotated[list[UUID], Field(max_length=MOST_BASIS), AfterValidator(_distinct)]


class ThreatLevelSync(MarkingFields, ExternalKeyFields):
    """What your agency holds of a threat at a place; sent again unchanged, it changes nothing."""

    tlp: Tlp = Field(default=Tlp.GREEN, description="TLP 2.0; the default reaches every partner agency")
    level: Level
    rationale: Remark = Field(description="Why this level; no names of persons")
    basis: Basis = Field(default=[], description="Ids of incidents that you see")
    source: SourceGrade = Field(default_factory=SourceGrade)
    valid_from: Time | None = Field(default=None, description="Since when it holds; now, if left out")
    review_by: Time | None = Field(
        default=None,
        description="When it lapses unless stated anew; in 7 days, if left out; within 90 days",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "level": 2,
                    "rationale": "Pemantauan harian: tidak ada perubahan (fiktif).",
                    "source": {"reliability": "b", "credibility": "2"},
                },
                {
                    "level": 4,
                    "rationale": "Ajakan massa meningkat menjelang penghitungan (fiktif).",
                    "source": {"reliability": "b", "credibility": "3"},
                },
            ]
        }
    )


class ThreatLevelCreate(ThreatLevelSync):
    """A level that your agency states for a place and a category."""

    region_code: RegionCode
    category: ThreatCategory

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "region_code": "36.73",
                    "category": "mass_unrest",
                    "level": 3,
                    "rationale": "Dua unjuk rasa diumumkan di depan kantor KPU (fiktif).",
                    "source": {"reliability": "b", "credibility": "2"},
                },
                {
                    "region_code": "36",
                    "category": "political_violence",
                    "level": 4,
                    "rationale": "Ancaman terhadap penyelenggara di beberapa tempat (fiktif).",
                    "source": {"reliability": "c", "credibility": "2"},
                    "tlp": "AMBER",
                    "audience": ["bawaslu-banten", "kpu-banten"],
                },
            ]
        }
    )


class ThreatLevelWithdrawal(Incoming):
    """Why a statement no longer holds and nothing takes its place."""

    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Laporan sumber ternyata keliru (fiktif)."}]}
    )


class ThreatLevel(Erasable):
    """A statement of one agency: its content never changes, only what has become of it."""

    NAMES: ClassVar[dict[str, str]] = LINKS["threat_level"]

    record_type: Literal["threat_level"] = "threat_level"
    id: UUID
    reference: str = Field(examples=["T-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="Who issued it")
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    region_code: str
    category: ThreatCategory
    level: int = Field(description=SCALE)
    label: str
    status: ThreatStatus
    rationale: ErasableText
    basis: list[UUID] = Field(description="The incidents it rests on, as far as you may know of them")
    source: SourceGrade
    valid_from: datetime
    review_by: datetime
    supersedes: UUID | None = Field(description="The former statement, if you may know of it")
    stated_at: datetime
    ended_at: datetime | None = Field(description="When it was superseded or withdrawn, or lapsed")
    external_source: str | None = None
    external_id: str | None = None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        derived = {"label": label_of(row["level"]), "stated_at": row["created_at"]}
        return cls.model_validate({**row, **derived})


class ThreatLevelPage(Page[ThreatLevel]):
    """A page of statements, newest first."""


class ThreatLevelOutcome(
    RootModel[Annotated[ThreatLevel | ThreatLevelProposal, Field(discriminator="record_type")]]
):
    """The statement, or the proposal that waits for another account of your agency."""


class ThreatStatement(Outgoing):
    """What one agency holds at the moment asked for; its basis and history are read by its id."""

    id: UUID
    reference: str
    owner_agency: str = Field(description="Who issued it")
    region_code: str = Field(description="The place asked for, or a region above")
    level: int = Field(description=SCALE)
    label: str
    rationale: str
    source: SourceGrade
    tlp: Tlp
    classification: Classification
    valid_from: datetime
    review_by: datetime
    stated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row."""
        derived = {"label": label_of(row["level"]), "stated_at": row["created_at"]}
        return cls.model_validate({**row, **derived})


class EffectiveThreatLevel(Outgoing):
    """The highest level that holds for a place among the statements you may see; agencies may disagree."""

    region_code: str
    category: ThreatCategory
    as_of: datetime | None = Field(description="The moment asked for; null for now")
    scheme: str = Field(
        default=SCHEME, description="The partners' own scale, never an official level of BNPT"
    )
    level: int | None = Field(description="Null where no statement that you may see holds")
    label: str | None
    inherited_from: str | None = Field(
        description="The region above it is stated for; null for the place itself"
    )
    statements: list[ThreatStatement] = Field(
        description="What each agency holds for the place and the regions above, highest and nearest first"
    )
