"""The log over HTTP: a partner rebuilds the tree, finds nothing in the tiles; proofs and receipts."""

import asyncio
import base64
import hashlib
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.database import Database
from app.domain import merkle
from app.domain.commitments import LEAF_BYTES, leaf_hash
from app.formats import notes
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import ACCOUNTS, REASON, a_post
from tests.support.calls import INCIDENTS
from tests.support.log import checkpoint, hashes, holds, log_keys
from tests.support.queries import queries
from tests.support.service import Service, incident, report, running

POLDA, KPU, BNPT = "operator.polda-banten", "operator.kpu-banten", "operator.bnpt"


async def written(service: Service, account: str = POLDA, **headers: str) -> httpx.Response:
    client = await service.client(account)
    return await client.post(INCIDENTS, json=incident(tlp="GREEN"), headers=headers)


async def entry_of(service: Service, position: int) -> str:
    """The id of an entry, as the ledger has it."""
    client = await service.client("auditor.polda-banten")
    cursor = None
    while True:
        page = (
            await client.get(
                "/api/v1/ledger/entries", params={"limit": 200} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        for each in page["items"]:
            if each["position"] == position:
                return each["id"]
        cursor = page["next"]
        assert cursor


async def mirrored(service: Service, size: int) -> list[bytes]:
    """All leaves of the tree, read from bundles."""
    client, leaves = await service.anonymous(), []
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        answer = await client.get(f"/ledger/tile/entries/{merkle.path_of(number, width)}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        rest = answer.content
        while rest:
            length = int.from_bytes(rest[:2], "big")
            leaves.append(rest[2 : 2 + length])
            rest = rest[2 + length :]
    return leaves


async def test_a_partner_rebuilds_the_root_from_what_is_published(service: Service):
    for _ in range(60):
        await written(service)
    signed = await checkpoint(service, 260)
    leaves = await mirrored(service, signed.size)
    assert len(leaves) == signed.size
    assert {len(each) for each in leaves} == {LEAF_BYTES}
    tiles = merkle.grown(0, [leaf_hash(each) for each in leaves], merkle.reader({}))
    assert merkle.root(signed.size, merkle.reader(tiles)) == signed.root
    client = await service.anonymous()
    for (level, number), held in tiles.items():
        answer = await client.get(f"/ledger/tile/{level}/{merkle.path_of(number, len(held) // 32)}")
        assert answer.content == held
        assert answer.headers["content-type"] == "application/octet-stream"
        part = await client.get(f"/ledger/tile/{level}/{merkle.path_of(number, 1)}")
        assert part.content == held[:32]


async def test_the_published_leaves_hold_nothing_but_digests(service: Service):
    signed = await checkpoint(service, 200)
    for leaf in await mirrored(service, signed.size):
        said = json.loads(leaf)
        assert sorted(said) == ["_sd", "v"]
        assert said["v"] == 1
        assert len(said["_sd"]) == len(set(said["_sd"])) == 56
        for each in said["_sd"]:
            assert len(base64.urlsafe_b64decode(each + "=")) == 32


async def test_no_id_code_name_time_or_agency_is_in_the_tiles(fresh: Settings):
    async with running(fresh, PASSWORD) as service:  # the demo alone: each word is sought in every tile
        made = await report(service, POLDA, tlp="GREEN", title="Gudang bocor malam hari (fiktif)")
        size = (await (await service.client(POLDA)).get("/api/v1/ledger/head")).json()["size"]
        signed = await checkpoint(service, size)
        published = b"".join(await mirrored(service, signed.size))
        client = await service.anonymous()
        for number in range(-(-signed.size // 256)):
            width = min(256, signed.size - number * 256)
            published += (await client.get(f"/ledger/tile/0/{merkle.path_of(number, width)}")).content
        words = {made["id"], made["title"], made["reference"]} | await said_in(service)
    # Shorter words are found by chance in what is random; the shape of a leaf is checked above.
    sought = {each for each in words if len(each) > 5}
    assert len(sought) > 1000
    assert {each for each in sought if each.encode() in published} == set()


async def said_in(service: Service) -> set[str]:
    """All that the entries say, with their salts."""
    database = Database(service.app.state.settings.database)
    words: set[str] = set()
    async with database.reading.connect() as connection:
        columns = "CAST(id AS TEXT), CAST(at AS TEXT), action, account, agency, role, record_type, "
        columns += "CAST(record_id AS TEXT), subject_type, owner_agency, tlp, classification, exercise"
        for row in await connection.execute(text(f"SELECT {columns} FROM ledger")):
            words |= {str(each) for each in row}
        said = await connection.execute(text("SELECT CAST(fields AS TEXT), salts FROM ledger_disclosure"))
        for fields, salts in said:
            words |= {salts[at : at + 32] for at in range(0, len(salts), 32)}
            for salt, value in json.loads(fields).values():
                words |= {salt, *({value} if isinstance(value, str) else set())}
    await database.close()
    return words


async def test_a_write_that_waits_is_signed_when_it_is_answered(service: Service):
    answer = await written(service, Prefer="respond-async, wait=20")
    assert answer.headers["preference-applied"] == "wait=20"
    position = int(answer.headers["siaga-ledger-position"])
    assert service.app.state.signer.signed > position
    proof = (
        await (await service.client(POLDA)).get(f"/api/v1/ledger/proofs/{await entry_of(service, position)}")
    ).json()
    assert proof["index"] == position
    await holds(service, proof)


@pytest.mark.parametrize("prefer", ["", "return=minimal", "wait", "wait=", "wait=-1", "wait=x", "awaiting=3"])
async def test_other_preferences_are_passed_over(service: Service, prefer: str):
    answer = await written(service, Prefer=prefer)
    assert answer.status_code == 201
    assert "preference-applied" not in answer.headers


async def test_every_write_has_a_receipt_that_holds_and_can_be_had_again(service: Service):
    answer = await written(service)
    position = int(answer.headers["siaga-ledger-position"])
    note = base64.b64decode(answer.headers["siaga-receipt"]).decode()
    kind, origin, index, leaf, at, _ = notes.open_note(note, *await log_keys(service)).split("\n")
    assert (kind, origin, index) == ("siaga-receipt/v1", "siaga.invalid/ledger", str(position))
    assert at == answer.json()["recorded_at"]
    client = await service.client(POLDA)
    again = (await client.get(f"/api/v1/ledger/receipts/{position}")).json()
    assert again == {"position": position, "leaf_hash": leaf, "at": at, "receipt": note}
    await checkpoint(service, position + 1)
    proof = (await client.get(f"/api/v1/ledger/proofs/{await entry_of(service, position)}")).json()
    assert proof["leaf_hash"] == leaf
    assert base64.b64encode(leaf_hash(proof["leaf"].encode())).decode() == leaf


async def test_a_replayed_answer_has_the_same_receipt(service: Service):
    key = {"Idempotency-Key": hashlib.sha256(str(asyncio.get_running_loop().time()).encode()).hexdigest()}
    first, second = await written(service, **key), await written(service, **key)
    assert second.headers["idempotency-replayed"] == "true"
    for name in ("siaga-receipt", "siaga-ledger-position"):
        assert first.headers[name] == second.headers[name]
    waited = await written(service, **key, Prefer="wait=20")
    assert waited.headers["preference-applied"] == "wait=20"


async def test_a_change_has_a_receipt_too(service: Service):
    made = await report(service, POLDA, tlp="GREEN")
    client = await service.client(POLDA)
    answer = await client.patch(
        f"{INCIDENTS}/{made['id']}",
        json={"severity": "minor"},
        headers={"If-Match": '"1"', "Prefer": "wait=20"},
    )
    assert answer.headers["preference-applied"] == "wait=20"
    note = base64.b64decode(answer.headers["siaga-receipt"]).decode()
    assert (
        notes.open_note(note, *await log_keys(service)).split("\n")[2]
        == answer.headers["siaga-ledger-position"]
    )


async def test_proofs_and_receipts_are_for_who_may_see_the_entry(service: Service):
    answer = await (await service.client(POLDA)).post(
        INCIDENTS, json=incident(tlp="AMBER", audience=["kpu-banten"]), headers={"Prefer": "wait=20"}
    )
    position = int(answer.headers["siaga-ledger-position"])
    entry = await entry_of(service, position)
    for path in (f"/api/v1/ledger/proofs/{entry}", f"/api/v1/ledger/receipts/{position}"):
        for account in (POLDA, KPU, "auditor.polda-banten"):
            assert (await (await service.client(account)).get(path)).status_code == 200, account
        for account in (BNPT, "auditor.bnpt", "admin.siaga", "operator.bawaslu-banten"):
            hidden = await (await service.client(account)).get(path)
            missing = await (await service.client(account)).get(f"/api/v1/ledger/receipts/{10**12}")
            assert (hidden.status_code, hidden.content) == (404, missing.content)


async def test_entries_about_accounts_are_for_auditors_and_who_made_them(service: Service):

    client = await service.client("admin.kpu-banten")
    body = {"post": a_post(), "roles": ["operator"], "reason": REASON}
    answer = await client.post(ACCOUNTS, json=body)
    path = f"/api/v1/ledger/receipts/{answer.headers['siaga-ledger-position']}"
    expected = {
        "admin.kpu-banten": 200,
        "auditor.kpu-banten": 200,
        "operator.kpu-banten": 404,
        "admin2.kpu-banten": 404,
        "auditor.bnpt": 404,
    }
    found = {account: (await (await service.client(account)).get(path)).status_code for account in expected}
    assert found == expected


async def test_a_proof_shows_that_the_tree_has_grown(service: Service):
    before = await checkpoint(service)
    answer = await written(service, Prefer="wait=20")
    entry = await entry_of(service, int(answer.headers["siaga-ledger-position"]))
    client = await service.client(POLDA)
    path = f"/api/v1/ledger/proofs/{entry}"
    proof = (await client.get(path, params={"since": before.size})).json()
    after = await holds(service, proof)
    merkle.check_consistency(before.size, after.size, before.root, after.root, hashes(proof["consistency"]))
    assert (await client.get(path, params={"since": 10**15})).status_code == 422


async def test_a_proof_costs_five_reads_at_most(service: Service):
    answer = await written(service, Prefer="wait=20")
    entry = await entry_of(service, int(answer.headers["siaga-ledger-position"]))
    client = await service.client(POLDA)
    with queries(service.app.state.database) as made:
        assert (await client.get(f"/api/v1/ledger/proofs/{entry}")).status_code == 200
    ours = [each for each, _ in made if "ledger_head" not in each]  # that is what the signer looks at
    assert len(ours) <= 5, ours


async def test_a_proof_is_kept_as_a_small_text(service: Service):
    answer = await written(service, Prefer="wait=20")
    position = int(answer.headers["siaga-ledger-position"])
    client = await service.client(POLDA)
    path = f"/api/v1/ledger/proofs/{await entry_of(service, position)}"
    kept = await client.get(path, headers={"Accept": "text/plain"})
    assert kept.headers["content-type"].startswith("text/plain")
    assert len(kept.content) < 2048
    head, _, note = kept.text.partition("\n\n")
    kind, index, *inclusion = head.split("\n")
    assert (kind, index) == ("c2sp.org/tlog-proof@v1", f"index {position}")
    signed = notes.Checkpoint.read(notes.open_note(note, *await log_keys(service)))
    leaf = base64.b64decode((await client.get(path)).json()["leaf_hash"])
    merkle.check_inclusion(position, signed.size, leaf, hashes(inclusion), signed.root)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/0/0000", "tile/0/999", "tile/0/000.p/0", "tile/0/000.p/257", "tile/0/x000/000",
        "tile/9/000", "tile/0/000.p/256", "tile/0/000.p/01", "tile/entries/999", "tile/entries/x",
        "tile/entries/000.p/0", "tile/64/000", "tile/-1/000", "tile/0/x999/x999/x999/x999/999",
        "tile/0/..%2f..", "tile/0/", "tile/entries/", "nothing",
    ],
)  # fmt: skip
async def test_what_is_no_tile_is_not_there(service: Service, path: str):
    answer = await (await service.anonymous()).get(f"/ledger/{path}")
    assert answer.status_code in {404, 422}


async def test_the_checkpoint_is_asked_for_anew_each_time(service: Service):
    await checkpoint(service)
    answer = await (await service.anonymous()).get("/ledger/checkpoint")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/plain")


async def test_readiness_tells_how_far_the_ledger_is_signed(service: Service):
    signed = await checkpoint(service, 1)
    ledger: dict[str, Any] = (await (await service.anonymous()).get("/readyz")).json()["ledger"]
    assert ledger["state"] in {"signed", "behind"}
    assert ledger["reason"] is None
    assert ledger["entries"] >= signed.size


def test_paths_of_tiles_are_written_in_one_way():
    for number, width, path in ((0, 256, "000"), (1234067, 256, "x001/x234/067"), (1000, 5, "x001/000.p/5")):
        assert merkle.path_of(number, width) == path
        assert merkle.read_path(path) == (number, width)
