"""Which version a caller means: If-Match (RFC 9110 §13.1.1), required or optional."""

import re
from typing import Annotated

from fastapi import Depends, Header

from app.domain.errors import PreconditionRequired


def versions(header: str) -> frozenset[int]:
    """The versions that an If-Match header accepts; an entity tag that is none of ours accepts nothing.

    What comes after a dash tells of the time at which it was read: the version is the same.
    """
    tags = [re.fullmatch(r'"([0-9]{1,9})(?:-[a-z]{1,20})?"', each.strip()) for each in header.split(",")]
    return frozenset(int(each[1]) for each in tags if each)


async def required_match(
    if_match: Annotated[str | None, Header(description="The `ETag` that was read")] = None,
) -> frozenset[int]:
    """The version that the caller changes."""
    if if_match is None:
        raise PreconditionRequired("Send If-Match with the ETag of the record as you read it.")
    return versions(if_match)


async def optional_match(
    if_match: Annotated[str | None, Header(description="The `ETag` that was read, if it matters")] = None,
) -> frozenset[int] | None:
    """The version that the caller has in mind, if any."""
    return None if if_match is None else versions(if_match)


IfMatch = Annotated[frozenset[int], Depends(required_match)]
IfMatchOptional = Annotated[frozenset[int] | None, Depends(optional_match)]
