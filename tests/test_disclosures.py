"""Disclosure on a lawful order: all entries of a record, none missing, each value as it was committed to."""

import base64
import hashlib
import json
from typing import Any

import pytest

from app.domain import merkle
from app.formats import notes
from app.formats.notes import Checkpoint
from app.services.verification import verify
from app.tree.memory import Memory
from tests.support.calls import ABSENT, OPERATOR, change, get, post, refused, step, url
from tests.support.log import checkpoint, hashes, log_keys
from tests.support.privacy import AUDITOR, DISCLOSURES, OFFICER, WHY, erase, order, person
from tests.support.service import Service, report

NAME = "Saksi Zulaikha (fiktif)"


async def disclosed(service: Service, record: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await order(service, record, **more)
    assert answer.status_code == 201, answer.text
    assert await service.app.state.signer.wait_for(int(answer.headers["siaga-ledger-position"]) + 1, 30)
    file = await get(service, AUDITOR, f"{DISCLOSURES}/{answer.json()['id']}/file")
    assert file.status_code == 200, file.text
    return file.json()


async def opened(service: Service, file: dict[str, Any]) -> list[dict[str, Any]]:
    """The values of each entry, after all was checked as an outsider checks it."""
    signed = Checkpoint.read(notes.open_note(file["checkpoint"], *await log_keys(service)))
    assert (file["format"], file["origin"]) == ("siaga-disclosure/v1", signed.origin)
    values, previous = [], None
    for entry in file["entries"]:
        leaf = hashlib.sha256(b"\0" + entry["leaf"].encode()).digest()
        merkle.check_inclusion(entry["index"], signed.size, leaf, hashes(entry["inclusion"]), signed.root)
        committed = set(json.loads(entry["leaf"])["_sd"])
        told = {}
        for each in entry["disclosures"]:
            digest = base64.urlsafe_b64encode(hashlib.sha256(each.encode()).digest()).rstrip(b"=").decode()
            assert digest in committed
            _, name, value = json.loads(base64.urlsafe_b64decode(each + "=" * (-len(each) % 4)))
            told[name] = value
        assert (told["#record_id"], told["#prev"]) == (file["record_id"], previous)
        assert not told.keys() & set(entry["erased"])
        previous = leaf.hex()
        values.append(told)
    return values


async def test_the_owners_auditor_opens_every_entry_with_its_proof(service: Service):
    made = await report(service, OPERATOR, title="Judul pertama")
    made = (await change(service, OPERATOR, made, title="Judul kedua")).json()
    await step(service, OPERATOR, made, "verified")
    values = await opened(service, await disclosed(service, made))
    assert [each["#action"] for each in values] == [
        "incident.reported", "incident.changed", "incident.stepped", "disclosure.ordered",
    ]  # fmt: skip
    assert [each.get("/title") for each in values] == ["Judul pertama", "Judul kedua", "Judul kedua", None]
    assert values[-1]["/order_number"] == "Pen/7 (fiktif)"
    assert (values[0]["#account"], values[-1]["/reason"]) == (OPERATOR, WHY)


async def test_the_order_stands_in_the_records_history(service: Service):
    made = await report(service, OPERATOR)
    await disclosed(service, made)
    history = (await get(service, OPERATOR, url(made, "/history"))).json()["items"]
    assert (history[-1]["action"], history[-1]["reason"]) == ("disclosure.ordered", None)
    assert history[-1]["state"] is None


async def test_persons_are_opened_only_where_the_order_covers_them(service: Service):
    made = await report(service, OPERATOR)
    await person(service, OPERATOR, made, NAME)
    closed = await disclosed(service, made)
    assert NAME not in str(await opened(service, closed))
    assert (await opened(service, closed))[1].keys() == {"#record_id", "#prev"}
    assert (await opened(service, await disclosed(service, made, persons=True)))[1]["/name"] == NAME


async def test_what_was_erased_is_listed_and_every_old_proof_still_holds(service: Service):
    made = await report(service, OPERATOR, title=NAME)
    added = await person(service, OPERATOR, made, NAME)
    before = await disclosed(service, made, persons=True)
    await erase(service, OFFICER, made, "incident_party", added, "name")
    await erase(service, OFFICER, made, "incident", made, "title", rewritten={"title": "Laporan warga"})
    file = await disclosed(service, made, persons=True)
    values = await opened(service, file)
    assert NAME not in str(values)
    assert [each["erased"] for each in file["entries"]][:2] == [["/title"], ["/name"]]
    assert [each["leaf"] for each in file["entries"]][:3] == [each["leaf"] for each in before["entries"]]
    assert NAME in str(await opened(service, before))  # who holds an old file still has its proof
    await checkpoint(service, file["entries"][-1]["index"] + 1)


async def test_verifying_the_ledger_knows_lawful_erasures_from_others(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    await erase(service, OFFICER, made, "incident_party", added, "name")
    state = service.app.state
    remembered = Memory(state.settings.signer_memory).read()
    verdict = await verify(state.database, state.signer.keys.published, remembered, lambda _: None)
    assert [str(each) for each in verdict.findings] == []


async def test_a_state_that_the_auditor_may_not_see_stays_closed_and_the_chain_whole(service: Service):
    red = {"tlp": "RED", "recipients": ["operator.polda-banten", "commander.polda-banten"]}
    made = await report(service, OPERATOR, title="Judul merah", **red)
    await change(service, OPERATOR, made, title="Judul terbuka", tlp="AMBER+STRICT", recipients=[])
    values = await opened(service, await disclosed(service, made))
    assert "Judul merah" not in str(values)
    assert values[0].keys() == {"#record_id", "#prev"}
    assert values[1]["/title"] == "Judul terbuka"


async def test_hidden_links_and_foreign_accounts_stay_closed(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    kpu = "operator.kpu-banten"
    hidden = await report(service, kpu)
    await post(service, kpu, url(made, "/notes"), {"text": "Dicatat KPU."})
    await post(service, kpu, url(hidden, "/links"), {"target_id": made["id"], "kind": "related_to"})
    values = await opened(service, await disclosed(service, made))
    assert values[1]["/text"] == "Dicatat KPU."
    assert kpu not in str(values)
    assert hidden["id"] not in str(values)


async def test_only_the_owner_opens_a_record(service: Service):
    made = await report(service, "operator.kpu-banten", tlp="GREEN")
    refused(await order(service, made), 403, "forbidden")
    hidden = await report(service, "operator.kpu-banten")
    answer = await order(service, hidden)
    refused(answer, 422, "invalid", "/record_id")
    assert answer.content == (await order(service, {"id": ABSENT})).content
    own = await report(service, OPERATOR, tlp="GREEN")
    ordered = (await order(service, own)).json()
    for account, made_id in (("auditor.kpu-banten", ordered["id"]), (AUDITOR, ABSENT)):
        refused(await get(service, account, f"{DISCLOSURES}/{made_id}/file"), 404, "not-found")


@pytest.mark.parametrize("account", [OPERATOR, "commander.polda-banten", OFFICER])
async def test_nobody_but_auditors_opens_records(service: Service, account: str):
    made = await report(service, OPERATOR)
    refused(await order(service, made, account=account), 403, "forbidden")


@pytest.mark.parametrize("pointer", ["/order_number", "/reason", "/record_type", "/persons"])
async def test_what_is_wrong_with_an_order_is_named(service: Service, pointer: str):
    made = await report(service, OPERATOR)
    answer = await order(service, made, **{pointer[1:]: ""})
    refused(answer, 422, "invalid", pointer)
