"""Every operation with a JSON body, with a sound body for it, and records to send it to."""

from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

import httpx

from tests.support.administration import ACCOUNTS, AGENCIES, INTEGRATIONS, enrolled, integration
from tests.support.break_glass import GLASS, KPU_CHIEF, open_glass
from tests.support.calls import INCIDENTS, OPERATOR, REASON, attach, post, url
from tests.support.deployments import DEPLOYMENTS, UNIT, deploy, deployment, statement
from tests.support.posture import ACTIVATIONS, PLANS, activated, plan
from tests.support.privacy import (
    BREACHES,
    ERASURES,
    HOLDS,
    OFFICER,
    REQUESTS,
    breach,
    data_request,
    hold,
)
from tests.support.receivers import WEBHOOKS, webhook
from tests.support.service import Service, incident, report
from tests.support.sites import SITES, registered, site
from tests.support.threats import CHIEF, LEVELS, PROPOSALS, WHY, aside, proposed, stated

ADMIN = "admin.polda-banten"


@dataclass(frozen=True)
class Operation:
    """One operation: how it is called, and a body that it accepts."""

    method: str
    part: str
    body: dict[str, Any]
    root: str = INCIDENTS
    named: str = "incident"  # the record in the path, whose id the parameter `<named>_id` holds
    account: str = OPERATOR

    async def call(self, service: Service, place: str, **content: Any) -> httpx.Response:
        headers = {"Content-Type": "application/json", "If-Match": '"1"', **content.pop("headers", {})}
        if self.method != "PATCH":
            headers.pop("If-Match")
        client = await service.client(self.account)
        return await client.request(self.method, place, headers=headers, **content)


