"""Calls that many tests make, and what every refusal looks like."""

from collections import deque
from typing import Any
from urllib.parse import urlencode

import httpx

from app.domain.lifecycle import INCIDENT_STEPS, IncidentStatus
from tests.support.service import Service, report

ABSENT = "01930000-0000-7000-8000-000000000000"
INCIDENTS = "/api/v1/incidents"
OPERATOR = "operator.polda-banten"
REASON = "Sesuai laporan petugas."


def refused(answer: httpx.Response, status: int, slug: str, *pointers: str) -> None:
    """The answer is this problem, in the one form that problems have, and names these fields."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["type"] == f"urn:siaga:problem:{slug}"
    assert body["status"] == status
    assert body["title"]
    named = {each["pointer"] for each in body.get("errors", [])}
    assert named >= set(pointers), body


def url(made: dict[str, Any], part: str = "") -> str:
    """Where an incident, or a part of it, is."""
    return f"{INCIDENTS}/{made['id']}{part}"


async def post(service: Service, account: str, path: str, body: Any, **headers: str) -> httpx.Response:
    return await (await service.client(account)).post(path, json=body, headers=headers)


async def attach(
    service: Service, account: str, made: dict[str, Any], content: bytes = b"Catatan piket.", **part: Any
) -> httpx.Response:
    """A file for an incident: its content, and if it matters its `name`, `declared` type, `note`, headers."""
    named = (part.get("name", "catatan.txt"), content, part.get("declared", "text/plain"))
    note = {"note": part["note"]} if "note" in part else {}
    client = await service.client(account)
    return await client.post(
        url(made, "/attachments"), files={"file": named}, data=note, headers=part.get("headers")
    )


async def get(service: Service, account: str, path: str, **query: Any) -> httpx.Response:
    asked = urlencode(query, doseq=True)
    return await (await service.client(account)).get(f"{path}?{asked}" if asked else path)


async def step(service: Service, account: str, made: dict[str, Any], to: str, **more: Any) -> httpx.Response:
    return await post(service, account, url(made, "/steps"), {"to": to, "reason": REASON, **more})


async def move(
    service: Service, account: str, made: dict[str, Any], action: str, **more: Any
) -> httpx.Response:
    """One move of a hand-over."""
    return await post(service, account, url(made, "/hand-over"), {"action": action, "reason": REASON, **more})


async def accuse(service: Service, account: str, made: dict[str, Any], agency: str) -> httpx.Response:
    return await post(service, account, url(made, "/about-agencies"), {"agency": agency, "reason": REASON})


async def clear(service: Service, account: str, made: dict[str, Any], agency: str) -> httpx.Response:
    client = await service.client(account)
    return await client.delete(
        url(made, f"/about-agencies/{agency}"), headers={"If-Match": f'"{made["version"]}"'}
    )


async def change(service: Service, account: str, made: dict[str, Any], **values: Any) -> httpx.Response:
    """A merge patch on the version at hand."""
    client = await service.client(account)
    return await client.patch(url(made), json=values, headers={"If-Match": f'"{made["version"]}"'})


async def ledger_size(service: Service) -> int:
    answer = await get(service, OPERATOR, "/api/v1/ledger/head")
    return answer.json()["size"]


async def walk(service: Service, account: str, path: str, **query: Any) -> list[list[dict[str, Any]]]:
    """All pages of a list."""
    pages = []
    while True:
        answer = await get(service, account, path, **query)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json()["items"])
        query["cursor"] = answer.json()["next"]
        if query["cursor"] is None:
            return pages


def way_to(status: IncidentStatus) -> list[IncidentStatus]:
    """The shortest way from a new report to a status, by the table of the lifecycle."""
    ways = deque([[IncidentStatus.REPORTED]])
    while ways[0][-1] != status:
        way = ways.popleft()
        ways.extend([*way, to] for to in sorted(INCIDENT_STEPS[way[-1]]) if to not in way)
    return ways[0][1:]


async def original_for(service: Service, account: str, to: str) -> dict[str, str]:
    """What a step to `duplicate` names besides; nothing for any other."""
    if to != IncidentStatus.DUPLICATE:
        return {}
    return {"duplicate_of": (await report(service, account))["id"]}


async def standing_at(
    service: Service, account: str, status: IncidentStatus, **fields: Any
) -> dict[str, Any]:
    """An incident that was brought to a status."""
    made = await report(service, account, **fields)
    for to in way_to(status):
        answer = await step(service, account, made, to, **await original_for(service, account, to))
        assert answer.status_code == 200, answer.text
        made = answer.json()
    return made


def stored(service: Service) -> set[str]:
    """Everything in the directory of attached files."""
    directory = service.app.state.settings.attachments
    return {str(path) for path in directory.rglob("*") if path.is_file()}
