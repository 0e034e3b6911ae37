"""The partner's own key of a record on the wire."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.schemas.fields import Incoming, printable

SOURCE_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,62}$"
LONGEST_ID = 100

ExternalSource = Annotated[str, Field(pattern=SOURCE_PATTERN, examples=["simpamwil"])]
ExternalId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID), AfterValidator(printable)]


class ExternalKeyFields(Incoming):
    """Under which key the sender's own system knows the record; both or neither."""

    external_source: ExternalSource | None = Field(
        default=None, description="Your own system, by a short name; whoever sees the record sees it"
    )
    external_id: ExternalId | None = Field(
        default=None,
        description="The id of the record there, once for each of your systems and record types; "
        "never an id of a person",
    )
