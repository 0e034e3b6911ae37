"""The service under test, on SQLite and on a PostgreSQL of its own; who asks for it runs on both."""

import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from tests.support.databases import PostgreSQL, new_database, start_postgresql
from tests.support.service import Service, running

PASSWORD = "for-tests-only-" * 2


def pytest_configure() -> None:
    """A run that is terminated ends the servers that it started, as one that is interrupted does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A real PostgreSQL server, started for this run."""
    with tempfile.TemporaryDirectory(prefix="siaga-pg-", ignore_cleanup_errors=True) as directory:
        server = start_postgresql(Path(directory))
        yield server
        server.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database; both, always."""
    return request.param


@pytest.fixture(scope="session")
async def seeded(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A migrated database with reference data and demo accounts; copied, never written to."""
    server = request.getfixturevalue("postgresql") if backend == "postgresql" else None
    directory = tmp_path_factory.mktemp(f"seeded-{backend}")
    return await new_database(backend, directory, server, PASSWORD)


@pytest.fixture(scope="session")
async def service(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """The running application, called without a network; tests share it and make their own records."""
    async with running(
        await copied(seeded, request, tmp_path_factory.mktemp("service")), PASSWORD
    ) as service:
        yield service


@pytest.fixture(scope="module")
async def own_service(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """The same for the tests of one module, where the records of others would be in the way."""
    async with running(await copied(seeded, request, tmp_path_factory.mktemp("own")), PASSWORD) as service:
        yield service


@pytest.fixture
async def fresh(seeded: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A copy of the seeded database for one test alone, for tests that need to own everything."""
    return await copied(seeded, request, tmp_path)


async def copied(seeded: Settings, request: pytest.FixtureRequest, directory: Path) -> Settings:
    """PostgreSQL copies only a database that nobody is connected to: the seeded one is never served."""
    server = None if seeded.database.startswith("sqlite") else request.getfixturevalue("postgresql")
    return await new_database("copy", directory, server, PASSWORD, of=seeded)
