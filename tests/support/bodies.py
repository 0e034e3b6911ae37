"""Every operation with a JSON body, with a sound body for it, and records to send it to."""

from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

import httpx

from tests.support import posture
from tests.support.acknowledgements import asked as confirmation_asked
from tests.support.acknowledgements import referred
from tests.support.administration import ACCOUNTS, AGENCIES, INTEGRATIONS, enrolled, integration
from tests.support.assistance import ASSISTANCE, KOREM, answered, asked
from tests.support.assistance import request as asking
from tests.support.break_glass import GLASS, KPU_CHIEF, open_glass
from tests.support.calls import INCIDENTS, OPERATOR, REASON, attach, post, url
from tests.support.deployments import (
    DEPLOYMENTS,
    UNIT,
    arrived,
    deploy,
    deployment,
    position,
    statement,
)
from tests.support.elections import ELECTIONS, ORDERS, election, entered, issued, order
from tests.support.elections import KPU as ELECTOR
from tests.support.patrols import PATROLS, PLANS, POINT, plan, planned, run_of, started, stops_of
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
from tests.support.sites import PATTERNS, SITES, pattern, pattern_set, registered, site
from tests.support.threats import CHIEF, KPU, LEVELS, PROPOSALS, WHY, aside, proposed, stated

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

NO_DAYS = {name: value for name, value in election(year=2039).items() if name != "stages"}

