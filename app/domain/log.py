"""The log that the ledger is published as: why its signer may refuse to sign."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why nothing is signed."""

    NO_MEMORY = "no_memory"
    OTHER_ORIGIN = "other_origin"
    OTHER_ROOT = "other_root"
    SMALLER_TREE = "smaller_tree"
    FAILED = "failed"
