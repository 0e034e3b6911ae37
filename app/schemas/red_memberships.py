"""Recipients of RED records who are asleep after a reset of their credentials, on the wire."""

from datetime import datetime

from pydantic import ConfigDict, Field

from app.schemas.fields import Incoming, Outgoing, Remark
from app.schemas.pages import Page


class RedMembership(Outgoing):
    """An account that is named beside you in RED records, and does not see them until one of you confirms."""

    account: str = Field(examples=["commander.kpu-banten"])
    agency: str
    reset_at: datetime = Field(description="When its password was reset")


class RedMembershipPage(Page[RedMembership]):
    """Accounts that wait for you, the oldest first."""


class RedConfirmation(Incoming):
    """How you made sure that the same person still stands behind the account."""

    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Bertemu langsung di posko (fiktif)."}]}
    )


class RedConfirmed(Outgoing):
    """The account sees again the RED records that name it and you."""

    account: str
    voucher: str
