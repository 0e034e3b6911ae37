"""What an example is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A body that the account can send as it is.

    `after` names the examples that were sent to the same record before, as `operation.example`;
    `needs` says what the reader must put in first.
    """

    summary: str
    account: str
    body: dict[str, Any]
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


ANOTHER_INCIDENT = "First put the id of another incident in."
ANY_ID = "01930000-0000-7000-8000-000000000000"
HIDDEN_REFERENCE = "First put the reference of a record in that you may not see."
ANY_REFERENCE = "I-7K3Q-F2W"
