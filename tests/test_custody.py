"""Custody: who answers for a piece of evidence; it passes by handing over and receiving."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.calls import OPERATOR, attach, change, get, ledger_size, post, refused, url
from tests.support.service import Service, report

KPU, KOREM = "operator.kpu-banten", "operator.korem-064"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten", "korem-064"]}


class Evidence:
    """An incident that three agencies see, with one file."""

    def __init__(self, service: Service, made: dict[str, Any], file: dict[str, Any]) -> None:
        self.service, self.made, self.file = service, made, file
        self.path = url(made, f"/attachments/{file['id']}")

    async def note(self, account: str, kind: str, **more: Any) -> httpx.Response:
        body = {"kind": kind, "purpose": "Untuk diperiksa.", **more}
        return await post(self.service, account, f"{self.path}/custody", body)

    async def lines(self, account: str = OPERATOR) -> list[dict[str, Any]]:
        return (await get(self.service, account, f"{self.path}/custody")).json()["items"]

    async def now(self) -> tuple[str, str | None]:
        told = (await get(self.service, OPERATOR, self.path)).json()
        return told["held_by"], told["offered_to"]


@pytest.fixture
async def evidence(service: Service) -> Evidence:
    made = await report(service, OPERATOR, **SHARED)
    return Evidence(service, made, (await attach(service, OPERATOR, made)).json())


async def test_the_list_begins_with_the_file(evidence: Evidence):
    (line,) = await evidence.lines()
    assert (line["kind"], line["held_by"], line["intact"]) == ("added", "polda-banten", True)
    assert (line["agency"], line["role"]) == ("polda-banten", "operator")


async def test_custody_passes_only_when_both_have_acted(evidence: Evidence):
    given = await evidence.note(OPERATOR, "handed_over", to="kpu-banten", place="Gudang")
    assert given.status_code == 201, given.text
    assert (given.json()["held_by"], given.json()["to"]) == ("polda-banten", "kpu-banten")
    assert await evidence.now() == ("polda-banten", "kpu-banten")
    refused(await evidence.note(KOREM, "received"), 403, "forbidden")
    refused(await evidence.note(OPERATOR, "received"), 409, "conflict")
    assert (await evidence.note(KPU, "received")).status_code == 201
    assert await evidence.now() == ("kpu-banten", None)
    refused(await evidence.note(OPERATOR, "handed_over", to="korem-064"), 409, "conflict")
    assert (await evidence.note(KPU, "handed_over", to="polda-banten")).status_code == 201
    assert [each["kind"] for each in await evidence.lines(KOREM)] == [
        "added", "handed_over", "received", "handed_over",
    ]  # fmt: skip


async def test_only_one_of_two_who_hand_over_at_once_is_believed(evidence: Evidence):
    await evidence.note(OPERATOR, "handed_over", to="kpu-banten")
    answers = await asyncio.gather(*(evidence.note(KPU, "received") for _ in range(6)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 5
    assert [each["kind"] for each in await evidence.lines()].count("received") == 1


async def test_who_holds_it_notes_what_it_does_with_it(evidence: Evidence):
    refused(await evidence.note(KPU, "examined"), 403, "forbidden")
    await evidence.note(OPERATOR, "handed_over", to="kpu-banten")
    await evidence.note(KPU, "received")
    for kind in ("examined", "copied", "released", "collected"):
        assert (await evidence.note(KPU, kind)).status_code == 201


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "handed_over"}, ""),
        ({"kind": "examined", "to": "kpu-banten"}, ""),
        ({"kind": "added"}, "/kind"),
        ({"kind": "stolen"}, "/kind"),
        ({"kind": "examined", "purpose": ""}, "/purpose"),
        ({"kind": "examined", "occurred_at": "2199-01-01T00:00:00Z"}, "/occurred_at"),
        ({"kind": "handed_over", "to": "tidak-ada"}, "/to"),
        ({"kind": "handed_over", "to": "siaga"}, "/to"),
        ({"kind": "handed_over", "to": "polda-banten"}, "/to"),
        ({"kind": "handed_over", "to": "bawaslu-banten"}, "/to"),
        ({"kind": "examined", "intact": False}, "/intact"),
    ],
)
async def test_a_line_that_says_nothing_sound_is_refused(
    evidence: Evidence, body: dict[str, Any], pointer: str
):
    size = await ledger_size(evidence.service)
    refused(await evidence.note(OPERATOR, **body), 422, "invalid", pointer)
    assert await ledger_size(evidence.service) == size


async def test_a_damaged_file_is_found_out_and_noted_and_given_to_nobody(evidence: Evidence):
    directory = evidence.service.app.state.settings.attachments
    (place,) = directory.rglob(evidence.file["id"].replace("-", ""))
    content = place.read_bytes()
    place.write_bytes(content.upper())
    refused(await get(evidence.service, KPU, f"{evidence.path}/content"), 500, "internal-error")
    assert (await evidence.note(OPERATOR, "examined")).json()["intact"] is False
    place.unlink()
    refused(await get(evidence.service, KPU, f"{evidence.path}/content"), 500, "internal-error")
    assert (await evidence.note(OPERATOR, "examined")).json()["intact"] is False
    place.write_bytes(content)
    assert (await get(evidence.service, KPU, f"{evidence.path}/content")).content == content
    assert [each["intact"] for each in await evidence.lines()] == [True, False, False]


async def test_a_receiver_that_lost_sight_receives_nothing(evidence: Evidence):
    await evidence.note(OPERATOR, "handed_over", to="kpu-banten")
    await change(evidence.service, OPERATOR, evidence.made, audience=[])
    refused(await evidence.note(KPU, "received"), 404, "not-found")


async def test_a_key_makes_noting_again_safe(evidence: Evidence):
    body = {"kind": "handed_over", "purpose": "Untuk diperiksa.", "to": "kpu-banten"}
    key = {"Idempotency-Key": f"custody-{evidence.file['id']}"}
    first = await post(evidence.service, OPERATOR, f"{evidence.path}/custody", body, **key)
    again = await post(evidence.service, OPERATOR, f"{evidence.path}/custody", body, **key)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.content == first.content
    assert len(await evidence.lines()) == 2
