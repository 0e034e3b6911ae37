"""Tiles (c2sp.org/tlog-tiles): where they lie, and a log whose every tile is proven before it is used."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from siaga_verify.checkpoints import Checkpoint
from siaga_verify.encoding import HASH_BYTES
from siaga_verify.refusals import Malformed, Refusal, Unproven
from siaga_verify.tree import EMPTY_ROOT, leaf_hash, node_hash, perfect_root

HEIGHT = 8
WIDTH = 256
LARGEST_LEAF = 65_535
LENGTH_BYTES = 2
LARGEST_BUNDLE = WIDTH * (LENGTH_BYTES + LARGEST_LEAF)
MOST_KEPT = 64
ENTRIES = "entries"

Level = int | str
Hashes = Sequence[bytes]


def tile_path(level: Level, number: int, width: int = WIDTH) -> str:
    """Where a tile lies; made of numbers only, so that it never leads elsewhere."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([*(f"x{each}" for each in parts[:-1]), parts[-1]])
    return f"tile/{level}/{name}" + (f".p/{width}" if width < WIDTH else "")


def read_hashes(content: bytes, width: int) -> Hashes:
    """The hashes of a tile, exactly so many."""
    if len(content) != width * HASH_BYTES:
        raise Malformed(
            "A tile has {count} bytes; it must have {must}.", count=len(content), must=width * HASH_BYTES
        )
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def read_entries(content: bytes, width: int) -> Hashes:
    """The entries of a bundle, exactly so many."""
    leaves: list[bytes] = []
    at = 0
    while at < len(content) and len(leaves) < width:
        end = at + LENGTH_BYTES + int.from_bytes(content[at : at + LENGTH_BYTES], "big")
        leaves.append(content[at + LENGTH_BYTES : end])
        at = end
    if len(leaves) != width or at != len(content):
        raise Malformed("A bundle of entries is broken off, or holds more than it should.")
    return leaves


class Source(Protocol):
    """Where tiles come from; nothing it says is trusted."""

    def read(self, level: Level, number: int, width: int) -> bytes:
        """The bytes of a tile."""
        ...

    def keep(self, level: Level, number: int, width: int, content: bytes) -> None:
        """A tile was proven."""
        ...

    def reject(self, level: Level, number: int, width: int) -> bool:
        """A tile is false; whether it is worth to ask again."""
        ...


class Log:
    """A log at a checkpoint: gives only what the checkpoint's root proves."""

    def __init__(self, source: Source, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self._source = source
        self._kept: dict[tuple[int, int], Hashes] = {}
        self._edge: dict[int, Hashes] = {}
        for is_last in (False, True):
            try:
                self._prove_edge()
            except (Malformed, Unproven):
                rejected = [source.reject(level, *self._edge_of(level)) for level in self._edge_levels()]
                if is_last or not any(rejected):
                    raise
            else:
                return

    def _edge_of(self, level: int) -> tuple[int, int]:
        count = self.checkpoint.size >> HEIGHT * level
        return count // WIDTH, count % WIDTH

    def _edge_levels(self) -> list[int]:
        levels = -(-self.checkpoint.size.bit_length() // HEIGHT)
        return [level for level in range(levels) if self._edge_of(level)[1]]

    def _prove_edge(self) -> None:
        """The tiles at the right edge together give the root; all others are proven by the tile above."""
        contents = {}
        for level in self._edge_levels():
            contents[level] = self._source.read(level, *self._edge_of(level))
            self._edge[level] = read_hashes(contents[level], self._edge_of(level)[1])
        if edge_root(self._edge) != self.checkpoint.root:
            raise Unproven("The tiles do not give the root of the checkpoint.")
        for level, content in contents.items():
            self._source.keep(level, *self._edge_of(level), content)

    def tile(self, level: int, number: int) -> Hashes:
        """The hashes of a tile, as many as there are at this size."""
        edge, width = self._edge_of(level)
        if number == edge and width:
            return self._edge[level]
        if number >= edge:
            raise Unproven("The log has no tile {path}.", path=tile_path(level, number))
        if (level, number) not in self._kept:
            above = self.tile(level + 1, number // WIDTH)[number % WIDTH]
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[level, number] = self._proven(level, number, WIDTH, [above])
        return self._kept[level, number]

    def entries(self, number: int) -> Hashes:
        """The entries of a bundle."""
        hashes = self.tile(0, number)
        return self._proven(ENTRIES, number, len(hashes), hashes)

    def _proven(self, level: Level, number: int, width: int, must: Hashes) -> Hashes:
        for is_last in (False, True):
            content = self._source.read(level, number, width)
            try:
                found = prove(level, content, width, must)
            except Refusal:
                if is_last or not self._source.reject(level, number, width):
                    raise Unproven(
                        "{path} is not what the checkpoint says.", path=tile_path(level, number, width)
                    ) from None
            else:
                self._source.keep(level, number, width, content)
                return found
        raise AssertionError

    def leaf_hash(self, index: int) -> bytes:
        """The hash of the entry at an index below the size."""
        return self.tile(0, index // WIDTH)[index % WIDTH]

    def root_at(self, size: int) -> bytes:
        """The root that the log had at a smaller size."""
        if size == 0:
            return EMPTY_ROOT
        edge: dict[int, Hashes] = {}
        for level in range(-(-size.bit_length() // HEIGHT)):
            number, width = divmod(size >> HEIGHT * level, WIDTH)
            if width:
                edge[level] = self.tile(level, number)[:width]
        return edge_root(edge)

    def walk(self) -> Iterator[int]:
        """Proves every tile and every entry, from the top; gives how many entries were proven so far."""
        size = self.checkpoint.size
        for level in reversed(range(1, -(-size.bit_length() // HEIGHT))):
            for number in range((size >> HEIGHT * level) // WIDTH):
                self.tile(level, number)
        for number in range(-(-size // WIDTH)):
            self.entries(number)
            yield min(size, (number + 1) * WIDTH)


def prove(level: Level, content: bytes, width: int, must: Hashes) -> Hashes:
    """What a tile holds; raises unless its root, or each of its entries, hashes to what it must."""
    if level == ENTRIES:
        found = read_entries(content, width)
        hashes: Hashes = list(map(leaf_hash, found))
    else:
        found = read_hashes(content, width)
        hashes = [perfect_root(found)]
    if hashes != list(must):
        raise Unproven("A tile is false.")
    return found


def edge_root(edge: dict[int, Hashes]) -> bytes:
    """The root of a log from the tiles at its right edge, by level; perfect subtrees join from the right."""
    roots: list[bytes] = []
    for level in sorted(edge, reverse=True):
        hashes = edge[level]
        at = [0]
        for bit in reversed(range(HEIGHT)):
            if len(hashes) >> bit & 1:
                at.append(at[-1] + (1 << bit))
        roots += [perfect_root(hashes[first:last]) for first, last in pairwise(at)]
    root = roots.pop() if roots else EMPTY_ROOT
    while roots:
        root = node_hash(roots.pop(), root)
    return root