# One after the other, for there are only so many places.
CATEGORIES = cycle(("cyber", "disinformation", "logistics", "mass_unrest", "political_violence", "terrorism"))

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
    "state_threat_level": Operation(
        "POST", LEVELS, {"region_code": "36.73", "category": "cyber", "level": 2, "rationale": WHY}, ""
    ),
    "sync_threat_level": Operation("PUT", f"{LEVELS}/36.73/cyber", {"rationale": WHY, "level": 2}, ""),
    "withdraw_threat_level": Operation("POST", LEVELS + "/{level}/withdrawal", {"reason": WHY}, "", "level"),
    "withdraw_threat_level_proposal": Operation(
        "POST", PROPOSALS + "/{proposal}/withdrawal", {"reason": WHY}, "", "proposal"
    ),
    "decide_threat_level_proposal": Operation(
        "POST",
        PROPOSALS + "/{proposal}/decision",
        {"reason": WHY, "decision": "decline"},
        "",
        "proposal",
        CHIEF,
    ),
    "request_deployment": Operation("POST", "", deployment(tlp="GREEN"), DEPLOYMENTS),
    "change_deployment": Operation(
        "PATCH", "/{deployment}", {"site": "Gudang KPU", "role": "patroli"}, DEPLOYMENTS, "deployment"
    ),
    "step_deployment": Operation(
        "POST", "/{deployment}/steps", {"to": "committed", "reason": REASON}, DEPLOYMENTS, "deployment"
    ),
    "register_site": Operation("POST", "", site(), SITES),
    "change_site": Operation("PATCH", "/{site}", {"name": "TPS lain (fiktif)"}, SITES, "site"),
    "assess_site": Operation(
        "POST", "/{site}/assessments", {"risk": "rawan", "rationale": REASON}, SITES, "site"
    ),
    "prepare_posture_plan": Operation("POST", "", plan(), PLANS, "", CHIEF),
    "change_posture_plan": Operation("PATCH", "/{plan}", {"name": "Siaga (fiktif)"}, PLANS, "plan", CHIEF),
    "decide_posture_draft": Operation(
        "POST",
        "/{activation}/drafts/1/decision",
        {"decision": "drop", "reason": REASON},
        ACTIVATIONS,
        "activation",
        CHIEF,
    ),
    "create_account": Operation(
        "POST", "", {"post": "operator9", "roles": ["operator"], "reason": REASON}, ACCOUNTS, "", ADMIN
    ),
    "change_account": Operation(
        "PATCH", "/{account}", {"reason": REASON, "clearance": "biasa"}, ACCOUNTS, "account", ADMIN
    ),
    "suspend_account": Operation(
        "POST", "/{account}/suspension", {"reason": REASON}, ACCOUNTS, "account", ADMIN
    ),
    "reactivate_account": Operation(
        "POST", "/{account}/reactivation", {"reason": REASON}, ACCOUNTS, "account", ADMIN
    ),
    "request_account_reset": Operation(
        "POST", "/{account}/reset", {"reason": REASON}, ACCOUNTS, "account", ADMIN
    ),
    "decide_account_reset": Operation(
        "POST",
        "/{account}/reset/decision",
        {"reason": REASON, "decision": "approve"},
        ACCOUNTS,
        "account",
        ADMIN,
    ),
    "confirm_account": Operation(
        "POST",
        "/{account}/confirmation",
        {"statement": REASON, "decision": "approve"},
        ACCOUNTS,
        "account",
        ADMIN,
    ),
    "change_password": Operation(
        "POST", "", {"current": "x" * 15, "password": "kuda hijau lewat jembatan"}, "/api/v1/me/password", ""
    ),
    "refuse_reset": Operation("POST", "", {"reason": REASON}, "/api/v1/me/reset/objection", ""),
    "create_integration": Operation(
        "POST",
        "",
        {"post": "sistem9", "scopes": ["incidents:read"], "reason": REASON},
        INTEGRATIONS,
        "",
        ADMIN,
    ),
    "change_integration": Operation(
        "PATCH",
        "/{integration}",
        {"reason": REASON, "clearance": "biasa"},
        INTEGRATIONS,
        "integration",
        ADMIN,
    ),
    "add_credential": Operation(
        "POST",
        "/{integration}/credentials",
        {"kind": "secret", "label": "Server", "reason": REASON},
        INTEGRATIONS,
        "integration",
        ADMIN,
    ),
    "create_webhook": Operation(
        "POST",
        "",
        {
            "integration_id": "{integration}",
            "url": "https://siaga.invalid/hook",
            "label": "Server",
            "reason": REASON,
        },
        WEBHOOKS,
        "",
        ADMIN,
    ),
    "change_webhook": Operation(
        "PATCH", "/{webhook}", {"reason": REASON, "label": "Lain"}, WEBHOOKS, "webhook", ADMIN
    ),
    "change_webhook_secret": Operation(
        "POST", "/{webhook}/secret", {"reason": REASON, "overlap_hours": 1}, WEBHOOKS, "webhook", ADMIN
    ),
    "request_webhook_test": Operation(
        "POST", "/{webhook}/ping", {"reason": REASON}, WEBHOOKS, "webhook", ADMIN
    ),
    "request_webhook_replay": Operation(
        "POST", "/{webhook}/replays", {"reason": REASON, "first": 1, "last": 2}, WEBHOOKS, "webhook", ADMIN
    ),
    "join_agency": Operation(
        "POST",
        "",
        {
            "code": "lembaga-9",
            "name": "Lembaga (fiktif)",
            "name_en": "Agency",
            "kind": "military",
            "sharing_agreement": "PKS",
            "sharing_agreement_on": "2024-10-01",
            "reason": REASON,
        },
        AGENCIES,
        "",
        "admin.siaga",
    ),
    "appoint_administrator": Operation(
        "POST",
        "/kpu-banten/administrators",
        {"post": "admin9", "reason": REASON},
        AGENCIES,
        "",
        "admin.siaga",
    ),
    "confirm_red_membership": Operation(
        "POST", "/commander.kpu-banten/confirmation", {"reason": REASON}, "/api/v1/red-memberships", ""
    ),
    "break_glass": Operation(
        "POST", GLASS, {"reference": "{hidden}", "reason": REASON, "minutes": 30}, "", account=KPU_CHIEF
    ),
    "review_broken_glass": Operation(
        "POST", GLASS + "/{grant}/review", {"decision": "contest", "reason": REASON}, "", "grant", CHIEF
    ),
    "erase_personal_data": Operation(
        "POST",
        "",
        {
            "record_type": "incident",
            "record_id": "{incident}",
            "subject_type": "incident_party",
            "subject_id": "{party}",
            "fields": ["name"],
            "legal_basis": "purpose_met",
            "reason": REASON,
        },
        ERASURES,
        "",
        OFFICER,
    ),
    "place_legal_hold": Operation(
        "POST",
        "",
        {
            "record_type": "incident",
            "record_id": "{other}",
            "order_number": "SP/1 (fiktif)",
            "reason": REASON,
            "until": "2199-12-31T00:00:00Z",
        },
        HOLDS,
        "",
        OFFICER,
    ),
    "lift_legal_hold": Operation("POST", "/{hold}/lifting", {"reason": REASON}, HOLDS, "hold", OFFICER),
    "receive_data_subject_request": Operation(
        "POST",
        "",
        {"asks_for": "access", "subject_name": "A (fiktif)", "wish": "Salinan.", "region_code": "36"},
        REQUESTS,
        "",
        OFFICER,
    ),
    "step_data_subject_request": Operation(
        "POST", "/{request}/steps", {"to": "verified", "reason": REASON}, REQUESTS, "request", OFFICER
    ),
    "enter_breach": Operation(
        "POST",
        "",
        {
            "title": "Kegagalan (fiktif)",
            "data_exposed": "Nama.",
            "circumstances": "Pagi.",
            "handling": "Diperbaiki.",
            "region_code": "36",
        },
        BREACHES,
        "",
        OFFICER,
    ),
    "change_breach": Operation(
        "PATCH", "/{breach}", {"title": "Judul baru", "person_count": 4}, BREACHES, "breach", OFFICER
    ),
    "note_breach_notification": Operation(
        "POST", "/{breach}/notifications", {"to": "public", "reason": REASON}, BREACHES, "breach", OFFICER
    ),
    "close_breach": Operation("POST", "/{breach}/closing", {"reason": REASON}, BREACHES, "breach", OFFICER),
    "order_disclosure": Operation(
        "POST",
        "",
        {"record_type": "incident", "record_id": "{incident}", "order_number": "Pen/1", "reason": REASON},
        "/api/v1/ledger/disclosures",
        "",
        "auditor.polda-banten",
    ),
    "state_unit_strength": Operation("PUT", "", statement(), f"/api/v1/units/{UNIT}/strength"),
}


