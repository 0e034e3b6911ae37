"""Every operation with a JSON body, with a sound body for it, and records to send it to."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.calls import INCIDENTS, OPERATOR, REASON, attach, post, url
from tests.support.service import Service, incident, report


@dataclass(frozen=True)
class Operation:
    """One operation: how it is called, and a body that it accepts."""

    method: str
    part: str
    body: dict[str, Any]

    async def call(self, service: Service, place: str, **content: Any) -> httpx.Response:
        headers = {"Content-Type": "application/json", "If-Match": '"1"', **content.pop("headers", {})}
        if self.method == "POST":
            headers.pop("If-Match")
        client = await service.client(OPERATOR)
        return await client.request(self.method, place, headers=headers, **content)


OPERATIONS = {
    "report_incident": Operation("POST", "", incident(severity="minor", tlp="GREEN")),
    "change_incident": Operation("PATCH", "/{incident}", {"title": "Judul baru", "severity": "minor"}),
    "step_incident": Operation("POST", "/{incident}/steps", {"to": "verified", "reason": REASON}),
    "hand_over_incident": Operation(
        "POST", "/{incident}/hand-over", {"action": "offer", "to": "kpu-banten", "reason": REASON}
    ),
    "accuse_agency": Operation(
        "POST", "/{incident}/about-agencies", {"agency": "kpu-banten", "reason": REASON}
    ),
    "add_note": Operation("POST", "/{incident}/notes", {"text": "Catatan petugas."}),
    "add_link": Operation("POST", "/{incident}/links", {"target_id": "{other}", "kind": "related_to"}),
    "add_party": Operation("POST", "/{incident}/parties", {"role": "witness", "name": "Saksi A (fiktif)"}),
    "add_custody": Operation(
        "POST", "/{incident}/attachments/{attachment}/custody", {"kind": "examined", "purpose": REASON}
    ),
    "change_party": Operation("PATCH", "/{incident}/parties/{party}", {"name": "Saksi B (fiktif)"}),
}


@dataclass(frozen=True)
class Target:
    """The records that an operation needs, at their first version."""

    incident: str
    other: str
    party: str
    attachment: str

    def place(self, operation: Operation) -> str:
        names = {"incident": self.incident, "other": self.other, "party": self.party}
        names["attachment"] = self.attachment
        return INCIDENTS + operation.part.format(**names)

    def body(self, operation: Operation) -> dict[str, Any]:
        return {name: self.other if value == "{other}" else value for name, value in operation.body.items()}


async def target(service: Service) -> Target:
    """Records of its own for one test, or for tests that change nothing."""
    made = await report(service, OPERATOR, tlp="GREEN")
    other = await report(service, OPERATOR, tlp="GREEN")
    person = await post(
        service, OPERATOR, url(made, "/parties"), {"role": "witness", "name": "Saksi A (fiktif)"}
    )
    file = await attach(service, OPERATOR, made)
    return Target(made["id"], other["id"], person.json()["id"], file.json()["id"])
