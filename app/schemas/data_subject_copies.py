"""The copy of a person's data that answers a request for access, on the wire."""

from uuid import UUID

from pydantic import Field

from app.schemas.fields import Outgoing


class CopiedSubject(Outgoing):
    """What one record, or a part of it, holds of the person now."""

    record_type: str
    record_id: UUID
    subject_type: str
    subject_id: UUID
    agency: str = Field(description="The agency that recorded it")
    fields: dict[str, str | None] = Field(description="All fields that hold the person's data, by name")
    erased: list[str] = Field(description="Those of them whose values were erased")


class DataSubjectCopy(Outgoing):
    """The data of a person in what their request names: the request itself, and the person of an incident.

    What free texts say of a person is not found by itself; whoever answers looks there.
    """

    request_id: UUID
    reference: str
    agency: str = Field(description="The agency that answers")
    subjects: list[CopiedSubject]
