"""The tree over the ledger (RFC 9162 §2.1) in tiles of 256 hashes (C2SP tlog-tiles): growth, proofs, checks.

Tiles are read through a function, so that a proof over a million leaves reads a handful of them.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.errors import NotFound

HASH_BYTES = 32
HEIGHT = 8
WIDTH = 1 << HEIGHT
LARGEST_TILE = 2**40
TILE_PATH = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
EMPTY = hashlib.sha256(b"").digest()

Place = tuple[int, int]  # level and number of a tile
ReadTile = Callable[[int, int], bytes]  # the hashes of a tile that are there, one after another


class WrongProof(ValueError):  # noqa: N818 - says what is wrong
    """A proof that does not lead to the root it is said to lead to."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, read: ReadTile) -> bytes:
    """The root of the tree of this size."""
    return subtree(0, size, read) if size else EMPTY


def subtree(start: int, end: int, read: ReadTile) -> bytes:
    """The hash over leaves from `start` to `end`, which must be a subtree as the standard splits it."""
    whole: list[bytes] = []
    while start < end:
        # The largest perfect subtree that begins here: aligned, and within the end.
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        whole.append(_perfect(level, start >> level, read))
        start += 1 << level
    made = whole.pop()
    while whole:
        made = node_hash(whole.pop(), made)
    return made


def _perfect(level: int, number: int, read: ReadTile) -> bytes:
    """The hash of a perfect subtree, from the one tile that holds what it is made of."""
    tile_level, above = divmod(level, HEIGHT)
    first, count = number << above, 1 << above
    tile, offset = divmod(first, WIDTH)
    hashes = read(tile_level, tile)[offset * HASH_BYTES : (offset + count) * HASH_BYTES]
    if len(hashes) != count * HASH_BYTES:
        raise WrongProof(f"Tile {tile_level}/{tile} lacks hashes.")
    return _fold(hashes)


def _fold(hashes: bytes) -> bytes:
    """The root over a power of two of hashes."""
    while len(hashes) > HASH_BYTES:
        pairs = range(0, len(hashes), 2 * HASH_BYTES)
        hashes = b"".join(hashlib.sha256(b"\x01" + hashes[at : at + 2 * HASH_BYTES]).digest() for at in pairs)
    return hashes


def inclusion_proof(index: int, size: int, read: ReadTile) -> list[bytes]:
    """The hashes that lead from a leaf to the root (§2.1.3.1)."""
    if not 0 <= index < size:
        raise WrongProof(f"Leaf {index} is not in a tree of {size}.")
    start, end, path = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(subtree(split, end, read))
            end = split
        else:
            path.append(subtree(start, split, read))
            start = split
    return path[::-1]


def consistency_proof(old: int, new: int, read: ReadTile) -> list[bytes]:
    """The hashes that show that the tree of one size begins with that of an earlier one (§2.1.4.1)."""
    if not 0 <= old <= new:
        raise WrongProof(f"A tree of {new} does not begin with one of {old}.")
    if old in {0, new}:
        return []
    start, end, path = 0, new, []
    while old != end:
        split = start + _split(end - start)
        if old <= split:
            path.append(subtree(split, end, read))
            end = split
        else:
            path.append(subtree(start, split, read))
            start = split
    if start:
        path.append(subtree(start, end, read))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1


def root_of_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes]) -> bytes:
    """The root to which a proof leads (§2.1.3.2); raises WrongProof where it cannot be one."""
    _check(leaf_hash, *proof)
    if not 0 <= index < size:
        raise WrongProof(f"Leaf {index} is not in a tree of {size}.")
    here, last, made = index, size - 1, leaf_hash
    for each in proof:
        if not last:
            raise WrongProof("The proof is too long.")
        if here & 1 or here == last:
            made = node_hash(each, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, each)
        here, last = here >> 1, last >> 1
    if last:
        raise WrongProof("The proof is too short.")
    return made