NO_DAYS = {name: value for name, value in election(year=2039).items() if name != "stages"}

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
    "request_assistance": Operation("POST", "", asking(), ASSISTANCE),
    "change_assistance_request": Operation(
        "PATCH", "/{assistance_request}", {"site": "Gudang KPU"}, ASSISTANCE, "assistance_request"
    ),
    "step_assistance_request": Operation(
        "POST",
        "/{assistance_request}/steps",
        {"to": "closed", "reason": REASON},
        ASSISTANCE,
        "assistance_request",
    ),
    "answer_assistance_request": Operation(
        "POST",
        "/{assistance_request}/answers",
        {"kind": "decline", "reason": REASON},
        ASSISTANCE,
        "assistance_request",
        KOREM,
    ),
    "step_assistance_answer": Operation(
        "POST",
        "/{assistance_request}/answers/{answer}/steps",
        {"to": "refused", "reason": REASON},
        ASSISTANCE,
        "answer",
    ),
    "add_check_in": Operation("POST", "/{arrived}/check-ins", position(), DEPLOYMENTS, "arrived"),
    "register_site": Operation("POST", "", site(), SITES),
    "change_site": Operation("PATCH", "/{site}", {"name": "TPS lain (fiktif)"}, SITES, "site"),
    "assess_site": Operation(
        "POST", "/{site}/assessments", {"risk": "rawan", "rationale": REASON}, SITES, "site"
    ),
    "create_guard_pattern": Operation("POST", "", pattern(tlp="GREEN"), PATTERNS),
    "change_guard_pattern": Operation(
        "PATCH", "/{pattern}", {"police_count": 3, "as_of": "2024-11-02"}, PATTERNS, "pattern"
    ),
    "require_incident_acknowledgement": Operation(
        "POST", "/{incident}/acknowledgement-requests", {"agencies": ["bawaslu-banten"], "note": REASON}
    ),
    "acknowledge_incident": Operation("POST", "/{incident}/acknowledgements", {"note": REASON}, account=KPU),
    "require_threat_level_acknowledgement": Operation(
        "POST",
        LEVELS + "/{level}/acknowledgement-requests",
        {"agencies": ["bawaslu-banten"], "note": REASON},
        "",
        "level",
    ),
    "acknowledge_threat_level": Operation(
        "POST", LEVELS + "/{level}/acknowledgements", {"note": REASON}, "", "level", KPU
    ),
    "refer_incident": Operation(
        "POST", "/{incident}/referrals", {"violation_kind": "dispute", "summary": REASON}
    ),
    "step_referral": Operation(
        "POST", "/{incident}/referrals/{referral}/steps", {"to": "ended", "reason": REASON}
    ),
    "create_patrol_plan": Operation("POST", "", plan(tlp="GREEN"), PLANS),
    "change_patrol_plan": Operation("PATCH", "/{plan}", {"start_time": "21:30"}, PLANS, "plan"),
    "create_patrol": Operation("POST", "/{plan}/patrols", {"on_date": "2024-11-27"}, PLANS, "plan"),
    "change_patrol": Operation("PATCH", "/{patrol}", {"tlp": "CLEAR"}, PATROLS, "patrol"),
    "step_patrol": Operation(
        "POST", "/{patrol}/steps", {"to": "cancelled", "reason": REASON}, PATROLS, "patrol"
    ),
    "note_patrol_visit": Operation(
        "POST", "/{under_way}/stops/{stop}/visit", {"geometry": POINT, "remark": REASON}, PATROLS, "stop"
    ),
    "note_patrol_skip": Operation(
        "POST", "/{under_way}/stops/{stop}/skip", {"reason": REASON}, PATROLS, "stop"
    ),
    "create_election": Operation("POST", "", NO_DAYS, ELECTIONS, "", ELECTOR),
    "change_election": Operation(
        "PATCH", "/{election}", {"name": "Lain (fiktif)"}, ELECTIONS, "election", ELECTOR
    ),
    "issue_readiness_order": Operation("POST", "", order(number="UJI/1"), ORDERS, "", CHIEF),
    "revoke_readiness_order": Operation(
        "POST", "/{order}/revocation", {"reason": REASON}, ORDERS, "order", CHIEF
    ),
    "prepare_posture_plan": Operation("POST", "", posture.plan(), posture.PLANS, "", CHIEF),
    "change_posture_plan": Operation(
        "PATCH", "/{posture_plan}", {"name": "Siaga (fiktif)"}, posture.PLANS, "posture_plan", CHIEF
    ),
    "decide_posture_draft": Operation(
        "POST",
        "/{activation}/drafts/1/decision",
        {"decision": "drop", "reason": REASON},
        posture.ACTIVATIONS,
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
    arrived: str  # another deployment
    site: str
    pattern: str
    assistance_request: str
    answer: str
    referral: str
    plan: str
    patrol: str
    under_way: str
    stop: str
    election: str
    order: str
    posture_plan: str
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
    place, guarded = await registered(service, OPERATOR), await pattern_set(service, tlp="GREEN")
    help_wanted = await asked(service)
    offered = await answered(service, KOREM, help_wanted, "counter_offer", quantity=5, reason=REASON)
    violation = await referred(service, made)
    await confirmation_asked(service, made)
    await confirmation_asked(service, low, LEVELS)
    round_of = await planned(service, tlp="GREEN")
    patrol, under_way = await run_of(service, round_of), await started(service, tlp="GREEN")
    stop = (await stops_of(service, under_way))[0]
    rounds = [round_of, patrol, under_way, stop]
    vote, ready = await entered(service), await issued(service, tlp="GREEN")
    there = await arrived(service, OPERATOR, tlp="GREEN")
    postures = await posture.activated(service)
    account, system = await enrolled(service, ADMIN), await integration(service, ADMIN)
    hook = await webhook(service, "https://siaga.invalid/hook", ADMIN, integration_id=system["id"])
    held = (await hold(service, OFFICER, await report(service, OPERATOR))).json()
    hidden = await report(service, OPERATOR)
    grant = (await open_glass(service, KPU_CHIEF, hidden)).json()
    papers = [held, await data_request(service), await breach(service), grant]
    records = [made, other, person.json(), file.json(), low, high, sent, there, place, guarded]
    records += [help_wanted, offered, violation, *rounds, vote, ready, *postures]
    ids = [*records, account, system, hook, *papers]
    return Target(*(each["id"] for each in ids), hidden["reference"])
