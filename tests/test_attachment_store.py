"""The directory of files: no entry without its file, whatever ends; what nobody names is swept away."""

import asyncio
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select

from app import cli
from app.database import Database
from app.models.attachments import AttachmentRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import INCIDENTS, OPERATOR, attach, refused, url
from tests.support.servers import serving
from tests.support.service import incident, report, running
from tests.test_concurrency import signed_in

CLIENTS = 6
YESTERDAY = time.time() - 90_000


def places(settings: Settings) -> list[Path]:
    """The files that have their place."""
    return sorted(settings.attachments.glob("[0-9a-f][0-9a-f]/*"))


def drafts(settings: Settings) -> list[Path]:
    return sorted((settings.attachments / "incoming").glob("*"))


def age(path: Path) -> Path:
    os.utime(path, (YESTERDAY, YESTERDAY))
    return path


async def test_files_can_be_read_by_the_service_only(fresh: Settings):
    async with running(fresh, PASSWORD) as own:
        added = await attach(own, OPERATOR, await report(own, OPERATOR))
    (file,) = places(fresh)
    assert file.name == added.json()["id"].replace("-", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for directory in (fresh.attachments, file.parent, fresh.attachments / "incoming"):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert drafts(fresh) == []


async def test_a_sweep_removes_what_no_entry_names_and_nothing_else(fresh: Settings, capsys):
    async with running(fresh, PASSWORD) as own:
        await attach(own, OPERATOR, await report(own, OPERATOR))
    (named,) = places(fresh)
    age(named)
    orphan = age(write(named.with_name("0" * 32)))
    young = write(named.with_name("1" * 32))
    stranger = age(write(named.with_name("catatan.txt")))
    await asyncio.to_thread(run, fresh, "sweep", "--dry-run")
    assert str(orphan) in capsys.readouterr().out
    assert orphan.exists()
    await asyncio.to_thread(run, fresh, "sweep")
    assert not orphan.exists()
    assert all(path.exists() for path in (named, young, stranger))


def write(path: Path) -> Path:
    path.write_bytes(b"isi")
    return path


def run(settings: Settings, *arguments: str) -> None:
    """A command with these settings, as the shell would run it."""
    asked = cli._parser().parse_args(arguments)
    assert asked.run(settings, asked) == 0


async def test_at_its_start_the_service_removes_old_drafts_and_no_file(fresh: Settings):
    incoming = fresh.attachments / "incoming"
    incoming.mkdir(parents=True)
    old, young = age(write(incoming / ("0" * 32))), write(incoming / ("1" * 32))
    place = fresh.attachments / "00"
    place.mkdir()
    orphan = age(write(place / ("0" * 32)))
    async with running(fresh, PASSWORD):
        assert drafts(fresh) == [young]
        assert not old.exists()
        assert orphan.exists()


async def test_a_directory_that_is_away_is_a_matter_of_time(fresh: Settings):
    async with running(fresh, PASSWORD) as own:
        made = await report(own, OPERATOR)
        fresh.attachments.write_bytes(b"")  # a file where the directory should be
        refused(await attach(own, OPERATOR, made), 503, "unavailable")
        fresh.attachments.unlink()
        assert (await attach(own, OPERATOR, made)).status_code == 201


async def test_a_client_that_hangs_up_leaves_nothing(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with signed_in(server.url, OPERATOR) as client:
            made = (await client.post(INCIDENTS, json=incident())).json()

            async def half() -> Any:
                yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
                for _ in range(20):
                    yield b"a" * 65_536
                raise httpx.WriteError("hung up")

            headers = {"Content-Type": "multipart/form-data; boundary=x"}
            with pytest.raises(httpx.WriteError):
                await client.post(url(made, "/attachments"), content=half(), headers=headers)
            for _ in range(100):
                if not drafts(fresh):
                    break
                await asyncio.sleep(0.05)
            assert drafts(fresh) == places(fresh) == []


async def load(client: httpx.AsyncClient, path: str, name: str, acknowledged: dict[str, bytes]) -> None:
    """Attach file after file until the server is gone."""
    for count in range(10_000):
        content = f"{name} {count} ".encode() * 20_000
        try:
            answer = await client.post(path, files={"file": ("a.txt", content, "text/plain")})
        except httpx.TransportError:
            return
        assert answer.status_code == 201, answer.text
        acknowledged[answer.json()["id"]] = content


async def test_killed_under_load_no_entry_is_without_its_file(fresh: Settings):
    acknowledged: dict[str, bytes] = {}
    with serving(fresh, PASSWORD) as server:
        async with signed_in(server.url, OPERATOR) as client:
            made = (await client.post(INCIDENTS, json=incident())).json()
            path = url(made, "/attachments")
            loading = [
                asyncio.create_task(load(client, path, str(number), acknowledged))
                for number in range(CLIENTS)
            ]
            await asyncio.sleep(2)
            server.kill()
            await asyncio.gather(*loading)
    database = Database(fresh.database)
    async with database.session() as session:
        rows = {str(row.id): row for row in (await session.exec(select(AttachmentRow))).all()}
    await database.close()
    assert acknowledged
    assert acknowledged.keys() <= rows.keys()
    kept = {path.name: path for path in places(fresh)}
    for row in rows.values():
        content = kept[row.id.hex].read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (row.sha256, row.byte_count)
    for identity, content in acknowledged.items():
        assert kept[identity.replace("-", "")].read_bytes() == content
