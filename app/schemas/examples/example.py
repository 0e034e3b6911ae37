"""What an example is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A body that the account can send as it is.

    `after` names the examples that come before it, to the same record if it has one, as `operation.example`;
    `at` says what belongs into the address; `needs` says what the reader must put in first.
    """

    summary: str
    account: str
    body: Any
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)


AN_INCIDENT = "First put the id of an incident in."
ANOTHER_INCIDENT = "First put the id of another incident in."
OWN_FILE = "Choose a file of your own; the text here is what such a file may hold."
ANY_ID = "01930000-0000-7000-8000-000000000000"
A_PATROL_PLAN = "First put the id of a patrol plan of your agency in."
ANY_PATROL_PLAN = "01930000-0000-7000-8000-000000000001"
HIDDEN_REFERENCE = "First put the reference of a record in that you may not see."
ANY_REFERENCE = "I-7K3Q-F2W"
