"""Proofs that an entry is in the log, and that one checkpoint only adds to another."""

from dataclasses import dataclass
from typing import Any

from siaga_verify.checkpoints import Checkpoint, Trust, open_checkpoint
from siaga_verify.encoding import (
    as_list,
    as_number,
    as_object,
    as_octets,
    as_text,
    as_utf8,
    decimal,
    from_base64,
    hash_from,
    read_json,
)
from siaga_verify.mirror import open_log
from siaga_verify.refusals import Malformed, Misconduct, Unproven
from siaga_verify.sources import open_source
from siaga_verify.tree import check_consistency, check_inclusion, leaf_hash
from siaga_verify.verdicts import Verdict

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63
HEX_HASH = 64


@dataclass(frozen=True)
class Proof:
    """An entry's place in a log; `leaf` is its hash where the proof brings it along."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    leaf: bytes | None


def hashes_from(lines: list[Any]) -> tuple[bytes, ...]:
    """Not more than a tree of 2^63 entries needs."""
    if len(lines) > MOST_HASHES:
        raise Malformed("The proof has more than {most} hashes.", most=MOST_HASHES)
    return tuple(map(hash_from, lines))


def read_proof(content: bytes) -> Proof:
    """A proof as text (c2sp.org/tlog-proof) or as JSON."""
    text = as_utf8(content)
    return _read_json_proof(text) if text.lstrip().startswith("{") else _read_text_proof(text)


def _read_text_proof(text: str) -> Proof:
    head, parted, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not parted or lines[0] != FIRST_LINE:
        raise Malformed("The proof does not begin with {line}.", line=FIRST_LINE)
    rest = lines[1:]
    if rest and rest[0].startswith("extra "):
        from_base64(rest[0].removeprefix("extra "))  # nobody vouches for it, so nothing rests on it
        rest = rest[1:]
    if not rest or not rest[0].startswith("index "):
        raise Malformed("The proof does not tell the index of its entry.")
    index = decimal(rest[0].removeprefix("index "))
    return Proof(index, hashes_from(list(rest[1:])), checkpoint.encode(), None)


def _read_json_proof(text: str) -> Proof:
    told = as_object(read_json(text))
    checkpoint = as_octets(told.get("checkpoint"))
    leaf = leaf_hash(as_octets(told.get("leaf")))
    if hash_in(as_text(told.get("leaf_hash"))) != leaf:
        raise Unproven("The leaf does not have the hash that the proof tells.")
    proof = Proof(as_number(told.get("index")), hashes_from(as_list(told.get("inclusion"))), checkpoint, leaf)
    lines = checkpoint.split(b"\n")
    if len(lines) > 1 and lines[1] != str(as_number(told.get("tree_size"))).encode():
        raise Unproven("The proof tells another size than its checkpoint.")
    return proof


def hash_in(text: str) -> bytes:
    """A hash as 64 hex digits or as base64."""
    if len(text) == HEX_HASH:
        try:
            return bytes.fromhex(text)
        except ValueError:
            raise Malformed("A hash is neither 64 hex digits nor base64.") from None
    return hash_from(text)


def check_proof(content: bytes, trust: Trust, leaf: bytes | None) -> Verdict:
    """The entry is in the log that the checkpoint describes."""
    proof = read_proof(content)
    if leaf is None and proof.leaf is None:
        raise Malformed("This proof does not bring its entry: name it with --leaf or --leaf-hash.")
    if leaf and proof.leaf and leaf != proof.leaf:
        raise Unproven("The proof is about another entry.")
    checkpoint = open_checkpoint(proof.checkpoint, trust)
    check_inclusion(proof.index, checkpoint.size, leaf or proof.leaf or b"", proof.path, checkpoint.root)
    return Verdict(
        "Entry {index} is in the log {origin}, which then had {size} entries.",
        index=proof.index,
        origin=checkpoint.origin,
        size=checkpoint.size,
    )


def read_consistency(content: bytes) -> tuple[bytes, ...]:
    """The hashes, one a line in base64, or as a list of JSON."""
    text = as_utf8(content)
    if text.lstrip().startswith("["):
        return hashes_from(as_list(read_json(text)))
    if text.lstrip().startswith("{"):  # the answer of the service
        return hashes_from(as_list(as_object(read_json(text)).get("consistency")))
    return hashes_from(text.removesuffix("\n").split("\n") if text.strip() else [])


def check_growth(older: bytes, newer: bytes, trust: Trust, proof: bytes | None, where: str | None) -> Verdict:
    """The newer checkpoint only adds to the older one, by a proof or by a log with all tiles."""
    one, other = sorted(
        (open_checkpoint(older, Trust(trust.keys)), open_checkpoint(newer, trust)), key=lambda each: each.size
    )
    if one.size == other.size and one.root != other.root:
        raise Misconduct("The log signed two roots for {size} entries.", size=one.size)
    if one.size not in {0, other.size}:
        if where is not None:
            _compare(one, other, where, trust)
        elif proof is not None:
            check_consistency(one.size, other.size, one.root, other.root, read_consistency(proof))
        else:
            raise Malformed("The sizes differ: give a proof with --proof, or a mirror with --log.")
    return Verdict(
        "{new} entries of {origin} only add to the {old} before.",
        new=other.size,
        old=one.size,
        origin=other.origin,
    )


def _compare(one: Checkpoint, other: Checkpoint, where: str, trust: Trust) -> None:
    with open_source(where) as source:
        log = open_log(source, Trust(trust.keys))
        for each in (other, one):
            if each.size > log.checkpoint.size:
                raise Unproven("The mirror ends at {size} entries.", size=log.checkpoint.size)
            if log.root_at(each.size) != each.root:
                raise Misconduct("The log signed two roots for {size} entries.", size=each.size)
