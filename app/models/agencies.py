"""Agencies, their units and their accounts."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.columns import Ledgered, code_column, json_column, ledgered


class AgencyRow(Ledgered, table=True):
    """An agency of the partnership, or the host."""

    __tablename__ = "agency"
    __table_args__ = ledgered(UniqueConstraint("code"))

    code: str = code_column()
    name: str
    name_en: str
    kind: str = code_column()
    parent: str | None = code_column(default=None)
    partner: bool
    active: bool = True


class UnitRow(Ledgered, table=True):
    """A unit of an agency: a Polres, a Kodim, an office."""

    __tablename__ = "unit"
    __table_args__ = ledgered(UniqueConstraint("code"))

    code: str = code_column()
    agency: str = code_column(index=True)
    name: str
    kind: str = code_column()
    parent: str | None = code_column(default=None)


class AccountRow(Ledgered, table=True):
    """A post or an integration that acts for one agency; never a person's name."""

    __tablename__ = "account"
    __table_args__ = ledgered(UniqueConstraint("name"))

    name: str = code_column()
    agency: str = code_column(index=True)
    unit: str | None = code_column(default=None)
    roles: list[str] = json_column()
    clearance: str = code_column()
    exercise: str = code_column()
    secret_hash: str = Field(max_length=255)
    active: bool = True
    demo: bool = False
    created_at: datetime