@dataclass(frozen=True)
class Target:
    """The records that an operation needs, at their first version."""

    incident: str
    other: str
    party: str
    attachment: str
    level: str
    proposal: str
    deployment: str
    site: str
    plan: str
    activation: str
    account: str
    integration: str
    webhook: str
    hold: str
    request: str
    breach: str
    grant: str
    hidden: str  # its reference

    def place(self, operation: Operation) -> str:
        return operation.root + operation.part.format(**asdict(self))

    def body(self, operation: Operation) -> dict[str, Any]:
        known = {f"{{{name}}}": value for name, value in asdict(self).items()}
        return {
            name: known.get(value, value) if isinstance(value, str) else value
            for name, value in operation.body.items()
        }


async def target(service: Service) -> Target:
    """Records of its own for one test, or for tests that change nothing."""
    made = await report(service, OPERATOR, tlp="GREEN")
    other = await report(service, OPERATOR, tlp="GREEN")
    person = await post(
        service, OPERATOR, url(made, "/parties"), {"role": "witness", "name": "Saksi A (fiktif)"}
    )
    file = await attach(service, OPERATOR, made)
    low, high = await stated(service, OPERATOR, aside(), 2), await proposed(service, OPERATOR, aside(), 4)
    sent = await deploy(service, OPERATOR, tlp="GREEN")
    place = await registered(service, OPERATOR)
    plans = await activated(service)
    account, system = await enrolled(service, ADMIN), await integration(service, ADMIN)
    hook = await webhook(service, "https://siaga.invalid/hook", ADMIN, integration_id=system["id"])
    held = (await hold(service, OFFICER, await report(service, OPERATOR))).json()
    hidden = await report(service, OPERATOR)
    grant = (await open_glass(service, KPU_CHIEF, hidden)).json()
    papers = [held, await data_request(service), await breach(service), grant]
    ids = [
        made,
        other,
        person.json(),
        file.json(),
        low,
        high,
        sent,
        place,
        *plans,
        account,
        system,
        hook,
        *papers,
    ]
    return Target(*(each["id"] for each in ids), hidden["reference"])
