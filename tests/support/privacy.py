"""Erasures as tests ask for them, and a look at everything that could still hold what was erased."""

from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import MetaData, text

from app.settings import Settings
from tests.support.calls import OPERATOR, post, url
from tests.support.service import Service, report

ERASURES = "/api/v1/personal-data/erasures"
HOLDS = "/api/v1/legal-holds"
REQUESTS = "/api/v1/personal-data/requests"
BREACHES = "/api/v1/personal-data/breaches"
DISCLOSURES = "/api/v1/ledger/disclosures"
AUDITOR = "auditor.polda-banten"
OFFICER = "privacy.polda-banten"
WHY = "Permohonan penghapusan dikabulkan (fiktif)."
LATER = "2199-12-31T00:00:00+07:00"


def erasure(made: dict[str, Any], kind: str, subject: dict[str, Any], *fields: str, **more: Any) -> Any:
    """The body of an erasure in an incident."""
    return {
        "record_type": "incident",
        "record_id": made["id"],
        "subject_type": kind,
        "subject_id": subject["id"],
        "fields": list(fields),
        "legal_basis": "subject_request",
        "reason": WHY,
        **more,
    }


async def erase(
    service: Service, account: str, made: dict[str, Any], kind: str, subject: dict[str, Any], *fields: str,
    **more: Any,
) -> httpx.Response:  # fmt: skip
    return await post(service, account, ERASURES, erasure(made, kind, subject, *fields, **more))


async def hold(service: Service, account: str, made: dict[str, Any], **more: Any) -> httpx.Response:
    body = {"record_type": "incident", "record_id": made["id"], "order_number": "SP/1 (fiktif)"}
    return await post(service, account, HOLDS, {**body, "reason": WHY, "until": LATER, **more})


async def lift(service: Service, account: str, held: dict[str, Any]) -> httpx.Response:
    return await post(service, account, f"{HOLDS}/{held['id']}/lifting", {"reason": WHY})


async def person(service: Service, account: str, made: dict[str, Any], name: str, **more: Any) -> dict:
    answer = await post(service, account, url(made, "/parties"), {"role": "witness", "name": name, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def data_request(service: Service, account: str = OFFICER, *, raw: bool = False, **more: Any) -> Any:
    """A request of a data subject; its answer where `raw`."""
    body = {"asks_for": "access", "subject_name": "Pemohon A (fiktif)", "wish": "Salinan (fiktif)."}
    answer = await post(service, account, REQUESTS, {**body, "region_code": "36", **more})
    assert raw or answer.status_code == 201, answer.text
    return answer if raw else answer.json()


async def breach(service: Service, account: str = OFFICER, **more: Any) -> dict[str, Any]:
    body = {
        "title": "Daftar terkirim ke alamat salah (fiktif)", "data_exposed": "Nama pelapor (fiktif).",
        "circumstances": "Lewat surat elektronik (fiktif).", "handling": "Diminta dihapus (fiktif).",
    }  # fmt: skip
    answer = await post(service, account, BREACHES, {**body, "region_code": "36", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def order(
    service: Service, made: dict[str, Any], *, account: str = AUDITOR, **more: Any
) -> httpx.Response:
    """A lawful order to open the entries of an incident."""
    body = {"record_type": "incident", "record_id": made["id"], "order_number": "Pen/7 (fiktif)"}
    return await post(service, account, DISCLOSURES, {**body, "reason": WHY, **more})


SENDERS = {
    "change_breach": OFFICER, "close_breach": OFFICER, "enter_breach": OFFICER,
    "erase_personal_data": OFFICER, "lift_legal_hold": OFFICER, "note_breach_notification": OFFICER,
    "order_disclosure": AUDITOR, "place_legal_hold": OFFICER, "receive_data_subject_request": OFFICER,
    "step_data_subject_request": OFFICER,
}  # fmt: skip


async def send(service: Service, name: str, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
    """The body of an operation as it stands, about records of its own."""
    made = await report(service, OPERATOR)
    if "record_id" in body:
        body["record_id"] = made["id"]
    if "subject_id" in body:
        body["subject_id"] = (await person(service, OPERATOR, made, "Saksi A (fiktif)"))["id"]
    failed = await breach(service)
    if name == "close_breach":
        for to in ("persons", "authority"):
            told = {"to": to, "reason": WHY}
            await post(service, OFFICER, f"{BREACHES}/{failed['id']}/notifications", told)
    held, asked = (
        (await hold(service, OFFICER, await report(service, OPERATOR))).json(),
        await data_request(service),
    )
    place = path.format(hold_id=held["id"], request_id=asked["id"], breach_id=failed["id"])
    headers = {"If-Match": '"1"'} if method == "patch" else {}
    client = await service.client(SENDERS[name])
    return await client.request(method, place, json=body, headers=headers)


async def everything(service: Service) -> str:
    """All rows of all tables, all files below the data directory, and the bytes of the database itself."""
    found: list[str] = []
    database = service.app.state.database
    async with database.engine.connect() as connection:
        tables = MetaData()
        await connection.run_sync(tables.reflect)
        for table in tables.tables.values():
            found += [
                repr(tuple(row)) for row in await connection.execute(text(f'SELECT * FROM "{table.name}"'))
            ]
    found += [each.read_bytes().decode("utf-8", "replace") for each in kept_files(service.app.state.settings)]
    return "\n".join(found)


def kept_files(settings: Settings) -> list[Path]:
    """Every file of a deployment; on SQLite the database with its log is among them."""
    return [path for path in settings.data_dir.rglob("*") if path.is_file() and path.suffix != ".lock"]
