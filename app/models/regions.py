"""Reference data: regions and who covers them; each row belongs to a data set that was loaded whole."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import Ledgered, code_column, ledgered


class DatasetRow(Ledgered, table=True):
    """A file of reference data as it was loaded; its rows change only by loading a newer one."""

    __tablename__ = "dataset"
    __table_args__ = ledgered(UniqueConstraint("name"))

    name: str = code_column()
    source: str
    as_of: date
    sha256: str = Field(max_length=64)
    row_count: int
    loaded_at: datetime


class RegionRow(SQLModel, table=True):
    """A region by its Kemendagri code."""

    __tablename__ = "region"

    code: str = code_column(primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None
    name: str
    level: str = code_column()
    parent: str | None = code_column(default=None, index=True)
    latitude: float | None = None
    longitude: float | None = None
    dataset: str = code_column()


class JurisdictionRow(SQLModel, table=True):
    """Which agency, and which of its units, covers a region for a service, and how sure we are."""

    __tablename__ = "jurisdiction"
    __table_args__ = (Index(None, "region_code", "service"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    agency: str = code_column(index=True)
    unit: str | None = code_column(default=None)
    region_code: str = code_column()
    service: str = code_column()
    confidence: str = code_column()
    source: str
    valid_from: date
    valid_to: date | None = None
    dataset: str = code_column()
