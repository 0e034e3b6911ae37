"""What the signer remembers outside the database, the last tree it signed: so no restore makes a fork."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Signed:
    """The tree that was signed last, and for which log."""

    origin: str
    size: int
    root: bytes


class Memory:
    """A small file, written whole and to the disk before what it tells of is published."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int], Signed] | None = None

    def read(self) -> Signed | None:
        """What was signed last; None where there is no file, ValueError where it cannot be read."""
        try:
            found = self.path.stat()
            version = (
                found.st_ino,
                found.st_mtime_ns,
            )  # it is replaced whole, so another one is another file
            if self._read is None or self._read[0] != version:
                said = json.loads(self.path.read_text())
                signed = Signed(str(said["origin"]), int(said["size"]), bytes.fromhex(said["root"]))
                self._read = (version, signed)
            return self._read[1]
        except FileNotFoundError:
            return None
        except (KeyError, TypeError, ValueError):
            raise ValueError(f"{self.path} cannot be read.") from None

    def write(self, signed: Signed, *, anew: bool = False) -> None:
        """Remember a tree; never a smaller one in place of a larger, unless an operator says so (`anew`)."""
        with self._alone():
            known = None if anew else self.read()
            if known is not None and known.size >= signed.size:
                return
            draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
            said = {"origin": signed.origin, "size": signed.size, "root": signed.root.hex()}
            with draft.open("w") as file:
                file.write(json.dumps(said) + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
            directory = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process of this host at a time."""
        with self.path.with_name(f"{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
