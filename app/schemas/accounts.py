"""The caller's own account, on the wire."""

from datetime import datetime

from pydantic import Field

from app.schemas.fields import Outgoing


class CredentialsReset(Outgoing):
    """Who has your password reset; object to it if you did not ask for it."""

    requested_by: str
    approved_by: str | None = Field(description="Null where your own one-time code stood in for it")
    took_effect_at: datetime | None = Field(description="Null while it is only asked for")


class Me(Outgoing):
    """Who you are to the service."""

    account: str = Field(examples=["operator.polda-banten"])
    agency: str
    roles: list[str]
    permissions: list[str]
    clearance: str
    exercise: str = Field(description="`live`, or the code of an exercise")
    area: list[str] = Field(description="Region codes that your agency, or your unit, covers today")
    reset: CredentialsReset | None = Field(description="The last reset of your password, if there was one")
