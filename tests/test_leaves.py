"""Every entry has a leaf that commits to all it says, in one chain for each record."""

import base64
import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app import migrations
from app.change import own_values
from app.database import Database
from app.domain import commitments
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import attach
from tests.support.deployments import deploy
from tests.support.service import Service, report, running
from tests.support.threats import proposed, spot, stated

POLDA = "operator.polda-banten"


def by_the_book(salt: str, name: str, value: Any) -> bytes:
    """A commitment as RFC 9901 has it, written without the code under test."""
    said = json.dumps([salt, name, value], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(base64.urlsafe_b64encode(said.encode()).rstrip(b"=")).digest()


async def everything(settings: Settings) -> list[tuple[LedgerRow, LedgerDisclosureRow, LedgerLeafRow | None]]:
    database = Database(settings.database)
    async with database.session() as session:
        query = (
            select(LedgerRow, LedgerDisclosureRow, LedgerLeafRow)
            .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
            .outerjoin(LedgerLeafRow, col(LedgerLeafRow.position) == LedgerRow.position)
            .order_by(col(LedgerRow.position))
        )
        rows = list((await session.exec(query)).all())
    await database.close()
    return rows


async def all_leaves_say_what_their_entries_say(settings: Settings) -> int:
    newest: dict[Any, str] = {}
    rows = await everything(settings)
    for place, (entry, said, leaf) in enumerate(rows):
        assert leaf is not None
        assert entry.position == place
        salts = commitments.split_salts(said.salts)
        assert len(salts) == commitments.SALTS
        own = {**own_values(entry.model_dump()), "#prev": newest.get(entry.record_id)}
        expected = {by_the_book(salt, name, own[name]) for salt, name in zip(salts, own, strict=False)}
        expected |= {by_the_book(salt, path, value) for path, (salt, value) in said.fields.items()}
        held = [leaf.digests[at : at + 32] for at in range(0, len(leaf.digests), 32)]
        assert len(held) == 56
        decoys = commitments.decoys(salts[-1], 56 - len(expected))
        assert set(held) == expected | set(decoys)
        published = commitments.leaf_bytes(leaf.digests)
        assert json.loads(published)["_sd"] == sorted(json.loads(published)["_sd"])
        assert len(published) == commitments.LEAF_BYTES == 2591
        assert leaf.hash == hashlib.sha256(b"\0" + published).digest()
        newest[entry.record_id] = leaf.hash.hex()
    return len(rows)


async def test_each_entry_of_every_kind_has_its_leaf(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        mine, other = [await report(service, POLDA, tlp="GREEN") for _ in range(2)]
        client = await service.client(POLDA)
        path = f"/api/v1/incidents/{mine['id']}"
        for part, body in (
            ("notes", {"text": "catatan “petugas” \\ \u2028 Ünïcode"}),
            ("links", {"target_id": other["id"], "kind": "related_to"}),
            ("parties", {"role": "witness", "name": "Saksi (fiktif)"}),
        ):
            assert (await client.post(f"{path}/{part}", json=body)).status_code == 201
        answer = await client.patch(path, json={"severity": "severe"}, headers={"If-Match": '"1"'})
        assert answer.is_success
        assert (await attach(service, POLDA, mine)).status_code == 201
        await stated(service, POLDA, at := spot(), 2)
        await proposed(service, POLDA, at, 4)
        await deploy(service, POLDA)
    seeded = await all_leaves_say_what_their_entries_say(fresh)
    assert seeded > 200


async def test_entries_from_before_the_tree_get_leaves_when_the_database_is_migrated(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        mine = await report(service, POLDA, tlp="GREEN")
        client = await service.client(POLDA)
        for text_ in ("satu", "dua"):
            answer = await client.post(f"/api/v1/incidents/{mine['id']}/notes", json={"text": text_})
            assert answer.status_code == 201
    before = len(await everything(fresh))
    await migrations.downgrade(fresh.database, "0009")
    await migrations.upgrade(fresh.database)
    assert await all_leaves_say_what_their_entries_say(fresh) == before
    database = Database(fresh.database)
    with pytest.raises(Exception, match="can only be erased"):
        async with database.engine.begin() as connection:
            await connection.execute(text("UPDATE ledger_disclosure SET salts = ''"))
    await database.close()


def test_a_leaf_has_room_for_every_kind_of_subject_and_says_where_not():
    own = dict.fromkeys(commitments.OWN_NAMES)
    fields = {f"/{number}": ["00" * 16, number] for number in range(41)}
    assert len(commitments.seal(own, fields).digests) == 55
    with pytest.raises(commitments.TooMuchSaid):
        commitments.seal(own, fields | {"/more": ["00" * 16, 1]})


def test_two_entries_that_say_the_same_have_nothing_in_common():
    own = dict.fromkeys(commitments.OWN_NAMES)
    one, two = [commitments.seal(own, {}).after(None).digests for _ in range(2)]
    held = [{each[at : at + 32] for at in range(0, len(each), 32)} for each in (one, two)]
    assert not held[0] & held[1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -7,
        1.5,
        1e21,
        "",
        'a"b\\c\n',
        "日本 \U0001f600",
        [],
        [1, "x"],
        {"b": 1, "a": None},
    ],
)
def test_a_disclosure_is_written_as_the_standard_has_it(value: Any):
    salt = "0f" * 16
    assert commitments.digest(commitments.disclosure(salt, "/x", value)) == by_the_book(salt, "/x", value)


async def test_no_subject_is_near_the_room_of_a_leaf(service: Service):
    rows = await everything(service.app.state.settings)
    assert max(len(said.fields) for _, said, _ in rows) + len(commitments.OWN_NAMES) < 56