def check_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise WrongProof unless the proof shows that the leaf stands there in the tree with this root."""
    _check(root)
    if root_of_inclusion(index, size, leaf_hash, proof) != root:
        raise WrongProof("The proof leads to another root.")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise WrongProof unless the later tree begins with the earlier one (§2.1.4.2)."""
    _check(old_root, new_root, *proof)
    if not 0 <= old <= new:
        raise WrongProof(f"A tree of {new} does not begin with one of {old}.")
    if old in {0, new}:
        if proof or old_root != (new_root if old else EMPTY):
            raise WrongProof("Trees of one size have one root, and nothing proves an empty one.")
        return
    # A perfect old tree is a node of the new one; its hash is known and not in the proof.
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if roots_of_consistency(old, new, path) != (old_root, new_root):
        raise WrongProof("The proof leads to other roots.")


def roots_of_consistency(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots to which a path leads; raises WrongProof where it has not the length for these sizes."""
    if not path:
        raise WrongProof("The proof is too short.")
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    made_old = made_new = path[0]
    for each in path[1:]:
        if not last:
            raise WrongProof("The proof is too long.")
        if here & 1 or here == last:
            made_old, made_new = node_hash(each, made_old), node_hash(each, made_new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made_new = node_hash(made_new, each)
        here, last = here >> 1, last >> 1
    if last:
        raise WrongProof("The proof is too short.")
    return made_old, made_new


def _check(*hashes: bytes) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise WrongProof("A hash has 32 bytes.")


def grown(size: int, leaf_hashes: Sequence[bytes], read: ReadTile) -> dict[Place, bytes]:
    """The tiles that these leaves change or add, whole; `read` is asked for the right edge only."""
    tiles: dict[Place, bytes] = {}
    start, adding, level = size, b"".join(leaf_hashes), 0
    while adding:
        number, offset = divmod(start, WIDTH)
        held = read(level, number)[: offset * HASH_BYTES] if offset else b""
        if len(held) != offset * HASH_BYTES:
            raise WrongProof(f"Tile {level}/{number} lacks hashes.")
        row, full = held + adding, []
        for at in range(0, len(row), WIDTH * HASH_BYTES):
            tile = tiles[level, number] = row[at : at + WIDTH * HASH_BYTES]
            number += 1
            if len(tile) == WIDTH * HASH_BYTES:
                full.append(_fold(tile))
        start, adding, level = start // WIDTH, b"".join(full), level + 1
    return tiles


def edge(size: int) -> Iterator[Place]:
    """The tiles at the right edge of a tree that are not full yet: what `grown` reads."""
    level = 0
    while size:
        if size % WIDTH:
            yield level, size // WIDTH
        size, level = size // WIDTH, level + 1


def places(compute: Callable[[ReadTile], object]) -> set[Place]:
    """The tiles that a computation reads, found by running it over blanks."""
    asked: set[Place] = set()

    def read(level: int, number: int) -> bytes:
        asked.add((level, number))
        return bytes(WIDTH * HASH_BYTES)

    compute(read)
    return asked


def reader(tiles: Mapping[Place, bytes]) -> ReadTile:
    """Tiles that were read before, as a function."""
    return lambda level, number: tiles.get((level, number), b"")


class TilePath(NamedTuple):
    """Which tile is asked for, and how many of its hashes."""

    number: int
    width: int


def read_path(text: str) -> TilePath:
    """`x001/234` is tile 1234, `x001/234.p/5` its first five hashes; any other text is not found."""
    found = TILE_PATH.fullmatch(text)
    number = int(found[1].replace("x", "").replace("/", "")) if found else 0
    width = int(found[2]) if found and found[2] else WIDTH
    if number > LARGEST_TILE or width > WIDTH or text != path_of(number, width):
        raise NotFound
    return TilePath(number, width)


def path_of(number: int, width: int) -> str:
    """The path of a tile, or of as much of it as there is."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "".join(f"x{each}/" for each in groups[:-1]) + groups[-1]
    return path if width == WIDTH else f"{path}.p/{width}"
