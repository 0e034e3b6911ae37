"""Where tiles lie: a directory, an address, or an address with a directory that remembers what was proven."""

import contextlib
import http.client
import os
import secrets
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

from siaga_verify.encoding import HASH_BYTES
from siaga_verify.notes import LARGEST_NOTE
from siaga_verify.refusals import Malformed, Refusal, Unreachable
from siaga_verify.tiles import ENTRIES, LARGEST_BUNDLE, LENGTH_BYTES, WIDTH, Level, tile_path

TIMEOUT_SECONDS = 20
TRIES = 5
LONGEST_WAIT = 60.0
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
LARGEST_PATH = 2_000


class Missing(Unreachable):
    """It answered that there is no such file."""


def most_bytes(level: Level, width: int) -> int:
    """How large a tile can be at most."""
    return LARGEST_BUNDLE if level == ENTRIES else width * HASH_BYTES


def first_of(level: Level, content: bytes, width: int) -> bytes:
    """The beginning of a tile: what it was when it was narrower."""
    if level != ENTRIES:
        return content[: width * HASH_BYTES]
    at = 0
    for _ in range(width):
        at += LENGTH_BYTES + int.from_bytes(content[at : at + LENGTH_BYTES], "big")
    return content[:at]


class Store:
    """A way to read a file by its path below the log; a narrow tile is also found within the whole one."""

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a file; raises `Missing` where there is none."""
        raise NotImplementedError

    def checkpoint(self) -> bytes:
        """The newest checkpoint."""
        return self.fetch("checkpoint", LARGEST_NOTE)

    def read(self, level: Level, number: int, width: int) -> bytes:
        """The bytes of a tile."""
        try:
            return self.fetch(tile_path(level, number, width), most_bytes(level, width))
        except Missing:
            if width == WIDTH:
                raise
            # A log may drop the narrow tile once the whole one is there.
            whole = self.fetch(tile_path(level, number), most_bytes(level, WIDTH))
            return first_of(level, whole, width)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held."""

    def keep(self, level: Level, number: int, width: int, content: bytes) -> None:
        """Nothing is kept."""

    def reject(self, level: Level, number: int, width: int) -> bool:
        """It would be the same again."""
        del level, number, width
        return False


class Directory(Store):
    """A directory, from whomever it came: only regular files of a sound size are read."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _refuse_links(self, path: str) -> None:
        place = self.root
        for part in path.split("/"):
            place /= part
            if place.is_symlink():
                raise Malformed("{path} is a link; a mirror holds files only.", path=path)

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a file below the directory, not through links."""
        self._refuse_links(path)
        try:
            return read_file(self.root / path, most)
        except (FileNotFoundError, NotADirectoryError):
            raise Missing("{path} is missing.", path=path) from None

    def write(self, path: str, content: bytes) -> None:
        """Whole or not at all, and not through links."""
        self._refuse_links(path)
        place = self.root / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, content)
        except OSError as error:
            raise Unreachable("{path} cannot be written: {reason}.", path=path, reason=error) from None

    def remove(self, path: str) -> bool:
        """Whether it was there."""
        try:
            (self.root / path).unlink()
        except OSError:
            return False
        return True


def read_file(place: Path, most: int) -> bytes:
    """A regular file, at most so large: no pipe that hangs, no device without an end."""
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Malformed("{path} is not a regular file.", path=place)
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, ValueError) as error:
        raise Unreachable("{path} cannot be read: {reason}.", path=place, reason=error) from None
    if len(content) > most:
        raise Malformed("{path} is larger than {most} bytes.", path=place, most=most)
    return content


def write_file(place: Path, content: bytes, mode: int = 0o644) -> None:
    """Whole or not at all, and on the disk before this returns."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)  # noqa: PTH105 - says atomic
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def write_lasting(place: Path, content: bytes) -> None:
    """The same, and its name too is on the disk: a power failure brings nothing older back."""
    write_file(place, content)
    if hasattr(os, "O_DIRECTORY"):
        directory = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


class Address(Store):
    """A log over HTTP: no redirects, bounded in size and time, patient with a service that is busy."""

    def __init__(self, url: str, sleep: Callable[[float], None] = time.sleep) -> None:
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == -1 or parts.username:
            raise Malformed("The address must begin with http:// or https:// and name a host.")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, port, timeout=TIMEOUT_SECONDS)
        self._prefix = quote(parts.path.rstrip("/"), safe="/%")
        self._sleep = sleep

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def fetch(self, path: str, most: int) -> bytes:
        """The content below the address."""
        for attempt in range(TRIES):
            try:
                return self._get(path, most)
            except Busy as busy:
                if attempt + 1 < TRIES:
                    self._sleep(min(busy.seconds or 2.0**attempt, LONGEST_WAIT))
        raise Unreachable("{path} could not be fetched.", path=path)

    def _get(self, path: str, most: int) -> bytes:
        try:
            self._connection.request("GET", f"{self._prefix}/{path}", headers={"Accept-Encoding": "identity"})
            answer = self._connection.getresponse()
            content = answer.read(most + 1)
        except (OSError, http.client.HTTPException, ValueError):
            self._connection.close()
            raise Busy from None
        if answer.status != http.client.OK or len(content) > most:
            self._connection.close()
        if answer.status in TRY_AGAIN:
            told = answer.getheader("Retry-After") or ""
            raise Busy(float(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0.0)  # noqa: PLR2004
        if answer.status in {http.client.NOT_FOUND, http.client.GONE}:
            raise Missing("{path} is missing.", path=path)
        if answer.status != http.client.OK:
            raise Unreachable("{path} was answered with {status}.", path=path, status=answer.status)
        if len(content) > most:
            raise Malformed("{path} is larger than {most} bytes.", path=path, most=most)
        return content


class Busy(Exception):  # noqa: N818 - a state, not a fault
    """It may answer later."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds


class Mirror(Store):
    """An address behind a directory: what was proven once is not fetched again."""

    def __init__(self, remote: Store, local: Directory) -> None:
        self._remote = remote
        self._local = local
        self._fetched: set[str] = set()

    def checkpoint(self) -> bytes:
        """The newest checkpoint of the address."""
        return self._remote.checkpoint()

    def read(self, level: Level, number: int, width: int) -> bytes:
        """From the directory where it is there, else from the address."""
        path = tile_path(level, number, width)
        try:
            return self._local.fetch(path, most_bytes(level, width))
        except Refusal:
            self._fetched.add(path)
            return self._remote.read(level, number, width)

    def keep(self, level: Level, number: int, width: int, content: bytes) -> None:
        """Write what was just fetched and proven."""
        path = tile_path(level, number, width)
        if path in self._fetched:
            self._local.write(path, content)
            self._fetched.discard(path)

    def reject(self, level: Level, number: int, width: int) -> bool:
        """A copy in the directory that is false is dropped and fetched anew."""
        return self._local.remove(tile_path(level, number, width))


def open_source(where: str) -> Store:
    """A directory or an address."""
    if where.startswith(("http://", "https://")):
        return Address(where)
    if not Path(where).is_dir():
        raise Unreachable("{path} is neither a directory nor an address.", path=where)
    return Directory(Path(where))
