"""The state of the log, and what an operator does to it: keys that change, a restore that is accepted."""

from typing import Literal

from app.schemas.health import LedgerState
from app.tree.signer import Signer


def signer_state(signer: Signer) -> LedgerState:
    """How far the ledger is signed, and why not further."""
    refused = signer.refusal
    state: Literal["signed", "behind", "refused"] = "behind" if signer.signed < signer.entries else "signed"
    if refused:
        state = "refused"
    return LedgerState(
        state=state, reason=refused.why if refused else None, entries=signer.entries, signed=signer.signed
    )
