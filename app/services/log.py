"""The state of the log, and what an operator does to it: keys that change, a restore that is accepted."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change, Entry
from app.database import Session
from app.models.ledger import LedgerRow
from app.schemas.health import LedgerState
from app.services.accounts import OPERATOR
from app.services.agencies import PUBLIC_MARKING
from app.tree.signer import Signer

LOG = "log"
LOG_ID = uuid5(NAMESPACE_URL, "urn:siaga:log")  # the one log that a database holds


def signer_state(signer: Signer) -> LedgerState:
    """How far the ledger is signed, and why not further."""
    refused = signer.refusal
    state: Literal["signed", "behind", "refused"] = "behind" if signer.signed < signer.entries else "signed"
    if refused:
        state = "refused"
    return LedgerState(
        state=state, reason=refused.why if refused else None, entries=signer.entries, signed=signer.signed
    )


async def told(session: Session, action: str, values: Mapping[str, Any], reason: str) -> Change:
    """An entry about the log itself; there is no row behind it."""
    newest = select(LedgerRow.version).where(col(LedgerRow.subject_id) == LOG_ID)
    version = (await session.exec(newest.order_by(col(LedgerRow.version).desc()).limit(1))).first() or 0
    change = Change(OPERATOR, reason)
    change.entries.append(
        Entry(
            id=uuid7(),
            at=change.at,
            actor=OPERATOR,
            action=action,
            record_type=LOG,
            record_id=LOG_ID,
            subject_type=LOG,
            subject_id=LOG_ID,
            version=version + 1,
            before=PUBLIC_MARKING if version else None,
            after=PUBLIC_MARKING,
            values=values,
            reason=reason,
        )
    )
    return change
