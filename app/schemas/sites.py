"""Sites and their assessments on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.sharing import Classification, Tlp
from app.domain.site_indicators import RISK_INDICATORS, RiskVariable, contributions
from app.domain.sites import RiskCategory, SiteKind
from app.schemas.externals import ExternalKeyFields
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    Outgoing,
    Point,
    RegionCode,
    Remark,
    Time,
    distinct,
    known,
    listed,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page
from app.schemas.sources import SourceGrade

Indicator = Annotated[str, known(RISK_INDICATORS, "indicator"), listed(RISK_INDICATORS)]
Indicators = Annotated[list[Indicator], Field(max_length=len(RISK_INDICATORS)), AfterValidator(distinct)]
REACHES_ALL = Field(default=Tlp.GREEN, description="TLP 2.0; the default reaches every partner agency")


class SiteCreate(MarkingFields, ExternalKeyFields):
    """A place to be watched. No names of persons, no voters: a polling station is its number."""

    tlp: Tlp = REACHES_ALL
    kind: SiteKind
    name: Line = Field(description="As it is known locally")
    note: Line | None = Field(default=None, description="How to find it, what to mind")
    region_code: RegionCode
    geometry: Point | None = None
    in_use: bool = Field(default=True, description="False where it is needed no more; it stays on record")
    risk: RiskCategory | None = Field(
        default=None, description="The first assessment, where there is one; later ones have a route"
    )
    indicators: Indicators | None = Field(
        default=None, description="Bawaslu's indicators that hold; empty where none does, null if not looked"
    )
    rationale: Remark | None = Field(default=None, description="Why it is judged so; with an assessment")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "polling_station",
                    "name": "TPS 007 Kragilan (fiktif)",
                    "region_code": "36.04.11",
                    "geometry": {"type": "Point", "coordinates": [106.28, -6.14]},
                    "risk": "rawan",
                    "indicators": ["vote_buying_history", "no_internet"],
                    "rationale": "Riwayat pembagian barang pada pemilihan lalu (fiktif).",
                }
            ]
        }
    )


class SiteChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Risk changes by assessments, not here."""

    kind: SiteKind = Field(default_factory=unset)
    name: Line = Field(default_factory=unset)
    note: Line | None = Field(default_factory=unset)
    region_code: RegionCode = Field(default_factory=unset)
    geometry: Point | None = Field(default_factory=unset)
    in_use: bool = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "TPS 008 Kragilan (fiktif)", "note": "Pindah ke balai desa."}]
        }
    )


class SiteAssessmentCreate(Incoming):
    """How your agency judges the site: a category, the indicators that hold, or both."""

    risk: RiskCategory | None = Field(default=None, description="Left out, the category stays as it is")
    indicators: Indicators | None = Field(
        default=None, description="All that hold now; left out, the indicators stay as they are"
    )
    rationale: Remark = Field(description="Why; no names of persons")
    source: SourceGrade = SourceGrade()
    assessed_at: Time | None = Field(default=None, description="When it was judged; now, if left out")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"risk": "sangat_rawan", "rationale": "Bentrokan antarpendukung semalam (fiktif)."},
                {"indicators": ["hard_to_reach", "no_internet"], "rationale": "Jalan putus (fiktif)."},
            ]
        }
    )


class IndexPart(Outgoing):
    """What one variable adds to the index."""

    variable: RiskVariable
    present: int = Field(description="How many of its indicators hold")
    of: int = Field(description="How many indicators it has")
    points: float = Field(description="What that adds to the index")


class RiskIndex(Outgoing):
    """An index of Bawaslu's indicators, from 0 to 100, with what it is made of."""

    score: int
    method: str = Field(
        description="How it was weighed. Bawaslu publishes no weights: that every variable weighs the same "
        "is a choice of this service, no judgement of Bawaslu's"
    )
    parts: list[IndexPart]


class SiteAssessment(Erasable):
    """How an agency judged a site at a moment; it is never changed, a later one follows it."""

    id: UUID
    site_id: UUID
    risk: RiskCategory | None
    indicators: list[str] | None = Field(description="Null where nobody looked")
    risk_index: RiskIndex | None
    rationale: ErasableText
    source: SourceGrade
    assessed_at: datetime
    agency: str
    role: str
    recorded_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        explained = None
        if row["indicators"] is not None:
            parts = [IndexPart.model_validate(each) for each in contributions(row["indicators"])]
            explained = RiskIndex(score=row["risk_index"], method=row["method"], parts=parts)
        return cls.model_validate({**row, "risk_index": explained, "recorded_at": row["created_at"]})


class SiteAssessmentPage(Page[SiteAssessment]):
    """Assessments, those first recorded first."""


class Site(Erasable):
    """A place that is watched, as its owner describes it and as it was last assessed."""

    id: UUID
    reference: str = Field(examples=["S-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    kind: SiteKind
    name: ErasableText
    note: str | None
    region_code: str
    geometry: Point | None
    in_use: bool
    risk: RiskCategory | None = Field(description="Of the newest assessment that names a category")
    risk_index: int | None = Field(description="Of the newest assessment that looked at the indicators")
    indicators: list[str] | None = Field(description="Those that hold; null where nobody looked")
    assessed_at: datetime | None
    recorded_at: datetime
    updated_at: datetime
    external_source: str | None = None
    external_id: str | None = None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        indicators = row["indicators"] if row["risk_index"] is not None else None
        derived = {"indicators": indicators, "recorded_at": row["created_at"], "geometry": Point.of(row)}
        return cls.model_validate({**row, **derived})


class SitePage(Page[Site]):
    """A page of sites, newest first."""
