"""Disclosure files: the entries of one record, opened, chained and in the log."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from siaga_verify.checkpoints import Checkpoint, Trust, open_checkpoint
from siaga_verify.encoding import (
    HASH_BYTES,
    as_list,
    as_number,
    as_object,
    as_octets,
    as_text,
    as_utf8,
    from_base64url,
    read_json,
)
from siaga_verify.proofs import hashes_from
from siaga_verify.refusals import Malformed, Unproven
from siaga_verify.tree import check_inclusion, leaf_hash
from siaga_verify.verdicts import Verdict

FORMAT = "siaga-disclosure/v1"
DIGESTS = 56
SALT = re.compile(r"[0-9a-f]{32}\Z")
PARTS = 3
MOST_ENTRIES = 1_000_000
LEAF = re.compile(r'\{"_sd":\["[A-Za-z0-9_-]{43}"(?:,"[A-Za-z0-9_-]{43}")*\],"v":1\}\Z', re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One entry whose every opened value was found in its leaf."""

    index: int
    leaf: bytes
    values: dict[str, Any]
    erased: tuple[str, ...]


def digests_of(leaf: str) -> frozenset[str]:
    """The commitments in a leaf, which is written in one way only and holds nothing else."""
    if not LEAF.match(leaf):
        raise Malformed("A leaf holds something other than commitments.")
    digests = as_list(as_object(read_json(leaf))["_sd"])
    if len(digests) != DIGESTS or sorted(set(digests)) != digests:
        raise Malformed("A leaf does not hold {count} different commitments in order.", count=DIGESTS)
    for each in digests:
        if len(from_base64url(each)) != HASH_BYTES:
            raise Malformed("A leaf holds something other than commitments.")
    return frozenset(digests)


def open_value(disclosure: str) -> tuple[str, Any]:
    """The name and value of a disclosure (RFC 9901, 4.2)."""
    parts = as_list(read_json(as_utf8(from_base64url(disclosure))))
    if len(parts) != PARTS or not SALT.match(as_text(parts[0])):
        raise Malformed("A disclosed value is not in the form [salt, name, value].")
    return as_text(parts[1]), parts[2]


def digest_of(disclosure: str) -> str:
    """The commitment that a leaf holds for it."""
    digest = hashlib.sha256(disclosure.encode("ascii")).digest()
    return to_base64url(digest)


def to_base64url(content: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def open_entry(told: dict[str, Any], checkpoint: Checkpoint) -> Entry:
    """An entry, once each value was found in its leaf and the leaf in the log."""
    index, leaf = as_number(told.get("index")), as_text(told.get("leaf"))
    digests = digests_of(leaf)
    hashed = leaf_hash(leaf.encode())
    inclusion = hashes_from(as_list(told.get("inclusion")))
    check_inclusion(index, checkpoint.size, hashed, inclusion, checkpoint.root)
    values: dict[str, Any] = {}
    for each in map(as_text, as_list(told.get("disclosures"))):
        name, value = open_value(each)
        if digest_of(each) not in digests:
            raise Unproven(
                "The value of {name} in entry {index} is not what was committed to.", name=name, index=index
            )
        if name in values:
            raise Unproven("{name} stands twice in entry {index}.", name=name, index=index)
        values[name] = value
    erased = tuple(map(as_text, as_list(told.get("erased"))))
    if set(erased) & set(values) or len(set(erased)) != len(erased) or len(erased) + len(values) > DIGESTS:
        raise Malformed("What is said to be erased in entry {index} cannot be.", index=index)
    return Entry(index, hashed, values, erased)


def check_disclosure(content: bytes, trust: Trust) -> Verdict:
    """Every value is what was committed to, and none of the record's entries up to the last is missing."""
    told = as_object(read_json(as_utf8(content)))
    if told.get("format") != FORMAT:
        raise Malformed("The file is not in the format {format}.", format=FORMAT)
    checkpoint = open_checkpoint(as_octets(told.get("checkpoint")), trust)
    if told.get("origin") != checkpoint.origin:
        raise Unproven(
            "It is of the log {other}, not of {origin}.", other=told.get("origin"), origin=checkpoint.origin
        )
    listed = as_list(told.get("entries"))
    if not 0 < len(listed) <= MOST_ENTRIES:
        raise Malformed("The file holds no entry, or too many.")
    entries = [open_entry(as_object(each), checkpoint) for each in listed]
    record = as_text(told.get("record_id"))
    check_chain(entries, record, as_text(told.get("record_type")))
    return Verdict(
        "{count} entries of {record}, none missing between the first and entry {last}; "
        "{values} values are as they were committed to, {erased} were erased.",
        tuple(details(entries)),
        count=len(entries),
        record=record,
        last=entries[-1].index,
        values=sum(len(each.values) for each in entries),
        erased=sum(len(each.erased) for each in entries),
    )


def check_chain(entries: list[Entry], record: str, kind: str) -> None:
    """Each entry names the leaf of the one before; the first names none."""
    before: Entry | None = None
    for each in entries:
        if each.values.get("#record_id") != record or each.values.get("#record_type", kind) != kind:
            raise Unproven("Entry {index} is not of the record {record}.", index=each.index, record=record)
        if before and each.index <= before.index:
            raise Unproven("Entry {index} is out of order.", index=each.index)
        must = before.leaf.hex() if before else None
        if "#prev" not in each.values or each.values["#prev"] != must:
            raise Unproven("An entry is missing before entry {index}.", index=each.index)
        before = each


def details(entries: list[Entry]) -> list[str]:
    """What was disclosed, a line a value, as JSON: nothing in it can pass for another line."""
    return [
        json.dumps({"index": each.index, "name": name, "value": value}, ensure_ascii=True, sort_keys=True)
        for each in entries
        for name, value in sorted(each.values.items())
    ]
