"""Regions, agencies, jurisdictions and vocabularies on the wire."""

from datetime import date

from pydantic import Field

from app.schemas.fields import Outgoing
from app.schemas.pages import Page


class Region(Outgoing):
    """A region by its Kemendagri code."""

    code: str = Field(examples=["36.03.13"])
    name: str = Field(examples=["Teluknaga"])
    level: str = Field(examples=["district"])
    parent: str | None
    latitude: float | None
    longitude: float | None
    valid_from: date
    valid_to: date | None


class RegionPage(Page[Region]):
    """Regions in the order of their codes."""


class Coverage(Outgoing):
    """Who covers the place for one service, how sure we are, and from where we know."""

    region_code: str = Field(description="The region for which it was laid down")
    agency: str
    agency_name: str
    unit: str | None = Field(description="Null where nobody has confirmed one; see `reason`")
    unit_name: str | None
    confidence: str
    source: str
    reason: str | None = Field(default=None, description="Why the unit is null")
    valid_from: date
    valid_to: date | None


class Responsible(Outgoing):
    """Who covers a place: one list for each service; an empty list says that nobody is known."""

    region: Region
    police: list[Coverage]
    military: list[Coverage]
    election_commission: list[Coverage]
    election_supervisor: list[Coverage]
    local_government: list[Coverage]
    counter_terrorism: list[Coverage]


class Agency(Outgoing):
    """An agency of the partnership, or the host."""

    code: str = Field(examples=["kpu-banten"])
    name: str
    name_en: str
    kind: str
    parent: str | None
    partner: bool


class AgencyPage(Page[Agency]):
    """Agencies in the order of their codes."""


class Unit(Outgoing):
    """A unit of an agency."""

    code: str = Field(examples=["polresta-tangerang"])
    agency: str
    name: str
    kind: str
    parent: str | None


class UnitPage(Page[Unit]):
    """Units in the order of their codes."""


class Term(Outgoing):
    """A code and its labels."""

    code: str
    label_id: str
    label_en: str
    parent: str | None = Field(default=None, description="The group of a kind")


class Vocabularies(Outgoing):
    """Every code with its Indonesian and English label."""

    vocabularies: dict[str, list[Term]]
