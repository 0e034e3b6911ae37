"""Proofs of the ledger and receipts on the wire."""

from pydantic import Field

from app.schemas.fields import Outgoing

HASH = "lyyLHDSTdYbI4tBv4dOdNbfiGUOZFApWQ4qrZ/W4zdo="


class LedgerProof(Outgoing):
    """That an entry stands in the signed tree; to be checked offline, with any tool for such logs."""

    index: int = Field(description="Position of the entry, which is the index of its leaf")
    tree_size: int = Field(description="How many leaves the signed tree has")
    leaf: str = Field(description="The leaf, byte for byte: commitments only")
    leaf_hash: str = Field(
        description="SHA-256 over a zero byte and the leaf (RFC 9162), base64", examples=[HASH]
    )
    inclusion: list[str] = Field(description="Hashes that lead from the leaf to the root, base64")
    checkpoint: str = Field(description="The signed tree (C2SP tlog-checkpoint), with its cosignatures")
    consistency: list[str] | None = Field(
        default=None, description="That this tree begins with the one of the size asked for, base64"
    )


class LedgerReceipt(Outgoing):
    """The log's word that an entry stands at its place, given before the tree is signed."""

    position: int
    leaf_hash: str = Field(
        description="SHA-256 over a zero byte and the leaf (RFC 9162), base64", examples=[HASH]
    )
    at: str = Field(description="When the entry was made", examples=["2024-11-27T00:00:00.000001Z"])
    receipt: str = Field(description="A signed note: `siaga-receipt/v1`, log, position, leaf hash, time")
