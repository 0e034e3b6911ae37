"""Accounts of people on the wire, as their agency's administrator sees and decides them."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.passwords import NO_PASSWORD
from app.domain.permissions import Role
from app.domain.sharing import LIVE, Classification
from app.schemas.fields import Incoming, Outgoing, RegionCode, Remark, Time, UnitCode, distinct, unset
from app.schemas.pages import Page


class Decision(StrEnum):
    """What somebody else decides."""

    APPROVE = "approve"
    DECLINE = "decline"


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError:
        raise ValueError("write a network as 10.20.0.0/16 or 2001:db8::/32") from None


Post = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9]{1,19}$", description="The name is made of it and the agency's code",
          examples=["operator2"]),
]  # fmt: skip
Exercise = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$", description="`live`, or the code of an exercise")
]
Roles = Annotated[list[Role], Field(min_length=1, max_length=6), AfterValidator(distinct)]
Area = Annotated[
    list[RegionCode], Field(min_length=1, max_length=200), AfterValidator(distinct),
]  # fmt: skip
Network = Annotated[str, Field(max_length=49), AfterValidator(_network)]
Networks = Annotated[list[Network], Field(min_length=1, max_length=50), AfterValidator(distinct)]

NARROWER = "Fewer regions than your agency or the unit covers; null for all of them"
FROM_WHERE = "Networks from which it may be used; null for every one"
UNTIL = "When it ends by itself; null for never"


class AccountCreate(Incoming):
    """A post for a person of your agency; the person sets the password with the code of the answer."""

    post: Post
    roles: Roles
    clearance: Classification = Classification.BIASA
    unit: UnitCode | None = None
    exercise: Exercise = LIVE
    area: Area | None = Field(default=None, description=NARROWER)
    allowed_networks: Networks | None = Field(default=None, description=FROM_WHERE)
    expires_at: Time | None = Field(default=None, description=UNTIL)
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "post": "operator11",
                    "roles": ["operator"],
                    "clearance": "terbatas",
                    "reason": "Petugas piket tambahan selama masa tenang (fiktif).",
                }
            ]
        }
    )


class AccountChange(Incoming):
    """What shall be different; what is left out stays."""

    roles: Roles = Field(default_factory=unset)
    clearance: Classification = Field(default_factory=unset)
    unit: UnitCode | None = Field(default_factory=unset)
    area: Area | None = Field(default_factory=unset, description=NARROWER)
    allowed_networks: Networks | None = Field(default_factory=unset, description=FROM_WHERE)
    expires_at: Time | None = Field(default_factory=unset, description=UNTIL)
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"clearance": "biasa", "reason": "Pindah tugas ke bagian logistik (fiktif)."}]
        }
    )


class AccountStep(Incoming):
    """Why an account is suspended, taken back into use, or has its password reset."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Ponsel dinas hilang (fiktif)."}]})


class Account(Outgoing):
    """An account of a person: a post, never a name."""

    id: UUID
    name: str = Field(examples=["operator2.kpu-banten"])
    version: int
    agency: str
    unit: str | None
    roles: list[Role]
    clearance: Classification
    exercise: str
    area: list[str] | None = Field(description=NARROWER)
    allowed_networks: list[str] | None = Field(description=FROM_WHERE)
    active: bool = Field(description="False while it is suspended")
    pending: bool = Field(description="Made by the host, and not yet confirmed by the agency")
    enrolled: bool = Field(description="Whether the person has set a password")
    expires_at: datetime | None
    created_at: datetime
    code_expires_at: datetime | None = Field(description="Until when a code waits for the person; null: none")
    reset_requested_by: str | None
    reset_approved_by: str | None
    reset_at: datetime | None = Field(description="When a reset of the password last took effect")

    @classmethod
    def of(cls, row: Mapping[Any, Any], **more: Any) -> Self:
        """From the columns of a row."""
        return cls.model_validate({**row, "enrolled": row["secret_hash"] != NO_PASSWORD, **more})


class AccountIssued(Account):
    """An account with the code with which its person sets a password: shown this once, kept nowhere."""

    code: str = Field(description="Give it to the person by a way that you trust; it works once")


class AccountPage(Page[Account]):
    """Accounts, the oldest first."""
