"""Agencies, their units and their accounts, and who has confirmed an account for RED records."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.columns import Ledgered, Versioned, code_column, json_column, ledgered


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
    sharing_agreement: str | None = Field(default=None, max_length=200)
    sharing_agreement_on: date | None = None


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
    scopes: list[str] | None = json_column(default=None)  # of an integration; null: all that the role grants
    area: list[str] | None = json_column(default=None)  # narrows what the agency or the unit covers
    allowed_networks: list[str] | None = json_column(default=None)
    expires_at: datetime | None = None
    pending: bool = False  # made by the host, and not yet confirmed by the agency
    # The one-time code with which the person sets a password; beside a password it stands for a reset.
    code_hash: str | None = Field(default=None, max_length=64)
    code_expires_at: datetime | None = None
    reset_requested_by: str | None = code_column(default=None)
    reset_approved_by: str | None = code_column(default=None)
    reset_at: datetime | None = None  # when a reset last took effect


class RedVoucherRow(Ledgered, table=True):
    """A recipient of RED records who has confirmed another one after a reset of its credentials."""

    __tablename__ = "red_voucher"
    __table_args__ = ledgered(UniqueConstraint("account_id", "voucher", "reset_at"))

    account_id: UUID = Field(foreign_key="account.id")
    voucher: str = code_column()
    reset_at: datetime
    created_at: datetime


class AccountTurnRow(Versioned, table=True):
    """What one takes at an integration to give it another key, secret or webhook: never one too many."""

    __tablename__ = "account_turn"

    id: UUID = Field(primary_key=True, foreign_key="account.id")
