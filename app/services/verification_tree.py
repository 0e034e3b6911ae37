"""The tree made again from the leaves, against its tiles, every checkpoint and what the signer remembers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain import merkle
from app.formats import notes
from app.formats.notes import Checkpoint, VerifierKey, WrongNote
from app.models.ledger import LedgerCheckpointRow
from app.services.verification_findings import Finding, Findings
from app.tree import tiles
from app.tree.memory import Signed

CHECKPOINTS: Any = LedgerCheckpointRow.__table__  # type: ignore[attr-defined]


class TreeCheck:
    """Grows with the leaves; of the tiles it holds those at the right edge only."""

    def __init__(
        self, tiled: int, keys: Sequence[VerifierKey], remembered: Signed | None, findings: Findings
    ) -> None:
        self._tiled = tiled  # how far the tiles went when this began
        self._keys = keys
        self._remembered = remembered
        self._findings = findings
        self._size = 0
        self._edge: dict[merkle.Place, bytes] = {}
        self._is_cut = False
        self._good = 0  # the largest size at which everything was as it was signed
        self._is_forked = False
        self.checkpoints = 0

    @classmethod
    async def of(
        cls,
        connection: AsyncConnection,
        keys: Sequence[VerifierKey],
        remembered: Signed | None,
        findings: Findings,
    ) -> "TreeCheck":
        """Ready for the first leaf."""
        return cls(await tiles.tiled_size(connection), keys, remembered, findings)

    async def add(self, connection: AsyncConnection, hashes: Sequence[bytes]) -> None:
        """The next leaves; where one was missing there is no tree beyond it."""
        if self._is_cut:
            return
        start, end = self._size, self._size + len(hashes)
        signed = await self._signed(connection, start, end)
        changed: dict[merkle.Place, bytes] = {}
        marks = {*signed, *({self._remembered.size} if self._remembered else set())}
        for mark in sorted(each for each in {*marks, end} if start < each <= end):
            changed |= self._grow(hashes[self._size - start : mark - start])
            if mark in marks:
                self._at(mark, signed.get(mark))
        await self._compare(connection, changed)

    def cut(self) -> None:
        """A leaf is missing: nothing beyond it can be rebuilt."""
        self._is_cut = True

    async def end(self, connection: AsyncConnection, entries: int) -> None:
        """What stands beyond the leaves."""
        if self._size < entries:
            self._findings.add(
                Finding("ledger_leaf", self._size, says="the tree ends here; what follows is not checked")
            )
            return
        if self._remembered and self._remembered.size > entries:
            said = f"the signer remembers a tree of {self._remembered.size}, and there are {entries} entries"
            self._findings.add(Finding("ledger", says=said))
        query = select(tiles.LEVEL, tiles.NUMBER)
        now = max(await tiles.tiled_size(connection), self._size)
        for at_level, at_number in await connection.execute(query):
            if at_number > (now >> merkle.HEIGHT * at_level) // merkle.WIDTH:
                self._findings.add(Finding("ledger_tile", says=f"tile {at_level}/{at_number} is of no tree"))

    def _grow(self, hashes: Sequence[bytes]) -> dict[merkle.Place, bytes]:
        changed = merkle.grown(self._size, hashes, merkle.reader(self._edge))
        self._size += len(hashes)
        known = {**self._edge, **changed}
        self._edge = {place: known[place] for place in merkle.edge(self._size)}
        return changed

    async def _signed(self, connection: AsyncConnection, start: int, end: int) -> dict[int, Any]:
        size = CHECKPOINTS.c.size
        query = select(CHECKPOINTS).where(size > start, size <= end)
        return {row["size"]: row for row in (await connection.execute(query)).mappings()}

    def _at(self, size: int, row: Any) -> None:
        """The root at a size that somebody signed or remembers."""
        root = merkle.root(size, merkle.reader(self._edge))
        if self._remembered and size == self._remembered.size and root != self._remembered.root:
            self._fork(size, "the signer remembers another tree")
        if row is None:
            return
        self.checkpoints += 1
        told = self._told(row)
        if told is not None and (told.size != size or told.root != bytes(row["root"])):
            self._wrong(size, "its text and its columns differ")
        elif bytes(row["root"]) != root or (told is not None and told.root != root):
            self._fork(size, "it signs another tree")
        elif told is not None:
            self._good = size

    def _told(self, row: Any) -> Checkpoint | None:
        """What the note says, where one of the log's keys signed it."""
        try:
            text, _ = notes.split(row["note"])
            told = Checkpoint.read(text)
            known = [VerifierKey(told.origin, key.public) for key in self._keys]
            notes.open_note(row["note"], *known)
        except WrongNote as error:
            self._wrong(row["size"], f"its note does not hold: {error}")
            return None
        return told

    def _fork(self, size: int, says: str) -> None:
        if self._is_forked:
            return  # all that is signed later differs as well
        self._is_forked = True
        where = f"something between positions {self._good} and {size - 1} was rewritten"
        self._wrong(size, f"{says}: {where}")

    def _wrong(self, size: int, says: str) -> None:
        self._findings.add(Finding("ledger_checkpoint", says=f"the checkpoint of {size} is wrong: {says}"))

    async def _compare(self, connection: AsyncConnection, changed: dict[merkle.Place, bytes]) -> None:
        """Tiles as they are stored: none differs, and none ends before the tiles ended when this began."""
        stored = await tiles.read_tiles(connection, changed)
        for (level, number), made in sorted(changed.items()):
            held = stored.get((level, number), b"")
            wanted = (self._tiled >> merkle.HEIGHT * level) - number * merkle.WIDTH
            wanted = min(len(made), max(wanted, 0) * merkle.HASH_BYTES)
            if len(held) < wanted:
                says = f"tile {level}/{number} is gone" if not held else f"tile {level}/{number} lacks hashes"
                self._findings.add(Finding("ledger_tile", says=says))
            both = min(len(held), len(made))
            if held[:both] != made[:both]:
                at = next(
                    each for each in range(0, both, 32) if held[each : each + 32] != made[each : each + 32]
                )
                position = number * merkle.WIDTH + at // merkle.HASH_BYTES if level == 0 else None
                says = f"hash {at // merkle.HASH_BYTES} of tile {level}/{number} is not that of the leaves"
                self._findings.add(Finding("ledger_tile", position, says=says))
