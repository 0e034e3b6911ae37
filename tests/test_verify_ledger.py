"""`ledger verify` names each kind of tampering by a hand that has all rights in the database."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.change import own_values
from app.domain import commitments, merkle
from app.formats import notes
from app.formats.notes import Checkpoint, SigningKey
from app.models.incidents import IncidentRow
from app.models.ledger import (
    LedgerCheckpointRow,
    LedgerDisclosureRow,
    LedgerHeadRow,
    LedgerLeafRow,
    LedgerRow,
    LedgerTileRow,
)
from app.services import keys
from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.tampering import Scene, behind, copy_of, core, drop, one, put, said, scene, swap, verified

Tamper = Callable[[AsyncConnection, Scene], Awaitable[None]]
KINDS: dict[str, tuple[Tamper, list[str]]] = {}


def kind(*expected: str) -> Callable[[Tamper], Tamper]:
    """A kind of tampering, and what must be said of it; names in braces are those of the scene."""

    def register(tamper: Tamper) -> Tamper:
        KINDS[tamper.__name__] = (tamper, list(expected))
        return tamper

    return register


@pytest.fixture(scope="module")
async def whole(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    return await scene(await copied(seeded, request, tmp_path_factory.mktemp("verified")), PASSWORD)


@kind("ledger_disclosure position {first} record incident {incident} /title: it is not what was committed to")
async def edit_a_value(connection: AsyncConnection, at: Scene) -> None:
    await said(connection, at.first, lambda fields: fields["/title"].__setitem__(1, "Kotak suara kering"))


@kind("ledger_disclosure position {first} record incident {incident} /title: 1 that was committed to is gone")
async def remove_a_value(connection: AsyncConnection, at: Scene) -> None:
    await said(connection, at.first, lambda fields: fields.pop("/title"))


@kind(
    "ledger_disclosure position {third} record incident {incident} #reason: 1 that was committed to is gone"
)
async def remove_a_reason(connection: AsyncConnection, at: Scene) -> None:
    await said(connection, at.third, lambda fields: fields.pop("#reason"))


@kind("ledger_disclosure position {first} record incident {incident} /title: it is gone, and no entry says")
async def erase_without_an_entry(connection: AsyncConnection, at: Scene) -> None:
    await said(connection, at.first, lambda fields: fields.__setitem__("/title", [None, None]))


@kind("ledger_disclosure position {first} record incident {incident} /more: it is not what was committed to")
async def add_a_value(connection: AsyncConnection, at: Scene) -> None:
    await said(connection, at.first, lambda fields: fields.__setitem__("/more", ["00" * 16, "x"]))


@kind("ledger_disclosure position {second} record incident {incident}: the row is gone")
async def delete_what_an_entry_says(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerDisclosureRow)
    await connection.execute(table.delete().where(table.c.position == at.second))


@kind(
    "ledger_leaf position {first} record incident {incident}: ",
    "ledger_leaf position {elsewhere} record incident {other}: ",
)
async def swap_what_two_entries_say(connection: AsyncConnection, at: Scene) -> None:
    await swap(connection, LedgerDisclosureRow, at.first, at.elsewhere)


@kind("ledger_disclosure position {first} record incident {incident} salts: they are not the salts")
async def cut_the_salts(connection: AsyncConnection, at: Scene) -> None:
    await put(connection, LedgerDisclosureRow, at.first, salts="00")


@kind("ledger position {second} record incident {incident} #action: it is not what was committed to")
async def change_an_action(connection: AsyncConnection, at: Scene) -> None:
    await put(connection, LedgerRow, at.second, action="incident.read")


@kind("ledger position {second} record incident {incident} #account: it is not what was committed to")
async def blame_another_account(connection: AsyncConnection, at: Scene) -> None:
    await put(connection, LedgerRow, at.second, account="operator.kpu-banten")


@kind("ledger position {first} record incident {incident} #at: it is not what was committed to")
async def change_a_time(connection: AsyncConnection, at: Scene) -> None:
    row = await one(connection, LedgerRow, at.elsewhere)
    await put(connection, LedgerRow, at.first, at=row["at"])


@kind("ledger position {second} record incident {incident} #marking: it is not what was committed to")
async def change_the_marking_of_an_entry(connection: AsyncConnection, at: Scene) -> None:
    await put(connection, LedgerRow, at.second, tlp="CLEAR")


@kind("ledger position {second} record incident {incident} #marking_before: it is not what was committed to")
async def change_the_marking_before(connection: AsyncConnection, at: Scene) -> None:
    before = (await one(connection, LedgerRow, at.second))["marking_before"]
    await put(connection, LedgerRow, at.second, marking_before={**before, "tlp": "RED"})


@kind("ledger position {second}: the row is gone", "ledger_head: it counts {size} entries, and there are ")
async def delete_an_entry(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerRow)
    await connection.execute(table.delete().where(table.c.position == at.second))


@kind("ledger position {size}: an entry stands beyond the head of {size}")
async def insert_an_entry(connection: AsyncConnection, at: Scene) -> None:
    row = await one(connection, LedgerRow, at.third)
    changed = {"position": at.size, "id": uuid4(), "subject_id": uuid4()}
    await connection.execute(insert(core(LedgerRow)), [{**row, **changed}])


@kind(
    "ledger_head: it counts {longer} entries, and there are {size}", "ledger position {size}: the row is gone"
)
async def raise_the_head(connection: AsyncConnection, at: Scene) -> None:
    await connection.execute(update(core(LedgerHeadRow)).values(size=at.size + 1))


@kind("ledger_leaf position {last}: the row is gone", "ledger_head: it counts {size} entries, and there are ")
async def cut_the_end(connection: AsyncConnection, at: Scene) -> None:
    await drop(connection, at.size - 3)


@kind(
    "ledger_head: it counts {shorter} entries, and {size} were signed",
    "the signer remembers a tree of {size}, and there are {shorter} entries",
)
async def cut_the_end_and_the_head(connection: AsyncConnection, at: Scene) -> None:
    await drop(connection, at.size - 3)
    await connection.execute(update(core(LedgerHeadRow)).values(size=at.size - 3))


@kind("ledger_leaf position {first} record incident {incident} hash: it is not the hash of this leaf")
async def change_a_leaf_hash(connection: AsyncConnection, at: Scene) -> None:
    await put(connection, LedgerLeafRow, at.first, hash=secrets.token_bytes(32))


@kind(
    "ledger_leaf position {first} record incident {incident}: ",
    "ledger_tile position {first}: hash ",
    "ledger_checkpoint: the checkpoint of ",
)
async def put_another_leaf_there(connection: AsyncConnection, at: Scene) -> None:
    leaf = commitments.leaf_of([secrets.token_bytes(32) for _ in range(56)])
    await put(connection, LedgerLeafRow, at.first, hash=leaf.hash, digests=leaf.digests)


@kind("ledger_leaf position {first} ", "ledger_tile position {first}: hash ")
async def swap_two_leaves(connection: AsyncConnection, at: Scene) -> None:
    await swap(connection, LedgerLeafRow, at.first, at.elsewhere)


@kind("ledger_leaf position {elsewhere} record incident {other}: the row is gone")
async def delete_a_leaf(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerLeafRow)
    await connection.execute(table.delete().where(table.c.position == at.elsewhere))


async def _tile(connection: AsyncConnection, level: int, number: int) -> bytes:
    table = core(LedgerTileRow)
    query = select(table.c.hashes).where(table.c.level == level, table.c.number == number)
    return bytes((await connection.execute(query)).scalar_one())


async def _put_tile(connection: AsyncConnection, level: int, number: int, hashes: bytes) -> None:
    table = core(LedgerTileRow)
    here = (table.c.level == level) & (table.c.number == number)
    await connection.execute(update(table).where(here).values(hashes=hashes))


@kind("ledger_tile position 5: hash 5 of tile 0/0 is not that of the leaves")
async def change_a_hash_in_a_tile(connection: AsyncConnection, at: Scene) -> None:
    held = await _tile(connection, 0, 0)
    await _put_tile(connection, 0, 0, held[:160] + bytes(32) + held[192:])


@kind("ledger_tile: hash 0 of tile 1/0 is not that of the leaves")
async def change_a_hash_above(connection: AsyncConnection, at: Scene) -> None:
    await _put_tile(connection, 1, 0, bytes(32))


@kind("ledger_tile: tile 0/0 lacks hashes")
async def cut_a_tile(connection: AsyncConnection, at: Scene) -> None:
    await _put_tile(connection, 0, 0, (await _tile(connection, 0, 0))[:-64])


@kind("ledger_tile: tile 0/0 is gone")
async def delete_a_tile(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerTileRow)
    await connection.execute(table.delete().where(table.c.level == 0, table.c.number == 0))


@kind("ledger_tile: tile 3/7 is of no tree")
async def add_a_tile(connection: AsyncConnection, at: Scene) -> None:
    await connection.execute(insert(core(LedgerTileRow)), [{"level": 3, "number": 7, "hashes": bytes(32)}])


@kind("ledger_checkpoint: the checkpoint of {size} is wrong: its text and its columns differ")
async def change_the_root_of_a_checkpoint(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerCheckpointRow)
    await connection.execute(update(table).where(table.c.size == at.size).values(root=bytes(32)))


@kind("ledger_checkpoint: the checkpoint of {size} is wrong: its note does not hold: No known key")
async def sign_a_checkpoint_with_another_key(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerCheckpointRow)
    note = (await connection.execute(select(table.c.note).where(table.c.size == at.size))).scalar_one()
    stranger = SigningKey("siaga.invalid/ledger", Ed25519PrivateKey.generate())
    signed = notes.sign(notes.split(note)[0], stranger)
    await connection.execute(update(table).where(table.c.size == at.size).values(note=signed))


@kind("ledger_checkpoint: the checkpoint of {size} is wrong: its note does not hold")
async def edit_the_text_of_a_checkpoint(connection: AsyncConnection, at: Scene) -> None:
    table = core(LedgerCheckpointRow)
    note = (await connection.execute(select(table.c.note).where(table.c.size == at.size))).scalar_one()
    changed = note.replace(f"\n{at.size}\n", f"\n{at.size + 1}\n")
    await connection.execute(update(table).where(table.c.size == at.size).values(note=changed))


async def _row(connection: AsyncConnection, at: Scene, **values: Any) -> None:
    table = core(IncidentRow)
    await connection.execute(update(table).where(table.c.id == at.incident).values(**values))


@kind("incident position {third} record incident {incident} title: it is not what its newest entry says")
async def change_a_row(connection: AsyncConnection, at: Scene) -> None:
    await _row(connection, at, title="Tidak ada apa-apa")


@kind("incident position {third} record incident {incident} tlp: it is not what its newest entry says")
async def change_the_marking_of_a_row(connection: AsyncConnection, at: Scene) -> None:
    await _row(connection, at, tlp="CLEAR")


@kind("incident position {third} record incident {incident} version: the row is at version 2, its newest")
async def put_a_row_back(connection: AsyncConnection, at: Scene) -> None:
    entry = await one(connection, LedgerRow, at.second)
    await _row(connection, at, version=2, entry_id=entry["id"], status="reported")


@kind("incident position {third} record incident {incident}: the row is gone")
async def delete_a_row(connection: AsyncConnection, at: Scene) -> None:
    table = core(IncidentRow)
    await connection.execute(table.delete().where(table.c.id == at.incident))


@kind("incident record incident ", "the row has no entry: it was put there")
async def insert_a_row(connection: AsyncConnection, at: Scene) -> None:
    table = core(IncidentRow)
    row = dict((await connection.execute(select(table).where(table.c.id == at.incident))).mappings().one())
    changed = {"id": uuid4(), "entry_id": uuid4(), "reference": "I-XXXX-XXX"}
    await connection.execute(insert(table), [{**row, **changed}])


@kind("dataset record regions.csv: it has ")
async def delete_a_region(connection: AsyncConnection, at: Scene) -> None:
    await connection.execute(text("DELETE FROM region WHERE dataset = 'regions.csv' AND code = '36.03.18'"))


async def _rewritten(connection: AsyncConnection, at: Scene) -> commitments.Leaf:
    """An entry made anew with another title, leaf and all."""
    row = await one(connection, LedgerRow, at.first)
    fields = dict((await one(connection, LedgerDisclosureRow, at.first))["fields"])
    fields["/title"] = [secrets.token_hex(16), "Tidak ada apa-apa"]
    sealed = commitments.seal(own_values(row), fields)
    leaf = sealed.after(None)
    await put(connection, LedgerDisclosureRow, at.first, fields=fields, salts=sealed.salts)
    await put(connection, LedgerLeafRow, at.first, hash=leaf.hash, digests=leaf.digests)
    return leaf


@kind(
    "ledger_leaf position {second} record incident {incident} #prev: the entry before it of the same record",
    "ledger_tile position {first}: hash ",
    "was rewritten",
)
async def rewrite_an_entry_with_its_leaf(connection: AsyncConnection, at: Scene) -> None:
    await _rewritten(connection, at)


@kind("#prev: the entry before it of the same record is not", "the signer remembers another tree")
async def rewrite_an_entry_its_tree_and_every_signature(connection: AsyncConnection, at: Scene) -> None:
    await _rewritten(connection, at)
    leaves = core(LedgerLeafRow)
    query = select(leaves.c.hash).order_by(leaves.c.position)
    hashes = [bytes(each) for each in (await connection.execute(query)).scalars()]
    tiles = merkle.grown(0, hashes, merkle.reader({}))
    for (level, number), held in tiles.items():
        await _put_tile(connection, level, number, held)
    table = core(LedgerCheckpointRow)
    key = keys.log_keys(at.settings.data_dir, at.settings.ledger_origin).present
    for size in (await connection.execute(select(table.c.size))).scalars().all():
        made = merkle.grown(0, hashes[:size], merkle.reader({}))
        root = merkle.root(size, merkle.reader(made))
        note = notes.sign(Checkpoint(key.name, size, root).text(), key)
        await connection.execute(update(table).where(table.c.size == size).values(root=root, note=note))


async def test_a_sound_ledger_is_good(whole: Scene):
    verdict = await verified(whole.settings)
    assert list(verdict.findings) == []
    assert (verdict.entries, verdict.findings.count) == (whole.size, 0)
    assert verdict.checkpoints > 0
    assert verdict.rows > 200


@pytest.mark.parametrize("name", KINDS)
async def test_it_is_found_and_named(whole: Scene, name: str, request: pytest.FixtureRequest, tmp_path: Path):
    is_sqlite = whole.settings.database.startswith("sqlite")
    server = None if is_sqlite else request.getfixturevalue("postgresql")
    settings = await copy_of(whole, tmp_path, server, PASSWORD)
    tamper, expected = KINDS[name]
    async with behind(settings) as connection:
        await tamper(connection, replace(whole, settings=settings))
    found = [str(each) for each in (await verified(settings)).findings]
    names = {**vars(whole), "shorter": whole.size - 3, "longer": whole.size + 1, "last": whole.size - 1}
    for each in expected:
        wanted = each.format(**names)
        assert any(wanted in line for line in found), (wanted, found)
    assert len(found) < 20, found


def test_there_are_more_than_twenty_kinds():
    assert len(KINDS) > 20
