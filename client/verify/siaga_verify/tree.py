"""The Merkle tree of RFC 9162: hashes, and the two kinds of proof."""

import hashlib
from collections.abc import Sequence

from siaga_verify.encoding import HASH_BYTES, LARGEST_NUMBER
from siaga_verify.refusals import Malformed, Unproven

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 1, 2, 4, … hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    return level[0]


def check_hashes(*hashes: bytes) -> None:
    """Every hash has 32 bytes: a shorter or longer one could stand for another tree."""
    for each in hashes:
        if len(each) != HASH_BYTES:
            raise Malformed("A hash has {count} bytes; it must have 32.", count=len(each))


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raises unless the tree of this size and root has this leaf hash at this index (RFC 9162, 2.1.3.2)."""
    check_hashes(leaf, root, *proof)
    if not 0 <= index < size <= LARGEST_NUMBER:
        raise Unproven("The index {index} is outside a log of {size} entries.", index=index, size=size)
    node, last, computed = index, size - 1, leaf
    for each in proof:
        if last == 0:
            raise Unproven("The proof does not lead from the entry to the root.")
        if node & 1 or node == last:
            computed = node_hash(each, computed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, each)
        node, last = node >> 1, last >> 1
    if last or computed != root:
        raise Unproven("The proof does not lead from the entry to the root.")


def check_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raises unless the larger tree only adds to the smaller one (RFC 9162, 2.1.4.2)."""
    check_hashes(old_root, new_root, *proof)
    if not 0 < old_size <= new_size <= LARGEST_NUMBER:
        raise Unproven("{old} entries cannot have become {new}.", old=old_size, new=new_size)
    if old_size == new_size:
        if proof or old_root != new_root:
            raise Unproven("Two roots for one size: the logs differ.")
        return
    if not proof:
        raise Unproven("The proof does not lead from the smaller log to the larger one.")
    is_perfect = old_size & (old_size - 1) == 0
    first, *rest = [old_root, *proof] if is_perfect else proof
    _climb(old_size, new_size, first, rest, (old_root, new_root))


def _climb(
    old_size: int, new_size: int, first: bytes, rest: Sequence[bytes], roots: tuple[bytes, bytes]
) -> None:
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old, new = first, first
    for each in rest:
        if last == 0:
            raise Unproven("The proof does not lead from the smaller log to the larger one.")
        if node & 1 or node == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, each)
        node, last = node >> 1, last >> 1
    if last or (old, new) != roots:
        raise Unproven("The proof does not lead from the smaller log to the larger one.")
