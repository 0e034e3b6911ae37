"""The directory of attached files: one for each attachment, named by its id, never overwritten.

A file is first a draft below `incoming`. It takes its place before the entry that names it is committed, so
no entry is without its file; a crash in between leaves a file without an entry, which `sweep` removes.
"""

import asyncio
import codecs
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, ParamSpec, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from app.domain.attachments import HEAD_BYTES, NO_TEXT, agreed_type, types_told_by
from app.domain.errors import Invalid, Unavailable
from app.schemas.attachments import ReceivedFile

log = logging.getLogger("siaga.storage")

P = ParamSpec("P")
T = TypeVar("T")

CHUNK_BYTES = 262_144
ABANDONED_SECONDS = 86_400
INCOMING = "incoming"


class Draft:
    """A file on its way in: written, hashed and looked at piece by piece, never whole in memory."""

    def __init__(self, directory: Path) -> None:
        self.id = uuid7()
        self.path = directory / self.id.hex
        self.byte_count = 0
        self._hash = hashlib.sha256()
        self._head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_text = True
        directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.mkdir(mode=0o700, exist_ok=True)
        self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, piece: bytes) -> None:
        """The next bytes."""
        self._file.write(piece)
        self._hash.update(piece)
        self.byte_count += len(piece)
        self._head += piece[: HEAD_BYTES - len(self._head)]
        self._look(piece, is_last=False)

    def finish(self, name: str, declared: str) -> ReceivedFile:
        """All bytes are there and on disk; raises Invalid where they are not what is taken."""
        self._look(b"", is_last=True)
        if not self.byte_count:
            raise Invalid.field("/file", "The file is empty.", "empty")
        told = types_told_by(self._head, is_text=self._is_text)
        if not told:
            raise Invalid.field(
                "/file", "By its content it is none of the kinds that are taken.", "media_type"
            )
        kind = agreed_type(declared, told, name)
        if kind is None:
            text = "By its content it is {told}, which is not what it is declared to be."
            raise Invalid.field("/file", text, "media_type", told=" / ".join(sorted(told)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return ReceivedFile(self.id, self.path, name, kind, self.byte_count, self._hash.hexdigest())

    def discard(self) -> None:
        """Remove what has not taken its place."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _look(self, piece: bytes, *, is_last: bool) -> None:
        if self._is_text:
            try:
                self._decoder.decode(piece, is_last)
            except UnicodeDecodeError:
                self._is_text = False
            self._is_text = self._is_text and not NO_TEXT.search(piece)


class Store:
    """The files of one deployment; every worker and every host sees the same directory."""

    def __init__(self, directory: Path, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._directory = directory
        self._incoming = directory / INCOMING

    async def draft(self) -> Draft:
        """A new draft."""
        return await _on_disk(Draft, self._incoming)

    async def write(self, draft: Draft, piece: bytes) -> None:
        """The next bytes of a draft."""
        await _on_disk(draft.write, piece)

    async def finish(self, draft: Draft, name: str, declared: str) -> ReceivedFile:
        """A draft that is whole."""
        return await _on_disk(draft.finish, name, declared)

    async def keep(self, file: ReceivedFile) -> None:
        """Put a draft into its place for good; once there it stays there."""
        await _on_disk(self._keep, file)

    async def open(self, attachment_id: UUID, sha256: str) -> IO[bytes] | None:
        """The file, if its bytes are those of the hash; None and a line in the log where they are not."""
        return await _on_disk(self._open, attachment_id, sha256)

    async def is_intact(self, attachment_id: UUID, sha256: str) -> bool:
        """Whether the bytes are those of the hash."""
        opened = await self.open(attachment_id, sha256)
        if opened:
            opened.close()
        return opened is not None

    async def erase(self, attachment_id: UUID) -> None:
        """Remove the bytes of a file for good; nothing where they are gone already."""
        await _on_disk(self._erase, attachment_id)

    def abandoned(self) -> Iterator[tuple[UUID, Path]]:
        """Files in their places that are older than a day, of which some may have no entry."""
        for path in self._directory.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(ValueError, FileNotFoundError):
                if _is_old(path):
                    yield UUID(hex=path.name), path

    def sweep_drafts(self) -> int:
        """Remove drafts that nobody is writing any more; how many there were."""
        removed = 0
        for path in self._incoming.glob("*"):
            with suppress(FileNotFoundError):
                if _is_old(path):
                    path.unlink()
                    removed += 1
        return removed

    def _place(self, attachment_id: UUID) -> Path:
        # By the last digits: the first ones of a UUIDv7 are its time.
        return self._directory / attachment_id.hex[-2:] / attachment_id.hex

    def _keep(self, file: ReceivedFile) -> None:
        place = self._place(file.id)
        if place.exists():  # the change was decided again
            return
        if not place.parent.exists():
            place.parent.mkdir(mode=0o700, exist_ok=True)
            _sync(self._directory)
        file.draft.rename(place)
        _sync(place.parent)

    def _erase(self, attachment_id: UUID) -> None:
        place = self._place(attachment_id)
        if place.exists():
            place.unlink()
            _sync(place.parent)

    def _open(self, attachment_id: UUID, sha256: str) -> IO[bytes] | None:
        place = self._place(attachment_id)
        if not place.exists():
            log.error("the file of attachment %s is missing", attachment_id)
            return None
        opened = place.open("rb")
        # The same open file is hashed and given out: what takes its place meanwhile is not.
        if hashlib.file_digest(opened, "sha256").hexdigest() == sha256:
            opened.seek(0)
            return opened
        opened.close()
        log.error("the file of attachment %s is not what its entry says", attachment_id)
        return None


async def _on_disk(act: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Do it in a thread; a disk that is full or away is a matter of time."""
    try:
        return await asyncio.to_thread(act, *given, **named)
    except OSError as error:
        log.exception("the directory of attachments failed")
        raise Unavailable("The directory of attachments does not answer; try again.") from error


def _sync(directory: Path) -> None:
    """A name in a directory lasts once the directory itself is on disk."""
    held = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - ABANDONED_SECONDS
