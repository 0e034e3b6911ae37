"""Receipts: the log's signed word that it took an entry, which it cannot take back."""

import calendar
import time
from dataclasses import dataclass

from siaga_verify.checkpoints import Checkpoint, Trust
from siaga_verify.encoding import as_object, as_octets, as_utf8, decimal, from_base64, hash_from, read_json
from siaga_verify.mirror import open_log
from siaga_verify.notes import Note, read_note, signer_of
from siaga_verify.refusals import Malformed, Misconduct, Unproven
from siaga_verify.sources import open_source
from siaga_verify.tiles import Log
from siaga_verify.verdicts import Verdict

FIRST_LINE = "siaga-receipt/v1"
LINES = 5
SECONDS = len("2026-11-25T00:00:00")


@dataclass(frozen=True)
class Receipt:
    """What the log vouched for, and when."""

    origin: str
    index: int
    leaf: bytes
    at: str

    @property
    def seconds(self) -> int:
        """The time in whole seconds since 1970."""
        try:
            return calendar.timegm(time.strptime(self.at[:SECONDS], "%Y-%m-%dT%H:%M:%S"))
        except ValueError:
            raise Malformed("The time of the receipt cannot be read.") from None


def as_note(content: bytes) -> Note:
    """The note, as itself, as the base64 of a header, or within the JSON of the service."""
    text = as_utf8(content)
    if text.startswith(FIRST_LINE):
        return read_note(content)
    if text.lstrip().startswith("{"):
        return read_note(as_octets(as_object(read_json(text)).get("receipt")))
    return read_note(from_base64(text.strip().removeprefix("Siaga-Receipt:").strip()))


def open_receipt(content: bytes, trust: Trust) -> Receipt:
    """The receipt, once the log's signature under it was checked."""
    note = as_note(content)
    lines = note.text[:-1].split("\n")
    if len(lines) != LINES or lines[0] != FIRST_LINE:
        raise Malformed("The text is not that of a receipt.")
    receipt = Receipt(lines[1], decimal(lines[2]), hash_from(lines[3]), lines[4])
    if not receipt.at.endswith("Z") or receipt.seconds < 0:
        raise Malformed("The time of the receipt cannot be read.")
    signer_of(note, trust.keys)
    if receipt.origin != trust.origin:
        raise Unproven(
            "It is of the log {other}, not of {origin}.", other=receipt.origin, origin=trust.origin
        )
    return receipt


def check_receipt(content: bytes, trust: Trust, where: str | None, grace_seconds: int) -> Verdict:
    """The log signed it; and, where a copy of the log is at hand, holds the entry."""
    receipt = open_receipt(content, trust)
    if where is None:
        return Verdict(
            "{origin} signed that it took entry {index} at {at}.",
            origin=receipt.origin,
            index=receipt.index,
            at=receipt.at,
        )
    with open_source(where) as source:
        _look_for(receipt, open_log(source, trust), grace_seconds)
    return Verdict(
        "The log {origin} holds entry {index}, as it signed at {at}.",
        origin=receipt.origin,
        index=receipt.index,
        at=receipt.at,
    )


def _look_for(receipt: Receipt, log: Log, grace_seconds: int) -> None:
    if receipt.index >= log.checkpoint.size:
        raise _missing(receipt, log.checkpoint, grace_seconds)
    if log.leaf_hash(receipt.index) != receipt.leaf:
        raise Misconduct(
            "The log dropped an entry: at {index} it holds another one than it signed for.",
            index=receipt.index,
        )


def _missing(receipt: Receipt, checkpoint: Checkpoint, grace_seconds: int) -> Exception:
    """Only a witness tells when a log was so short: without one it may just be an old copy."""
    latest = max(checkpoint.cosigned.values(), default=0)
    if latest > receipt.seconds + grace_seconds:
        return Misconduct(
            "The log dropped an entry: long after it took {index}, witnesses saw {size} entries.",
            size=checkpoint.size,
            index=receipt.index,
        )
    return Unproven(
        "The copy ends at {size} entries, before entry {index}: bring it up to date, then ask again.",
        size=checkpoint.size,
        index=receipt.index,
    )
