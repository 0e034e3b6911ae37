"""The caller's own account, on the wire."""

from pydantic import Field

from app.schemas.fields import Outgoing


class Me(Outgoing):
    """Who you are to the service."""

    account: str = Field(examples=["operator.polda-banten"])
    agency: str
    roles: list[str]
    permissions: list[str]
    clearance: str
    exercise: str = Field(description="`live`, or the code of an exercise")
    area: list[str] = Field(description="Region codes that your agency, or your unit, covers today")
