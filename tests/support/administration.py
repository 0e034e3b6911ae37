"""Accounts as an administrator makes them, and people who set their passwords."""

from typing import Any
from uuid import uuid4

import httpx

from tests.support.calls import get, post
from tests.support.service import Service

ACCOUNTS = "/api/v1/accounts"
INTEGRATIONS = "/api/v1/integrations"
AGENCIES = "/api/v1/agencies"
ADMIN, SECOND, HOST = "admin.kpu-banten", "admin2.kpu-banten", "admin.siaga"
REASON = "Sesuai surat tugas (fiktif)."
PASSWORD = "tujuh perahu pulang sebelum subuh"


def a_post(word: str = "petugas") -> str:
    """A post that no other test has."""
    return f"{word}{uuid4().hex[:10]}"


async def made(service: Service, admin: str = ADMIN, **fields: Any) -> dict[str, Any]:
    """A new account of the administrator's agency, with its code."""
    body = {"post": a_post(), "roles": ["operator"], "reason": REASON, **fields}
    answer = await post(service, admin, ACCOUNTS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def enrol(service: Service, account: str, code: str, **more: Any) -> httpx.Response:
    """The person behind an account sets its password."""
    body = {"account": account, "code": code, "password": PASSWORD, **more}
    return await (await service.anonymous()).post("/enrolment", json=body)


async def enrolled(service: Service, admin: str = ADMIN, **fields: Any) -> dict[str, Any]:
    """A new account whose person has set a password."""
    new = await made(service, admin, **fields)
    answer = await enrol(service, new["name"], new["code"])
    assert answer.status_code == 200, answer.text
    return (await get(service, admin, f"{ACCOUNTS}/{new['id']}")).json()


async def sign_in(service: Service, account: str, password: str = PASSWORD) -> httpx.AsyncClient:
    """A client of its own for an account that has its own password."""
    token = await token_of(service, account, password)
    return await service._open({"Authorization": f"Bearer {token}"})


async def token_of(service: Service, account: str, password: str = PASSWORD) -> str:
    form = {"grant_type": "password", "username": account, "password": password}
    answer = await (await service.anonymous()).post("/oauth2/token", data=form)
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


async def act(service: Service, admin: str, path: str, **body: Any) -> httpx.Response:
    """A step of an administrator."""
    return await post(service, admin, path, {"reason": REASON, **body})


async def integration(service: Service, admin: str = ADMIN, **fields: Any) -> dict[str, Any]:
    """A new integration of the administrator's agency."""
    body = {"post": a_post("sistem"), "scopes": ["incidents:read"], "reason": REASON, **fields}
    answer = await post(service, admin, INTEGRATIONS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def entries_about(service: Service, auditor: str, record_id: str) -> list[str]:
    """The actions of the entries about an account or an agency that an auditor reads."""
    answer = await get(service, auditor, "/api/v1/ledger/entries", record_id=record_id, limit=200)
    assert answer.status_code == 200, answer.text
    return [each["action"] for each in answer.json()["items"]]
