"""What the service commits to, as the partners' verifier opens it: both sides have one published format."""

import base64
import json
from typing import Any
from uuid import UUID

import pytest
from siaga_verify.checkpoints import Trust
from siaga_verify.disclosures import check_disclosure
from siaga_verify.notes import LOG, read_key
from siaga_verify.refusals import Refusal, Unproven
from sqlmodel import col, select

from app.change import own_values
from app.domain.commitments import OWN_NAMES, PREVIOUS, disclosure, split_salts
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from tests.support.service import Service, report
from tests.support.witnesses import log_key, signed

OPERATOR, AUDITOR = "operator.polda-banten", "auditor.polda-banten"


async def file_of(service: Service, record: str) -> dict[str, Any]:
    """The record's entries with everything that they commit to, as `siaga-disclosure/v1` has it."""
    await signed(service)
    client = await service.client(AUDITOR)
    entries, checkpoint, before = [], "", None
    for row, said in await rows_of(service, record):
        told = (await client.get(f"/api/v1/ledger/proofs/{row.id}")).json()
        own = {**own_values(row.model_dump()), PREVIOUS: before}
        salts = dict(zip(OWN_NAMES, split_salts(said.salts), strict=False))
        opened = [disclosure(salts[name], name, own[name]) for name in OWN_NAMES]
        opened += [disclosure(salt, path, value) for path, (salt, value) in said.fields.items()]
        entries.append(
            {
                "index": row.position, "leaf": told["leaf"], "inclusion": told["inclusion"], "erased": [],
                "disclosures": [each.decode() for each in opened],
            }
        )  # fmt: skip
        checkpoint, before = told["checkpoint"], await leaf_hash(service, row.position)
    return {
        "format": "siaga-disclosure/v1", "origin": "siaga.invalid/ledger", "record_type": "incident",
        "record_id": record, "checkpoint": checkpoint, "entries": entries,
    }  # fmt: skip


async def rows_of(service: Service, record: str) -> list[tuple[LedgerRow, LedgerDisclosureRow]]:
    query = (
        select(LedgerRow, LedgerDisclosureRow)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(LedgerRow.record_id == UUID(record))
        .order_by(col(LedgerRow.position))
    )
    async with service.app.state.database.session() as session:
        return list((await session.exec(query)).all())


async def leaf_hash(service: Service, position: int) -> str:
    async with service.app.state.database.session() as session:
        query = select(LedgerLeafRow).where(LedgerLeafRow.position == position)
        return (await session.exec(query)).one().hash.hex()


def check(service: Service, file: dict[str, Any]) -> Any:
    trust = Trust([read_key(log_key(service.app.state.settings), LOG)])
    return check_disclosure(json.dumps(file).encode(), trust)


async def changed(service: Service) -> str:
    """A record with a history: texts beyond ASCII, a note, a step, another marking."""
    record = await report(service, OPERATOR, title='Kotak "suara" basah — 测试 🗳 (fiktif)', tlp="GREEN")
    client = await service.client(OPERATOR)
    path = f"/api/v1/incidents/{record['id']}"
    headers = {"If-Match": f'"{record["version"]}"'}
    assert (await client.patch(path, json={"severity": "minor"}, headers=headers)).status_code == 200
    assert (await client.post(f"{path}/notes", json={"text": "Catatan\n(fiktif)"})).status_code == 201
    return str(record["id"])


async def test_every_value_of_a_record_is_what_was_committed_to(service: Service):
    record = await changed(service)
    verdict = check(service, await file_of(service, record))
    assert (verdict.values["count"], verdict.values["record"]) == (3, record)
    shown = [json.loads(line) for line in verdict.details]
    assert 'Kotak "suara" basah — 测试 🗳 (fiktif)' in [each["value"] for each in shown]
    assert {each["name"] for each in shown} >= {*OWN_NAMES, "/severity", "/text"}


async def test_a_missing_entry_and_a_changed_value_are_found(service: Service):
    file = await file_of(service, await changed(service))
    with pytest.raises(Unproven, match="missing"):
        check(service, {**file, "entries": [file["entries"][0], file["entries"][2]]})
    entry = file["entries"][1]
    for at in range(len(entry["disclosures"])):
        other = [*entry["disclosures"]]
        other[at] = disclosure("0" * 32, "/title", "Lain").decode()
        with pytest.raises(Refusal):
            check(service, {**file, "entries": [file["entries"][0], {**entry, "disclosures": other}]})


async def test_what_was_erased_is_left_out_and_the_rest_still_holds(service: Service):
    """Values may go at any time: the chain needs `#record_id` and `#prev` only."""
    file = await file_of(service, await changed(service))
    keep = {"#record_id", PREVIOUS}
    for entry in file["entries"]:
        names = {each: name_of(each) for each in entry["disclosures"]}
        entry["erased"] = [name for name in names.values() if name not in keep]
        entry["disclosures"] = [each for each, name in names.items() if name in keep]
    verdict = check(service, file)
    assert verdict.values["values"] == 6
    assert verdict.values["erased"] > 20


def name_of(opened: str) -> str:
    return json.loads(base64.urlsafe_b64decode(opened + "=" * (-len(opened) % 4)))[1]
