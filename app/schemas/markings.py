"""The marking of a record on the wire: who may know of it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.domain.sharing import Classification, Tlp
from app.schemas.fields import AccountNames, AgencyCodes, Incoming


def _refuse_top_secret(value: Any) -> Any:
    if value == "sangat_rahasia":
        raise ValueError("sangat_rahasia needs state-approved cryptography and is not kept here")
    return value


ClassificationCode = Annotated[Classification, BeforeValidator(_refuse_top_secret)]


class MarkingFields(Incoming):
    """Who may know of the record; set in the call that creates it."""

    tlp: Tlp = Field(default=Tlp.AMBER_STRICT, description="TLP 2.0; the default reaches the owner only")
    audience: AgencyCodes = Field(default=[], description="Agencies, only with AMBER or AMBER+STRICT")
    recipients: AccountNames = Field(default=[], description="Accounts, only with RED, at least two")
    classification: ClassificationCode = Field(default=Classification.BIASA)
